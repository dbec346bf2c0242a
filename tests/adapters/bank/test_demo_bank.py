"""The whole way with the real demo bank: sign-in, reading, renewal, revocation, and what can go wrong on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.demo.demo_settings import demo_settings
from kontali_desktop.domain.bank import BookingStatus, ReportedAccount, ReportedTransaction
from kontali_desktop.domain.check_digits import is_account_number, kid_checks
from kontali_desktop.domain.connections import Grant, Tokens
from kontali_desktop.services.errors import (
    AccessTokenRefused,
    AnswerNotUnderstood,
    ConsentExpired,
    OutsideError,
    RateLimited,
    ServiceRefused,
    ServiceUnreachable,
    SignInAborted,
    SignInFailed,
    SignInNotOurs,
    SignInRequired,
)
from kontali_desktop.services.ports import SignIn
from tests.adapters.bank.settable_clock import SettableClock
from tests.demo_bank.running import REDIRECT, RunningBank


def walk(demo_bank: RunningBank, sign_in: SignIn) -> str:
    """The person signs in; the address they come back to."""
    first = demo_bank.http.get(sign_in.url)
    assert first.is_redirect, first.text
    return demo_bank.walk(first.headers["location"])


async def grant_of(bank: BerlinGroupBank, demo_bank: RunningBank) -> Grant:
    sign_in = await bank.begin_sign_in(REDIRECT)
    return await bank.complete_sign_in(sign_in, walk(demo_bank, sign_in))


def tokens_of(grant: Grant) -> Tokens:
    assert grant.tokens is not None
    return grant.tokens


async def read_all(
    bank: BerlinGroupBank, grant: Grant, clock: SettableClock, account: ReportedAccount, *, attended: bool = True
) -> list[ReportedTransaction]:
    reader = bank.reader(grant, attended=attended)
    since = clock.today() - timedelta(days=90)
    return [row async for page in reader.fetch_transactions(account, since, clock.today()) for row in page.transactions]


async def test_signs_in_and_reads_every_account_with_every_page(
    bank: BerlinGroupBank, demo_bank: RunningBank, clock: SettableClock
) -> None:
    grant = await grant_of(bank, demo_bank)
    assert grant.consent.id
    assert grant.consent.valid_until == clock.today() + timedelta(days=180)
    assert timedelta(minutes=59) < tokens_of(grant).expires_at - clock.now() <= timedelta(hours=1)
    reader = bank.reader(grant, attended=True)
    accounts = await reader.fetch_accounts()
    assert len(accounts) >= 2
    assert all(is_account_number(account.number) and account.owner_name for account in accounts)
    rows = [row for account in accounts for row in await read_all(bank, grant, clock, account)]
    expected = expected_rows(demo_bank, tokens_of(grant), clock)
    assert len(rows) == expected > 100
    booked = [row for row in rows if row.status is BookingStatus.BOOKED]
    assert all(row.booking_date and row.currency == "NOK" and row.raw and row.bank_transaction_id for row in booked)
    assert all(kid_checks(row.kid) for row in rows if row.kid)
    assert any(row.kid for row in rows)
    assert any(row.status is BookingStatus.PENDING for row in rows)


def expected_rows(demo_bank: RunningBank, tokens: Tokens, clock: SettableClock) -> int:
    """Counted by the bank's own test client, which shares nothing with ours."""
    start = (clock.today() - timedelta(days=90)).isoformat()
    total = 0
    for account in demo_bank.accounts(tokens.access_token):
        first = f"/accounts/{account['resourceId']}/transactions?bookingStatus=both&dateFrom={start}"
        for report in demo_bank.pages(first, tokens.access_token):
            total += len(report.get("booked", [])) + len(report.get("pending", []))
    return total


async def test_the_running_balance_agrees_with_the_amounts(
    bank: BerlinGroupBank, demo_bank: RunningBank, clock: SettableClock
) -> None:
    grant = await grant_of(bank, demo_bank)
    account = (await bank.reader(grant, attended=True).fetch_accounts())[0]
    rows = [r for r in await read_all(bank, grant, clock, account) if r.status is BookingStatus.BOOKED]
    for newer, older in pairwise(rows):
        assert newer.balance_after is not None
        assert newer.balance_after - newer.amount == older.balance_after
    balances = {b.kind: b for b in await bank.reader(grant, attended=True).fetch_balances(account)}
    assert balances["interimBooked"].amount == rows[0].balance_after
    assert balances["interimBooked"].as_of is not None


