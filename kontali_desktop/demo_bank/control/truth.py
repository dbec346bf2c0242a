"""What each booked entry really is, for tests that measure matching against it."""

from __future__ import annotations

from kontali_desktop.demo_bank.world.books import Books
from kontali_desktop.demo_bank.world.entries import Entry

Json = dict[str, object]


def truth_of(books: Books) -> dict[str, Json]:
    """By entry reference; `residual` is what the entry has more or less than its documents, in øre."""
    entries = [row.entry for rows in books.booked.values() for row in rows]
    by_key = {(entry.key): entry for entry in entries}
    return {entry.reference(): _truth(entry, by_key) for entry in entries}


def _truth(entry: Entry, by_key: dict[str, Entry]) -> Json:
    shared: Json = {
        "scenario": entry.scenario,
        "amount": entry.amount,
        "booked": entry.booking_date.isoformat(),
        "name": entry.counterparty,
        "text": entry.text or entry.information,
        "account_own": entry.account,
    }
    if entry.counter_key in by_key:
        return shared | {"kind": "transfer", "pair": by_key[entry.counter_key].reference()}
    if not entry.settles:
        return shared | {"kind": "none", "category": entry.difference_reason or entry.scenario}
    documents = [
        {"side": s.side, "number": s.number, "amount": s.amount, "party": s.counterparty, "currency": s.currency}
        for s in entry.settles
    ]
    return shared | {
        "kind": "documents",
        "documents": documents,
        "residual": _residual(entry),
        "why": entry.difference_reason,
    }


def _residual(entry: Entry) -> int:
    """Zero where currencies differ: the difference is then the rate's."""
    if any(s.currency != "NOK" for s in entry.settles):
        return 0
    sign = {"customer": 1, "supplier": -1}
    return entry.amount - sum(sign[s.side] * s.amount for s in entry.settles)
