"""Storing documents so that the same one is known again, whatever file tells of it and in whatever order."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from itertools import chain

from kontali_desktop.domain.documents import ReportedDocument, folded_name
from kontali_desktop.domain.ids import ClientId, DocumentId, ImportId
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.file_storage import DOCUMENT, RowChange
from kontali_desktop.services.opening_balances import as_restated, is_earlier_of_party, restated
from kontali_desktop.services.ports import RefusedRow
from kontali_desktop.services.row_changes import row_change
from kontali_desktop.services.storage import Decision, Event, NewDecision, StoredDocument, UnitOfWork
from kontali_desktop.services.store_listing import Stored

CLOSE = "close"
Key = tuple[str, str, str]
_ITSELF = "ehf"  # the one format that is the document and not a list that names it
_TOLD_BY_LISTS = frozenset({"remaining", "amount"})  # also where a list says what is known: it stands by it then
_MOST_NUMBERS = 5
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


def by_books(stored: StoredDocument) -> ReportedDocument:
    """The document as its books tell it, also where more than its amount was matched here."""
    return replace(stored.reported, amount=stored.reported.amount - stored.difference)


def save_by_books(work: UnitOfWork, stored: StoredDocument, told: ReportedDocument) -> int:
    """Keep what the books tell now, and return the difference: how much more than the amount was matched here."""
    difference = max(0, stored.matched - told.amount)
    kept = replace(told, amount=max(told.amount, stored.matched))
    work.documents.update(stored.id, kept, in_books_after(stored, told.remaining), difference)
    return difference


def _key(document: ReportedDocument) -> Key:
    return document.side, document.kind, document.number


@dataclass(slots=True)
class _Held:
    document: ReportedDocument
    source: str
    stored: StoredDocument | None = None
    is_changed: bool = False
    is_listed: bool = False
    is_seen: bool = False
    is_itself: bool = False  # told by the document, not by lists alone
    alone: ReportedDocument | None = None  # what this import alone would make of one that is stored

    def tell(self, document: ReportedDocument, *, is_list: bool) -> None:
        self.alone = document if self.alone is None else merged(self.alone, document, is_list=is_list)


def _not_in_books(held: _Held) -> int:
    """What matches here settled and the books have not shown yet."""
    return held.stored.matched - held.stored.matched_in_books if held.stored is not None else 0


def _known_among(alike: list[_Held], told: ReportedDocument) -> _Held | None:
    """A number that agrees says more than a name that does."""
    same = [held for held in alike if is_same(held.document, told)]
    numbered = [held for held in same if told.counterparty_orgnr and held.document.counterparty_orgnr]
    return next(iter(numbered or same), None)


def _is_another(known: ReportedDocument, told: ReportedDocument) -> bool:
    has_other_day = None not in (known.issue_date, told.issue_date) and known.issue_date != told.issue_date
    return has_other_day or (known.amount, known.currency) != (told.amount, told.currency)


def _number_again(known: ReportedDocument, told: ReportedDocument) -> dict[str, str]:
    return {
        "number": told.number,
        "counterparty": told.counterparty or known.counterparty,
        "amount": plain_amount(told.amount, told.currency),
        "currency": told.currency,
        "issued": _day(told.issue_date),
        "amount_before": plain_amount(known.amount, known.currency),
        "currency_before": known.currency,
        "issued_before": _day(known.issue_date),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _party_words(document: ReportedDocument) -> set[str]:
    """What its party may be found by."""
    return {document.counterparty_orgnr, folded_name(document.counterparty)} - {""}


def _opening_unclear(opening: ReportedDocument, earlier: Sequence[_Held]) -> RefusedRow:
    numbers = sorted(held.document.number for held in earlier)
    facts = {"counterparty": opening.counterparty, "amount": plain_amount(opening.amount), "count": str(len(numbers))}
    return RefusedRow("", "opening_unclear", {**facts, "numbers": ", ".join(numbers[:_MOST_NUMBERS])})


def _opening_known(document: ReportedDocument, opening: ReportedDocument) -> RefusedRow:
    facts = {"number": document.number, "counterparty": opening.counterparty, "amount": plain_amount(opening.amount)}
    return RefusedRow("", "opening_known", facts)


def _opening_partly(opening: ReportedDocument) -> RefusedRow:
    facts = {"amount": plain_amount(opening.amount), "remaining": plain_amount(opening.remaining)}
    return RefusedRow("", "opening_partly", {"counterparty": opening.counterparty, **facts})


class DocumentLedger:
    """A client's documents during one import: what files tell is taken, then saved together."""

    def __init__(self, work: UnitOfWork, client_id: ClientId, now: datetime, import_id: ImportId | None = None) -> None:
        self._import_id = import_id
        self._work = work
        self._client_id = client_id
        self._now = now
        self._held: dict[Key, list[_Held]] | None = None
        self._saved: dict[Key, list[StoredDocument]] | None = None
        self._openings: defaultdict[str, list[ReportedDocument]] | None = None
        self._parties: defaultdict[str, list[_Held]] | None = None

    def _all(self) -> dict[Key, list[_Held]]:
        if self._held is None:
            self._held = {}
            for stored in self._work.documents.load_of_client(self._client_id):
                held = _Held(by_books(stored), "", stored, is_itself=stored.source == _ITSELF)
                self._held.setdefault(_key(stored.reported), []).append(held)
        return self._held

    def _every(self) -> Iterator[_Held]:
        return chain.from_iterable(self._all().values())

    def take(self, document: ReportedDocument, source: str, *, is_list: bool) -> Stored:
        """Hold a document for saving, and say whether it is new, changed or the same."""
        alike = self._all().setdefault(_key(document), [])
        known = _known_among(alike, document)
        if known is None:
            held = _Held(document, source, is_listed=is_list, is_itself=not is_list)
            alike.append(held)
            self._note_party(held)
            return Stored(added=1)
        known.is_listed |= is_list
        known.is_itself |= not is_list
        known.is_seen = True
        known.tell(document, is_list=is_list)
        after = merged(known.document, document, is_list=is_list)
        if after == known.document:
            return Stored(unchanged=1)
        known.document, known.is_changed = after, True
        return Stored(updated=1)

    def take_opening(self, opening: ReportedDocument, source: str) -> tuple[Stored, list[RefusedRow]]:
        """Hold a party's opening balance, unless it only restates open documents that are known one by one.

        Those stand in the list by it, then: what the balance says is settled of them all is settled. Where documents
        of the party are known but the balance is not theirs, both are held and that is said, for it may be counted
        twice. Taken after all documents, so that the order of the files does not matter.
        """
        earlier = [held for held in self._of_party(opening) if is_earlier_of_party(held.document, opening)]
        places = restated(opening, [held.document for held in earlier])
        if not places:
            if not opening.remaining and _known_among(self._all().get(_key(opening), []), opening) is None:
                return Stored(unchanged=1), []  # paid since, and what it was of is settled or was never told
            stored = self.take(opening, source, is_list=True)
            return stored, [_opening_unclear(opening, earlier)] if earlier and stored.added else []
        self._drop_opening(opening)
        documents = [earlier[place] for place in places]
        for held in documents:
            held.is_listed = held.is_seen = True
        after = as_restated(opening, [held.document for held in documents], [_not_in_books(h) for h in documents])
        if after is None:
            return Stored(unchanged=1), [_opening_partly(opening)]
        changed = [(held, now) for held, now in zip(documents, after, strict=True) if now != held.document]
        for held, now in changed:
            held.document, held.is_changed = now, True
        return Stored(updated=1) if changed else Stored(unchanged=1), []

    def _of_party(self, opening: ReportedDocument) -> list[_Held]:
        """All that may be of the balance's party; found by its words, for there are as many balances as parties."""
        if self._parties is None:
            self._parties = defaultdict(list)
            for held in self._every():
                self._note_party(held)
        found = {id(held): held for party in _party_words(opening) for held in self._parties.get(party, ())}
        return list(found.values())

    def _note_party(self, held: _Held) -> None:
        if self._parties is not None:
            for party in _party_words(held.document):
                self._parties[party].append(held)

    def _drop_opening(self, opening: ReportedDocument) -> None:
        """Where it was held as an open item before its documents came, it is one no more."""
        known = _known_among(self._all().get(_key(opening), []), opening)
        if known is not None and known.document.issue_date == opening.issue_date:
            known.document, known.is_changed, known.is_listed = replace(known.document, remaining=0), True, True

    def _openings_over(self, document: ReportedDocument) -> list[RefusedRow]:
        """A new document from before an opening balance that is held as an open item: maybe part of it. Said once."""
        if self._openings is None:
            stored = (held.document for held in self._every() if held.stored is not None)
            self._openings = defaultdict(list)
            for balance in stored:
                if balance.is_opening_balance and balance.remaining:
                    for party in _party_words(balance):
                        self._openings[party].append(balance)
        found = {opening for party in _party_words(document) for opening in self._openings.get(party, ())}
        told = sorted((o for o in found if is_earlier_of_party(document, o)), key=lambda o: o.number)
        for opening in told:
            for openings in self._openings.values():
                openings[:] = [o for o in openings if o != opening]
        return [_opening_known(document, opening) for opening in told]

    def doubts(self, document: ReportedDocument, *, is_list: bool) -> list[RefusedRow]:
        """Before it is taken: a document that came with this number before, but with another amount or issue date.

        It is known again by its number, so the later one is an update; that is said, for it may be another document.
        """
        known = _known_among(self._all().get(_key(document), []), document)
        if known is None:
            return self._openings_over(document)
        if is_list or not known.is_itself or not _is_another(known.document, document):
            return []
        facts = _number_again(known.document, document)
        self._work.events.add(Event(self._now, PERSON, "document.number_again", facts, client_id=self._client_id))
        return [RefusedRow("", "number_again", facts)]

    def close_what_is_missing(self) -> int:
        """What a whole list does not name was settled elsewhere; only sides that the list speaks of are closed.

        How many of them were open: what is matched here already is closed in the books too, and is no news.
        """
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
        return sum(held.stored is None or held.stored.open_amount > 0 for held in closed)

    def save(self) -> None:
        if self._held is None:
            return
        new: dict[str, list[ReportedDocument]] = {}
        changes: list[RowChange] = []
        for held in self._every():
            if held.stored is None:
                new.setdefault(held.source, []).append(held.document)
                continue
            if held.is_changed or held.is_listed or held.alone not in (None, held.document):
                told = _TOLD_BY_LISTS if held.is_listed else frozenset()
                before = by_books(held.stored)
                changes.append(row_change(held.stored.id, before, held.document, told=told, alone=held.alone))
            if held.is_changed:
                self._save_change(held.stored, held.document)
        for source, documents in new.items():
            self._work.documents.add(self._client_id, documents, source, self._now, self._import_id)
        if self._import_id is not None:
            seen = [held.stored.id for held in self._every() if held.is_seen and held.stored is not None]
            self._work.imports.note_sightings(self._import_id, DOCUMENT, seen)
            self._work.imports.note_changes(self._import_id, DOCUMENT, changes)

    def ids_of(self, documents: Sequence[ReportedDocument]) -> tuple[DocumentId, ...]:
        """Where these documents stand in the database, once they are saved."""
        if self._saved is None:
            self._saved = {}
            for stored in self._work.documents.load_of_client(self._client_id):
                self._saved.setdefault(_key(stored.reported), []).append(stored)
        found = []
        for document in documents:
            alike = self._saved.get(_key(document), [])
            found += [stored.id for stored in alike if is_same(stored.reported, document)][:1]
        return tuple(found)

    def _save_change(self, stored: StoredDocument, document: ReportedDocument) -> None:
        """Where the books now say less than what was matched here, the match stands and the rest is a difference."""
        difference = save_by_books(self._work, stored, document)
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
            save_by_books(work, stored, replace(by_books(stored), remaining=remaining))
            reopened.append(stored)
    return tuple(reopened)