async def test_the_dialect_of_dnb_gives_the_same_amounts(
    bank: BerlinGroupBank, demo_bank: RunningBank, clock: SettableClock
) -> None:
    grant = await grant_of(bank, demo_bank)
    by_standard = [
        row
        for account in await bank.reader(grant, attended=True).fetch_accounts()
        for row in await read_all(bank, grant, clock, account)
    ]
    demo_bank.control("POST", "manners", {"dialect": "dnb", "page_size": 7})
    by_dnb = [
        row
        for account in await bank.reader(grant, attended=True).fetch_accounts()
        for row in await read_all(bank, grant, clock, account)
    ]
    facts = [
        [(r.status, r.amount, r.kid, r.counterparty_account, r.text) for r in rows] for rows in (by_standard, by_dnb)
    ]
    assert sorted(facts[0]) == sorted(facts[1])
    assert any(row.bank_transaction_code == "Varekjøp" for row in by_dnb)


async def test_only_an_attended_call_says_that_the_person_is_there(
    bank: BerlinGroupBank, demo_bank: RunningBank
) -> None:
    grant = await grant_of(bank, demo_bank)
    demo_bank.control("DELETE", "calls")
    await bank.reader(grant, attended=True).fetch_accounts()
    await bank.reader(grant, attended=False).fetch_accounts()
    attended, unattended = demo_bank.control("GET", "calls")
    assert (attended["has_person"], unattended["has_person"]) == (True, False)
    assert attended["request_id"] != unattended["request_id"]


async def test_the_limit_on_unattended_calls_is_told_with_its_end(
    bank: BerlinGroupBank, demo_bank: RunningBank
) -> None:
    grant = await grant_of(bank, demo_bank)
    reader = bank.reader(grant, attended=False)
    for _ in range(4):
        await reader.fetch_accounts()
    with pytest.raises(RateLimited) as refused:
        await reader.fetch_accounts()
    assert refused.value.parameters["status"] == 429
    assert 86_000 < int(refused.value.parameters["retry_after"]) <= 86_401


async def test_renewal_rotates_and_a_dead_token_asks_for_the_person(
    bank: BerlinGroupBank, demo_bank: RunningBank
) -> None:
    grant = await grant_of(bank, demo_bank)
    renewed = await bank.renew(tokens_of(grant))
    assert renewed.refresh_token not in {"", tokens_of(grant).refresh_token}
    assert await bank.reader(replace(grant, tokens=renewed), attended=True).fetch_accounts()
    with pytest.raises(SignInRequired):
        await bank.renew(tokens_of(grant))


async def test_revocation_ends_tokens_and_consent(bank: BerlinGroupBank, demo_bank: RunningBank) -> None:
    grant = await grant_of(bank, demo_bank)
    await bank.revoke(grant)
    assert [c["status"] for c in demo_bank.control("GET", "consents")] == ["terminatedByTpp"]
    with pytest.raises(SignInRequired):
        await bank.renew(tokens_of(grant))
    with pytest.raises(ConsentExpired):
        await bank.reader(grant, attended=True).fetch_accounts()
    await bank.revoke(grant)  # what the bank knows no longer is no error


@pytest.mark.parametrize("what", ["expire", "revoke"])
async def test_a_consent_that_ended_is_named(bank: BerlinGroupBank, demo_bank: RunningBank, what: str) -> None:
    grant = await grant_of(bank, demo_bank)
    demo_bank.control("POST", f"consents/*/{what}")
    with pytest.raises(ConsentExpired) as ended:
        await bank.reader(grant, attended=True).fetch_accounts()
    assert ended.value.parameters["consent"] == grant.consent.id
    demo_bank.control("POST", "manners", {"dialect": "dnb"})
    with pytest.raises(ConsentExpired):
        await bank.reader(grant, attended=True).fetch_accounts()


async def test_a_stale_access_token_is_a_refusal_with_its_code(bank: BerlinGroupBank, demo_bank: RunningBank) -> None:
    grant = await grant_of(bank, demo_bank)
    demo_bank.control("POST", "tokens/expire")
    with pytest.raises(AccessTokenRefused) as refused:
        await bank.reader(grant, attended=True).fetch_accounts()
    assert (refused.value.parameters["status"], refused.value.parameters["reason"]) == (401, "TOKEN_EXPIRED")


async def test_cancelling_at_the_bank_is_no_failure(bank: BerlinGroupBank, demo_bank: RunningBank) -> None:
    sign_in = await bank.begin_sign_in(REDIRECT)
    page = demo_bank.http.get(sign_in.url).headers["location"]
    returned = demo_bank.post(page, {"cancel": "1"}).headers["location"]
    with pytest.raises(SignInAborted):
        await bank.complete_sign_in(sign_in, returned)


async def test_a_code_is_good_once(bank: BerlinGroupBank, demo_bank: RunningBank) -> None:
    sign_in = await bank.begin_sign_in(REDIRECT)
    returned = walk(demo_bank, sign_in)
    await bank.complete_sign_in(sign_in, returned)
    with pytest.raises(SignInFailed) as failed:
        await bank.complete_sign_in(sign_in, returned)
    assert failed.value.parameters["reason"] == "invalid_grant"


