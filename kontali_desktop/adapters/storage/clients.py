"""Clients, their settings and their bank accounts in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.tables import (
    REPLACED,
    AccountRow,
    BalanceRow,
    ClientRow,
    ClientSettingsRow,
)
from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.bank import Balance
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.errors import LedgerAccountTaken
from kontali_desktop.domain.ids import AccountId, ClientId, ConnectionId, DecisionId, ImportId
from kontali_desktop.domain.periods import ClosedPeriod

_PPM = 1_000_000


def _client(row: ClientRow) -> Client:
    return Client(ClientId(row.id), row.orgnr, row.name)


def _account(row: AccountRow) -> BankAccount:
    return BankAccount(
        id=AccountId(row.id),
        client_id=ClientId(row.client_id),
        number=row.number,
        currency=row.currency,
        name=row.name,
        owner_name=row.owner_name,
        ledger_account=row.ledger_account,
        booked_to=row.booked_to,
        connection_id=ConnectionId(row.connection_id) if row.connection_id is not None else None,
        fetched_to=row.fetched_to,
    )


class SqlClientStore:
    """`ClientStore` over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, orgnr: str, name: str, now: datetime) -> Client:
        row = ClientRow(orgnr=orgnr, name=name, created_at=now)
        self._session.add(row)
        self._session.flush()
        return _client(row)

    def find(self, orgnr: str) -> Client | None:
        row = self._session.scalar(select(ClientRow).where(ClientRow.orgnr == orgnr))
        return _client(row) if row else None

    def load_all(self) -> tuple[Client, ...]:
        return tuple(
            _client(r) for r in self._session.scalars(select(ClientRow).order_by(ClientRow.name, ClientRow.id))
        )

    def load_settings(self, client_id: ClientId) -> ClientSettings:
        row = self._session.get(ClientSettingsRow, client_id)
        if row is None:
            return ClientSettings()
        closed = None
        if row.closed_until is not None and row.closed_at_decision is not None:
            closed = ClosedPeriod(row.closed_until, DecisionId(row.closed_at_decision))
        return ClientSettings(row.threshold_ppm / _PPM, Mode(row.mode), row.cap_minor, row.watched_folder, closed)

    def save_settings(self, client_id: ClientId, settings: ClientSettings) -> None:
        self._session.execute(delete(ClientSettingsRow).where(ClientSettingsRow.client_id == client_id))
        self._session.execute(
            insert(ClientSettingsRow).values(
                client_id=client_id,
                threshold_ppm=round(settings.threshold * _PPM),
                mode=settings.mode,
                cap_minor=settings.cap,
                watched_folder=settings.watched_folder,
                closed_until=settings.closed_until,
                closed_at_decision=None if settings.closed is None else settings.closed.last_decision,
            )
        )


class SqlAccountStore:
    """AccountStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account: BankAccount, resource_id: str = "") -> BankAccount:
        row = AccountRow(
            client_id=account.client_id,
            connection_id=account.connection_id,
            number=account.number,
            currency=account.currency,
            name=account.name,
            owner_name=account.owner_name,
            ledger_account=account.ledger_account,
            booked_to=account.booked_to,
            resource_id=resource_id,
        )
        self._session.add(row)
        self._session.flush()
        return _account(row)

    def find(self, number: str, currency: str) -> BankAccount | None:
        query = select(AccountRow).where(AccountRow.number == number, AccountRow.currency == currency)
        row = self._session.scalar(query)
        return _account(row) if row else None

    def load_all(self, client_id: ClientId | None = None) -> tuple[BankAccount, ...]:
        query = select(AccountRow).order_by(AccountRow.client_id, AccountRow.ledger_account, AccountRow.id)
        return self._load(query if client_id is None else query.where(AccountRow.client_id == client_id))

    def load_of_connection(self, connection_id: ConnectionId) -> tuple[BankAccount, ...]:
        return self._load(select(AccountRow).where(AccountRow.connection_id == connection_id).order_by(AccountRow.id))

    def _load(self, query: Select[AccountRow]) -> tuple[BankAccount, ...]:
        return tuple(_account(row) for row in self._session.scalars(query))

    def attach(self, account_id: AccountId, connection_id: ConnectionId | None, resource_id: str) -> None:
        self._change(account_id, connection_id=connection_id, resource_id=resource_id)

    def resource_id(self, account_id: AccountId) -> str:
        return self._session.scalar(select(AccountRow.resource_id).where(AccountRow.id == account_id)) or ""

    def set_booked_to(self, account_id: AccountId, booked_to: date | None) -> None:
        self._change(account_id, booked_to=booked_to)

    def set_fetched_to(self, account_id: AccountId, fetched_to: date) -> None:
        self._change(account_id, fetched_to=fetched_to)

    def set_ledger_account(self, account_id: AccountId, ledger_account: str) -> None:
        row = self._session.get_one(AccountRow, account_id)
        taken = select(AccountRow.id).where(
            AccountRow.client_id == row.client_id,
            AccountRow.ledger_account == ledger_account,
            AccountRow.id != account_id,
        )
        if self._session.scalar(taken) is not None:
            raise LedgerAccountTaken(ledger_account=ledger_account)
        self._change(account_id, ledger_account=ledger_account)

    def _change(self, account_id: AccountId, **values: object) -> None:
        self._session.execute(update(AccountRow).where(AccountRow.id == account_id).values(**values))

    def save_balances(
        self, account_id: AccountId, balances: Iterable[Balance], source: str, import_id: ImportId | None = None
    ) -> tuple[int, ...]:
        again: list[int] = []
        for balance in balances:
            known = self._session.scalar(
                select(BalanceRow).where(
                    BalanceRow.account_id == account_id,
                    BalanceRow.source == source,
                    BalanceRow.kind == balance.kind,
                    BalanceRow.reference_date.is_not_distinct_from(balance.reference_date),
                )
            )
            if known is not None:
                told = (balance.amount, balance.currency, balance.as_of)
                if told == (known.amount_minor, known.currency, known.as_of):
                    again.append(known.id)
                    continue
                self._replace(known)
            self._session.add(
                BalanceRow(
                    account_id=account_id,
                    source=source,
                    kind=balance.kind,
                    amount_minor=balance.amount,
                    currency=balance.currency,
                    reference_date=balance.reference_date,
                    as_of=balance.as_of,
                    import_id=import_id,
                )
            )
            self._session.flush()
        return tuple(again)

    def _replace(self, known: BalanceRow) -> None:
        """What an import told is kept behind what is told now, and comes back when that is undone."""
        if known.import_id is None:
            self._session.delete(known)
        else:
            known.source = f"{known.source}{REPLACED}{known.id}"
        self._session.flush()

    def load_balances(self, account_id: AccountId) -> tuple[Balance, ...]:
        query = (
            select(BalanceRow)
            .where(BalanceRow.account_id == account_id, ~BalanceRow.source.contains(REPLACED))
            .order_by(BalanceRow.reference_date)
        )
        return tuple(
            Balance(r.kind, r.amount_minor, r.currency, r.reference_date, r.as_of) for r in self._session.scalars(query)
        )
