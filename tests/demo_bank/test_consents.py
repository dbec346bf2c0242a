"""The other style: a consent, a redirect without a code, and Consent-ID on each read."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from tests.demo_bank.running import Json, RunningBank

BACK = "http://127.0.0.1:50123/callback?state=mine"
REFUSED = "http://127.0.0.1:50123/callback?state=mine&refused=1"


def _ask(bank: RunningBank, body: Json | None = None, **headers: str | None) -> httpx.Response:
    today = date.fromisoformat(bank.control("GET", "clock")["today"])
    wanted = {
        "access": {"allPsd2": "allAccounts"},
        "recurringIndicator": True,
        "validUntil": (today + timedelta(days=90)).isoformat(),
        "frequencyPerDay": 4,
        "combinedServiceIndicator": False,
    }
    sent: dict[str, str | None] = {
        "X-Request-ID": str(uuid.uuid4()),
        "PSU-IP-Address": "127.0.0.1",
        "TPP-Redirect-URI": BACK,
        "TPP-Nok-Redirect-URI": REFUSED,
    }
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    given = {name: value for name, value in sent.items() if value is not None}
    return bank.http.post("/psd2/v1/consents", json=wanted if body is None else wanted | body, headers=given)


def _first_page(bank: RunningBank, asked: Json) -> str:
    return bank.http.get(asked["_links"]["scaRedirect"]["href"]).headers["location"]


def _status(bank: RunningBank, consent: str) -> Any:  # noqa: ANN401 - any JSON
    return bank.read(f"/psd2/v1/consents/{consent}/status").json()["consentStatus"]


def test_consent_by_redirect_and_reading_with_its_id(bank: RunningBank) -> None:
    asked = _ask(bank).json()
    assert asked["consentStatus"] == "received"
    assert len(asked["_links"]["scaRedirect"]["href"]) > 2_048
    assert bank.walk(_first_page(bank, asked)) == BACK
    assert _status(bank, asked["consentId"]) == "valid"
    accounts = bank.read("/accounts", Consent_ID=asked["consentId"]).json()["accounts"]
    assert len(accounts) == 3
    shown = bank.read(f"/consents/{asked['consentId']}").json()
    assert len(shown["access"]["transactions"]) == 3


def test_cancel_goes_to_the_other_address_and_rejects(bank: RunningBank) -> None:
    asked = _ask(bank).json()
    assert bank.post(_first_page(bank, asked), {"cancel": "1"}).headers["location"] == REFUSED
    assert _status(bank, asked["consentId"]) == "rejected"
    assert bank.read("/accounts", Consent_ID=asked["consentId"]).status_code == 401


def test_consent_not_yet_given_reads_nothing(bank: RunningBank) -> None:
    asked = _ask(bank).json()
    assert bank.read("/accounts", Consent_ID=asked["consentId"]).json()["tppMessages"][0]["code"] == "CONSENT_INVALID"


def test_bank_shortens_what_is_asked_for(bank: RunningBank) -> None:
    consent = _ask(bank, {"validUntil": "2999-12-31", "frequencyPerDay": 100}).json()["consentId"]
    today = date.fromisoformat(bank.control("GET", "clock")["today"])
    shown = bank.read(f"/consents/{consent}").json()
    assert (shown["validUntil"], shown["frequencyPerDay"]) == ((today + timedelta(days=180)).isoformat(), 4)


def test_new_consent_ends_the_former_once_given(bank: RunningBank) -> None:
    first, second = _ask(bank).json(), _ask(bank).json()
    bank.walk(_first_page(bank, first))
    assert _status(bank, first["consentId"]) == "valid"
    bank.walk(_first_page(bank, second))
    assert _status(bank, first["consentId"]) == "terminatedByTpp"
    assert _status(bank, second["consentId"]) == "valid"


def test_deleting_ends_it(bank: RunningBank) -> None:
    asked = _ask(bank).json()
    bank.walk(_first_page(bank, asked))
    headers = {"X-Request-ID": str(uuid.uuid4())}
    assert bank.http.delete(f"/psd2/consents/{asked['consentId']}", headers=headers).status_code == 204
    assert _status(bank, asked["consentId"]) == "terminatedByTpp"


@pytest.mark.parametrize("name", ["TPP_Redirect_URI", "PSU_IP_Address", "X_Request_ID"])
def test_header_that_is_missing(bank: RunningBank, name: str) -> None:
    answer = _ask(bank, **{name: None}, **({"TPP_Nok_Redirect_URI": None} if name == "TPP_Redirect_URI" else {}))
    assert (answer.status_code, answer.json()["tppMessages"][0]["code"]) == (400, "FORMAT_ERROR")


@pytest.mark.parametrize(
    "body",
    [{"validUntil": "2001-01-01"}, {"validUntil": "soon"}, {"frequencyPerDay": 0}, {"frequencyPerDay": None}],
)
def test_body_that_is_no_consent(bank: RunningBank, body: Json) -> None:
    assert _ask(bank, body).status_code == 400


def test_redirect_elsewhere_is_refused(bank: RunningBank) -> None:
    assert _ask(bank, TPP_Redirect_URI="https://elsewhere.example/callback").status_code == 400


def test_unknown_consent(bank: RunningBank) -> None:
    assert bank.read("/consents/never").status_code == 403


def test_consent_of_a_sign_in_with_a_code_needs_its_token(bank: RunningBank) -> None:
    made = bank.sign_in()
    assert bank.read(f"/consents/{made['consent_id']}").status_code == 404
    assert bank.read("/accounts", Consent_ID=made["consent_id"]).status_code == 401
