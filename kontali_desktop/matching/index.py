"""Open items laid out for looking up: by KID, number, amount, counterparty and counterparty's account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.learnt import Learnt
from kontali_desktop.matching.names import NameBook
from kontali_desktop.matching.tokens import number_atoms

SHORTEST_TAIL = 4
_MOST_ATOMS = 8
_SHORTEST_SPAN = 60
_LEAST_FOR_HABIT, _MOST_SHIFT = 3, 60
_LEAST_FOR_TEXT = 2  # once may be any text
_MOST_MEANT = 2  # a payer of more counterparties than this is an agent: a provider, a debt collector


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
    """Places follow document ids, so that nothing depends on the order of the input."""

    def __init__(
        self, items: Iterable[OpenItem], known_accounts: Mapping[str, frozenset[str]], learnt: Learnt | None = None
    ) -> None:
        ordered = sorted(items, key=lambda i: i.id)
        keys = [_party_key(i) for i in ordered]
        self.party_keys = sorted(set(keys))
        party_of = {k: n for n, k in enumerate(self.party_keys)}
        names = {k: i.counterparty for k, i in zip(keys, ordered, strict=True)}
        self.names = NameBook([names[k] for k in self.party_keys])
        self.party_names = [names[k] for k in self.party_keys]
        self.entries = [Entry(n, i, party_of[keys[n]], i.bank_sign * i.open_amount) for n, i in enumerate(ordered)]
        self.by_kid: dict[str, list[int]] = defaultdict(list)
        self.by_number: dict[tuple[str, ...], list[NumberKey]] = defaultdict(list)
        self.longest_number = 0  # in runs of letters and digits
        self.by_amount: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.by_party: dict[int, list[int]] = defaultdict(list)
        self.by_account: dict[str, set[int]] = defaultdict(set)
        self.amount_signs: dict[int, Evidence] = {}  # filled as they are asked for
        self.span_days = _span(ordered)
        for entry in self.entries:
            self._add(entry)
        self._add_known(known_accounts)
        self.payers: dict[str, tuple[LearntMeaning, ...]] = {}
        self.texts: dict[str, LearntMeaning] = {}
        self.days_late: dict[int, int] = {}  # a counterparty's habit
        if learnt:
            self._add_learnt(learnt, party_of)

    def _add(self, entry: Entry) -> None:
        item = entry.item
        if item.kid:
            self.by_kid[clean_kid(item.kid)].append(entry.place)
        self.by_amount[item.currency, entry.signed].append(entry.place)
        self.by_party[entry.party].append(entry.place)
        if item.counterparty_account:
            self.by_account[account_number_of(item.counterparty_account)].add(entry.party)
        atoms = number_atoms(item.number)
        if not atoms or len(atoms) > _MOST_ATOMS:
            return
        self.by_number[atoms].append(NumberKey(atoms, entry.place, True))
        self.longest_number = max(self.longest_number, len(atoms))
        digits = _telling_digits(atoms)
        if len(atoms) > 1 and len(digits) >= SHORTEST_TAIL:
            self.by_number[digits,].append(NumberKey((digits,), entry.place, False))

    def _add_learnt(self, learnt: Learnt, party_of: Mapping[str, int]) -> None:
        for payer, parties in learnt.payers.items():
            if len(parties) > _MOST_MEANT:
                continue
            meant = [LearntMeaning(party_of[p.key], len(p.decisions)) for p in parties if p.key in party_of]
            self.payers[payer] = tuple(meant)
        for text, party in learnt.texts.items():
            if party.key in party_of and len(party.decisions) >= _LEAST_FOR_TEXT:
                self.texts[text] = LearntMeaning(party_of[party.key], len(party.decisions))
        for key, habit in learnt.habits.items():
            if key in party_of and habit.days_late is not None and habit.payments >= _LEAST_FOR_HABIT:
                self.days_late[party_of[key]] = max(-_MOST_SHIFT, min(_MOST_SHIFT, habit.days_late))

    def _add_known(self, known_accounts: Mapping[str, frozenset[str]]) -> None:
        for account, names in known_accounts.items():
            for party in self.names.alike(names):
                self.by_account[account_number_of(account)].add(party)


def _span(items: Sequence[OpenItem]) -> int:
    """Over how many days these books' documents are spread."""
    days = [i.issue_date for i in items if i.issue_date]
    return max(_SHORTEST_SPAN, (max(days) - min(days)).days) if days else _SHORTEST_SPAN


def _telling_digits(atoms: tuple[str, ...]) -> str:
    """The digits that people write when they leave the rest out: the longest run that is not the year before it."""
    runs = [a for a in atoms if a.isdigit()]
    if len(runs) > 1 and len(runs[0]) == SHORTEST_TAIL and runs[0][:2] in ("19", "20"):
        runs = runs[1:]
    return max(runs, key=len, default="")


def _party_key(item: OpenItem) -> str:
    return item.counterparty_orgnr or " ".join(item.counterparty.casefold().split())
