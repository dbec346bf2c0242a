"""Open items laid out for looking up: by KID, number, amount, counterparty and counterparty's account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.kid import clean_kid
from kontali_desktop.matching.names import NameBook, parse_name
from kontali_desktop.matching.tokens import number_atoms

SHORTEST_TAIL = 4
_MOST_ATOMS = 8


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


class Index:
    """Places follow document ids, so that nothing depends on the order of the input."""

    def __init__(self, items: Iterable[OpenItem], known_accounts: Mapping[str, frozenset[str]]) -> None:
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
        for entry in self.entries:
            self._add(entry)
        self._add_known(known_accounts)

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

    def _add_known(self, known_accounts: Mapping[str, frozenset[str]]) -> None:
        for account, names in known_accounts.items():
            wanted = {parse_name(n).sorted_words for n in names}
            for party, name in enumerate(self.party_names):
                if parse_name(name).sorted_words in wanted:
                    self.by_account[account_number_of(account)].add(party)


def _telling_digits(atoms: tuple[str, ...]) -> str:
    """The digits that people write when they leave the rest out: the longest run that is not the year before it."""
    runs = [a for a in atoms if a.isdigit()]
    if len(runs) > 1 and len(runs[0]) == SHORTEST_TAIL and runs[0][:2] in ("19", "20"):
        runs = runs[1:]
    return max(runs, key=len, default="")


def _party_key(item: OpenItem) -> str:
    return item.counterparty_orgnr or " ".join(item.counterparty.casefold().split())
