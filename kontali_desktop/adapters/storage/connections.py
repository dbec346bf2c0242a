"""Bank connections, their runs and their counted calls in the database."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.tables import BankCallRow, ConnectionRow, SyncRunRow
from kontali_desktop.domain.connections import BankConnection, ConnectionState, Consent, Environment
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.storage import NewConnection, SyncRun


def _connection(row: ConnectionRow) -> BankConnection:
    return BankConnection(
        id=ConnectionId(row.id),
        bank=row.bank,
        environment=Environment(row.environment),
        state=ConnectionState(row.state),
        consent=Consent(row.consent_id, row.consent_valid_until),
        frequency_hours=row.frequency_hours,
        created_at=row.created_at,
        last_success_at=row.last_success_at,
        last_attempt_at=row.last_attempt_at,
        last_error=row.last_error,
    )


def _run(row: SyncRunRow) -> SyncRun:
    return SyncRun(
        connection_id=ConnectionId(row.connection_id),
        started_at=row.started_at,
        finished_at=row.finished_at,
        is_attended=row.attended,
        fetched=row.fetched,
        added=row.added,
        updated=row.updated,
        unchanged=row.unchanged,
        error_code=row.error_code,
        error_facts=json.loads(row.error_facts),
    )


class SqlConnectionStore:
    """ConnectionStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, new: NewConnection, now: datetime) -> ConnectionId:
        row = ConnectionRow(
            bank=new.bank,
            environment=new.environment,
            state=ConnectionState.ACTIVE,
            keychain_entry=new.keychain_entry,
            consent_id=new.consent.id,
            consent_valid_until=new.consent.valid_until,
            frequency_hours=new.frequency_hours,
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return ConnectionId(row.id)

    def load_all(self) -> tuple[BankConnection, ...]:
        return tuple(_connection(r) for r in self._session.scalars(select(ConnectionRow).order_by(ConnectionRow.id)))

    def find(self, connection_id: ConnectionId) -> BankConnection | None:
        row = self._session.get(ConnectionRow, connection_id)
        return _connection(row) if row else None

    def keychain_entry(self, connection_id: ConnectionId) -> str:
        return self._session.get_one(ConnectionRow, connection_id).keychain_entry

    def set_state(self, connection_id: ConnectionId, state: ConnectionState) -> None:
        self._change(connection_id, state=state)

    def renew(self, connection_id: ConnectionId, entry: str, consent: Consent) -> None:
        self._change(
            connection_id,
            keychain_entry=entry,
            consent_id=consent.id,
            consent_valid_until=consent.valid_until,
            state=ConnectionState.ACTIVE,
        )

    def set_frequency(self, connection_id: ConnectionId, hours: int) -> None:
        self._change(connection_id, frequency_hours=hours)

    def note_attempt(self, connection_id: ConnectionId, at: datetime, error: str) -> None:
        values: dict[str, object] = {"last_attempt_at": at, "last_error": error}
        if not error:
            values["last_success_at"] = at
        self._change(connection_id, **values)

    def _change(self, connection_id: ConnectionId, **values: object) -> None:
        self._session.execute(update(ConnectionRow).where(ConnectionRow.id == connection_id).values(**values))

    def add_run(self, run: SyncRun) -> None:
        self._session.add(
            SyncRunRow(
                connection_id=run.connection_id,
                started_at=run.started_at,
                finished_at=run.finished_at,
                attended=run.is_attended,
                fetched=run.fetched,
                added=run.added,
                updated=run.updated,
                unchanged=run.unchanged,
                error_code=run.error_code,
                error_facts=json.dumps(run.error_facts, ensure_ascii=False),
            )
        )

    def load_runs(self, connection_id: ConnectionId, most: int) -> tuple[SyncRun, ...]:
        query = select(SyncRunRow).where(SyncRunRow.connection_id == connection_id)
        return tuple(_run(r) for r in self._session.scalars(query.order_by(SyncRunRow.id.desc()).limit(most)))

    def add_call(self, connection_id: ConnectionId, consent: str, account: str, endpoint: str, at: datetime) -> None:
        row = BankCallRow(
            connection_id=connection_id, consent_id=consent, account_number=account, endpoint=endpoint, at=at
        )
        self._session.add(row)

    def remove_call(self, consent: str, account: str, endpoint: str, at: datetime) -> None:
        self._session.execute(
            delete(BankCallRow).where(
                BankCallRow.consent_id == consent,
                BankCallRow.account_number == account,
                BankCallRow.endpoint == endpoint,
                BankCallRow.at == at,
            )
        )

    def count_calls(self, consent: str, account: str, endpoint: str, since: datetime) -> int:
        query = select(func.count()).where(
            BankCallRow.consent_id == consent,
            BankCallRow.account_number == account,
            BankCallRow.endpoint == endpoint,
            BankCallRow.at > since,
        )
        return self._session.scalar(query) or 0
