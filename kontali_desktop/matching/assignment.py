"""Transactions compete for documents: the surest takes first, and none is given out beyond what is open of it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason
from kontali_desktop.matching.calibration import Calibration
from kontali_desktop.matching.evidence import has_party, has_reference, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis, order_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.scale import Scale, Weighed, weighed_alone

MOST_PROPOSALS = 10
_MOST_RIVALS_TOLD = 50
_TAKEN_MOST = 0.3
_HARDLY = 0.1
_ABOUT_AS_GOOD = 4.0
_CLEAR_GAIN = 0.1
_SURE = 0.97
_TOLD_SURE = 0.8
_LAST_DAY = "9999-12-31"
_ROUNDING = 3

_Value = TypeVar("_Value")
Holding = tuple[int, tuple[tuple[TransactionId, float], ...]]


_Taken = tuple[int, tuple[TransactionId, ...]]


class _Before:
    """What stood before the later rounds, of all that they changed."""

    def __init__(self) -> None:
        self.places: dict[int, _Taken] = {}
        self.chosen: dict[TransactionId, Weighed | None] = {}
        self.hypotheses: dict[TransactionId, Sequence[Hypothesis] | None] = {}


class Contest:
    """What is left of each document goes down as transactions take it, the surest first; ties by date, then id.

    After `mark`, all that follows is taken back by `back_to_mark`. `stirred` and `stirred_places` gather whose lot,
    and what of which documents, may be another than when they were last cleared.
    """

    def __init__(self, index: Index, calibration: Calibration) -> None:
        self.index = index
        self._calibration = calibration
        self._nothing = no_document_score(index)
        self.left = [e.item.open_amount for e in index.entries]
        self.taken_by: dict[int, list[TransactionId]] = defaultdict(list)
        self._hypotheses: dict[TransactionId, Sequence[Hypothesis]] = {}
        self.chosen: dict[TransactionId, Weighed] = {}
        self.too_many: dict[TransactionId, Hypothesis] = {}  # one of them, for lines that may have nothing better
        self._waiting: dict[TransactionId, tuple[int, Weighed]] = {}  # what each was last weighed at, and when
        self._touched: dict[int, int] = {}  # when something was last taken from a document
        self._takes = 0
        self._before: _Before | None = None
        self.stirred: set[TransactionId] = set()
        self.stirred_places: set[int] = set()

    def show_one_of(self, too_many: dict[TransactionId, Hypothesis]) -> None:
        """For each line that may be so many things that none of them is likely, one of them."""
        before, self.too_many = self.too_many, too_many
        self.stirred.update(t for t in before.keys() | too_many.keys() if before.get(t) != too_many.get(t))

    def mark(self) -> None:
        self._before = _Before()

    def back_to_mark(self) -> None:
        before, self._before = self._before, None
        if before is None:
            return
        for place, (left, takers) in before.places.items():
            self.left[place] = left
            self.taken_by[place] = list(takers)
        for tid, weighed in before.chosen.items():
            _put(self.chosen, tid, weighed)
        for tid, hypotheses in before.hypotheses.items():
            _put(self._hypotheses, tid, hypotheses)
        self.stirred.update(before.chosen, before.hypotheses)
        self.stirred_places.update(before.places)

    def withdraw(self, tids: Iterable[TransactionId]) -> None:
        """They compete no more, and what they have taken is free again."""
        for tid in tids:
            if tid in self.chosen:
                self._give_back(tid)
            del self._hypotheses[tid]
            self.stirred.add(tid)

    def open_anew(self, places: Iterable[int]) -> None:
        """More or less is open of these documents than before."""
        for place in places:
            taken = sum(
                a for t in self.taken_by.get(place, ()) for p, a in self.chosen[t].hypothesis.parts if p == place
            )
            self.left[place] = self.index.entries[place].item.open_amount - taken
            self.stirred_places.add(place)

    def run(
        self, readings: Sequence[Reading], hypotheses: Mapping[TransactionId, Sequence[Hypothesis]]
    ) -> list[tuple[TransactionId, Weighed]]:
        """Give each transaction its best while it lasts; may be run again for transactions that got nothing.

        A transaction's hypotheses come the best first. The answer is who took what, in order.
        """
        taken: list[tuple[TransactionId, Weighed]] = []
        by_place: dict[int, list[Reading]] = defaultdict(list)
        heap: list[tuple[float, str, TransactionId]] = []
        open_readings = {r.id: r for r in readings if r.id not in self.chosen}
        for reading in open_readings.values():
            mine = hypotheses[reading.id]
            self._consider(reading.id, mine)
            for place in {p for h in mine for p in h.places}:
                by_place[place].append(reading)
            self._push(heap, reading)
        while heap:
            confidence, _, tid = heapq.heappop(heap)
            if tid in self.chosen or tid not in open_readings:
                continue
            stamp, waiting = self._waiting[tid]
            best = waiting if self._is_untouched(tid, stamp) else self._best(tid)
            if best is None:
                continue
            if _key(best) != confidence:
                self._push(heap, open_readings[tid])
                continue
            self._take(tid, best)
            taken.append((tid, best))
            for place in best.hypothesis.places:
                if self.left[place] == 0 and len(by_place[place]) <= _MOST_RIVALS_TOLD:
                    for rival in by_place[place]:
                        self._push(heap, rival)
        return taken

    def replay(
        self,
        members: Iterable[tuple[Reading, Sequence[Hypothesis]]],
        taken: Iterable[tuple[TransactionId, Weighed]],
    ) -> None:
        """What `run` answered for these once, where nothing that bears on it has changed."""
        for reading, hypotheses in members:
            self._consider(reading.id, hypotheses)
        for tid, best in taken:
            self._take(tid, best)

    def _consider(self, tid: TransactionId, hypotheses: Sequence[Hypothesis]) -> None:
        if self._before is not None and tid not in self._before.hypotheses:
            self._before.hypotheses[tid] = self._hypotheses.get(tid)
        self._hypotheses[tid] = hypotheses
        self.stirred.add(tid)

    def exchange(self) -> None:
        """Who got nothing gets what another holds, where that one has something else and both together are likelier."""
        for tid in sorted(t for t in self._hypotheses if t not in self.chosen):
            for hypothesis in self._hypotheses[tid]:
                if hypothesis.score > self._nothing and self._has_exchanged(tid, hypothesis):
                    break

    def _has_exchanged(self, tid: TransactionId, wanted: Hypothesis) -> bool:
        blocked = [p for p, amount in wanted.parts if amount > self.left[p]]
        holders = self.taken_by[blocked[0]] if len(blocked) == 1 else []
        if len(holders) != 1:
            return False
        other, held = holders[0], self.chosen[holders[0]]
        self._give_back(other)
        if self._is_free(wanted):
            self._take(tid, Weighed(wanted, 0.0, 1))
            least = held.hypothesis.score - (wanted.score - self._nothing) + _CLEAR_GAIN
            instead = next((h for h in self._hypotheses[other] if self._is_free(h)), None)
            if instead and instead.score > max(least, self._nothing):
                self._take(other, self._scale(other, [instead]).weigh(instead))
                self.chosen[tid] = self._scale(tid, [wanted]).weigh(wanted)
                return True
            self._give_back(tid)
        self._take(other, held)
        return False

    def _remember(self, tid: TransactionId, places: Iterable[int]) -> None:
        """What stands before a transaction takes from documents, or gives back."""
        before = self._before
        if before is not None:
            before.chosen.setdefault(tid, self.chosen.get(tid))
            for place in places:
                if place not in before.places:
                    before.places[place] = (self.left[place], tuple(self.taken_by[place]))
        self.stirred.add(tid)
        self.stirred_places.update(places)

    def _give_back(self, tid: TransactionId) -> None:
        self._remember(tid, self.chosen[tid].hypothesis.places)
        for place, amount in self.chosen.pop(tid).hypothesis.parts:
            self.left[place] += amount
            self.taken_by[place].remove(tid)

    def hypotheses_of(self, tid: TransactionId) -> Sequence[Hypothesis]:
        return self._hypotheses.get(tid, ())

    def holding_of(self, place: int) -> Holding:
        """What is left of a document, and who has how surely taken from it."""
        return self.left[place], tuple((t, self.chosen[t].confidence) for t in self.taken_by.get(place, ()))

    def sureness(self, hypotheses: Sequence[Hypothesis]) -> float:
        """Where the first stands with every document still free; 0 where it is neither told nor of the exact amount."""
        if not hypotheses:
            return 0.0
        best = hypotheses[0]
        is_stated = best.is_exact or best.is_payout or best.reason is DifferenceReason.CURRENCY
        if not (is_stated or has_reference(best.evidence) or len(best.parts) > 1):
            return 0.0
        return Scale(hypotheses, [], self._nothing).weigh(best).confidence

    def is_taken_from(self, tid: TransactionId, place: int) -> bool:
        """Whether nothing is left of a document, and other transactions than this one have all of it."""
        return self.left[place] == 0 and tid not in self.taken_by[place]

    def _push(self, heap: list[tuple[float, str, TransactionId]], reading: Reading) -> None:
        if reading.id in self.chosen:
            return
        best = self._best(reading.id)
        if best is not None:
            self._waiting[reading.id] = (self._takes, best)
            heapq.heappush(heap, (_key(best), str(reading.booked or _LAST_DAY), reading.id))

    def _take(self, tid: TransactionId, best: Weighed) -> None:
        self._remember(tid, best.hypothesis.places)
        self.chosen[tid] = best
        self._takes += 1
        for place, amount in best.hypothesis.parts:
            self._touched[place] = self._takes
            self.left[place] -= amount
            self.taken_by[place].append(tid)

    def _is_untouched(self, tid: TransactionId, stamp: int) -> bool:
        """Whether nothing has been taken from any of its documents since."""
        touched = self._touched
        return all(touched.get(p, 0) <= stamp for h in self._hypotheses[tid] for p, _ in h.parts)

    def _best(self, tid: TransactionId) -> Weighed | None:
        """The first that is free; its confidence is its share of all that are, and of nothing at all."""
        free = [h for h in self._hypotheses[tid] if self._is_free(h)]
        if not free:
            return None
        is_alone = len(self._hypotheses[tid]) == 1
        best = weighed_alone(free[0], self._nothing) if is_alone else self._scale(tid, free).weigh(free[0])
        return best if best.is_worth_showing else None

    def _is_free(self, hypothesis: Hypothesis) -> bool:
        left = self.left
        for place, amount in hypothesis.parts:  # noqa: SIM110 - asked a million times; a generator takes twice as long
            if amount > left[place]:
                return False
        return True

    def _free_for(self, tid: TransactionId) -> list[Hypothesis]:
        """As if it had taken nothing yet: what it holds itself stands in the way of none of its own."""
        chosen = self.chosen.get(tid)
        if chosen is None:
            return [h for h in self._hypotheses[tid] if self._is_free(h)]
        left, own = self.left, dict(chosen.hypothesis.parts)
        return [h for h in self._hypotheses[tid] if all(amount <= left[p] + own.get(p, 0) for p, amount in h.parts)]

    def _scale(self, tid: TransactionId, free: Sequence[Hypothesis]) -> Scale:
        taken: list[Hypothesis] = []
        unsure: list[tuple[Hypothesis, float]] = []
        if len(free) < len(self._hypotheses[tid]):
            own, free_ones = self.chosen.get(tid), {id(h) for h in free}
            for h in self._hypotheses[tid]:
                if id(h) in free_ones or (own is not None and h is own.hypothesis):
                    continue
                chance = 1.0 - max([self._held_from(tid, p) for p, _ in h.parts])
                if chance > _HARDLY:
                    unsure.append((h, chance))
                elif h.is_exact:
                    taken.append(h)
        return Scale(free, taken, self._nothing, unsure)

    def _held_from(self, tid: TransactionId, place: int) -> float:
        """How sure the surest of the others is that has taken from a document; 0 where none has."""
        return max([self.chosen[t].confidence for t in self.taken_by[place] if t != tid], default=0.0)

    def paid_again(self, tid: TransactionId) -> tuple[Hypothesis, float] | None:
        """The likeliest of the documents of this very amount that another payment has taken, and how likely it is."""
        mine = self._hypotheses.get(tid, ())
        taken = [h for h in mine if h.is_exact and all(self.is_taken_from(tid, p) for p in h.places)]
        if not taken:
            return None
        best = taken[0]
        return best, Scale(self._free_for(tid), taken, self._nothing).chance_of_again(best)

    def ranked(self, tid: TransactionId) -> list[Weighed]:
        """Proposals best first: what it got, what is still free, then what another has taken on clearer evidence."""
        mine = self._hypotheses.get(tid, ())
        chosen = self.chosen.get(tid)
        if chosen and len(mine) == 1:
            return [self._calibrated(chosen)]
        taken = chosen.hypothesis if chosen else None
        free = self._free_for(tid)
        scale = self._scale(tid, free)
        if chosen:  # what it competed with may have gone to others since
            again = scale.weigh(chosen.hypothesis)
            chosen = self._calibrated(again if again.confidence > chosen.confidence else chosen)
        first = [chosen] if chosen else []
        weighed = (scale.weigh(h) for h in free if h is not taken)
        rest = [self._calibrated(w) for w in weighed if w.is_worth_showing]
        least = max((h.score for h in mine), default=0.0) - _ABOUT_AS_GOOD
        free_ones = {id(h) for h in free}
        blocked = [h for h in mine if id(h) not in free_ones]
        claimed = [h for h in blocked if _is_told(h) or h.score >= least]
        if not first and not rest:
            claimed = claimed or [h for h in mine if h.unlisted]
        others = [
            Weighed(w.hypothesis, min(w.confidence, _TAKEN_MOST), max(2, w.combinations))
            for w in map(Scale(claimed, [], self._nothing).weigh, claimed)
            if w.is_worth_showing
        ]
        most = chosen.confidence if chosen else 1.0
        below = sorted((*rest, *others), key=lambda w: (-w.confidence, *order_of(w.hypothesis)))
        return [*first, *(replace(w, confidence=min(w.confidence, most)) for w in below)][:MOST_PROPOSALS]

    def _calibrated(self, weighed: Weighed) -> Weighed:
        evidence = weighed.hypothesis.evidence
        return replace(
            weighed, confidence=self._calibration.probability(weighed.confidence, evidence, weighed.combinations)
        )


def _key(weighed: Weighed) -> float:
    """Surest first; among the sure that name their document the date decides, not how well they do it."""
    if weighed.confidence >= _TOLD_SURE and has_reference(weighed.hypothesis.evidence):
        return -1.0
    return -round(min(weighed.confidence, _SURE), _ROUNDING)


def _is_told(hypothesis: Hypothesis) -> bool:
    return has_reference(hypothesis.evidence) or has_party(hypothesis.evidence)


def _put(table: dict[TransactionId, _Value], tid: TransactionId, value: _Value | None) -> None:
    if value is None:
        table.pop(tid, None)
    else:
        table[tid] = value
