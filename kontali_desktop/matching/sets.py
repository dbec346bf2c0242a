"""Exact search for sets of amounts that make a sum, by meeting in the middle: bounded, and every solution counted.

Equal amounts of one counterparty make no difference, so solutions are counted by how many of each amount they take;
of equal amounts the first ones are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations

import numpy as np
import numpy.typing as npt

MOST_EXHAUSTED = 26  # two halves of 2^13 sums each: about two milliseconds
MOST_ITEMS = 60
_MOST_KEPT = 10
_MOST_SIZE = 6  # of more than MOST_EXHAUSTED amounts: sets of at most six, or all but at most three
_MOST_SIZE_OF_NAMED = 3
_MOST_LEFT_OUT = 3
_MOST_SOLUTIONS = 2_000
_MOST_LOOKED_AT = 40_000  # one in ten or twenty is a solution, so that where there are more there are thousands
_LEAST_WORK, _BOUNDED_WORK = 500, 80_000
_FEW = 32  # sums that are not worth sorting out
_MASK_BITS = 13  # the places of half of MOST_EXHAUSTED
_SUM_BITS = 62 - _MASK_BITS

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """`sets` holds the first few solutions as sorted positions; `count` is how many there are in all.

    `is_complete` is false where the search was bounded and there may be more.
    """

    sets: tuple[tuple[int, ...], ...]
    count: int
    is_complete: bool = True


def find_sets(amounts: Sequence[int], target: int, least: int = 2, *, are_named: bool = False) -> Sums:
    """Sets of at least `least` of the first MOST_ITEMS amounts that make `target`, smaller sets first.

    `are_named`: of many it is nearly all, or a run of them, not just a few.
    """
    values = list(amounts[:MOST_ITEMS])
    if len(values) < least or not target:
        return Sums((), 0)
    is_small = len(values) <= MOST_EXHAUSTED
    masks = _all_masks(values, target) if is_small else _bounded_masks(values, target, are_named=are_named)
    is_complete = is_small and len(masks) < _MOST_SOLUTIONS
    enough = masks[np.bitwise_count(masks) >= least]
    if not len(enough):
        return Sums((), 0, is_complete)
    found = np.unique(_firsts_of_equals(values, enough))
    order = np.lexsort((_backwards(found, len(values)), np.bitwise_count(found)))
    sets = tuple(_places_in(mask) for mask in found[order[:_MOST_KEPT]].tolist())
    return Sums(sets, len(found), is_complete)


class SetSearch:
    """Who asks the same again gets the same answer."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[int, ...], int], Sums] = {}

    def find(self, amounts: Sequence[int], target: int) -> Sums:
        asked = tuple(amounts), target
        if asked not in self._known:
            self._known[asked] = find_sets(amounts, target)
        return self._known[asked]


