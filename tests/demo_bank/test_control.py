"""What tests of the program lean on: faults, clock, calls; and that nobody reaches them without the token."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from tests.demo_bank.running import Json, RunningBank


@pytest.fixture
def token(bank: RunningBank) -> str:
    made: str = bank.sign_in()["access_token"]
    return made


def _listing(bank: RunningBank, token: str) -> tuple[str, str]:
    account = bank.accounts(token)[0]["resourceId"]
    start = bank.control("GET", "truth")
    first = max(entry["booked"] for entry in start.values())
    return (
        f"/accounts/{account}/transactions?bookingStatus=booked&dateFrom={first[:8]}01",
        "/psd2/accounts/*/transactions",
    )


def _rows(answer: httpx.Response) -> list[Json]:
    rows: list[Json] = answer.json()["transactions"]["booked"]
    return rows


@pytest.mark.parametrize("given", [{}, {"X-Control": "wrong"}])
def test_control_needs_its_token(bank: RunningBank, given: dict[str, str]) -> None:
    assert bank.http.get("/control/truth", headers=given).status_code == 403


def test_answer_of_its_own_once(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/accounts", kind="answer", status=503, headers={"Retry-After": "7"}, body={"why": "closed"})
    first = bank.read("/accounts", token=token)
    assert (first.status_code, first.headers["retry-after"], first.json()) == (503, "7", {"why": "closed"})
    assert bank.read("/accounts", token=token).status_code == 200


def test_times_and_skip(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/accounts", kind="answer", status=500, times=2, skip=1)
    got = [bank.read("/accounts", token=token).status_code for _ in range(4)]
    assert got == [200, 500, 500, 200]


def test_always_until_cleared(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/*", kind="answer", status=500, times=0)
    assert {bank.read("/accounts", token=token).status_code for _ in range(3)} == {500}
    bank.control("DELETE", "faults")
    assert bank.read("/accounts", token=token).status_code == 200


def test_method_and_path_must_fit(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/accounts", kind="answer", method="POST")
    bank.fault(path="/psd2/accounts/*/balances", kind="answer")
    assert bank.read("/accounts", token=token).status_code == 200


def test_html_at_the_token_endpoint(bank: RunningBank) -> None:
    bank.fault(path="/oauth2/token", kind="html")
    answer = bank.token(grant_type="refresh_token", refresh_token="x")
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.status_code == 200


def test_connection_breaks_half_way(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/accounts", kind="close")
    with pytest.raises(httpx.RemoteProtocolError):
        bank.read("/accounts", token=token)
    assert bank.read("/accounts", token=token).status_code == 200


def test_delay(bank: RunningBank, token: str) -> None:
    bank.fault(path="/psd2/accounts", kind="delay", seconds=0.3)
    started = time.monotonic()
    assert bank.read("/accounts", token=token).status_code == 200
    assert time.monotonic() - started >= 0.3


def test_edits_change_the_real_answer(bank: RunningBank, token: str) -> None:
    listing, path = _listing(bank, token)
    real = _rows(bank.read(listing, token=token))
    edits = {
        "drop": ["valueDate"],
        "rename": {"additionalInformation": "bankText"},
        "add": {"unheardOf": [1]},
        "replace": {"bookingDate": "soon"},
        "numbers": True,
    }
    bank.fault(path=path, kind="edit", edits=edits)
    row = _rows(bank.read(listing, token=token))[0]
    assert "valueDate" not in row
    assert row["bankText"] == real[0]["additionalInformation"]
    assert row["unheardOf"] == [1]
    assert row["bookingDate"] == "soon"
    assert row["transactionAmount"]["amount"] == float(real[0]["transactionAmount"]["amount"])
    assert _rows(bank.read(listing, token=token)) == real


def test_ids_change_and_text_grows_as_after_a_new_authorisation(bank: RunningBank, token: str) -> None:
    listing, path = _listing(bank, token)
    real = _rows(bank.read(listing, token=token))
    bank.fault(path=path, kind="edit", times=2, edits={"change_ids": "second", "append_text": "Ark.Ref 1234"})
    changed = _rows(bank.read(listing, token=token))
    assert changed == _rows(bank.read(listing, token=token))
    assert len({row["transactionId"] for row in changed}) == len(real)
    assert {row["transactionId"] for row in changed}.isdisjoint(row["transactionId"] for row in real)
    assert all(row["additionalInformation"].endswith("Ark.Ref 1234") for row in changed)
    assert all("entryReference" not in row for row in changed)


def test_salted_ids_stay_changed(bank: RunningBank, token: str) -> None:
    listing, _ = _listing(bank, token)
    real = {row["transactionId"] for row in _rows(bank.read(listing, token=token))}
    bank.control("POST", "manners", {"id_salt": "second"})
    assert real.isdisjoint(row["transactionId"] for row in _rows(bank.read(listing, token=token)))


def test_rows_and_pages_come_again(bank: RunningBank, token: str) -> None:
    listing, path = _listing(bank, token)
    bank.control("POST", "manners", {"page_size": 2})
    real = _rows(bank.read(listing, token=token))
    bank.fault(path=path, kind="edit", edits={"repeat_rows": 2, "repeat_page": True})
    answer = bank.read(listing, token=token)
    assert _rows(answer) == real * 2
    assert answer.json()["transactions"]["_links"]["next"]["href"] == f"/psd2{listing}"


@pytest.mark.parametrize(
    "wanted",
    [{"path": "/x", "kind": "explode"}, {"kind": "html"}, {"path": "/x", "kind": "edit", "edits": {"paint": 1}}],
)
def test_unknown_fault_is_refused_at_once(bank: RunningBank, wanted: Json) -> None:
    headers = {"X-Control": bank.said["control"]}
    assert bank.http.post("/control/faults", json=wanted, headers=headers).status_code == 400


def test_calls_are_noted_without_secrets(bank: RunningBank, token: str) -> None:
    bank.control("DELETE", "calls")
    bank.fault(path="/psd2/accounts", kind="answer", status=500)
    bank.read("/accounts", token=token, attended=False)
    bank.read("/accounts?withBalance=true", token=token)
    bank.token(grant_type="refresh_token", refresh_token="x")
    calls = bank.control("GET", "calls")
    assert [(c["path"], c["has_person"], c["fault"]) for c in calls] == [
        ("/psd2/accounts", False, "answer"),
        ("/psd2/accounts", True, ""),
        ("/oauth2/token", False, ""),
    ]
    assert (calls[0]["method"], calls[1]["query"]) == ("GET", "withBalance=true")
    assert token not in str(calls)


def test_clock_moves_today_and_writes_new_invoices(bank: RunningBank) -> None:
    folder = Path(bank.said["invoices"])
    before = set(folder.iterdir())
    today = bank.control("GET", "clock")["today"]
    bank.control("POST", "clock", {"advance": {"days": 30}})
    assert bank.control("GET", "clock")["today"] > today
    assert set(folder.iterdir()) > before
    later = date.fromisoformat(today) + timedelta(days=100)
    bank.control("POST", "clock", {"now": f"{later}T12:00:00+00:00"})
    assert bank.control("GET", "clock")["today"] == later.isoformat()


def test_access_tokens_can_be_made_to_run_out(bank: RunningBank, token: str) -> None:
    bank.control("POST", "tokens/expire")
    assert bank.read("/accounts", token=token).json()["tppMessages"][0]["code"] == "TOKEN_EXPIRED"


def test_truth_covers_what_is_booked(bank: RunningBank, token: str) -> None:
    listing, _ = _listing(bank, token)
    truth = bank.control("GET", "truth")
    assert all(row["entryReference"] in truth for row in _rows(bank.read(listing, token=token)))
