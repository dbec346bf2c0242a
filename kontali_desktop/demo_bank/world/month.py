"""One month of the company's books: its documents, and every entry that comes of them, whenever it is booked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from kontali_desktop.demo_bank.world import drafts, numbers
from kontali_desktop.demo_bank.world.company import Company
from kontali_desktop.demo_bank.world.desk import Desk
from kontali_desktop.demo_bank.world.documents import Document, Draft, Side
from kontali_desktop.demo_bank.world.entries import Entry
from kontali_desktop.demo_bank.world.parties import Parties
from kontali_desktop.demo_bank.world.ways.everyday import everyday
from kontali_desktop.demo_bank.world.ways.table import WAYS
from kontali_desktop.demo_bank.world.ways.way import Way


@dataclass(frozen=True, slots=True)
class Month:
    """`next_number` is the customer invoice number that the following month begins with."""

    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    next_number: int


def make_month(seed: int, month: date, company: Company, parties: Parties, first_number: int) -> Month:
    """The same arguments give the same month; no entry is booked before the month begins."""
    desk = Desk(Random(f"{seed}/{month:%Y-%m}"), company, parties, month)
    ways = [(way, used) for way in WAYS for used in range(way.times)]
    groups = [drafts.group_of(desk, way, used) for way, used in ways]
    documents, next_number = _numbered(desk.rng, groups, first_number)
    apart = Desk(Random(f"{seed}/{month:%Y-%m}/everyday"), company, parties, month)
    entries = [*_payments(desk, [way for way, _ in ways], documents), *everyday(apart)]
    flat = sorted((d for group in documents for d in group), key=lambda d: (d.issue_date, d.side, d.number))
    return Month(tuple(flat), tuple(entries), next_number)


def _payments(desk: Desk, ways: Sequence[Way], groups: Sequence[Sequence[Document]]) -> Iterator[Entry]:
    for way, documents in zip(ways, groups, strict=True):
        desk.way = way.name
        yield from way.pay(desk, documents)


def _numbered(rng: Random, groups: Sequence[Sequence[Draft]], first: int) -> tuple[list[list[Document]], int]:
    """Customer numbers follow the day of issue; a supplier's are its own."""
    order = sorted(
        ((g, place) for g, group in enumerate(groups) for place in range(len(group))),
        key=lambda at: (groups[at[0]][at[1]].issue_date, at),
    )
    made: dict[tuple[int, int], Document] = {}
    places = rng.sample(range(100), 100)
    following = first
    for g, place in order:
        draft = groups[g][place]
        credited = made[g, draft.credits].number if draft.credits is not None else ""
        if draft.side is Side.CUSTOMER:
            made[g, place] = _customer_document(draft, following, credited)
            following += 1
        else:
            made[g, place] = _supplier_document(rng, draft, places.pop(), credited)
    return [[made[g, place] for place in range(len(group))] for g, group in enumerate(groups)], following


def _customer_document(draft: Draft, number: int, credited: str) -> Document:
    """Our own KID: customer number, invoice number and a check digit by MOD10."""
    kid = numbers.kid(f"{draft.party.number}{number:07d}", 10)
    return _document(draft, str(number), kid, credited)


def _supplier_document(rng: Random, draft: Draft, place: int, credited: str) -> Document:
    """The supplier's number: a digit for the year, two for the month, and a place no other of the month has."""
    party, issued = draft.party, draft.issue_date
    digits = f"{issued.year % 10}{issued.month:02d}{place:02d}"
    number = party.number_form.format(n=digits, year=issued.year)
    body = numbers.digits(rng, party.kid_length - 1) if party.kid_length else ""
    return _document(draft, number, numbers.kid(body, party.kid_modulus) if body else "", credited)


def _document(draft: Draft, number: str, kid: str, credited: str) -> Document:
    return Document(
        draft.side,
        draft.kind,
        number,
        draft.party,
        draft.issue_date,
        draft.due_date,
        draft.lines,
        "" if credited else kid,
        credited,
    )
