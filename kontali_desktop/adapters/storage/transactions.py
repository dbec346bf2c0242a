"""Bank transactions in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.kept_rows import KeptRows
from kontali_desktop.adapters.storage.tables import (
    AccountRow,
    MatchRow,
    SightingRow,
    TransactionRow,
)
from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.ids import AccountId, ClientId, ImportId, TransactionId

ACTIVE_STATES = ("accepted", "auto_accepted")
_ROWS_AT_ONCE = 2_000  # as values for the driver, a row takes several times its own size
_T = TransactionRow
TRANSACTION_COLUMNS = (
    _T.id,
    _T.account_id,
    _T.ordinal,
    _T.status,
    _T.booking_date,
    _T.value_date,
    _T.amount_minor,
    _T.currency,
    _T.counterparty,
    _T.counterparty_account,
    _T.kid,
    _T.text,
    _T.entry_reference,
    _T.bank_transaction_id,
    _T.end_to_end_id,
    _T.bank_transaction_code,
    _T.balance_after_minor,
)


def transaction_of(row: Iterable[Any]) -> BankTransaction:
    """Without the raw payload, which only the event log and support ask for."""
    id_, account_id, ordinal, status, *rest = row
    return BankTransaction(
        TransactionId(id_), AccountId(account_id), ordinal, ReportedTransaction(BookingStatus(status), *rest)
    )


def _values(line: ReportedTransaction) -> dict[str, Any]:
    return {
        "value_date": line.value_date,
        "counterparty": line.counterparty,
        "counterparty_account": line.counterparty_account,
        "kid": line.kid,
        "text": line.text,
        "entry_reference": line.entry_reference,
        "bank_transaction_id": line.bank_transaction_id,
        "end_to_end_id": line.end_to_end_id,
        "bank_transaction_code": line.bank_transaction_code,
        "balance_after_minor": line.balance_after,
    }


class SqlTransactionStore:
    """TransactionStore over a session."""

    def __init__(self, session: Session, kept: KeptRows[BankTransaction]) -> None:
        self._session = session
        self._kept = kept

    def load_booked(
        self, account_id: AccountId, days: tuple[date, date], amounts: tuple[int, int]
    ) -> tuple[BankTransaction, ...]:
        """From the first day to the last, and from the lowest amount in minor units to the highest."""
        return self._load(
            select(*TRANSACTION_COLUMNS).where(
                _T.account_id == account_id,
                _T.status == BookingStatus.BOOKED,
                _T.booking_date.between(*days),
                _T.amount_minor.between(*amounts),
            )
        )

    def sources(self, ids: Sequence[TransactionId]) -> dict[TransactionId, str]:
        found: dict[TransactionId, str] = {}
        for start in range(0, len(ids), 500):
            query = select(_T.id, _T.source).where(_T.id.in_(ids[start : start + 500]))
            found |= {TransactionId(id_): source for id_, source in self._session.execute(query)}
        return found

    def add_booked(
        self,
        account_id: AccountId,
        lines: Sequence[tuple[ReportedTransaction, int]],
        source: str,
        now: datetime,
        import_id: ImportId | None = None,
    ) -> None:
        self._insert(account_id, lines, source, now, import_id)

    def _insert(
        self,
        account_id: AccountId,
        lines: Sequence[tuple[ReportedTransaction, int]],
        source: str,
        now: datetime,
        import_id: ImportId | None = None,
    ) -> None:
        for start in range(0, len(lines), _ROWS_AT_ONCE):
            rows = [
                {
                    "account_id": account_id,
                    "status": line.status,
                    "booking_date": line.booking_date,
                    "amount_minor": line.amount,
                    "currency": line.currency,
                    "ordinal": ordinal,
                    "source": source,
                    "raw_payload": line.raw,
                    "received_at": now,
                    "import_id": import_id,
                    **_values(line),
                }
                for line, ordinal in lines[start : start + _ROWS_AT_ONCE]
            ]
            self._session.execute(insert(TransactionRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def update(
        self,
        transaction_id: TransactionId,
        merged: ReportedTransaction,
        raw: str,
        source: str,
        now: datetime,
        *,
        takes_over: str,
    ) -> None:
        """Keeps every payload: that of the source it takes over from (its own, or a less trusted one) moves aside.

        Where it takes over from none (""), its own payload lies beside.
        """
        values = _values(merged)
        aside, of = raw, source
        if takes_over:
            aside, of = self._session.scalar(select(_T.raw_payload).where(_T.id == transaction_id)) or "", takes_over
            values |= {"raw_payload": raw, "source": source}
        if aside and aside != values.get("raw_payload") and not self._has_sighting(transaction_id, of, aside):
            row = SightingRow(transaction_id=transaction_id, source=of, raw_payload=aside, received_at=now)
            self._session.add(row)
        self._session.execute(update(TransactionRow).where(_T.id == transaction_id).values(**values))

    def restore(self, transaction_id: TransactionId, fields: dict[str, object]) -> None:
        """Fields of ReportedTransaction, and `source`, as they were before an import that is undone."""
        values = {"balance_after_minor" if name == "balance_after" else name: value for name, value in fields.items()}
        if not values:  # all of it was told anew by a later import
            return
        self._session.execute(update(TransactionRow).where(_T.id == transaction_id).values(**values))

    def keep_beside(self, payloads: Sequence[tuple[TransactionId, str]], source: str, now: datetime) -> None:
        """Another source's payloads of lines that it changes nothing on; once for a line and source."""
        known: set[int] = set()
        ids = [id_ for id_, _ in payloads]
        for start in range(0, len(ids), 500):
            seen = select(SightingRow.transaction_id).where(
                SightingRow.source == source, SightingRow.transaction_id.in_(ids[start : start + 500])
            )
            known.update(self._session.scalars(seen))
        rows = [
            {"transaction_id": id_, "source": source, "raw_payload": raw, "received_at": now}
            for id_, raw in payloads
            if raw and id_ not in known
        ]
        if rows:
            self._session.execute(insert(SightingRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def _has_sighting(self, transaction_id: TransactionId, source: str, payload: str) -> bool:
        query = select(SightingRow.id).where(
            SightingRow.transaction_id == transaction_id,
            SightingRow.source == source,
            SightingRow.raw_payload == payload,
        )
        return self._session.scalar(query) is not None

    def replace_pending(
        self, account_id: AccountId, lines: Sequence[ReportedTransaction], source: str, now: datetime
    ) -> None:
        self._session.execute(delete(TransactionRow).where(_T.account_id == account_id, _T.status == "pending"))
        self._insert(account_id, [(line, place) for place, line in enumerate(lines, 1)], source, now)

    def load_matchable(self, client_id: ClientId) -> tuple[BankTransaction, ...]:
        """Booked, after the account's start, and not decided."""
        is_decided = exists().where(MatchRow.transaction_id == _T.id, MatchRow.state.in_(ACTIVE_STATES))
        query = (
            select(*TRANSACTION_COLUMNS)
            .join(AccountRow, AccountRow.id == _T.account_id)
            .where(
                AccountRow.client_id == client_id,
                _T.status == BookingStatus.BOOKED,
                or_(AccountRow.booked_to.is_(None), _T.booking_date > AccountRow.booked_to),
                ~is_decided,
            )
        )
        return self._kept.load(self._session, client_id, _newest_first(query), _T.id, transaction_of)

    def find(self, transaction_id: TransactionId) -> BankTransaction | None:
        found = self._load(select(*TRANSACTION_COLUMNS).where(_T.id == transaction_id))
        return found[0] if found else None

    def load_of_amounts(self, client_id: ClientId, amounts: Iterable[int]) -> tuple[BankTransaction, ...]:
        """Booked lines of these amounts in minor units, whatever their currency."""
        wanted = sorted(set(amounts))
        booked = (
            select(*TRANSACTION_COLUMNS)
            .join(AccountRow, AccountRow.id == _T.account_id)
            .where(AccountRow.client_id == client_id, _T.status == BookingStatus.BOOKED)
        )
        chunks = (wanted[start : start + 500] for start in range(0, len(wanted), 500))
        return tuple(line for chunk in chunks for line in self._load(booked.where(_T.amount_minor.in_(chunk))))

    def load_of_client(self, client_id: ClientId | None) -> tuple[BankTransaction, ...]:
        query = select(*TRANSACTION_COLUMNS).join(AccountRow, AccountRow.id == _T.account_id)
        query = query.where(_T.status != BookingStatus.WITHDRAWN)
        return self._load(query if client_id is None else query.where(AccountRow.client_id == client_id))

    def _load(self, query: Select[*tuple[Any, ...]]) -> tuple[BankTransaction, ...]:
        return tuple(transaction_of(row) for row in self._session.execute(_newest_first(query)))


def _newest_first(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(_T.booking_date.desc().nulls_first(), _T.id)
