"""Open items laid out for looking up: by KID, number, amount, counterparty and counterparty's account."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.habits import UsualWays, usual_ways
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.kid_layouts import KidLayout, parts_of
from kontali_desktop.matching.learnt import Learnt
from kontali_desktop.matching.names import NameBook
from kontali_desktop.matching.tokens import number_atoms

SHORTEST_TAIL = 4
_MOST_ATOMS = 8
_SHORTEST_SPAN = 60
_LEAST_FOR_HABIT = 3
_STEPS = 4  # to each doubling
_LEAST_FOR_TEXT = 2  # once may be any text
_MOST_OF_AN_ACCOUNT = 25  # an account that pays for more than this is a bank's or a factoring company's
_MOST_MEANT = 2  # a payer of more counterparties than this is an agent: a provider, a debt collector

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """An open item at its place in the index; `signed` is what settling all of it does to the bank account."""

    place: int
    item: OpenItem
    party: int
    signed: int


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A document number as it may stand in a text; `is_whole` is false where only its digits at the end are meant."""

    atoms: tuple[str, ...]
    place: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class LearntMeaning:
    """A counterparty that a payer or a text has meant, and how often a person said so."""

    party: int
    times: int


class Index:
    """Places follow document ids, so that nothing depends on the order of the input.

    `others` get a place and are not found until they are put. How many there are is counted in steps, so that one
    document more or less changes no weight but of those that are like it.
    """

    def __init__(
        self,
        items: Iterable[OpenItem],
        known_accounts: Mapping[str, frozenset[str]],
        learnt: Learnt | None = None,
        others: Iterable[OpenItem] = (),
    ) -> None:
        found = {i.id: i for i in items}
        ordered = sorted((found | {i.id: i for i in others if i.id not in found}).values(), key=lambda i: i.id)
        self.places = {item.id: place for place, item in enumerate(ordered)}
        self._party_of = {k: n for n, k in enumerate(sorted({party_key(i) for i in ordered}))}
        self.party_names = [""] * len(self._party_of)
        self.names = NameBook(self.party_names)
        self.entries = [Entry(n, i, self._party_of[party_key(i)], 0) for n, i in enumerate(ordered)]
        self.by_kid: dict[str, list[int]] = {}
        self.by_number: dict[tuple[str, ...], list[NumberKey]] = {}
        self.longest_number = 0  # in runs of letters and digits
        self.by_amount: dict[tuple[str, int], list[int]] = {}
        self.by_party: dict[int, list[int]] = {n: [] for n in range(len(self.party_names))}
        self._by_account: dict[str, Counter[int]] = defaultdict(Counter)
        self.amount_signs: dict[int, Evidence] = {}  # filled as they are asked for
        self._days: list[date] = []
        self._here: set[int] = set()
        self._kid_customers: dict[str, int] | None = None  # filled when asked for
        self._kid_amounts: dict[str, dict[int, list[int]]] = {}  # filled as they are asked for
        for place in sorted(self.places[i] for i in found):
            self._put(place)
        for party in self.by_party:
            self._name(party)
        self.count()
        self.teach(known_accounts, learnt)

    def teach(self, known_accounts: Mapping[str, frozenset[str]], learnt: Learnt | None) -> None:
        """What decisions so far tell of counterparties."""
        self.known = {account_number_of(account): names for account, names in known_accounts.items()}
        self.payers: dict[str, tuple[LearntMeaning, ...]] = {}
        self.texts: dict[str, LearntMeaning] = {}
        self.habits: dict[int, UsualWays] = {}
        self.kid_layouts: tuple[KidLayout, ...] = learnt.kid_layouts if learnt else ()
        self._kid_customers = None
        if learnt:
            self._add_learnt(learnt)

    def count(self) -> None:
        """How many documents and counterparties there are, and over how many days, each in steps."""
        self.size = in_steps(len(self._here))
        self.party_count = in_steps(sum(1 for places in self.by_party.values() if places))
        self.span_days = max(_SHORTEST_SPAN, in_steps((self._days[-1] - self._days[0]).days if self._days else 0))

    @property
    def sizes(self) -> tuple[int, int, int]:
        return self.size, self.party_count, self.span_days

    def is_here(self, place: int) -> bool:
        """Whether the document is among those that can be found."""
        return place in self._here

    def name_of(self, item: OpenItem) -> str:
        """What the document's counterparty is known by; empty where nothing of it is open."""
        return self.party_names[self.entries[self.places[item.id]].party]

    def parties_of(self, account: str) -> list[int]:
        """Who is known to pay from it: by the documents, or by what a person decided. Nobody where they are many."""
        known = self.names.alike(self.known[account]) if account in self.known else ()
        theirs = self._by_account.get(account, ())
        return sorted({*(theirs if len(theirs) <= _MOST_OF_AN_ACCOUNT else ()), *known})

    def of_kid(self, kid: str, signed: int) -> list[int]:
        """Documents with this KID that come to this amount."""
        if kid not in self._kid_amounts:
            amounts: dict[int, list[int]] = defaultdict(list)
            for place in self.by_kid.get(kid, ()):
                amounts[self.entries[place].signed].append(place)
            self._kid_amounts[kid] = amounts
        return self._kid_amounts[kid].get(signed, [])

    def customer_of_kid(self, customer: str) -> int | None:
        """Whose KIDs have these digits where the layout has the customer; None where nobody's or several ones'."""
        if self._kid_customers is None:
            found: dict[str, set[int]] = defaultdict(set)
            for kid, places in self.by_kid.items() if self.kid_layouts else ():
                parts = parts_of(kid, self.kid_layouts)
                if parts and parts.customer:
                    found[parts.customer].update(self.entries[p].party for p in places)
            self._kid_customers = {k: next(iter(parties)) for k, parties in found.items() if len(parties) == 1}
        return self._kid_customers.get(customer)

    def put(self, item: OpenItem) -> bool:
        """A document that has a place already, as it stands now; whether its counterparty is known by another name."""
        place = self.places[item.id]
        if place in self._here:
            self._remove(place)
        self.entries[place] = replace(self.entries[place], item=item, signed=0)
        self._put(place)
        return self._name(self.entries[place].party)

    def remove(self, item: OpenItem) -> bool:
        """Nothing is open of it; whether its counterparty is known by another name now, or not at all."""
        place = self.places[item.id]
        self._remove(place)
        self.entries[place] = replace(self.entries[place], item=item, signed=0)
        return self._name(self.entries[place].party)

    def _put(self, place: int) -> None:
        self._here.add(place)
        self._kid_customers = None
        self._kid_amounts.clear()
        item, party = self.entries[place].item, self.entries[place].party
        self.entries[place] = entry = Entry(place, item, party, item.bank_sign * item.open_amount)
        if item.kid:
            insort(self.by_kid.setdefault(clean_kid(item.kid), []), place)
        insort(self.by_amount.setdefault((item.currency, entry.signed), []), place)
        insort(self.by_party[party], place)
        if item.issue_date:
            insort(self._days, item.issue_date)
        if item.counterparty_account:
            self._by_account[account_number_of(item.counterparty_account)][party] += 1
        for key in number_keys(item, place):
            insort(self.by_number.setdefault(key.atoms, []), key, key=lambda k: k.place)
            self.longest_number = max(self.longest_number, len(key.atoms))

    def _remove(self, place: int) -> None:
        self._here.remove(place)
        self._kid_customers = None
        self._kid_amounts.clear()
        item, party, signed = self.entries[place].item, self.entries[place].party, self.entries[place].signed
        if item.kid:
            _drop(self.by_kid, clean_kid(item.kid), place)
        _drop(self.by_amount, (item.currency, signed), place)
        self.by_party[party].remove(place)
        if item.issue_date:
            del self._days[bisect_left(self._days, item.issue_date)]
        if item.counterparty_account:
            accounts = self._by_account[account_number_of(item.counterparty_account)]
            accounts.subtract([party])
            if not accounts[party]:
                del accounts[party]
        for key in number_keys(item, place):
            _drop(self.by_number, key.atoms, key)

    def _name(self, party: int) -> bool:
        """By its newest document; no document, no name."""
        places = self.by_party[party]
        name = self.entries[places[-1]].item.counterparty if places else ""
        if name == self.party_names[party]:
            return False
        self.names.rename(party, name)
        self.party_names[party] = name
        return True

    def _add_learnt(self, learnt: Learnt) -> None:
        party_of = {k: n for k, n in self._party_of.items() if self.by_party[n]}
        for payer, parties in learnt.payers.items():
            if len(parties) <= _MOST_MEANT:
                meant = [LearntMeaning(party_of[p.key], len(p.decisions)) for p in parties if p.key in party_of]
                self.payers[payer] = tuple(meant)
        for text, party in learnt.texts.items():
            if party.key in party_of and len(party.decisions) >= _LEAST_FOR_TEXT:
                self.texts[text] = LearntMeaning(party_of[party.key], len(party.decisions))
        for key, habit in learnt.habits.items():
            if key in party_of and habit.payments >= _LEAST_FOR_HABIT:
                self.habits[party_of[key]] = usual_ways(habit)


