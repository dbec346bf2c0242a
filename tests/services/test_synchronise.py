"""Fetching: the same feed changes nothing, a failure or a cancel stores nothing, no state is left that is untrue."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.access import load_grant
from kontali_desktop.services.errors import ConsentExpired, RateLimited, ServiceRefused, ServiceUnreachable
from kontali_desktop.services.synchronise import SyncProgress, SyncReport
from tests.services.bank_office import BankOffice

LISTING = "*/transactions"


def booked(office: BankOffice) -> dict[str, tuple[object, ...]]:
    """What a person sees of each booked line, by its id."""
    return {
        str(i.id): (r.booking_date, r.amount, r.counterparty, r.kid, r.text)
        for i in office.lines()
        if (r := i.transaction.reported).status is BookingStatus.BOOKED
    }


async def test_the_same_feed_again_adds_and_changes_nothing(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    first = await bank_office.sync(connection)
    assert first.total.added > 300
    before = bank_office.lines()
    again = await bank_office.sync(connection)
    assert (again.total.added, again.total.updated) == (0, 0)
    assert [i for i in bank_office.lines() if i.id in {b.id for b in before if b.proposal}] == [
        b for b in before if b.proposal
    ]


async def test_balances_stand_with_their_account_and_only_the_newest_pending_lines(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    for _ in range(2):
        await bank_office.sync(connection)
    pending = [i for i in bank_office.lines() if i.transaction.reported.status is BookingStatus.PENDING]
    assert pending
    assert {i.proposal for i in pending} == {None}
    with bank_office.storage.reading() as work:
        for account in work.accounts.load_all():
            kinds = [(b.kind, b.reference_date) for b in work.accounts.load_balances(account.id)]
            assert kinds
            assert len(kinds) == len(set(kinds))
    alike = Counter((i.account.id, i.transaction.reported.amount, i.transaction.reported.text) for i in pending)
    bank_office.bank.advance(days=5)
    bank_office.clock.moment += timedelta(days=5)
    await bank_office.sync(connection)
    later = [i for i in bank_office.lines() if i.transaction.reported.status is BookingStatus.PENDING]
    assert Counter((i.account.id, i.transaction.reported.amount, i.transaction.reported.text) for i in later) != alike


async def test_new_ids_for_all_change_nothing_a_person_sees(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    await bank_office.sync(connection)
    before = booked(bank_office)
    bank_office.bank.control("POST", "manners", {"id_salt": "other"})
    again = await bank_office.sync(connection)
    assert (again.total.added, again.total.updated) == (0, 0)
    assert again.total.unchanged > 0
    assert booked(bank_office) == before


async def test_a_later_fetch_begins_some_days_back_and_finds_what_is_new(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    first = await bank_office.sync(connection)
    bank_office.bank.advance(days=3)
    bank_office.clock.moment += timedelta(days=3)
    before = booked(bank_office)
    later = await bank_office.sync(connection)
    assert later.accounts[0].since == first.accounts[0].until - timedelta(days=10)
    assert later.total.unchanged > 0
    assert before.items() <= booked(bank_office).items()


async def test_a_clock_that_ran_ahead_does_not_close_the_account(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    with bank_office.storage.writing() as work:
        for account in work.accounts.load_all():
            work.accounts.set_fetched_to(account.id, bank_office.clock.today() + timedelta(days=400))
        work.commit()
    report = await bank_office.sync(connection)
    assert report.error is None
    assert all(a.since < a.until for a in report.accounts)


async def test_cancelled_while_it_fetches_nothing_is_stored_and_it_is_said(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    reached = asyncio.Event()

    def on_progress(_progress: SyncProgress) -> None:
        reached.set()

    fetching = asyncio.create_task(bank_office.synchronise.run(connection, is_attended=True, on_progress=on_progress))
    await reached.wait()
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    assert bank_office.lines() == ()
    assert [run.error_code for run in bank_office.runs(connection)] == ["sync_cancelled"]


async def test_cancelled_while_it_stores_what_is_stored_is_said(
    bank_office: BankOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that stores cannot be stopped: the run must not call itself cancelled when all of it is there."""
    connection = await bank_office.connect()
    loop, storing = asyncio.get_running_loop(), asyncio.Event()
    writing = bank_office.storage.writing

    def told_of() -> object:
        loop.call_soon_threadsafe(storing.set)
        return writing()

    monkeypatch.setattr(bank_office.storage, "writing", told_of)
    fetching = asyncio.create_task(bank_office.sync(connection))
    await storing.wait()
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    run = bank_office.runs(connection)[0]
    assert (run.error_code, run.added) == ("", len(booked(bank_office)))
    assert run.added > 300


