"""One client's state as the engine last saw it, with what was read and weighed of each line.

After a decision only what it touches is read and weighed again: the lines that name the document or its counterparty,
that have its amount, or that the decision taught something of. The answer is the same as from reading it all anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem, folded_name
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.text_words import telling_words
from kontali_desktop.matching.candidates import Crowded, crowded_amounts
from kontali_desktop.matching.duplicates import Paid
from kontali_desktop.matching.groups import Groups
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index, number_keys
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.names import parse_name, prefixes_of, words_of
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.remittances import Due, says_remittance
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.settlements import KeptRuns, says_settlement

_Key = TypeVar("_Key")
Weigh = Callable[[Reading, Crowded], list[Hypothesis]]


@dataclass(frozen=True, slots=True)
class Later:
    """What a later round found beside a line's first documents, both together, and how sure the best of them is."""

    first: list[Hypothesis]
    found: list[Hypothesis]
    both: list[Hypothesis]
    sureness: float


@dataclass(slots=True)
class Line:
    """`first` are the documents it names and the single ones that fit, the best first; None until they are weighed."""

    transaction: BankTransaction
    reading: Reading
    is_told: bool
    first: list[Hypothesis] | None = None
    sureness: float | None = None  # None until it is asked
    later: dict[int, Later] = field(default_factory=dict)  # by round
    due: Due | None = None  # what a remittance was looked for among
    is_payout: bool = field(init=False)
    is_remittance: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_payout = says_settlement(self.reading)
        self.is_remittance = says_remittance(self.reading)


@dataclass(slots=True)
class Touched:
    """What a change may have altered: places, counterparties, amounts, and what lines say."""

    places: set[int] = field(default_factory=set)
    parties: set[int] = field(default_factory=set)
    amounts: set[tuple[str, int]] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    payers: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    unknown_kids: bool = False
    prefixes: set[str] = field(default_factory=set)
    first_words: set[str] = field(default_factory=set)

    def is_read_otherwise(self, reading: Reading) -> bool:
        """Whether it may refer to other documents or counterparties than before."""
        return (
            not self.parties.isdisjoint(reading.parties)
            or not self.places.isdisjoint(reading.references)
            or (self.unknown_kids and reading.has_unknown_kid)
            or (bool(self.accounts) and reading.account in self.accounts)
            or (bool(self.prefixes) and self._may_name(reading))
            or (bool(self.payers) and folded_name(reading.name) in self.payers)
            or (bool(self.texts) and " ".join(telling_words(reading.words)) in self.texts)
        )

    def _may_name(self, reading: Reading) -> bool:
        if reading.name:
            return not self.prefixes.isdisjoint(prefixes_of(parse_name(reading.name)))
        return not self.first_words.isdisjoint(words_of(reading.words))

    def add_names(self, texts: Iterable[str], known: Mapping[str, frozenset[str]]) -> None:
        """A counterparty has got or lost a name; `known` are the names learnt for accounts."""
        names = [parse_name(t) for t in texts if t]
        for name in names:
            self.prefixes |= prefixes_of(name)
            self.first_words |= set(name.words[:1])
        alike = {n.in_order for n in names}
        self.accounts |= {a for a, theirs in known.items() if any(parse_name(t).in_order in alike for t in theirs)}


