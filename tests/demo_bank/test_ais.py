"""Reading: header rules, balances, pages, history, limits, and the two dialects."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import pytest

from kontali_desktop.demo_bank.server import DEFAULT_SEED
from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.books import World
from tests.demo_bank.running import Json, RunningBank

OSLO = ZoneInfo("Europe/Oslo")


def _today(bank: RunningBank) -> date:
    return date.fromisoformat(bank.control("GET", "clock")["today"])


def _ago(bank: RunningBank, days: int) -> str:
    return (_today(bank) - timedelta(days=days)).isoformat()


def _listing(account: Json, start: str, status: str = "booked") -> str:
    return f"/accounts/{account['resourceId']}/transactions?bookingStatus={status}&dateFrom={start}"


def _refusal(answer: httpx.Response) -> tuple[int, object]:
    return answer.status_code, answer.json()["tppMessages"][0]["code"]


def _cents(amount: Json) -> int:
    return int(Decimal(amount["amount"]) * 100)


@pytest.mark.parametrize("given", [None, "", "not-a-uuid"])
def test_request_id_must_be_a_uuid(bank: RunningBank, given: str | None) -> None:
    headers = {} if given is None else {"X-Request-ID": given}
    assert _refusal(bank.http.get("/psd2/accounts", headers=headers)) == (400, "FORMAT_ERROR")


def test_request_id_is_echoed_on_answers_and_refusals(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    for sent in ({"token": token}, {"token": "wrong"}):
        given = str(uuid.uuid4())
        assert bank.read("/accounts", X_Request_ID=given, **sent).headers["x-request-id"] == given


@pytest.mark.parametrize("prefix", ["/psd2", "/psd2/v1"])
def test_accounts_are_named_owned_and_linked(bank: RunningBank, prefix: str) -> None:
    token = bank.sign_in()["access_token"]
    accounts = bank.read(f"{prefix}/accounts", token=token).json()["accounts"]
    assert len(accounts) == 3
    for account in accounts:
        assert account["ownerName"] == bank.said["company"]["name"]
        assert account["bban"].startswith("1503")
        assert account["iban"].endswith(account["bban"])
        assert account["bban"] not in account["resourceId"]
        assert account["_links"]["balances"]["href"].startswith(f"{prefix}/accounts/")
        assert bank.read(account["_links"]["balances"]["href"], token=token).status_code == 200
        one = bank.read(f"{prefix}/accounts/{account['resourceId']}", token=token).json()["account"]
        assert one == account


def test_pages_hold_each_row_once_newest_first(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    reports = list(bank.pages(_listing(account, _ago(bank, 90)), token))
    rows = [row for report in reports for row in report["booked"]]
    assert [len(report["booked"]) for report in reports[:-1]] == [50] * (len(reports) - 1)
    assert 300 <= len(rows) <= 500
    assert len({row["transactionId"] for row in rows}) == len(rows)
    days = [row["bookingDate"] for row in rows]
    assert days == sorted(days, reverse=True)
    bank.control("POST", "manners", {"page_size": 1000})
    assert next(bank.pages(_listing(account, _ago(bank, 90)), token))["booked"] == rows


def test_pages_do_not_shift_when_a_new_day_comes_between(bank: RunningBank) -> None:
    day = _today(bank)
    while not dates.is_bank_day(day + dates.ONE_DAY):
        day += dates.ONE_DAY
    bank.control("POST", "clock", {"now": datetime(day.year, day.month, day.day, 23, 50, tzinfo=OSLO).isoformat()})
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    before = bank.booked(account, token, _ago(bank, 30))
    pages = bank.pages(_listing(account, _ago(bank, 30)), token)
    rows = list(next(pages)["booked"])
    bank.advance(minutes=20)
    assert bank.booked(account, token, _ago(bank, 31)) != before
    rows += [row for report in pages for row in report["booked"]]
    assert rows == before


@pytest.mark.parametrize("page_id", ["x", "W10", "eyJhIjoxfQ", "%C3%A5"])
def test_page_id_of_somebody_else(bank: RunningBank, page_id: str) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    answer = bank.read(f"/accounts/{account['resourceId']}/transactions?pageId={page_id}", token=token)
    assert _refusal(answer) == (400, "FORMAT_ERROR")


def test_each_balance_follows_from_the_one_before(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    for account in bank.accounts(token):
        rows = bank.booked(account, token, _ago(bank, 120))[::-1]
        after = [_cents(row["balanceAfterTransaction"]["balanceAmount"]) for row in rows]
        moved = [_cents(row["transactionAmount"]) for row in rows]
        assert after[1:] == [before + amount for before, amount in zip(after, moved[1:], strict=False)]
        balances = bank.read(f"/accounts/{account['resourceId']}/balances", token=token).json()["balances"]
        by_type = {b["balanceType"]: b for b in balances}
        assert _cents(by_type["interimBooked"]["balanceAmount"]) == after[-1]
        closing = by_type["closingBooked"]
        last = [a for a, row in zip(after, rows, strict=True) if row["bookingDate"] <= closing["referenceDate"]][-1]
        assert _cents(closing["balanceAmount"]) == last


def test_expected_balance_is_booked_and_pending(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    report = next(bank.pages(_listing(account, _ago(bank, 3), "both"), token))
    balances = bank.read(f"/accounts/{account['resourceId']}/balances", token=token).json()["balances"]
    by_type = {b["balanceType"]: _cents(b["balanceAmount"]) for b in balances}
    reserved = sum(_cents(row["transactionAmount"]) for row in report["pending"])
    assert by_type["expected"] == by_type["interimBooked"] + reserved


def test_pending_rows_become_booked_under_other_ids(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    pending = next(bank.pages(_listing(account, _ago(bank, 3), "pending"), token))
    assert "booked" not in pending
    assert pending["pending"]
    assert all("bookingDate" not in row for row in pending["pending"])
    bank.advance(days=5)
    token = bank.sign_in()["access_token"]
    rows = bank.booked(account, token, _ago(bank, 10))
    texts = [(row["additionalInformation"], row["transactionAmount"]) for row in rows]
    assert all((row["additionalInformation"], row["transactionAmount"]) in texts for row in pending["pending"])
    assert {row["transactionId"] for row in rows}.isdisjoint(row["transactionId"] for row in pending["pending"])


def test_a_later_day_adds_and_changes_nothing(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    start = _ago(bank, 60)
    before = bank.booked(account, token, start)
    bank.advance(days=20)
    token = bank.sign_in()["access_token"]
    after = bank.booked(account, token, start)
    assert len(after) > len(before) + 20
    assert after[-len(before) :] == before


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("dateFrom=2026-01-01", "FORMAT_ERROR"),
        ("bookingStatus=all&dateFrom=2026-01-01", "FORMAT_ERROR"),
        ("bookingStatus=booked", "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=1.1.2026", "FORMAT_ERROR"),
        ("bookingStatus=booked&dateFrom=1990-01-01", "PERIOD_INVALID"),
        ("bookingStatus=booked&dateFrom=2999-01-01", "PERIOD_INVALID"),
    ],
)
def test_question_that_cannot_be_answered(bank: RunningBank, query: str, code: str) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    assert _refusal(bank.read(f"/accounts/{account['resourceId']}/transactions?{query}", token=token)) == (400, code)


def test_period_ends_where_asked(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    until = _ago(bank, 10)
    report = next(bank.pages(_listing(account, _ago(bank, 30)) + f"&dateTo={until}", token))
    days = [row["bookingDate"] for row in report["booked"]]
    assert days
    assert max(days) <= until


def test_long_history_only_in_the_first_hour_with_the_person(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    old = _listing(account, _ago(bank, 300))
    assert bank.read(old, token=token).status_code == 200
    assert _refusal(bank.read(old, token=token, attended=False)) == (400, "PERIOD_INVALID")
    bank.advance(minutes=59)
    assert bank.read(old, token=token).status_code == 200
    refreshed = bank.sign_in()
    bank.advance(minutes=59)
    token = bank.token(grant_type="refresh_token", refresh_token=refreshed["refresh_token"]).json()["access_token"]
    bank.advance(minutes=2)
    assert _refusal(bank.read(_listing(account, _ago(bank, 300)), token=token)) == (400, "PERIOD_INVALID")
    assert bank.read(_listing(account, _ago(bank, 90)), token=token).status_code == 200


def test_unattended_listings_are_four_a_day_pages_apart(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    accounts = bank.accounts(token)
    listing = _listing(accounts[0], _ago(bank, 90))
    first = bank.read(listing, token=token, attended=False)
    following = first.json()["transactions"]["_links"]["next"]["href"]
    for _ in range(6):
        assert bank.read(following, token=token, attended=False).status_code == 200
    for _ in range(3):
        assert bank.read(listing, token=token, attended=False).status_code == 200
    refused = bank.read(listing, token=token, attended=False)
    assert _refusal(refused) == (429, "ACCESS_EXCEEDED")
    assert 86_000 < int(refused.headers["retry-after"]) <= 86_401
    assert bank.read(listing, token=token).status_code == 200
    balances = f"/accounts/{accounts[0]['resourceId']}/balances"
    assert bank.read(balances, token=token, attended=False).status_code == 200
    assert bank.read(_listing(accounts[1], _ago(bank, 9)), token=token, attended=False).status_code == 200


def test_limit_is_lifted_a_day_later(bank: RunningBank) -> None:
    made = bank.sign_in()
    token = made["access_token"]
    for _ in range(4):
        assert bank.read("/accounts", token=token, attended=False).status_code == 200
    assert bank.read("/accounts", token=token, attended=False).status_code == 429
    bank.advance(days=1, minutes=1)
    token = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"]).json()["access_token"]
    assert bank.read("/accounts", token=token, attended=False).status_code == 200


def test_access_token_runs_out_after_an_hour(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    bank.advance(minutes=59)
    assert bank.read("/accounts", token=token).status_code == 200
    bank.advance(minutes=1)
    assert _refusal(bank.read("/accounts", token=token)) == (401, "TOKEN_EXPIRED")


def test_unknown_and_missing_tokens(bank: RunningBank) -> None:
    made = bank.sign_in()
    assert _refusal(bank.read("/accounts", token="never")) == (401, "TOKEN_UNKNOWN")
    assert _refusal(bank.read("/accounts", token=made["refresh_token"])) == (401, "TOKEN_UNKNOWN")
    assert _refusal(bank.read("/accounts")) == (401, "CONSENT_INVALID")
    wrong = bank.read("/accounts", token=made["access_token"], Consent_ID="another")
    assert _refusal(wrong) == (401, "CONSENT_INVALID")


def test_scope_of_accounts_reads_no_transactions(bank: RunningBank) -> None:
    token = bank.sign_in(scope="psd2:accounts:read")["access_token"]
    account = bank.accounts(token)[0]
    assert bank.read(_listing(account, _ago(bank, 9)), token=token).status_code == 403


@pytest.mark.parametrize(("what", "code"), [("expire", "CONSENT_EXPIRED"), ("revoke", "CONSENT_INVALID")])
def test_ended_consent(bank: RunningBank, what: str, code: str) -> None:
    made = bank.sign_in()
    bank.control("POST", f"consents/{made['consent_id']}/{what}")
    assert _refusal(bank.read("/accounts", token=made["access_token"])) == (401, code)
    again = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"])
    assert again.json()["error"] == "invalid_grant"


def test_consent_runs_out_after_its_last_day(bank: RunningBank) -> None:
    made = bank.sign_in()
    bank.control(
        "POST", "clock", {"now": f"{made['consent_valid_until']}T12:00:00+00:00"}
    )  # noon is that day in Oslo too
    made = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"]).json()
    assert bank.read("/accounts", token=made["access_token"]).status_code == 200
    bank.advance(days=1)
    assert _refusal(bank.read("/accounts", token=made["access_token"])) == (401, "CONSENT_EXPIRED")


def test_what_is_not_there(bank: RunningBank) -> None:
    token = bank.sign_in()["access_token"]
    for path in ("/card-accounts", "/accounts/nothing/balances", "/accounts/15030000000/balances"):
        assert _refusal(bank.read(path, token=token)) == (404, "RESOURCE_UNKNOWN")


def test_dnb_speaks_its_own_way(bank: RunningBank) -> None:
    bank.control("POST", "manners", {"dialect": "dnb"})
    token = bank.sign_in()["access_token"]
    account = bank.accounts(token)[0]
    assert "resourceId" not in account
    number = account["bban"]
    path = f"/accounts/{number}/transactions?bookingStatus=both&dateFrom={_ago(bank, 90)}"
    reports = list(bank.pages(path, token, links="links"))
    assert all("_links" not in report for report in reports)
    assert "links" not in reports[-1]
    assert reports[0]["links"]["next"]["href"].startswith("/psd2/accounts/")
    row = reports[0]["booked"][0]
    assert row["transactionId"].startswith(f"{row['bookingDate'][5:7]}{row['bookingDate'][8:]}_00{number}_")
    assert row["dnbTransactionType"]
    assert "balanceAfterTransaction" not in row
    ids = [r["transactionId"] for report in reports for r in report["booked"]]
    assert len(ids) == len(set(ids))
    balances = bank.read(f"/accounts/{number}/balances", token=token).json()["balances"]
    assert [b["balanceType"] for b in balances] == ["openingBooked", "authorised", "expected"]


def _day_with_parking_reserved(today: date) -> date:
    world = World(DEFAULT_SEED, today)
    for day in (today + timedelta(days=ahead) for ahead in range(1, 60)):
        if any(entry.amount == -4900 for rows in world.books(day).pending.values() for entry in rows):
            return day
    raise AssertionError("Nothing is parked for two months")


def test_dnb_numbers_its_errors_and_shortens_reserved_amounts(bank: RunningBank) -> None:
    bank.control("POST", "manners", {"dialect": "dnb"})
    token = bank.sign_in()["access_token"]
    number = bank.accounts(token)[0]["bban"]
    assert _refusal(bank.read("/accounts", token="never")) == (401, 401)
    parked = _day_with_parking_reserved(_today(bank))
    bank.control("POST", "clock", {"now": f"{parked.isoformat()}T12:00:00+00:00"})
    token = bank.sign_in()["access_token"]
    report = next(bank.pages(f"/accounts/{number}/transactions?bookingStatus=pending", token, links="links"))
    amounts = [row["transactionAmount"]["amount"] for row in report["pending"]]
    assert "-49" in amounts  # parking, reserved; booked it is "-49.00"
