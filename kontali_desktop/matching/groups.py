"""Transactions that compete for the same documents, group by group: what one group decides is nothing to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.scale import Weighed

Competitor = tuple[Reading, Sequence[Hypothesis]]


@dataclass(frozen=True, slots=True)
class Group:
    """Who competes for which documents, and who took what, in the order in which they did."""

    members: tuple[Competitor, ...]
    places: frozenset[int]
    taken: tuple[tuple[TransactionId, Weighed], ...]


class Groups:
    """Keeps each group's outcome for as long as the same transactions want the same documents in the same way."""

    def __init__(self) -> None:
        self._groups: list[Group] = []

    def run(self, competitors: Iterable[Competitor], contest: Contest) -> None:
        """Nothing may have been taken yet."""
        waiting = {reading.id: (reading, hypotheses) for reading, hypotheses in competitors}
        known = {reading.id: hypotheses for group in self._groups for reading, hypotheses in group.members}
        wanted = {p for tid, (_, h) in waiting.items() if known.get(tid) is not h for x in h for p, _ in x.parts}
        kept = [group for group in self._groups if _is_as_it_was(group, waiting) and wanted.isdisjoint(group.places)]
        for group in kept:
            contest.replay(group.members, group.taken)
            for reading, _ in group.members:
                del waiting[reading.id]
        self._groups = kept + [_contested(members, contest) for members in _together(list(waiting.values()))]


def _is_as_it_was(group: Group, waiting: dict[TransactionId, Competitor]) -> bool:
    for reading, hypotheses in group.members:
        now = waiting.get(reading.id)
        if now is None or now[0] is not reading or now[1] is not hypotheses:
            return False
    return True


def _contested(members: list[Competitor], contest: Contest) -> Group:
    taken = contest.run([r for r, _ in members], {r.id: h for r, h in members})
    places = frozenset(p for _, hypotheses in members for h in hypotheses for p, _ in h.parts)
    return Group(tuple(members), places, tuple(taken))


def _together(competitors: Sequence[Competitor]) -> list[list[Competitor]]:
    """Those who want a document that another of them wants, directly or through others."""
    leader = list(range(len(competitors)))

    def lead(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    first_at: dict[int, int] = {}
    for n, (_, hypotheses) in enumerate(competitors):
        for hypothesis in hypotheses:
            for place, _ in hypothesis.parts:
                leader[lead(n)] = lead(first_at.setdefault(place, n))
    found: dict[int, list[Competitor]] = {}
    for n, competitor in enumerate(competitors):
        found.setdefault(lead(n), []).append(competitor)
    return list(found.values())
