"""Connecting a bank: sign in, choose accounts, keep the tokens in the keychain and the rest in the database."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kontali_desktop.domain.bank import ReportedAccount
from kontali_desktop.domain.clients import BankAccount, next_ledger_account
from kontali_desktop.domain.connections import BankConnection, ConnectionState, Grant
from kontali_desktop.domain.errors import AccountBelongsToAnother, KontaliError, UnknownConnection
from kontali_desktop.domain.ids import AccountId, ClientId, ConnectionId
from kontali_desktop.services.access import dump_grant, load_grant
from kontali_desktop.services.accounts import move_start
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.clients import NewClient, add_client
from kontali_desktop.services.errors import NoAccountsChosen
from kontali_desktop.services.finishing import to_the_end
from kontali_desktop.services.ports import Bank, Banks, Clock, ConnectionLock, Keychain, UserAgent
from kontali_desktop.services.storage import Event, NewConnection, Storage, UnitOfWork


@dataclass(frozen=True, slots=True)
class OfferedAccount:
    """An account the consent covers; `known` where the program has it already, with its client and history."""

    reported: ReportedAccount
    known: BankAccount | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A completed sign-in of which nothing is stored yet; `ConnectBank.keep` or `.abandon` must follow."""

    bank: Bank
    grant: Grant
    accounts: tuple[OfferedAccount, ...]


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """An account to fetch, whose it is, and up to which day its lines are in the books already."""

    reported: ReportedAccount
    client: ClientId | NewClient
    booked_to: date | None = None


class ConnectBank:
    """Sign-in and its end. Tokens are in the keychain before the connection is in the database, or neither is."""

    def __init__(self, storage: Storage, banks: Banks, keychain: Keychain, lock: ConnectionLock, clock: Clock) -> None:
        self._storage = storage
        self._banks = banks
        self._keychain = keychain
        self._lock = lock
        self._clock = clock

    async def sign_in(self, bank_id: str, agent: UserAgent) -> SignedIn:
        """Lead the person through the bank's sign-in and ask which accounts the consent covers.

        Raises UnknownBank, BankNotConfigured, SignInAborted, SignInNotOurs, SignInFailed, SignInTimedOut,
        OtherBrowserWanted, NoAccountsChosen, KeychainUnavailable, and what a bank call may raise. Nothing is stored.
        """
        bank = await self._banks.bank(bank_id)
        # Before the person signs in, not after: what comes of it could not be kept.
        await self._keychain.load("no-such-entry")
        attempt = agent.open(bank.registered_redirect)
        try:
            sign_in = await bank.begin_sign_in(attempt.redirect_uri)
            returned = await attempt.authorise(sign_in.url)
            grant = await bank.complete_sign_in(sign_in, returned)
        finally:
            attempt.close()
        try:
            reported = await bank.reader(grant, attended=True).fetch_accounts()
            if not reported:
                raise NoAccountsChosen(service=bank.id)
            known = await asyncio.to_thread(self._known_accounts)
        except BaseException:
            await _give_back(bank, grant)
            raise
        offered = tuple(OfferedAccount(r, known.get((r.number, r.currency))) for r in reported)
        return SignedIn(bank, grant, offered)

    def _known_accounts(self) -> dict[tuple[str, str], BankAccount]:
        with self._storage.reading() as work:
            return {(a.number, a.currency): a for a in work.accounts.load_all()}

    async def abandon(self, signed_in: SignedIn) -> None:
        """The person thought better of it: what the bank gave is given back, as far as the bank answers."""
        await _give_back(signed_in.bank, signed_in.grant)

    async def keep(
        self, signed_in: SignedIn, choices: Sequence[AccountChoice], *, renews: ConnectionId | None = None
    ) -> ConnectionId:
        """Store the connection over the chosen accounts; `renews` puts the new consent in an old connection's place.

        An account known already moves with its history; a new client is made with its first account. Raises
        NoAccountsChosen, AccountBelongsToAnother, NotAnOrganisationNumber, KeychainUnavailable, PeriodClosed; then
        nothing is stored and the grant is given back. A cancelled caller waits until all of it is done.
        """
        return await to_the_end(self._keep(signed_in, choices, renews))

    async def _keep(
        self, signed_in: SignedIn, choices: Sequence[AccountChoice], renews: ConnectionId | None
    ) -> ConnectionId:
        entry = f"connection-{uuid.uuid4().hex}"
        try:
            if not choices:
                raise NoAccountsChosen(service=signed_in.bank.id)
            await self._keychain.save(entry, dump_grant(signed_in.grant))
            connection_id, forgotten = await asyncio.to_thread(self._store, signed_in, choices, entry, renews)
        except BaseException:
            with contextlib.suppress(KontaliError):
                await self._keychain.forget(entry)
            await _give_back(signed_in.bank, signed_in.grant)
            raise
        for old in forgotten:
            with contextlib.suppress(KontaliError):
                async with self._lock.hold(old):  # a refresh under way would save anew what is forgotten
                    await self._keychain.forget(old)
        return connection_id

    def _store(
        self, signed_in: SignedIn, choices: Sequence[AccountChoice], entry: str, renews: ConnectionId | None
    ) -> tuple[ConnectionId, list[str]]:
        forgotten: list[str] = []
        with self._storage.writing() as work:
            now = self._clock.now()
            if renews is None:
                new = NewConnection(signed_in.bank.id, signed_in.bank.environment, entry, signed_in.grant.consent)
                connection_id = work.connections.add(new, now)
            else:
                connection_id = renews
                forgotten.append(work.connections.keychain_entry(renews))
                work.connections.renew(renews, entry, signed_in.grant.consent)
                for account in work.accounts.load_of_connection(renews):  # the new consent may cover fewer
                    work.accounts.attach(account.id, None, "")
            for choice in choices:
                client_id = _client_of(work, choice, now)
                _place_account(work, connection_id, choice, client_id)
            forgotten += _retire_emptied(work, connection_id)
            facts = {"bank": signed_in.bank.id, "accounts": str(len(choices))}
            code = "connection.made" if renews is None else "connection.renewed"
            work.events.add(Event(now, PERSON, code, facts, connection_id=connection_id))
            work.commit()
        return connection_id, forgotten


