"""Domain objects made of rows, made again only where a row is otherwise than when it was last read.

The rows themselves are read each time, so it makes no difference who wrote them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kontali_desktop.adapters.storage.payloads import Dumped
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.services.storage import StoredDocument

_T = TypeVar("_T")
_FEW = 500

Make = Callable[[Any], _T]


class KeptRows(Generic[_T]):
    """Of the client that was last asked for; the first column of the queries is an id."""

    def __init__(self) -> None:
        self._kept: tuple[ClientId, dict[int, tuple[tuple[Any, ...], _T]]] | None = None

    def load(
        self,
        session: Session,
        client_id: ClientId,
        query: Select[*tuple[Any, ...]],
        id_column: InstrumentedAttribute[int],
        make: Make[_T],
    ) -> tuple[_T, ...]:
        kept = self._kept
        known = kept[1] if kept is not None and kept[0] == client_id else {}
        raw = _raw(session, query)
        other = [row[0] for row in raw if row[0] not in known or known[row[0]][0] != row]
        some = query.where(id_column.in_(other)) if len(other) <= _FEW else query
        fresh = {row[0]: make(row) for row in session.connection().execute(some)} if other else {}
        now = {row[0]: (row, fresh[row[0]] if row[0] in fresh else known[row[0]][1]) for row in raw}
        self._kept = (client_id, now)
        return tuple(value for _, value in now.values())


def _raw(session: Session, query: Select[*tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
    """Rows as the file has them: turning each into dates and kinds takes far longer than reading it."""
    connection = session.connection()
    words = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    result = connection.exec_driver_sql(words)
    rows: Sequence[tuple[Any, ...]] = result.cursor.fetchall()
    result.close()
    return rows


@dataclass(frozen=True, slots=True)
class Kept:
    """What one database's units of work have in common."""

    transactions: KeptRows[BankTransaction] = field(default_factory=KeptRows)
    documents: KeptRows[StoredDocument] = field(default_factory=KeptRows)
    proposals: Dumped = field(default_factory=Dumped)
