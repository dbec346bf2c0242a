"""Amounts that a counterparty seems to have paid more often than it owes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kontali_desktop.matching.candidates import Crowded
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading


class Crowd:
    """(party, amount) paid more often than the party has open documents of that amount, with how often.

    Follows the payments as they come and go.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._paid: Counter[tuple[int, int]] = Counter()
        self.crowded: Crowded = {}

    def follow(
        self, gone: Iterable[Reading], come: Iterable[Reading], owed_otherwise: Iterable[tuple[int, int]]
    ) -> set[int]:
        """Amounts that are crowded otherwise than before."""
        left = Counter((p, r.amount) for r in gone for p in r.parties)
        added = Counter((p, r.amount) for r in come for p in r.parties)
        self._paid.update(added)
        self._paid.subtract(left)
        found = set()
        owed: dict[int, Counter[int]] = {}  # by party, how often each amount
        for key in left.keys() | added.keys() | set(owed_otherwise):
            often = self._paid[key]
            if not often:
                self._paid.pop(key, None)
            before = self.crowded.pop(key, 0)
            if often > 1 and often > self._owed(*key, owed) > 0:
                self.crowded[key] = often
            if before != self.crowded.get(key, 0):
                found.add(key[1])
        return found

    def _owed(self, party: int, amount: int, owed: dict[int, Counter[int]]) -> int:
        if party not in owed:
            entries = self._index.entries
            owed[party] = Counter([entries[p].signed for p in self._index.by_party[party]])
        return owed[party][amount]
