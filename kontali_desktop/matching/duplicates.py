"""Payments of what is paid already: the document is settled, or a surer payment takes all that is open of it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.candidates import weigh
from kontali_desktop.matching.evidence import date_weight, has_reference
from kontali_desktop.matching.habits import NO_HABIT
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index, party_key
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.touched import Touched, changed_items, put_items

_REFERRED, _PARTY_ONLY = 0.9, 0.35
_TELLS = frozenset({"kid", "kid_in_text", "number", "number_part"})
_NAMES_PAID_MOST = 0.9
_MOST_AGAIN = 0.95
_LEAST = 0.02
_MOST_DAYS = 45
_STRONG_PARTY = 4.0
_PAID_WEIGHT, _SAME_KID_WEIGHT = 4.0, 6.0
_OLD_KID_WEIGHT, _OLD_KID_SOON_WEIGHT, _SOON = 0.0, -2.5, timedelta(days=24)  # who pays twice does so within weeks
_KIDS = frozenset({"kid", "kid_in_text"})
_MOST_OF_A_PARTY = 150


def paid_again(reading: Reading, again: tuple[Hypothesis, float] | None, index: Index) -> Proposal | None:
    """A document whose every øre a surer payment of this run has taken."""
    if again is None or again[1] < _LEAST:
        return None
    hypothesis, chance = again
    item = index.entries[hypothesis.places[0]].item
    return _proposal(reading, item, hypothesis.evidence, min(_MOST_AGAIN, round(chance, 4)))


def by_kid_of_paid(
    reading: Reading, index: Index, contest: Contest, booked_of: Callable[[TransactionId], date | None]
) -> list[Hypothesis]:
    """An old KID used again: what its customer has open of this very amount, where another paid what the KID means."""
    told = [p for p, s in reading.references.items() if s.signal in _KIDS]
    exact = [p for p in told if index.entries[p].signed == reading.amount]
    if not exact or not all(contest.is_taken_from(reading.id, p) for p in exact):
        return []
    days = [booked_of(t) for p in exact for t in contest.taken_by[p]]
    is_soon = any(d and reading.booked and abs(reading.booked - d) <= _SOON for d in days)
    weight = _OLD_KID_SOON_WEIGHT if is_soon else _OLD_KID_WEIGHT
    sign = Evidence("already_paid", weight, _facts_of(index.entries[exact[0]].item))
    found = []
    for party in sorted({index.entries[p].party for p in exact}):
        for place in index.by_party[party][-_MOST_OF_A_PARTY:]:
            entry = index.entries[place]
            if place not in told and entry.signed == reading.amount == contest.left[place] * entry.item.bank_sign:
                found.append(weigh(reading, entry, index))
    return [replace(h, evidence=(*h.evidence, sign)) for h in found if h is not None and h.is_exact]


def chance_of_paid(hypothesis: Hypothesis, reading: Reading, paid: Paid, index: Index) -> float:
    """How likely it is that one of the same counterparty and amount, paid already, is paid again, not the open one."""
    entry = index.entries[hypothesis.places[0]]
    booked, usual = reading.booked, index.habits.get(entry.party, NO_HABIT).days_late
    dues = paid.dues_near(entry.item, booked - timedelta(days=usual)) if booked else ()
    if booked is None or not dues:
        return 0.0
    own = next((e.weight for e in hypothesis.evidence if e.signal in ("date", "before_issue")), 0.0)
    best = max(date_weight((booked - due).days - usual, index.span_days) for due in dues)
    if reading.has_unknown_kid and paid.has_kid(reading):
        best += _SAME_KID_WEIGHT
    return 1 / (1 + math.exp(own + _PAID_WEIGHT - best))


class Paid:
    """What the books have as paid already."""

    def __init__(self, request: MatchRequest) -> None:
        self._request = request
        self._items = {i.id: i for i in request.settled}
        self._index = Index(self._items.values(), request.known_accounts, others=request.open_items)
        self._amounts: Counter[tuple[str, int]] = Counter()
        self._dues: dict[tuple[str, str, int], list[tuple[date, int]]] = defaultdict(list)  # with places, in order
        self._by_kid: dict[tuple[str, str, int], set[DocumentId]] = defaultdict(set)
        self._read: dict[TransactionId, Reading] = {}  # of those that were asked about
        self.changed: set[TransactionId] = set()
        self.amounts: set[tuple[str, int]] = set()
        for item in self._items.values():
            self._count(item, 1)

    def follow(self, request: MatchRequest) -> bool:
        """Take over what has been paid since; False where a document is new, or paid and changed.

        `changed` are the lines, `amounts` the payments, whose answer may be another by that.
        """
        before, self._request = self._request, request
        self.changed, self.amounts, touched = set(), set(), Touched()
        if request.settled is not before.settled:
            now = {i.id: i for i in request.settled}
            changed = changed_items(self._items, now, self._index)
            if changed is None:
                return False
            for document, new in changed:
                self._count(self._items.get(document), -1)
                self._count(new, 1)
            self._items = now
            if not put_items(changed, self._index, touched):
                self._drop(list(self._read))
        for document in request.paid_here ^ before.paid_here:
            if document in self._items:
                self.amounts.add(_payment_of(self._items[document]))
        if request.known_accounts is not before.known_accounts:
            touched.add_learnt(self._index, request.known_accounts)
        self._drop([t for t, reading in self._read.items() if touched.is_read_otherwise(reading)])
        return True

    def _count(self, item: OpenItem | None, way: int) -> None:
        if item is None:
            return
        payment = _payment_of(item)
        self.amounts.add(payment)
        self._amounts[payment] += way
        if not self._amounts[payment]:
            del self._amounts[payment]
        due, dues = item.due_date or item.issue_date, self._dues[party_key(item), *payment]
        at = bisect_left(dues, (due, self._index.places[item.id])) if due else 0
        with_kid = self._by_kid[clean_kid(item.kid), *payment] if item.kid else set()
        if way > 0:
            with_kid.add(item.id)
            dues[at:at] = [(due, self._index.places[item.id])] if due else []
        else:
            with_kid.discard(item.id)
            del dues[at : at + bool(due)]

    def _drop(self, tids: Sequence[TransactionId]) -> None:
        self.changed.update(tids)
        self.forget(tids)

    def dues_near(self, item: OpenItem, day: date) -> list[date]:
        """When those of the same counterparty and amount that are paid were due: the last before this day, the next."""
        return [due for due, _ in self._near((party_key(item), *_payment_of(item)), day)]

    def _near(self, key: tuple[str, str, int], day: date) -> list[tuple[date, int]]:
        dues = self._dues.get(key, [])
        at = bisect_left(dues, (day, 0))
        return dues[max(0, at - 1) : at + 1]

    def has_kid(self, reading: Reading) -> bool:
        """Whether one of just this amount, paid before the books came here, has the payment's KID."""
        with_kid = self._by_kid.get((reading.kid, reading.currency, reading.amount), set())
        return not with_kid <= self._request.paid_here

    def may_be(self, transaction: BankTransaction) -> bool:
        """Whether one of them has this very amount."""
        return (transaction.reported.currency, transaction.reported.amount) in self._amounts

    def again(self, transaction: BankTransaction) -> Proposal | None:
        """The best-told of those of this very amount."""
        reading = self._reading(transaction)
        return _told_before(reading, self._index) or self._by_party(reading)

    def _by_party(self, reading: Reading) -> Proposal | None:
        """Of its counterparty, and due about then."""
        booked = reading.booked
        if booked is None:
            return None
        for party, sign in reading.parties.items():
            if sign.weight < _STRONG_PARTY or not self._index.by_party[party]:
                continue
            theirs = self._index.entries[self._index.by_party[party][0]].item
            near = self._near((party_key(theirs), reading.currency, reading.amount), booked)
            for _, place in sorted(near, key=lambda n: abs(n[0] - booked)):
                if _is_near(reading, self._index.entries[place].item):
                    return _proposal(reading, self._index.entries[place].item, sign.evidence, _PARTY_ONLY)
        return None

    def held_back(self, transaction: BankTransaction, proposal: Proposal) -> Proposal:
        """Less sure where the text names a document of this very amount, which a payment matched here has settled.

        One of the two payments has gone to the wrong document, or it is paid twice: a person sees which.
        """
        here = self._request.paid_here
        if not here or not self.may_be(transaction):
            return proposal
        reading = self._reading(transaction)
        named = [
            self._index.entries[place].item
            for place, sign in sorted(reading.references.items())
            if sign.signal in _TELLS and has_reference([sign])
        ]
        paid = next((i for i in named if i.id in here and _is_same_payment(reading, i)), None)
        if paid is None:
            return proposal
        sign = Evidence("names_paid", 0.0, {"number": paid.number})
        confidence = min(proposal.confidence, _NAMES_PAID_MOST)
        return replace(proposal, confidence=confidence, evidence=(*proposal.evidence, sign))

    def _reading(self, transaction: BankTransaction) -> Reading:
        if transaction.id not in self._read:
            self._read[transaction.id] = read_transaction(transaction, self._index)
        return self._read[transaction.id]

    def forget(self, tids: Iterable[TransactionId]) -> None:
        """These lines are gone, or are other ones."""
        for tid in tids:
            self._read.pop(tid, None)


