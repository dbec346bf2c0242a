"""What an import changed on a line or a document, as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.services.file_storage import RowChange

Reported = TypeVar("Reported", ReportedTransaction, ReportedDocument)
_DATES = frozenset({"value_date", "issue_date", "due_date"})
_SOURCE = "source"  # of a bank line: no field of what is reported, but changed with it
_ALONE = "alone"  # the fields that the import by itself would have told otherwise: both values of each
_NEVER = frozenset({"raw"})  # kept by source, never restored


def row_change(
    row_id: int,
    before: Reported,
    after: Reported,
    sources: tuple[str, str] | None = None,
    *,
    told: frozenset[str] = frozenset(),
    alone: Reported | None = None,
) -> RowChange:
    """The fields that differ, and those that were told again, with both values.

    `sources` where another has taken the line over; `alone` is what the import would have made of the row by itself.
    """
    names = [f.name for f in fields(before) if f.name not in _NEVER]
    changed = [name for name in names if name in told or getattr(before, name) != getattr(after, name)]
    former: dict[str, Any] = {_SOURCE: sources[0]} if sources else {}
    present: dict[str, Any] = {_SOURCE: sources[1]} if sources else {}
    if alone is not None and alone != after:
        own = [name for name in names if getattr(alone, name) != getattr(after, name)]
        present[_ALONE] = {name: [getattr(alone, name), getattr(after, name)] for name in own}
    return RowChange(row_id, _dumped(before, changed, former), _dumped(after, changed, present))


def _dumped(reported: Reported, names: list[str], more: dict[str, Any]) -> str:
    values = {name: getattr(reported, name) for name in names} | more
    return _json(values)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=date.isoformat)


def restored_fields(change: RowChange, present: Reported) -> dict[str, Any]:
    """The former values of the fields that nothing has changed since."""
    before, after = _loaded(change.before), _loaded(change.after)
    told = [name for name in after if name != _SOURCE]
    return {name: before[name] for name in told if getattr(present, name) == after[name]}


def restored_source(change: RowChange, present: str) -> dict[str, str]:
    """The source that the line was of before, where it is still of the one that took it over."""
    after = _loaded(change.after).get(_SOURCE)
    return {_SOURCE: _loaded(change.before)[_SOURCE]} if after is not None and after == present else {}


def handed_over(change: RowChange, following: RowChange) -> tuple[RowChange, RowChange]:
    """A change that is taken back, without the fields that the following one told of, and that one with their past."""
    before, after, past, told = map(json.loads, (change.before, change.after, following.before, following.after))
    for values in (after, told):
        values.pop(_ALONE, None)
    shared = [name for name in after if name in told]
    past |= {name: before[name] for name in shared if past[name] == after[name]}
    rest = [name for name in after if name not in told]
    return (
        replace(change, before=_json({n: before[n] for n in rest}), after=_json({n: after[n] for n in rest})),
        replace(following, before=_json(past)),
    )


def to_alone(change: RowChange) -> RowChange | None:
    """A change whose taking back makes the row what its import alone would have made of it; None where it is that."""
    own: dict[str, list[Any]] = json.loads(change.after).get(_ALONE, {})
    if not own:
        return None
    before, after = ({name: values[place] for name, values in own.items()} for place in range(2))
    return replace(change, before=_json(before), after=_json(after))


def restored(change: RowChange, present: Reported) -> Reported:
    return replace(present, **restored_fields(change, present))


def _loaded(payload: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(payload)
    values.pop(_ALONE, None)
    for name in _DATES & values.keys():
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return values