class Books:
    """Follows requests one after another; `follow` says where it cannot and must be made anew."""

    def __init__(self, request: MatchRequest) -> None:
        self._request = request
        self._open = _open_of(request)
        self._crowded: Crowded = {}
        self.index = Index(self._open.values(), request.known_accounts, request.learnt)
        self.paid = Paid(request)
        self.lines: dict[TransactionId, Line] = {}
        self.payout_runs: KeptRuns = {}
        self.groups = Groups()

    def follow(self, request: MatchRequest) -> bool:
        """Take over what was decided since; False where documents are new, changed, or open again."""
        before, self._request = self._request, request
        touched = Touched()
        if request.open_items is not before.open_items and not self._follow_documents(_open_of(request), touched):
            return False
        if not self.paid.follow(request):
            return False
        self._follow_learnt(request, touched)
        rejected = {tid for tid, _ in request.rejected ^ before.rejected}
        for tid, line in list(self.lines.items()):
            reading = line.reading
            if touched.is_read_otherwise(reading):
                del self.lines[tid]
            elif tid in rejected or (reading.currency, reading.amount) in touched.amounts:
                line.first = line.sureness = None
        return True

    def _follow_documents(self, now: dict[DocumentId, OpenItem], touched: Touched) -> bool:
        index, before, self._open = self.index, self._open, now
        if len(now) > len(before) or any(i not in before for i in now):
            return False
        changed = [(old, now.get(i)) for i, old in before.items() if now.get(i) is not old and now.get(i) != old]
        if any(new and not _is_less_open(old, new) for old, new in changed):
            return False
        sizes = index.sizes
        for old, new in changed:
            self._touch(index.places[old.id], touched)
            names = [index.name_of(old)]
            if index.put(new) if new else index.remove(old):
                touched.add_names([*names, index.name_of(old)], index.known)
            self._touch(index.places[old.id], touched)
        index.count()
        for amount in touched.amounts:
            for place in index.by_amount.get(amount, ()):
                index.amount_signs.pop(place, None)
        for place in touched.places:
            index.amount_signs.pop(place, None)
        return index.sizes == sizes

    def _touch(self, place: int, touched: Touched) -> None:
        """The document, those that share its KID or number, its counterparty and its amount."""
        entry = self.index.entries[place]
        touched.places.add(place)
        touched.parties.add(entry.party)
        touched.amounts.add((entry.item.currency, entry.signed))
        if entry.item.kid:
            touched.places.update(self.index.by_kid.get(clean_kid(entry.item.kid), ()))
        for key in number_keys(entry.item, place):
            touched.places.update(k.place for k in self.index.by_number.get(key.atoms, ()))

    def _follow_learnt(self, request: MatchRequest, touched: Touched) -> None:
        index = self.index
        known, payers, texts, habits = index.known, index.payers, index.texts, index.habits
        touched.unknown_kids = bool(index.kid_layouts or request.learnt.kid_layouts)
        index.teach(request.known_accounts, request.learnt)
        touched.accounts |= _differing(known, index.known)
        touched.payers |= _differing(payers, index.payers)
        touched.texts |= _differing(texts, index.texts)
        late = _differing(habits, index.habits)
        touched.parties |= late
        for party in late:  # its documents are dated otherwise, whoever else may pay them
            touched.places.update(index.by_party[party])
            for entry in map(index.entries.__getitem__, index.by_party[party]):
                touched.amounts.add((entry.item.currency, entry.signed))

    def read(self, transactions: Iterable[BankTransaction]) -> None:
        """Those that are new or have changed; the rest is forgotten."""
        kept, self.lines = self.lines, {}
        for transaction in transactions:
            line = kept.get(transaction.id)
            if line is None or (line.transaction is not transaction and line.transaction != transaction):
                reading = read_transaction(transaction, self.index)
                line = Line(transaction, reading, reading.names_its_amount(self.index))
            self.lines[transaction.id] = line

    def weigh(self, lines: Sequence[Line], weigh: Weigh) -> None:
        """Those that are not weighed, and those whose amount anyone is paid more or less often than before."""
        crowded = crowded_amounts([line.reading for line in lines], self.index)
        changed = {k for k in crowded.keys() | self._crowded.keys() if crowded.get(k) != self._crowded.get(k)}
        amounts = {amount for _, amount in changed}
        self._crowded = crowded
        for line in self.lines.values():  # a document may fit by its amount alone, and a transfer may be one no more
            if line.reading.amount in amounts:
                line.first = None
        for line in lines:
            if line.first is None:
                line.first, line.sureness = weigh(line.reading, crowded), None


def _open_of(request: MatchRequest) -> dict[DocumentId, OpenItem]:
    return {i.id: i for i in request.open_items if i.open_amount > 0}


def _is_less_open(old: OpenItem, new: OpenItem) -> bool:
    return new.open_amount < old.open_amount and replace(new, open_amount=old.open_amount) == old


def _differing(before: Mapping[_Key, object], after: Mapping[_Key, object]) -> set[_Key]:
    return {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