async def test_a_connection_that_is_disconnected_meanwhile_stays_so(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    fetching = await _half_way(bank_office, connection)
    assert await bank_office.disconnecting.run(connection) is None
    report = await fetching
    assert report.error is not None
    assert bank_office.connection(connection).state is ConnectionState.DISCONNECTED
    assert bank_office.keychain.secrets == {}


async def test_a_connection_that_is_renewed_meanwhile_is_not_called_expired(bank_office: BankOffice) -> None:
    """The former consent ran out, and the fetch that was under way ends after the person has signed in anew."""
    connection = await bank_office.connect()
    fetching = await _half_way(bank_office, connection)
    bank_office.bank.control("POST", "consents/*/expire")
    await bank_office.connect(renews=connection)
    report = await fetching
    assert isinstance(report.error, ConsentExpired)
    assert bank_office.connection(connection).state is ConnectionState.ACTIVE
    assert len(bank_office.keychain.secrets) == 1
    assert (await bank_office.sync(connection)).error is None


async def test_a_fetch_that_succeeds_mends_the_state(bank_office: BankOffice) -> None:
    """The keychain of another session was open, say: the tokens were never dead."""
    connection = await bank_office.connect()
    put_aside, bank_office.keychain.secrets = bank_office.keychain.secrets, {}
    report = await bank_office.sync(connection)
    assert report.error is not None
    assert bank_office.connection(connection).state is ConnectionState.SIGN_IN_REQUIRED
    bank_office.keychain.secrets = put_aside
    assert (await bank_office.sync(connection)).error is None
    assert bank_office.connection(connection).state is ConnectionState.ACTIVE


async def test_cancelling_never_loses_a_token_that_the_bank_has_rotated(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    entry = bank_office.entry(connection)
    before = bank_office.keychain.secrets[entry]
    bank_office.bank.control("POST", "tokens/expire")
    aged = load_grant(before)
    assert aged.tokens is not None
    bank_office.clock.moment = aged.tokens.expires_at
    bank_office.bank.control("DELETE", "calls")
    bank_office.bank.fault(path="/oauth2/token", kind="delay", seconds=0.4, times=1)
    fetching = asyncio.create_task(bank_office.sync(connection))
    await bank_office.until_asked("/oauth2/token")
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    assert bank_office.keychain.secrets[entry] != before
    assert (await bank_office.sync(connection)).error is None
    assert bank_office.calls().count("/oauth2/token") == 1


async def test_a_call_that_never_reached_the_bank_does_not_count(bank_office: BankOffice) -> None:
    """A night without a network must not cost the next day's fetches."""
    connection = await bank_office.connect()
    bank_office.is_online = False
    for _ in range(5):
        report = await bank_office.sync(connection, attended=False)
        assert isinstance(report.error, ServiceUnreachable)
    bank_office.is_online = True
    for _ in range(4):
        assert (await bank_office.sync(connection, attended=False)).error is None
    assert isinstance((await bank_office.sync(connection, attended=False)).error, RateLimited)
    bank_office.clock.moment += timedelta(minutes=50)
    assert (await bank_office.sync(connection)).error is None


async def test_a_call_that_the_bank_refused_counts(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    bank_office.bank.fault(path="*/balances", kind="answer", status=503, times=0)
    for _ in range(4):
        assert isinstance((await bank_office.sync(connection, attended=False)).error, ServiceRefused)
    bank_office.bank.control("DELETE", "faults")
    assert isinstance((await bank_office.sync(connection, attended=False)).error, RateLimited)


async def _half_way(office: BankOffice, connection: ConnectionId) -> asyncio.Task[SyncReport]:
    """A fetch that has some lines, and waits a second for the bank's next answer."""
    office.bank.fault(path=LISTING, kind="delay", seconds=1.0, skip=2, times=1)
    has_lines = asyncio.Event()
    run = office.synchronise.run(connection, is_attended=True, on_progress=lambda _progress: has_lines.set())
    fetching = asyncio.create_task(run)
    await has_lines.wait()
    return fetching
