"""Transactions that compete for the same documents, group by group: what one group decides is nothing to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.reading import Reading

Competitor = tuple[Reading, Sequence[Hypothesis]]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Who competes for which documents."""

    members: tuple[Competitor, ...]
    places: frozenset[int]


class Groups:
    """What each group decided stands for as long as the same transactions want the same documents in the same way."""

    def __init__(self) -> None:
        self._of: dict[TransactionId, Group] = {}
        self._at: dict[int, Group] = {}

    def run(self, gone: Iterable[TransactionId], come: Sequence[Competitor], contest: Contest) -> None:
        """Those who compete no more, and those who do so now or otherwise than before. Nobody else may have taken."""
        left = set(gone)
        stirred = {self._of[tid] for tid in left}
        wanted = (p for _, hypotheses in come for h in hypotheses for p, _ in h.parts)
        stirred.update(self._at[p] for p in wanted if p in self._at)
        waiting = list(come)
        for group in stirred:
            waiting += [member for member in group.members if member[0].id not in left]
            self._dissolve(group, contest)
        for members in _together(waiting):
            self._contest(members, contest)

    def _dissolve(self, group: Group, contest: Contest) -> None:
        contest.withdraw([reading.id for reading, _ in group.members])
        for reading, _ in group.members:
            del self._of[reading.id]
        for place in group.places:
            del self._at[place]

    def _contest(self, members: Sequence[Competitor], contest: Contest) -> None:
        contest.run([r for r, _ in members], {r.id: h for r, h in members})
        group = Group(tuple(members), frozenset(p for _, hypotheses in members for h in hypotheses for p, _ in h.parts))
        self._of.update((reading.id, group) for reading, _ in members)
        self._at.update(dict.fromkeys(group.places, group))


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
