"""The consent's own redirect: with the real demo bank in DNB's manner, and with answers that only a script gives."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.dnb.dnb_settings import dnb_settings
from kontali_desktop.domain.connections import Tokens
from kontali_desktop.services.errors import (
    AnswerNotUnderstood,
    ConsentExpired,
    OutsideError,
    SignInAborted,
    SignInNotOurs,
    SignInRequired,
    SignInTimedOut,
)
from kontali_desktop.services.ports import SignIn
from tests.adapters.bank.settable_clock import SettableClock
from tests.adapters.scripted_server import Answer, Asked, ScriptedServer
from tests.demo_bank.running import REDIRECT, RunningBank

PERSON = "12057900499"


def consent_bank(base_url: str, clock: SettableClock) -> BerlinGroupBank:
    values = {"DNB_AUTHORIZATION": "consent", "DNB_BASE_URL": base_url, "DNB_PSU_ID": PERSON, "DNB_USE_SANDBOX": "true"}
    return BerlinGroupBank(dnb_settings(values), clock, clock.sleep)


@pytest_asyncio.fixture
async def real(demo_bank: RunningBank, clock: SettableClock) -> AsyncIterator[BerlinGroupBank]:
    demo_bank.control("POST", "manners", {"dialect": "dnb", "page_size": 20})
    bank = consent_bank(f"{demo_bank.base}/psd2", clock)
    yield bank
    await bank.close()


@pytest_asyncio.fixture
async def scripted(server: ScriptedServer, clock: SettableClock) -> AsyncIterator[BerlinGroupBank]:
    bank = consent_bank(f"{server.base}/v1", clock)
    yield bank
    await bank.close()


def first_page(demo_bank: RunningBank, sign_in: SignIn) -> str:
    assert len(sign_in.url) > 2_000  # real ones are as long
    return str(demo_bank.http.get(sign_in.url).headers["location"])


async def test_a_consent_is_the_key(real: BerlinGroupBank, demo_bank: RunningBank, clock: SettableClock) -> None:
    sign_in = await real.begin_sign_in(REDIRECT)
    returned = demo_bank.walk(first_page(demo_bank, sign_in))
    assert returned == f"{REDIRECT}?state={sign_in.state}"
    grant = await real.complete_sign_in(sign_in, returned)
    assert grant.tokens is None
    assert grant.consent.id == sign_in.consent_id
    assert grant.consent.valid_until == clock.today() + timedelta(days=180)
    reader = real.reader(grant, attended=True)
    account = (await reader.fetch_accounts())[0]
    assert account.resource_id == account.number
    since = clock.today() - timedelta(days=90)
    pages = [page async for page in reader.fetch_transactions(account, since, clock.today())]
    assert len(pages) > 1
    await real.revoke(grant)
    assert [c["status"] for c in demo_bank.control("GET", "consents")] == ["terminatedByTpp"]
    with pytest.raises(ConsentExpired):
        await real.reader(grant, attended=True).fetch_accounts()
    await real.revoke(grant)


async def test_a_no_at_the_bank(real: BerlinGroupBank, demo_bank: RunningBank) -> None:
    sign_in = await real.begin_sign_in(REDIRECT)
    returned = demo_bank.post(first_page(demo_bank, sign_in), {"cancel": "1"}).headers["location"]
    with pytest.raises(SignInAborted):
        await real.complete_sign_in(sign_in, returned)


async def test_a_state_that_is_not_ours(real: BerlinGroupBank, demo_bank: RunningBank) -> None:
    sign_in = await real.begin_sign_in(REDIRECT)
    with pytest.raises(SignInNotOurs):
        await real.complete_sign_in(sign_in, f"{REDIRECT}?state=other")


async def test_there_is_nothing_to_renew(scripted: BerlinGroupBank, clock: SettableClock) -> None:
    with pytest.raises(SignInRequired):
        await scripted.renew(Tokens("", "", clock.now()))


MADE = {"consentId": "c-1", "consentStatus": "received", "_links": {"scaRedirect": {"href": "https://bank.example/x"}}}


async def test_what_is_asked_for(scripted: BerlinGroupBank, server: ScriptedServer, clock: SettableClock) -> None:
    server.always(Answer(MADE, status=201))
    sign_in = await scripted.begin_sign_in(f"{REDIRECT}?tenant=1")
    asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/v1/consents")
    assert asked.headers["psu-id"] == PERSON
    assert asked.headers["psu-ip-address"] == "127.0.0.1"
    assert asked.headers["tpp-redirect-uri"] == f"{REDIRECT}?tenant=1&state={sign_in.state}"
    assert json.loads(asked.body) == {
        "access": {"accounts": [], "balances": [], "transactions": []},
        "recurringIndicator": True,
        "validUntil": (clock.today() + timedelta(days=180)).isoformat(),
        "frequencyPerDay": 4,
        "combinedServiceIndicator": False,
    }
    assert PERSON not in repr(scripted.settings)


@pytest.mark.parametrize(
    "change",
    [{"consentId": None}, {"_links": {}}, {"_links": None}, {"_links": {"scaRedirect": {"href": "javascript:1"}}}],
)
async def test_a_consent_that_leads_nowhere(
    scripted: BerlinGroupBank, server: ScriptedServer, change: dict[str, object]
) -> None:
    server.always(Answer(MADE | change, status=201))
    with pytest.raises(AnswerNotUnderstood):
        await scripted.begin_sign_in(REDIRECT)


def answers_with(server: ScriptedServer, *statuses: str) -> None:
    """The consent's statuses one after the other, the last one for ever; the bank shortens the time."""
    rest = list(statuses)

    def script(asked: Asked) -> Answer:
        if asked.method == "POST":
            return Answer(MADE, status=201)
        status = rest.pop(0) if len(rest) > 1 else rest[0]
        return Answer({"consentStatus": status, "validUntil": "2026-06-01"})

    server.script = script


async def test_a_second_signatory_is_waited_for(scripted: BerlinGroupBank, server: ScriptedServer) -> None:
    answers_with(server, "received", "partiallyAuthorised", "valid")
    sign_in = await scripted.begin_sign_in(REDIRECT)
    grant = await scripted.complete_sign_in(sign_in, f"{REDIRECT}?state={sign_in.state}")
    assert grant.consent.valid_until is not None
    assert grant.consent.valid_until.isoformat() == "2026-06-01"
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("received", SignInTimedOut),
        ("rejected", SignInAborted),
        ("expired", ConsentExpired),
        ("terminatedByTpp", ConsentExpired),
        ("unheardOf", AnswerNotUnderstood),
        ("", AnswerNotUnderstood),
    ],
)
async def test_how_waiting_ends(
    scripted: BerlinGroupBank, server: ScriptedServer, clock: SettableClock, status: str, error: type[OutsideError]
) -> None:
    answers_with(server, status)
    sign_in = await scripted.begin_sign_in(REDIRECT)
    before = clock.now()
    with pytest.raises(error):
        await scripted.complete_sign_in(sign_in, f"{REDIRECT}?state={sign_in.state}")
    assert (clock.now() - before >= timedelta(minutes=9)) is (error is SignInTimedOut)
