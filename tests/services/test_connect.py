"""Connecting and disconnecting: tokens and database agree, whatever is refused and whoever stops waiting."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from kontali_desktop.adapters.system.connection_lock import FileConnectionLock
from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.errors import AccountBelongsToAnother, PeriodClosed
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.connect import AccountChoice, DisconnectBank
from kontali_desktop.services.errors import ConnectionBusy, KeychainUnavailable, NoAccountsChosen
from kontali_desktop.services.review import Review
from tests.services.bank_office import BankOffice
from tests.support import orgnr


def revoked(office: BankOffice) -> int:
    """How often a token was given back to the bank since the calls were last cleared."""
    return office.calls().count("/oauth2/revoke")


async def test_the_tokens_are_in_the_keychain_and_nowhere_else(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    secret = bank_office.keychain.secrets[bank_office.entry(connection)]
    await bank_office.sync(connection)
    token = secret.split('"access_token": "')[1].split('"')[0]
    assert len(token) > 20
    for file in bank_office.folder.rglob("*"):
        assert not file.is_file() or token.encode() not in file.read_bytes()


async def test_a_keychain_that_refuses_stores_nothing_and_gives_the_grant_back(bank_office: BankOffice) -> None:
    signed_in = await bank_office.sign_in()
    bank_office.keychain.unavailable = "locked"
    with pytest.raises(KeychainUnavailable):
        await bank_office.connecting.keep(
            signed_in, [AccountChoice(o.reported, bank_office.client.id) for o in signed_in.accounts]
        )
    with bank_office.storage.reading() as work:
        assert work.connections.load_all() == ()
        assert work.accounts.load_all() == ()
    assert revoked(bank_office) > 0


async def test_without_a_keychain_nobody_is_sent_to_the_bank(bank_office: BankOffice) -> None:
    bank_office.keychain.unavailable = "missing"
    with pytest.raises(KeychainUnavailable):
        await bank_office.sign_in()
    assert bank_office.keychain.secrets == {}


async def test_an_account_of_another_client_stores_nothing(bank_office: BankOffice) -> None:
    await bank_office.connect()
    other = Clients(bank_office.storage, bank_office.clock).add("Annen AS", orgnr(2))[0]
    kept = dict(bank_office.keychain.secrets)
    signed_in = await bank_office.sign_in()
    with pytest.raises(AccountBelongsToAnother):
        await bank_office.connecting.keep(signed_in, [AccountChoice(signed_in.accounts[0].reported, other.id)])
    assert bank_office.keychain.secrets == kept
    with bank_office.storage.reading() as work:
        assert len(work.connections.load_all()) == 1


async def test_a_start_moved_over_what_was_decided_in_a_closed_period_stores_nothing(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    await bank_office.sync(connection)
    line = next(item.transaction for item in bank_office.lines() if item.proposal is not None)
    Review(bank_office.storage, bank_office.clock).accept(line.id)
    day = line.reported.booking_date
    Clients(bank_office.storage, bank_office.clock).close_books(bank_office.client.id, day)
    stood = bank_office.runs(connection), dict(bank_office.keychain.secrets), starts(bank_office)
    signed_in = await bank_office.sign_in()
    choices = [AccountChoice(o.reported, bank_office.client.id, day) for o in signed_in.accounts]
    with pytest.raises(PeriodClosed):
        await bank_office.connecting.keep(signed_in, choices)
    assert (bank_office.runs(connection), dict(bank_office.keychain.secrets), starts(bank_office)) == stood
    Clients(bank_office.storage, bank_office.clock).close_books(bank_office.client.id, None)
    await bank_office.connecting.keep(await bank_office.sign_in(), choices)
    assert set(starts(bank_office)) == {day}


def starts(office: BankOffice) -> list[date | None]:
    with office.storage.reading() as work:
        return [account.booked_to for account in work.accounts.load_all()]


async def test_no_account_chosen_stores_nothing(bank_office: BankOffice) -> None:
    with pytest.raises(NoAccountsChosen):
        await bank_office.connecting.keep(await bank_office.sign_in(), [])
    assert bank_office.keychain.secrets == {}


async def test_accounts_that_are_known_move_with_their_history(bank_office: BankOffice) -> None:
    first = await bank_office.connect()
    added = (await bank_office.sync(first)).total.added
    second = await bank_office.connect()
    again = await bank_office.sync(second)
    assert (again.total.added, again.total.updated) == (0, 0)
    assert added > 0
    assert bank_office.connection(first).state is ConnectionState.DISCONNECTED
    assert list(bank_office.keychain.secrets) == [bank_office.entry(second)]


async def test_a_renewal_over_fewer_accounts_fetches_those(bank_office: BankOffice) -> None:
    """The bank would refuse the account that the new consent leaves out, and with it the whole fetch."""
    connection = await bank_office.connect()
    await bank_office.sync(connection)
    offered = (await bank_office.sign_in()).accounts
    signed_in = await bank_office.sign_in([offered[0].reported.number])
    assert len(signed_in.accounts) == 1 < len(offered)
    choices = [AccountChoice(o.reported, bank_office.client.id) for o in signed_in.accounts]
    assert await bank_office.connecting.keep(signed_in, choices, renews=connection) == connection
    report = await bank_office.sync(connection)
    assert report.error is None
    assert len(report.accounts) == 1
    assert list(bank_office.keychain.secrets) == [bank_office.entry(connection)]


async def test_who_stops_waiting_while_it_is_kept_leaves_it_whole(
    bank_office: BankOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in = await bank_office.sign_in()
    loop, storing = asyncio.get_running_loop(), asyncio.Event()
    writing = bank_office.storage.writing

    def told_of() -> object:
        loop.call_soon_threadsafe(storing.set)
        return writing()

    monkeypatch.setattr(bank_office.storage, "writing", told_of)
    choices = [AccountChoice(o.reported, bank_office.client.id) for o in signed_in.accounts]
    keeping = asyncio.create_task(bank_office.connecting.keep(signed_in, choices))
    await storing.wait()
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    with bank_office.storage.reading() as work:
        (kept,) = work.connections.load_all()
    assert list(bank_office.keychain.secrets) == [bank_office.entry(kept.id)]
    assert (await bank_office.sync(kept.id)).error is None


async def test_disconnecting_waits_for_a_refresh_that_is_under_way(bank_office: BankOffice) -> None:
    """It would put a new token where the old one was just forgotten."""
    connection = await bank_office.connect()
    kept = dict(bank_office.keychain.secrets)
    impatient = FileConnectionLock(bank_office.folder / "locks", wait=0)
    office = bank_office
    disconnecting = DisconnectBank(office.storage, office.banks, office.keychain, impatient, office.clock)
    async with bank_office.lock.hold(bank_office.entry(connection)):
        with pytest.raises(ConnectionBusy):
            await disconnecting.run(connection)
    assert bank_office.keychain.secrets == kept
    assert await disconnecting.run(connection) is None
    assert bank_office.keychain.secrets == {}


async def test_a_bank_that_will_not_revoke_is_forgotten_all_the_same(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    await bank_office.sync(connection)
    before = len(bank_office.lines())
    bank_office.bank.fault(path="/oauth2/revoke", kind="answer", status=503, times=0)
    bank_office.bank.fault(path="*/consents/*", kind="answer", status=503, times=0)
    refusal = await bank_office.disconnecting.run(connection)
    assert refusal is not None
    assert bank_office.keychain.secrets == {}
    assert bank_office.connection(connection).state is ConnectionState.DISCONNECTED
    assert len(bank_office.lines()) == before > 0


async def test_two_fetches_at_once_refresh_once(bank_office: BankOffice) -> None:
    connection = await bank_office.connect()
    bank_office.bank.control("POST", "tokens/expire")
    bank_office.bank.control("DELETE", "calls")
    bank = await bank_office.banks.bank("demo")
    entry = bank_office.entry(connection)
    refused = await bank_office.access.grant(entry, bank)
    grants = await asyncio.gather(*(bank_office.access.grant(entry, bank, refused) for _ in range(5)))
    assert {g.tokens for g in grants} != {refused.tokens}
    assert len({g.tokens for g in grants}) == 1
    assert bank_office.calls().count("/oauth2/token") == 1
