"""Payments of what is paid already: the document is settled, or a surer payment takes all that is open of it."""

from __future__ import annotations

from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.matches import DifferenceReason, Evidence, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.evidence import has_reference
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading

_REFERRED, _PARTY_ONLY = 0.9, 0.35
_MOST_AGAIN = 0.95
_LEAST = 0.02
_MOST_DAYS = 45
_STRONG_PARTY = 4.0
_PAID_WEIGHT = 4.0


def paid_again(reading: Reading, again: tuple[Hypothesis, float] | None, index: Index) -> Proposal | None:
    """A document whose every øre a surer payment of this run has taken."""
    if again is None or again[1] < _LEAST:
        return None
    hypothesis, chance = again
    item = index.entries[hypothesis.places[0]].item
    return _proposal(reading, item, hypothesis.evidence, min(_MOST_AGAIN, round(chance, 4)))


def paid_before(reading: Reading, settled: Index) -> Proposal | None:
    """The best-told document of this very amount that the books have as paid; `reading` is against what is settled."""
    told = [(sign, settled.entries[place].item) for place, sign in reading.references.items() if has_reference([sign])]
    fitting = [(s, i) for s, i in told if _is_same_payment(reading, i)]
    if fitting:
        sign, item = min(fitting, key=lambda f: (-f[0].weight, f[1].id))
        return _proposal(reading, item, (sign,), _REFERRED)
    return _by_party(reading, settled)


def _by_party(reading: Reading, settled: Index) -> Proposal | None:
    for party, sign in reading.parties.items():
        if sign.weight < _STRONG_PARTY:
            continue
        for place in reversed(settled.by_party[party]):
            item = settled.entries[place].item
            if _is_same_payment(reading, item) and _is_near(reading, item):
                return _proposal(reading, item, sign.evidence, _PARTY_ONLY)
    return None


def _is_same_payment(reading: Reading, item: OpenItem) -> bool:
    return item.currency == reading.currency and item.bank_sign * item.amount == reading.amount


def _is_near(reading: Reading, item: OpenItem) -> bool:
    due = item.due_date or item.issue_date
    return bool(due and reading.booked and abs((reading.booked - due).days) <= _MOST_DAYS)


def _proposal(reading: Reading, item: OpenItem, signs: tuple[Evidence, ...], confidence: float) -> Proposal:
    facts = {"number": item.number, "amount": plain_amount(item.amount, item.currency), "currency": item.currency}
    line = ProposedLine(
        item.id, item.side, item.kind, item.number, item.counterparty, 0, item.open_amount, item.currency
    )
    return Proposal(
        kind=ProposalKind.DUPLICATE_PAYMENT,
        confidence=confidence,
        combinations=1,
        lines=(line,),
        difference=reading.amount,
        difference_reason=DifferenceReason.OVERPAYMENT,
        evidence=(*signs, Evidence("already_paid", _PAID_WEIGHT, facts)),
    )