async def test_a_code_without_our_verifier_is_worth_nothing(bank: BerlinGroupBank, demo_bank: RunningBank) -> None:
    sign_in = await bank.begin_sign_in(REDIRECT)
    returned = walk(demo_bank, sign_in)
    with pytest.raises(SignInFailed):
        await bank.complete_sign_in(replace(sign_in, code_verifier="x" * 64), returned)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda url: url.replace("state=", "state=x"), "state"),
        (lambda url: url.replace("state=", "other="), "state"),
        (lambda url: url.replace("iss=http", "iss=https"), "issuer"),
        (lambda url: url.replace("iss=", "was="), "issuer"),
        (lambda url: f"{url}&code=another", "parameters"),
        (lambda url: url.replace("/callback", "/elsewhere"), "address"),
        (lambda url: url.replace("127.0.0.1", "127.0.0.2"), "address"),
    ],
)
async def test_what_is_not_our_sign_in_is_thrown_away(
    bank: BerlinGroupBank, demo_bank: RunningBank, change: object, what: str
) -> None:
    sign_in = await bank.begin_sign_in(REDIRECT)
    returned = walk(demo_bank, sign_in)
    assert callable(change)
    with pytest.raises(SignInNotOurs) as thrown:
        await bank.complete_sign_in(sign_in, change(returned))
    assert thrown.value.parameters["what"] == what
    # And the true address still works: nothing was spent on the false one.
    assert (await bank.complete_sign_in(sign_in, returned)).tokens


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "html"}, AnswerNotUnderstood),
        ({"kind": "close"}, ServiceUnreachable),
        ({"kind": "answer", "status": 503}, ServiceRefused),
        ({"kind": "answer", "status": 429, "headers": {"Retry-After": "7"}}, RateLimited),
        ({"kind": "edit", "edits": {"drop": ["access_token"]}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"token_type": "mac"}}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"expires_in": "soon"}}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"consent_valid_until": "31.12.2026"}}}, AnswerNotUnderstood),
    ],
)
async def test_a_token_endpoint_that_fails(
    bank: BerlinGroupBank, demo_bank: RunningBank, fault: dict[str, object], error: type[OutsideError]
) -> None:
    sign_in = await bank.begin_sign_in(REDIRECT)
    returned = walk(demo_bank, sign_in)
    demo_bank.fault(path="/oauth2/token", **fault)
    with pytest.raises(error) as failed:
        await bank.complete_sign_in(sign_in, returned)
    assert failed.value.parameters["service"] == "Demobanken"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "html"}, AnswerNotUnderstood),
        ({"kind": "close"}, ServiceUnreachable),
        ({"kind": "answer", "status": 429, "body": {}}, RateLimited),
        ({"kind": "answer", "status": 302, "headers": {"Location": "/elsewhere"}}, ServiceRefused),
        ({"kind": "edit", "edits": {"drop": ["transactionAmount"]}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"drop": ["currency"]}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"drop": ["bookingDate", "valueDate"]}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"drop": ["booked", "pending"]}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"amount": "1.005"}}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"bookingDate": "1.2.2026"}}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"repeat_page": True}}, AnswerNotUnderstood),
        ({"kind": "edit", "edits": {"replace": {"href": "https://elsewhere.example/next"}}}, AnswerNotUnderstood),
    ],
)
async def test_a_listing_that_fails_on_a_later_page(
    bank: BerlinGroupBank,
    demo_bank: RunningBank,
    clock: SettableClock,
    fault: dict[str, object],
    error: type[OutsideError],
) -> None:
    demo_bank.control("POST", "manners", {"page_size": 10})
    grant = await grant_of(bank, demo_bank)
    account = (await bank.reader(grant, attended=True).fetch_accounts())[0]
    demo_bank.fault(path="/psd2/accounts/*/transactions", skip=1, **fault)
    with pytest.raises(error):
        await read_all(bank, grant, clock, account)


async def test_amounts_as_numbers_and_unknown_fields_change_nothing(
    bank: BerlinGroupBank, demo_bank: RunningBank, clock: SettableClock
) -> None:
    grant = await grant_of(bank, demo_bank)
    account = (await bank.reader(grant, attended=True).fetch_accounts())[0]
    plain = await read_all(bank, grant, clock, account)
    demo_bank.fault(path="/psd2/*", kind="edit", times=0, edits={"numbers": True, "add": {"newField": {"x": [1]}}})
    odd = await read_all(bank, grant, clock, account)
    assert [replace(row, raw="") for row in odd] == [replace(row, raw="") for row in plain]
    assert "newField" in odd[0].raw


async def test_a_bank_that_cannot_be_reached(clock: SettableClock, demo_bank: RunningBank) -> None:
    bank = BerlinGroupBank(demo_settings("http://127.0.0.1:1"), clock)
    with pytest.raises(ServiceUnreachable):
        await bank.begin_sign_in(REDIRECT)
    await bank.close()
