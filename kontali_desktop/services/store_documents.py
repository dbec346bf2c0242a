"""Storing documents so that the same one is known again, whatever file tells of it and in whatever order."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import chain

from kontali_desktop.domain.documents import ReportedDocument, folded_name
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.storage import Decision, Event, NewDecision, StoredDocument, UnitOfWork
from kontali_desktop.services.store_listing import Stored

CLOSE = "close"
Key = tuple[str, str, str]
_KEPT = frozenset({"side", "kind", "number", "remaining", "amount"})


def is_same(known: ReportedDocument, told: ReportedDocument) -> bool:
    """Whether two of one side, kind and number are one document: by organisation number, else by name."""
    if known.counterparty_orgnr and told.counterparty_orgnr:
        return known.counterparty_orgnr == told.counterparty_orgnr
    return folded_name(known.counterparty) == folded_name(told.counterparty)


def merged(old: ReportedDocument, new: ReportedDocument, *, is_list: bool) -> ReportedDocument:
    """The document itself (EHF) tells its details, the list of open items what remains; neither empties a field."""
    changes: dict[str, object] = {}
    for field in fields(ReportedDocument):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _KEPT and now and now != was and (not is_list or not was):
            changes[field.name] = now
    if is_list:
        changes |= {"remaining": new.remaining, "amount": new.amount}
    elif new.amount != old.amount:
        changes |= {"amount": new.amount, "remaining": max(0, old.remaining + new.amount - old.amount)}
    return replace(old, **changes)  # type: ignore[arg-type]  # the fields' own types, by name


def in_books_after(stored: StoredDocument, remaining: int) -> int:
    """How much of what matches here settled the books now show too: each fall of their figure books it first."""
    fall = stored.reported.remaining - remaining
    return min(stored.matched, max(0, stored.matched_in_books + fall))


def _key(document: ReportedDocument) -> Key:
    return document.side, document.kind, document.number


@dataclass(slots=True)
class _Held:
    document: ReportedDocument
    source: str
    stored: StoredDocument | None = None
    is_changed: bool = False
    is_listed: bool = False


def _known_among(alike: list[_Held], told: ReportedDocument) -> _Held | None:
    """A number that agrees says more than a name that does."""
    same = [held for held in alike if is_same(held.document, told)]
    numbered = [held for held in same if told.counterparty_orgnr and held.document.counterparty_orgnr]
    return next(iter(numbered or same), None)


class DocumentLedger:
    """A client's documents during one import: what files tell is taken, then saved together."""

    def __init__(self, work: UnitOfWork, client_id: ClientId, now: datetime) -> None:
        self._work = work
        self._client_id = client_id
        self._now = now
        self._held: dict[Key, list[_Held]] | None = None

    def _all(self) -> dict[Key, list[_Held]]:
        if self._held is None:
            self._held = {}
            for stored in self._work.documents.load_of_client(self._client_id):
                by_books = replace(stored.reported, amount=stored.reported.amount - stored.difference)
                held = _Held(by_books, "", stored)
                self._held.setdefault(_key(stored.reported), []).append(held)
        return self._held

    def _every(self) -> Iterator[_Held]:
        return chain.from_iterable(self._all().values())

    def take(self, document: ReportedDocument, source: str, *, is_list: bool) -> Stored:
        """Hold a document for saving, and say whether it is new, changed or the same."""
        alike = self._all().setdefault(_key(document), [])
        known = _known_among(alike, document)
        if known is None:
            alike.append(_Held(document, source, is_listed=is_list))
            return Stored(added=1)
        known.is_listed |= is_list
        after = merged(known.document, document, is_list=is_list)
        if after == known.document:
            return Stored(unchanged=1)
        known.document, known.is_changed = after, True
        return Stored(updated=1)

    def close_what_is_missing(self) -> None:
        """What a whole list does not name was settled elsewhere; only sides that the list speaks of are closed."""
        listed = [held for held in self._every() if held.is_listed]
        sides = {held.document.side for held in listed}
        closed = [
            held
            for held in self._every()
            if held.document.side in sides and not held.is_listed and held.document.remaining > 0
        ]
        for held in closed:
            held.document, held.is_changed = replace(held.document, remaining=0), True
        if closed:
            facts = {"count": str(len(closed)), "numbers": ", ".join(held.document.number for held in closed[:20])}
            self._work.events.add(Event(self._now, PERSON, "documents.closed", facts, client_id=self._client_id))
            decision = NewDecision(self._now, PERSON, CLOSE, None, str(uuid.uuid4()))
            closings = [(h.stored.id, h.stored.reported.remaining) for h in closed if h.stored is not None]
            self._work.matches.add_closings(self._work.matches.add_decision(decision), closings)

    def save(self) -> None:
        if self._held is None:
            return
        new: dict[str, list[ReportedDocument]] = {}
        for held in self._every():
            if held.stored is None:
                new.setdefault(held.source, []).append(held.document)
            elif held.is_changed:
                self._save_change(held.stored, held.document)
        for source, documents in new.items():
            self._work.documents.add(self._client_id, documents, source, self._now)

    def _save_change(self, stored: StoredDocument, document: ReportedDocument) -> None:
        """Where the books now say less than what was matched here, the match stands and the rest is a difference."""
        difference = max(0, stored.matched - document.amount)
        kept = replace(document, amount=max(document.amount, stored.matched))
        in_books = in_books_after(stored, document.remaining)
        self._work.documents.update(stored.id, kept, in_books, difference)
        if difference:
            facts = {"number": document.number, "counterparty": document.counterparty, "difference": str(difference)}
            self._work.events.add(Event(self._now, PERSON, "document.difference", facts, client_id=self._client_id))


def reopen_closed(work: UnitOfWork, decision: Decision) -> tuple[StoredDocument, ...]:
    """Give back what a whole list closed; a document that another list has told of since is left at that."""
    closings = work.matches.load_closings(decision.id)
    reopened = []
    for stored in work.documents.find(closings).values():
        if stored.reported.remaining == 0:
            remaining = min(closings[stored.id], stored.reported.amount)
            by_books = replace(stored.reported, remaining=remaining)
            work.documents.update(stored.id, by_books, in_books_after(stored, remaining), stored.difference)
            reopened.append(stored)
    return tuple(reopened)
