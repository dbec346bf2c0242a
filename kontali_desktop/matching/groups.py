"""Transactions that compete for the same documents, group by group: what one group decides is nothing to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.scale import Weighed

Competitor = tuple[Reading, Sequence[Hypothesis]]
_Take = tuple[int, TransactionId, int, float]  # place, who, how much, how surely


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


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """Who competed for which documents, and who took what, in the order in which they did."""

    members: tuple[Competitor, ...]
    places: frozenset[int]
    taken: tuple[tuple[TransactionId, Weighed], ...]


class Turn:
    """A round in which others may have taken already. It is held each time, but what a group decided is remembered."""

    def __init__(self) -> None:
        self._of: dict[TransactionId, tuple[Competitor, _Outcome]] = {}
        self._at: dict[int, _Outcome] = {}

    def run(self, competitors: Iterable[Competitor], contest: Contest, stirred: set[int]) -> None:
        """`stirred` are places of which something else has been taken than when this was last held; some are added."""
        now = {competitor[0].id: competitor for competitor in competitors}
        other = [c for c in now.values() if not self._is_as_it_was(c)]
        wanted = (p for _, hypotheses in other for h in hypotheses for p, _ in h.parts)
        over = {self._at[p] for p in chain(stirred, wanted) if p in self._at}
        over.update(outcome for tid, (_, outcome) in self._of.items() if tid not in now)
        over.update(self._of[c[0].id][1] for c in other if c[0].id in self._of)
        before: set[_Take] = set()
        waiting = {c[0].id: c for c in other}
        for outcome in over:
            before.update(_takes(outcome.taken))
            waiting.update((r.id, now[r.id]) for r, _ in outcome.members if r.id in now)
            self._forget(outcome)
        for outcome in {id(o): o for _, o in self._of.values()}.values():
            contest.replay(outcome.members, outcome.taken)
        after: set[_Take] = set()
        for members in _together(list(waiting.values())):
            after.update(_takes(self._hold(members, contest).taken))
        stirred.update(place for place, _, _, _ in before ^ after)

    def _is_as_it_was(self, competitor: Competitor) -> bool:
        known = self._of.get(competitor[0].id)
        return known is not None and known[0][0] is competitor[0] and known[0][1] is competitor[1]

    def _forget(self, outcome: _Outcome) -> None:
        for reading, _ in outcome.members:
            del self._of[reading.id]
        for place in outcome.places:
            del self._at[place]

    def _hold(self, members: Sequence[Competitor], contest: Contest) -> _Outcome:
        taken = contest.run([r for r, _ in members], {r.id: h for r, h in members})
        places = frozenset(p for _, hypotheses in members for h in hypotheses for p, _ in h.parts)
        outcome = _Outcome(tuple(members), places, tuple(taken))
        self._of.update((member[0].id, (member, outcome)) for member in members)
        self._at.update(dict.fromkeys(places, outcome))
        return outcome


def _takes(taken: Iterable[tuple[TransactionId, Weighed]]) -> Iterator[_Take]:
    for tid, weighed in taken:
        for place, amount in weighed.hypothesis.parts:
            yield place, tid, amount, weighed.confidence


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
