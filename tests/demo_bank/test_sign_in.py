"""Demo-ID's pages: every step, every way out."""

from __future__ import annotations

import httpx
import pytest

from tests.demo_bank.running import REDIRECT, RunningBank, query_of


def _first_page(bank: RunningBank, **changes: str | None) -> str:
    return bank.begin(**changes)[0].headers["location"]


def _at(bank: RunningBank, step: str) -> str:
    """The page of a step, reached by typing what the earlier ones ask for."""
    page = _first_page(bank)
    for field, value in bank.typed():
        if page.endswith(step):
            return page
        page = bank.post(page, {field: value}).headers["location"]
    assert page.endswith(step)
    return page


def test_each_step_has_its_page_and_its_field(bank: RunningBank) -> None:
    for step, field in (("person", "national-id"), ("code", "code"), ("password", "password")):
        page = bank.http.get(_at(bank, step)).text
        assert f'id="{field}"' in page
        assert all(f'id="{name}"' in page for name in ("step", "next", "cancel"))


@pytest.mark.parametrize("step", ["person", "code", "password"])
@pytest.mark.parametrize(("language", "hint"), [("nb", "I demobanken:"), ("en", "In the demo bank:")])
def test_each_field_says_what_to_type(bank: RunningBank, step: str, language: str, hint: str) -> None:
    page = _first_page(bank, ui_locales=language)
    for field, value in bank.typed():
        if page.endswith(step):
            break
        page = bank.post(page, {field: value}).headers["location"]
    text = bank.http.get(page).text
    assert hint in text
    assert f">{bank.said[step]}</span>" in text
    assert 'aria-describedby="hint"' in text


def test_consent_page_names_company_accounts_and_last_day(bank: RunningBank) -> None:
    page = bank.http.get(_at(bank, "accounts")).text
    assert bank.said["company"]["name"] in page
    assert page.count('name="account"') == 3
    assert "<time datetime=" in page


@pytest.mark.parametrize("step", ["person", "code", "password", "accounts"])
def test_cancel_goes_back_with_access_denied(bank: RunningBank, step: str) -> None:
    back = bank.post(_at(bank, step), {"cancel": "1"}).headers["location"]
    assert back.startswith(REDIRECT)
    answer = query_of(back)
    assert (answer["error"], answer["state"], answer["iss"]) == ("access_denied", "state-1", bank.base)


@pytest.mark.parametrize(("typed", "says"), [("12345678901", "stemmer ikke"), ("17054026641", "Ingen har dette")])
def test_unknown_person_stays_on_the_page(bank: RunningBank, typed: str, says: str) -> None:
    page = _first_page(bank)
    assert bank.post(page, {"national-id": typed}).headers["location"] == page
    assert says in bank.http.get(page).text


@pytest.mark.parametrize("step", ["code", "password"])
def test_third_wrong_secret_locks(bank: RunningBank, step: str) -> None:
    page = _at(bank, step)
    for _ in range(2):
        assert bank.post(page, {step: "wrong"}).headers["location"] == page
        assert 'role="alert"' in bank.http.get(page).text
    stopped = bank.post(page, {step: "wrong"}).headers["location"]
    assert "låst" in bank.http.get(stopped).text
    assert query_of(bank.post(stopped, {"cancel": "1"}).headers["location"])["error_description"] == "locked"


def test_right_secret_after_a_wrong_one_goes_on(bank: RunningBank) -> None:
    page = _at(bank, "password")
    bank.post(page, {"password": "wrong"})
    assert bank.post(page, {"password": bank.said["password"]}).headers["location"].endswith("/accounts")


def test_ten_minutes_are_enough_and_no_more(bank: RunningBank) -> None:
    page = _at(bank, "code")
    bank.advance(minutes=9)
    assert bank.http.get(page).status_code == 200
    bank.advance(minutes=1)
    stopped = bank.post(page, {"code": bank.said["code"]}).headers["location"]
    assert "ti minutter" in bank.http.get(stopped).text
    assert query_of(bank.post(stopped, {"cancel": "1"}).headers["location"])["error_description"] == "timeout"


def test_later_step_cannot_be_opened_early(bank: RunningBank) -> None:
    page = _first_page(bank)
    skipped = bank.http.get(page.replace("/person", "/accounts"))
    assert (skipped.status_code, skipped.headers["location"]) == (303, page)


def test_post_of_another_step_changes_nothing(bank: RunningBank) -> None:
    page = _at(bank, "code")
    other = page.replace("/code", "/accounts")
    csrf = bank.http.get(page).text.split('name="csrf" value="')[1].split('"')[0]
    answer = bank.http.post(other, data={"csrf": csrf, "account": "1"})
    assert answer.headers["location"] == page


@pytest.mark.parametrize("csrf", ["", "x", "å"])
def test_form_without_its_token_is_not_taken(bank: RunningBank, csrf: str) -> None:
    page = _first_page(bank)
    answer = bank.http.post(page, data={"csrf": csrf, "national-id": bank.said["person"]})
    assert answer.headers["location"] == page
    assert "Skjemaet var gammelt" in bank.http.get(page).text


def test_no_account_chosen_stays(bank: RunningBank) -> None:
    page = _at(bank, "accounts")
    assert bank.post(page, {"next": "1"}).headers["location"] == page
    assert "minst én" in bank.http.get(page).text


def test_account_of_somebody_else_cannot_be_chosen(bank: RunningBank) -> None:
    page = _at(bank, "accounts")
    assert bank.post(page, {"account": "15030000000", "next": "1"}).headers["location"] == page


def test_only_the_chosen_accounts_are_read(bank: RunningBank) -> None:
    everything = bank.accounts(bank.sign_in()["access_token"])
    one = bank.sign_in(accounts=[everything[1]["bban"]])["access_token"]
    assert [account["bban"] for account in bank.accounts(one)] == [everything[1]["bban"]]
    refused = bank.read(f"/accounts/{everything[0]['resourceId']}/balances", token=one)
    assert (refused.status_code, refused.json()["tppMessages"][0]["code"]) == (401, "CONSENT_INVALID")


def test_finished_sign_in_is_gone(bank: RunningBank) -> None:
    page = _first_page(bank)
    bank.walk(page)
    assert bank.http.get(page).status_code == 404


@pytest.mark.parametrize(
    ("locales", "accepts", "says"),
    [
        (None, "nb-NO", "Fødselsnummer"),
        (None, "en-GB,nb;q=0.5", "National identity"),
        ("en", "nb", "National identity"),
    ],
)
def test_language_follows_the_person(bank: RunningBank, locales: str | None, accepts: str, says: str) -> None:
    bank.http.headers["accept-language"] = accepts
    try:
        assert says in bank.http.get(_first_page(bank, ui_locales=locales)).text
    finally:
        del bank.http.headers["accept-language"]


def test_pages_allow_neither_frames_nor_scripts_nor_referrers(bank: RunningBank) -> None:
    headers = bank.http.get(_first_page(bank)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:49152;" in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_style_is_served_and_needs_nothing_from_outside(bank: RunningBank) -> None:
    style: httpx.Response = bank.http.get("/pages/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "http" not in style.text
