"""What a change of documents, or of what was learnt, may have altered of other documents and of what lines say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import OpenItem, folded_name
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.text_words import telling_words
from kontali_desktop.matching.index import Index, number_keys
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.kid_layouts import telling_layouts
from kontali_desktop.matching.learnt import Learnt
from kontali_desktop.matching.names import parse_name, prefixes_of, words_of
from kontali_desktop.matching.reading import Reading

_Key = TypeVar("_Key")


@dataclass(slots=True)
class Touched:
    """Places, counterparties and amounts, and what lines may say of them."""

    places: set[int] = field(default_factory=set)
    parties: set[int] = field(default_factory=set)
    amounts: set[tuple[str, int]] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    payers: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    unknown_kids: bool = False
    prefixes: set[str] = field(default_factory=set)
    first_words: set[str] = field(default_factory=set)
    owed: set[tuple[int, int]] = field(default_factory=set)  # (party, amount)
    returned_numbers: set[str] = field(default_factory=set)
    returned_kids: set[str] = field(default_factory=set)

    def is_read_otherwise(self, reading: Reading) -> bool:
        """Whether it may refer to other documents or counterparties than before."""
        return (
            not self.parties.isdisjoint(reading.parties)
            or not self.places.isdisjoint(reading.references)
            or (self.unknown_kids and reading.has_unknown_kid)
            or (bool(self.accounts) and reading.account in self.accounts)
            or (bool(self.prefixes) and self._may_name(reading))
            or (bool(self.payers) and folded_name(reading.name) in self.payers)
            or (bool(self.texts) and text_of(reading) in self.texts)
            or self.names_returned(reading)
        )

    @property
    def has_returned(self) -> bool:
        return bool(self.returned_numbers or self.returned_kids)

    def names_returned(self, reading: Reading) -> bool:
        """Whether it may name a document that could not be found before."""
        if not self.has_returned:
            return False
        if reading.has_unknown_kid or reading.text.ranges or reading.kid in self.returned_kids:
            return True
        if any(a.text in self.returned_numbers for a in reading.text.atoms):
            return True
        digits = _digits_of(reading.words) if self.returned_kids else ""
        return bool(digits) and any(_digits_of(kid) in digits for kid in self.returned_kids)

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

    def add_document(self, place: int, index: Index) -> None:
        """The document as it stands, those that share its KID or number, its counterparty and its amount."""
        entry = index.entries[place]
        self.places.add(place)
        self.parties.add(entry.party)
        self.amounts.add((entry.item.currency, entry.signed))
        self.owed.add((entry.party, entry.signed))
        if entry.item.counterparty_account:
            self.accounts.add(account_number_of(entry.item.counterparty_account))
        if entry.item.kid:
            self.places.update(index.by_kid.get(clean_kid(entry.item.kid), ()))
        for key in number_keys(entry.item, place):
            self.places.update(k.place for k in index.by_number.get(key.atoms, ()))

    def add_returned(self, item: OpenItem, place: int) -> None:
        """It has a place, and was not to be found there."""
        self.returned_numbers.update(a for key in number_keys(item, place) for a in key.atoms)
        if item.kid:
            self.returned_kids.add(clean_kid(item.kid))
        if item.counterparty_account:
            self.accounts.add(account_number_of(item.counterparty_account))

    def add_learnt(
        self, index: Index, known_accounts: Mapping[str, frozenset[str]], learnt: Learnt | None = None
    ) -> None:
        """Teach the index, and add what it has learnt or forgotten by that."""
        known, payers, texts, habits = index.known, index.payers, index.texts, index.habits
        layouts = telling_layouts(index.kid_layouts)
        index.teach(known_accounts, learnt)
        now = telling_layouts(index.kid_layouts)
        tells_customer = any(customer is not None for _, customer, _ in now.values())
        self.unknown_kids = layouts != now or (tells_customer and bool(self.places))
        self.accounts |= _differing(known, index.known)
        self.payers |= _differing(payers, index.payers)
        self.texts |= _differing(texts, index.texts)
        late = _differing(habits, index.habits)
        self.parties |= late
        for party in late:  # its documents are dated otherwise, whoever else may pay them
            self.places.update(index.by_party[party])
            for entry in map(index.entries.__getitem__, index.by_party[party]):
                self.amounts.add((entry.item.currency, entry.signed))


def _digits_of(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def text_of(reading: Reading) -> str:
    """By what a text's meaning is learnt."""
    return " ".join(telling_words(reading.words))


def changed_items(
    before: Mapping[DocumentId, OpenItem], now: Mapping[DocumentId, OpenItem], index: Index
) -> list[tuple[DocumentId, OpenItem | None]] | None:
    """Each document that is otherwise, with how it stands now; None where one is new, or more than what is open of it.

    A document that has a place in the index may go and come back.
    """
    gone: list[tuple[DocumentId, OpenItem | None]] = [(i, None) for i in before if i not in now]
    other = [(i, item) for i, item in now.items() if before.get(i) is not item]
    for document, item in other:
        place = index.places.get(document)
        if place is None:
            return None
        known = index.entries[place].item
        if known != item and replace(known, open_amount=item.open_amount) != item:
            return None
    return gone + [(i, item) for i, item in other if before.get(i) != item]


def put_items(changed: Iterable[tuple[DocumentId, OpenItem | None]], index: Index, touched: Touched) -> bool:
    """Take over documents as they stand now; False where there are so many more or fewer that every weight changes."""
    sizes = index.sizes
    for document, new in changed:
        place = index.places[document]
        touched.add_document(place, index)
        known = index.entries[place].item
        names = [index.name_of(known)]
        if new and not index.is_here(place):
            touched.add_returned(new, place)
        if index.put(new) if new else index.remove(known):
            touched.add_names([*names, index.name_of(known)], index.known)
        touched.add_document(place, index)
    index.count()
    for amount in touched.amounts:
        for place in index.by_amount.get(amount, ()):
            index.amount_signs.pop(place, None)
    for place in touched.places:
        index.amount_signs.pop(place, None)
    return index.sizes == sizes


def _differing(before: Mapping[_Key, object], after: Mapping[_Key, object]) -> set[_Key]:
    return {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