def may_name_paid(proposal: Proposal) -> bool:
    """Whether it rests on no number or KID of its own, so that one in the text may be of what was paid already."""
    signals = {e.signal for e in proposal.evidence if "context" not in e.facts}
    is_told = not signals.isdisjoint(_TELLS | {"kid_layout", "settlement_text", "remittance_text"})
    return proposal.kind is ProposalKind.DOCUMENTS and not is_told


def _payment_of(item: OpenItem) -> tuple[str, int]:
    return item.currency, item.bank_sign * item.amount


def _told_before(reading: Reading, settled: Index) -> Proposal | None:
    told = [(sign, settled.entries[place].item) for place, sign in reading.references.items() if has_reference([sign])]
    fitting = [(s, i) for s, i in told if _is_same_payment(reading, i)]
    if not fitting:
        return None
    sign, item = min(fitting, key=lambda f: (-f[0].weight, f[1].id))
    return _proposal(reading, item, (sign,), _REFERRED)


def _is_same_payment(reading: Reading, item: OpenItem) -> bool:
    return _payment_of(item) == (reading.currency, reading.amount)


def _is_near(reading: Reading, item: OpenItem) -> bool:
    due = item.due_date or item.issue_date
    return bool(due and reading.booked and abs((reading.booked - due).days) <= _MOST_DAYS)


def _proposal(reading: Reading, item: OpenItem, signs: tuple[Evidence, ...], confidence: float) -> Proposal:
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
        evidence=(*signs, Evidence("already_paid", _PAID_WEIGHT, _facts_of(item))),
    )


def _facts_of(paid: OpenItem) -> dict[str, str]:
    return {"number": paid.number, "amount": plain_amount(paid.amount, paid.currency), "currency": paid.currency}