async def _give_back(bank: Bank, grant: Grant) -> None:
    """Best effort: a grant nobody keeps should not live on at the bank, but its refusal changes nothing here."""
    with contextlib.suppress(KontaliError):
        await bank.revoke(grant)


def _client_of(work: UnitOfWork, choice: AccountChoice, now: datetime) -> ClientId:
    if isinstance(choice.client, NewClient):
        return add_client(work, choice.client, now)[0].id
    return choice.client


def _place_account(work: UnitOfWork, connection_id: ConnectionId, choice: AccountChoice, client_id: ClientId) -> None:
    reported = choice.reported
    known = work.accounts.find(reported.number, reported.currency)
    if known is not None:
        if known.client_id != client_id:
            raise AccountBelongsToAnother(account=reported.number)
        work.accounts.attach(known.id, connection_id, reported.resource_id)
        if choice.booked_to is not None:
            move_start(work, known, choice.booked_to)
        return
    taken = {a.ledger_account for a in work.accounts.load_all(client_id)}
    account = BankAccount(
        id=AccountId(0),
        client_id=client_id,
        number=reported.number,
        currency=reported.currency,
        name=reported.name,
        owner_name=reported.owner_name,
        ledger_account=next_ledger_account(taken),
        booked_to=choice.booked_to,
        connection_id=connection_id,
    )
    work.accounts.add(account, reported.resource_id)


def _retire_emptied(work: UnitOfWork, kept: ConnectionId) -> list[str]:
    """Connections whose last account moved to the new consent: that consent ended the former one at the bank."""
    forgotten = []
    for connection in work.connections.load_all():
        is_open = connection.state is not ConnectionState.DISCONNECTED
        if is_open and connection.id != kept and not work.accounts.load_of_connection(connection.id):
            forgotten.append(work.connections.keychain_entry(connection.id))
            work.connections.set_state(connection.id, ConnectionState.DISCONNECTED)
    return forgotten


class DisconnectBank:
    """Revokes at the bank, forgets the tokens, keeps the history."""

    def __init__(self, storage: Storage, banks: Banks, keychain: Keychain, lock: ConnectionLock, clock: Clock) -> None:
        self._storage = storage
        self._banks = banks
        self._keychain = keychain
        self._lock = lock
        self._clock = clock

    async def run(self, connection_id: ConnectionId) -> KontaliError | None:
        """Disconnect. The bank's refusal to revoke is returned, not raised: the tokens are forgotten all the same.

        Raises UnknownConnection, KeychainUnavailable, ConnectionBusy; then the connection stays as it was.
        """
        connection, entry = await asyncio.to_thread(self._find, connection_id)
        async with self._lock.hold(entry):  # a refresh under way would save anew what is forgotten
            secret = await self._keychain.load(entry)
            refusal = await self._revoke(connection, secret) if secret is not None else None
            await self._keychain.forget(entry)
        await to_the_end(asyncio.to_thread(self._store, connection, refusal))
        return refusal

    async def _revoke(self, connection: BankConnection, secret: str) -> KontaliError | None:
        try:
            bank = await self._banks.bank(connection.bank)
            await bank.revoke(load_grant(secret))
        except KontaliError as error:
            return error
        return None

    def _find(self, connection_id: ConnectionId) -> tuple[BankConnection, str]:
        with self._storage.reading() as work:
            connection = work.connections.find(connection_id)
            if connection is None or connection.state is ConnectionState.DISCONNECTED:
                raise UnknownConnection(id=connection_id)
            return connection, work.connections.keychain_entry(connection_id)

    def _store(self, connection: BankConnection, refusal: KontaliError | None) -> None:
        with self._storage.writing() as work:
            work.connections.set_state(connection.id, ConnectionState.DISCONNECTED)
            for account in work.accounts.load_of_connection(connection.id):
                work.accounts.attach(account.id, None, "")
            facts = {"bank": connection.bank, "revoked": str(refusal is None).lower()}
            now = self._clock.now()
            work.events.add(Event(now, PERSON, "connection.disconnected", facts, connection_id=connection.id))
            work.commit()