def _drop(table: dict[_Key, list[_Value]], key: _Key, value: _Value) -> None:
    table[key].remove(value)
    if not table[key]:
        del table[key]


def number_keys(item: OpenItem, place: int) -> list[NumberKey]:
    """How its number may stand in a text."""
    atoms = number_atoms(item.number)
    if not atoms or len(atoms) > _MOST_ATOMS:
        return []
    keys = [NumberKey(atoms, place, True)]
    digits = _telling_digits(atoms)
    if len(atoms) > 1 and len(digits) >= SHORTEST_TAIL:
        keys.append(NumberKey((digits,), place, False))
    return keys


def in_steps(count: int) -> int:
    """A count as one of a row in which each is about a fifth more than the last."""
    return round(2 ** (round(math.log2(count) * _STEPS) / _STEPS)) if count > 0 else 0


def _telling_digits(atoms: tuple[str, ...]) -> str:
    """The digits that people write when they leave the rest out: the longest run that is not the year before it."""
    runs = [a for a in atoms if a.isdigit()]
    if len(runs) > 1 and len(runs[0]) == SHORTEST_TAIL and runs[0][:2] in ("19", "20"):
        runs = runs[1:]
    return max(runs, key=len, default="")


def party_key(item: OpenItem) -> str:
    """Equal for documents of one counterparty."""
    return item.counterparty_orgnr or " ".join(item.counterparty.casefold().split())
