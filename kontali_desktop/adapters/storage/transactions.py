"""Bank transactions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.tables import (
    AccountRow,
    MatchRow,
    SightingRow,
    TransactionRow,
)
from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.ids import AccountId, ClientId, TransactionId

ACTIVE_STATES = ("accepted", "auto_accepted")
_T = TransactionRow
_COLUMNS = (
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


def _transaction(row: Row[*tuple[Any, ...]]) -> BankTransaction:
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

    def __init__(self, session: Session) -> None:
        self._session = session

    def load_booked(self, account_id: AccountId, since: date, until: date) -> tuple[BankTransaction, ...]:
        return self._load(
            select(*_COLUMNS).where(
                _T.account_id == account_id,
                _T.status == BookingStatus.BOOKED,
                _T.booking_date.between(since, until),
            )
        )

    def sources(self, ids: Sequence[TransactionId]) -> dict[TransactionId, str]:
        found: dict[TransactionId, str] = {}
        for start in range(0, len(ids), 500):
            query = select(_T.id, _T.source).where(_T.id.in_(ids[start : start + 500]))
            found |= {TransactionId(id_): source for id_, source in self._session.execute(query)}
        return found

    def add_booked(
        self, account_id: AccountId, lines: Sequence[tuple[ReportedTransaction, int]], source: str, now: datetime
    ) -> None:
        self._insert(account_id, lines, source, now)

    def _insert(
        self, account_id: AccountId, lines: Sequence[tuple[ReportedTransaction, int]], source: str, now: datetime
    ) -> None:
        if not lines:
            return
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
                **_values(line),
            }
            for line, ordinal in lines
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
        is_own: bool,
    ) -> None:
        """Keeps every payload: the line's own source replaces its payload, the former one moves aside."""
        values = _values(merged)
        aside = raw
        if is_own:
            aside = self._session.scalar(select(_T.raw_payload).where(_T.id == transaction_id)) or ""
            values["raw_payload"] = raw
        if aside and aside != values.get("raw_payload") and not self._has_sighting(transaction_id, source, aside):
            row = SightingRow(transaction_id=transaction_id, source=source, raw_payload=aside, received_at=now)
            self._session.add(row)
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
            select(*_COLUMNS)
            .join(AccountRow, AccountRow.id == _T.account_id)
            .where(
                AccountRow.client_id == client_id,
                _T.status == BookingStatus.BOOKED,
                or_(AccountRow.booked_to.is_(None), _T.booking_date > AccountRow.booked_to),
                ~is_decided,
            )
        )
        return self._load(query)

    def find(self, transaction_id: TransactionId) -> BankTransaction | None:
        found = self._load(select(*_COLUMNS).where(_T.id == transaction_id))
        return found[0] if found else None

    def load_of_client(self, client_id: ClientId | None) -> tuple[BankTransaction, ...]:
        query = select(*_COLUMNS).join(AccountRow, AccountRow.id == _T.account_id)
        return self._load(query if client_id is None else query.where(AccountRow.client_id == client_id))

    def _load(self, query: Select[*tuple[Any, ...]]) -> tuple[BankTransaction, ...]:
        newest_first = query.order_by(_T.booking_date.desc().nulls_first(), _T.id)
        return tuple(_transaction(row) for row in self._session.execute(newest_first))