def work_for(count: int) -> int:
    """How dear a search among so many amounts is: about the number of sums made, and what every search costs."""
    return _LEAST_WORK + (2 << count // 2 if count <= MOST_EXHAUSTED else _BOUNDED_WORK)


def every_set(amounts: Sequence[int], target: int, most: int) -> list[tuple[int, ...]]:
    """Each set of positions among the first MOST_EXHAUSTED that makes `target`, equal amounts told apart.

    Not more than `most` of them.
    """
    values = list(amounts[:MOST_EXHAUSTED])
    if not values or not target:
        return []
    return [_places_in(mask) for mask in _all_masks(values, target, most).tolist()]


def _places_in(mask: int) -> tuple[int, ...]:
    return tuple(n for n in range(mask.bit_length()) if mask >> n & 1)


def _backwards(masks: Ints, count: int) -> Ints:
    """Sorts as the sets' positions do: the lowest place is the last one here, and those that have it come first."""
    turned = np.zeros_like(masks)
    for place in range(count if len(masks) > 1 else 0):
        turned |= (masks >> place & 1) << (MOST_ITEMS - place)
    return -turned


def _firsts_of_equals(values: Sequence[int], masks: Ints) -> Ints:
    """The same amounts, taken from the front."""
    places: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    found = masks
    for equal in places.values():
        if len(equal) > 1:
            firsts = np.cumsum([0, *(1 << p for p in equal)], dtype=np.int64)
            found = found & ~firsts[-1] | firsts[np.bitwise_count(masks & firsts[-1])]
    return found


def _all_masks(values: Sequence[int], target: int, most: int = _MOST_SOLUTIONS) -> Ints:
    half = len(values) // 2
    low, high = values[:half], values[half:]
    left, places = _in_order(*_sums(low, target, high))
    right, others = _sums(high, target, low)
    below, above = _meeting(left, right, target, most)
    return places[below] | others[above] << half


def _meeting(low: Ints, high: Ints, target: int, most: int) -> tuple[Ints, Ints]:
    """Places of one in `low`, which is in order, and one in `high` that make `target` together.

    About `most` of them where there are more, from all over.
    """
    if not len(low) or not len(high):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    wanted = target - high
    first = np.searchsorted(low, wanted, "left")
    hits = np.nonzero(low[np.minimum(first, len(low) - 1)] == wanted)[0]
    often = np.searchsorted(low, wanted[hits], "right") - first[hits]
    step = max(1, int(often.sum()) // most)
    hits, often = hits[::step], often[::step]
    before = np.cumsum(often) - often
    hits, often, before = hits[before < most], often[before < most], before[before < most]
    within = np.arange(int(often.sum()), dtype=np.int64) - np.repeat(before, often)
    return (np.repeat(first[hits], often) + within)[:most], np.repeat(hits, often)[:most]


def _sums(values: Sequence[int], target: int, others: Sequence[int]) -> tuple[Ints, Ints]:
    """The sum of each subset with which others can make the target, and the bits of its places, in their order."""
    sums, masks = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    most = target - sum(v for v in (*values, *others) if v < 0)
    least = target - sum(v for v in (*values, *others) if v > 0)
    for place, value in enumerate(values):
        if value > 0:
            least += value
        else:
            most += value
        sums, masks = np.concatenate((sums, sums + value)), np.concatenate((masks, masks | 1 << place))
        if len(sums) > _FEW:
            within = (sums >= least) & (sums <= most)
            sums, masks = sums[within], masks[within]
    return sums, masks


def _in_order(sums: Ints, masks: Ints) -> tuple[Ints, Ints]:
    """By sum, then by places."""
    if len(sums) and int(np.abs(sums).max()) >> _SUM_BITS:
        order = np.argsort(sums, kind="stable")
        return sums[order], masks[order]
    both = np.sort(sums << _MASK_BITS | masks)  # in one number, which sorts several times as fast
    return both >> _MASK_BITS, both & (1 << _MASK_BITS) - 1


def _bounded_masks(values: Sequence[int], target: int, *, are_named: bool) -> Ints:
    """Of many amounts: small sets, all but a few, and runs in the order given."""
    everything = (1 << len(values)) - 1
    seen: Counter[int] = Counter()
    kept = []
    for place, value in enumerate(values):
        seen[value] += 1
        if seen[value] <= _MOST_SIZE:
            kept.append(place)
    few = [values[p] for p in kept]
    if len(few) <= MOST_EXHAUSTED:
        small = _all_masks(few, target)
    else:
        small = _small_masks(few, target, _MOST_SIZE_OF_NAMED if are_named else _MOST_SIZE)
    left_out = _small_masks(few, sum(values) - target, _MOST_LEFT_OUT)
    total = [0, *accumulate(values)]
    runs = [
        (1 << last) - (1 << first)
        for first in range(len(values))
        for last in range(first + 1, len(values) + 1)
        if total[last] - total[first] == target
    ]
    return np.unique(
        np.concatenate((_spread(small, kept), everything & ~_spread(left_out, kept), np.array(runs, dtype=np.int64)))
    )


def _spread(masks: Ints, kept: Sequence[int]) -> Ints:
    """Masks over the kept places as masks over all."""
    found = np.zeros_like(masks)
    for n, place in enumerate(kept):
        found |= (masks >> n & 1) << place
    return found


def _small_masks(values: Sequence[int], target: int, most: int) -> Ints:
    """Sets of one to `most`: two disjoint ones of half the size, the lower places in one, the higher in the other."""
    found = [np.array([1 << n for n, value in enumerate(values) if value == target], dtype=np.int64)]
    amounts = tuple(values)
    for size in range(2, most + 1):
        found.append(_joined(_of_size(amounts, size // 2), _of_size(amounts, size - size // 2), target))
        if sum(map(len, found)) >= _MOST_SOLUTIONS:
            break
    return np.concatenate(found)[:_MOST_SOLUTIONS]


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """All sets of one size by their sum, with their lowest and highest place."""

    sums: Ints
    masks: Ints
    lowest: Ints
    highest: Ints


@lru_cache(maxsize=48)
def _of_size(values: tuple[int, ...], size: int) -> _Pool:
    """Kept for a while: a counterparty's payments are looked for among the same amounts."""
    places, masks = _places(len(values), size)
    sums = np.asarray(values, dtype=np.int64)[places].sum(axis=1)
    order = np.argsort(sums, kind="stable")
    return _Pool(sums[order], masks[order], places[order, 0], places[order, -1])


@lru_cache(maxsize=64)
def _places(count: int, size: int) -> tuple[Ints, Ints]:
    places = np.array(list(combinations(range(count), size)), dtype=np.int64).reshape(-1, size)
    return places, (np.int64(1) << places).sum(axis=1)


def _joined(low: _Pool, high: _Pool, target: int) -> Ints:
    below, above = _meeting(low.sums, high.sums, target, _MOST_LOOKED_AT)
    apart = low.highest[below] < high.lowest[above]
    return (low.masks[below] | high.masks[above])[apart]
