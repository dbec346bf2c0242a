"""The event log in the database."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.tables import EventRow
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.storage import Event

# Core's path: a folder of invoices and a run of automatic matches write thousands, one by one.
_ADD_EVENT = insert(EventRow.__table__)  # type: ignore[arg-type]  # a declared class always has a Table


def _event(row: EventRow) -> Event:
    return Event(
        at=row.at,
        actor=row.actor,
        code=row.code,
        facts=json.loads(row.facts),
        client_id=ClientId(row.client_id) if row.client_id is not None else None,
        connection_id=ConnectionId(row.connection_id) if row.connection_id is not None else None,
    )


class SqlEventStore:
    """EventStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, event: Event) -> None:
        row = {
            "at": event.at,
            "actor": event.actor,
            "code": event.code,
            "facts": json.dumps(event.facts, ensure_ascii=False),
            "client_id": event.client_id,
            "connection_id": event.connection_id,
        }
        self._session.execute(_ADD_EVENT, row)

    def load(
        self, since: datetime | None, most: int, of: tuple[ClientId, frozenset[ConnectionId]] | None = None
    ) -> tuple[Event, ...]:
        """The newest first; `of` a client and some connections, or all."""
        query = select(EventRow).order_by(EventRow.id.desc()).limit(most)
        if since is not None:
            query = query.where(EventRow.at >= since)
        if of is not None:
            client_id, connections = of
            query = query.where(or_(EventRow.client_id == client_id, EventRow.connection_id.in_(connections)))
        return tuple(_event(row) for row in self._session.scalars(query))
