"""Transactions compete for documents: the surest takes first, and none is given out beyond what is open of it."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.evidence import HOPELESS_BY, cap_of, has_party, has_reference, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis, Likes
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading

MOST_PROPOSALS = 10
_WORTH_SHOWING = 0.02
_MOST_RIVALS_TOLD = 50
_TAKEN_MOST = 0.3
_SURE = 0.97
_LAST_DAY = "9999-12-31"
_ROUNDING = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A hypothesis with its confidence, and how many sets are as good as it."""

    hypothesis: Hypothesis
    confidence: float
    combinations: int

    @property
    def is_worth_showing(self) -> bool:
        """Many equally good ones are shown for what they are together."""
        return self.confidence * self.combinations >= _WORTH_SHOWING


class Contest:
    """What is left of each document goes down as transactions take it, the surest first; ties by date, then id."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._nothing = no_document_score(index)
        self.left = [e.item.open_amount for e in index.entries]
        self.taken_by: dict[int, list[TransactionId]] = defaultdict(list)
        self._hypotheses: dict[TransactionId, list[Hypothesis]] = {}
        self.chosen: dict[TransactionId, Weighed] = {}

    def run(self, readings: Sequence[Reading], hypotheses: Mapping[TransactionId, list[Hypothesis]]) -> None:
        """Give each transaction its best while it lasts; may be run again for transactions that got nothing."""
        by_place: dict[int, list[Reading]] = defaultdict(list)
        heap: list[tuple[float, str, TransactionId]] = []
        open_readings = {r.id: r for r in readings if r.id not in self.chosen}
        for reading in open_readings.values():
            mine = sorted(hypotheses[reading.id], key=_order)
            self._hypotheses[reading.id] = mine
            for place in {p for h in mine for p in h.places}:
                by_place[place].append(reading)
            self._push(heap, reading)
        while heap:
            confidence, _, tid = heapq.heappop(heap)
            if tid in self.chosen or tid not in open_readings:
                continue
            best = self._best(tid)
            if best is None:
                continue
            if _key(best) != confidence:
                self._push(heap, open_readings[tid])
                continue
            self._take(tid, best)
            for place in best.hypothesis.places:
                if self.left[place] == 0 and len(by_place[place]) <= _MOST_RIVALS_TOLD:
                    for rival in by_place[place]:
                        self._push(heap, rival)

    def is_sure(self, hypotheses: list[Hypothesis], least: float) -> bool:
        """Whether the best of these would stand at `least` confidence with every document still free."""
        return any(w.confidence >= least for w in self._weigh(hypotheses))

    def is_taken_from(self, tid: TransactionId, place: int) -> bool:
        """Whether nothing is left of a document, and other transactions than this one have all of it."""
        return self.left[place] == 0 and tid not in self.taken_by[place]

    def is_hopeless(self, hypothesis: Hypothesis) -> bool:
        """Whether it would not be worth showing even with nothing beside it."""
        return hypothesis.score < self._nothing - HOPELESS_BY

    def _push(self, heap: list[tuple[float, str, TransactionId]], reading: Reading) -> None:
        if reading.id in self.chosen:
            return
        best = self._best(reading.id)
        if best is not None:
            heapq.heappush(heap, (_key(best), str(reading.booked or _LAST_DAY), reading.id))

    def _take(self, tid: TransactionId, best: Weighed) -> None:
        self.chosen[tid] = best
        for place, amount in best.hypothesis.parts:
            self.left[place] -= amount
            self.taken_by[place].append(tid)

    def _best(self, tid: TransactionId) -> Weighed | None:
        """The first that is free; its confidence is its share of all that are, and of nothing at all."""
        free = [h for h in self._hypotheses[tid] if self._is_free(h)]
        if not free:
            return None
        best = self._weigh_one(free[0], self._mass(free), Counter(h.likes for h in free))
        return best if best.is_worth_showing else None

    def _is_free(self, hypothesis: Hypothesis) -> bool:
        return all(amount <= self.left[place] for place, amount in hypothesis.parts)

    def _mass(self, hypotheses: Sequence[Hypothesis]) -> float:
        """The sum over all hypotheses and over none, as a logarithm."""
        most = max(self._nothing, *(h.score for h in hypotheses))
        each = math.fsum(math.exp(h.score - most) * (1 + h.unlisted) for h in hypotheses)
        return most + math.log(each + math.exp(self._nothing - most))

    def _weigh_one(self, hypothesis: Hypothesis, mass: float, alike: Counter[Likes]) -> Weighed:
        equal = max(alike[hypothesis.likes] + hypothesis.unlisted, hypothesis.combinations)
        confidence = min(math.exp(hypothesis.score - mass), cap_of(hypothesis.evidence), 1 / equal)
        return Weighed(hypothesis, confidence, equal)

    def _weigh(self, hypotheses: Sequence[Hypothesis]) -> list[Weighed]:
        if not hypotheses:
            return []
        mass, alike = self._mass(hypotheses), Counter(h.likes for h in hypotheses)
        return [self._weigh_one(h, mass, alike) for h in hypotheses]

    def ranked(self, tid: TransactionId) -> list[Weighed]:
        """Proposals best first: what it got, what is still free, then what another has taken on clearer evidence."""
        mine = self._hypotheses.get(tid, [])
        chosen = self.chosen.get(tid)
        first = [chosen] if chosen else []
        taken = chosen.hypothesis if chosen else None
        free = [h for h in mine if h is taken or self._is_free(h)]
        rest = [w for w in self._weigh(free) if w.hypothesis is not taken and w.is_worth_showing]
        claimed = [h for h in mine if h is not taken and not self._is_free(h) and _is_told(h)]
        if not first and not rest:
            claimed = claimed or [h for h in mine if h.unlisted]
        others = [
            Weighed(w.hypothesis, min(w.confidence, _TAKEN_MOST), max(2, w.combinations))
            for w in self._weigh(claimed)
            if w.is_worth_showing
        ]
        most = chosen.confidence if chosen else 1.0
        below = sorted((*rest, *others), key=lambda w: (-w.confidence, *_order(w.hypothesis)))
        return [*first, *(replace(w, confidence=min(w.confidence, most)) for w in below)][:MOST_PROPOSALS]


def _key(weighed: Weighed) -> float:
    """Surest first; among the sure that name their document the date decides, not how well they do it."""
    if weighed.confidence >= _SURE and has_reference(weighed.hypothesis.evidence):
        return -1.0
    return -round(min(weighed.confidence, _SURE), _ROUNDING)


def _order(hypothesis: Hypothesis) -> tuple[float, tuple[tuple[int, int], ...]]:
    return (-round(hypothesis.score, 6), hypothesis.parts)


def _is_told(hypothesis: Hypothesis) -> bool:
    return has_reference(hypothesis.evidence) or has_party(hypothesis.evidence)
