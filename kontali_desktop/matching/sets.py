"""Exact search for sets of amounts that make a sum, by meeting in the middle: bounded, and every solution counted.

Equal amounts of one counterparty make no difference, so solutions are counted by how many of each amount they take;
of equal amounts the first ones are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

MOST_EXHAUSTED = 26  # two halves of 2^13 sums each: about two milliseconds
MOST_ITEMS = 60
_MOST_KEPT = 10
_MOST_SIZE = 6  # of more than MOST_EXHAUSTED amounts: sets of at most six, or all but at most three
_MOST_LEFT_OUT = 3
_MOST_SOLUTIONS = 2_000
_MOST_LOOKED_AT = 20_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """`sets` holds the first few solutions as sorted positions; `count` is how many there are in all.

    `is_complete` is false where the search was bounded and there may be more.
    """

    sets: tuple[tuple[int, ...], ...]
    count: int
    is_complete: bool = True


def find_sets(amounts: Sequence[int], target: int, least: int = 2) -> Sums:
    """Sets of at least `least` of the first MOST_ITEMS amounts that make `target`, smaller sets first."""
    values = list(amounts[:MOST_ITEMS])
    if len(values) < least or not target:
        return Sums((), 0)
    is_small = len(values) <= MOST_EXHAUSTED
    masks = _all_masks(values, target) if is_small else _bounded_masks(values, target)
    found = {_first_of_equals(values, mask) for mask in masks if mask.bit_count() >= least}
    sets = sorted(found, key=lambda s: (len(s), s))
    is_complete = is_small and len(masks) < _MOST_SOLUTIONS
    return Sums(tuple(sets[:_MOST_KEPT]), len(sets), is_complete)


def every_set(amounts: Sequence[int], target: int, most: int) -> list[tuple[int, ...]]:
    """Each set of positions among the first MOST_EXHAUSTED that makes `target`, equal amounts told apart.

    Not many more than `most` of them.
    """
    values = list(amounts[:MOST_EXHAUSTED])
    if not values or not target:
        return []
    return [tuple(n for n in range(len(values)) if mask >> n & 1) for mask in _all_masks(values, target, most)]


def _first_of_equals(values: Sequence[int], mask: int) -> tuple[int, ...]:
    """The same amounts, taken from the front."""
    wanted: dict[int, int] = {}
    for place, value in enumerate(values):
        if mask >> place & 1:
            wanted[value] = wanted.get(value, 0) + 1
    chosen = []
    for place, value in enumerate(values):
        if wanted.get(value, 0) > 0:
            wanted[value] -= 1
            chosen.append(place)
    return tuple(chosen)


def _all_masks(values: Sequence[int], target: int, most: int = _MOST_SOLUTIONS) -> list[int]:
    half = len(values) // 2
    left, right = _sums(values[:half]), _sums(values[half:])
    order = np.argsort(left, kind="stable")
    in_order = left[order]
    first = np.searchsorted(in_order, target - right, "left")
    last = np.searchsorted(in_order, target - right, "right")
    found: list[int] = []
    for other in np.nonzero(last > first)[0]:
        found += [int(order[n]) | int(other) << half for n in range(first[other], last[other])]
        if len(found) >= most:
            break
    return found


def _sums(values: Sequence[int]) -> Ints:
    """The sum of every subset, at the place its bits make."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def _bounded_masks(values: Sequence[int], target: int) -> list[int]:
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
        masks = [_spread(m, kept) for m in _all_masks(few, target)]
    else:
        masks = [_spread(m, kept) for m in _small_masks(few, target, _MOST_SIZE)]
    masks += [everything & ~_spread(m, kept) for m in _small_masks(few, sum(values) - target, _MOST_LEFT_OUT)]
    total = [0]
    for value in values:
        total.append(total[-1] + value)
    for first in range(len(values)):
        masks += [
            (1 << last) - (1 << first)
            for last in range(first + 1, len(values) + 1)
            if total[last] - total[first] == target
        ]
    return list(dict.fromkeys(masks))


def _spread(mask: int, kept: Sequence[int]) -> int:
    """A mask over the kept places as one over all."""
    return sum(1 << place for n, place in enumerate(kept) if mask >> n & 1)


def _small_masks(values: Sequence[int], target: int, most: int) -> list[int]:
    """Sets of one to `most`: two disjoint ones of half the size, the lower places in one, the higher in the other."""
    found: list[int] = []
    pools = {size: _of_size(values, size) for size in range(1, (most + 1) // 2 + 1)}
    for size in range(1, most + 1):
        lower, upper = size // 2, size - size // 2
        if lower == 0:
            found += [1 << n for n, value in enumerate(values) if value == target]
            continue
        found += _joined(pools[lower], pools[upper], target)
        if len(found) >= _MOST_SOLUTIONS:
            return found[:_MOST_SOLUTIONS]
    return found


def _of_size(values: Sequence[int], size: int) -> tuple[Ints, Ints]:
    places = _places(len(values), size)
    sums = np.asarray(values, dtype=np.int64)[places].sum(axis=1)
    order = np.argsort(sums, kind="stable")
    return sums[order], places[order]


@lru_cache(maxsize=64)
def _places(count: int, size: int) -> Ints:
    return np.array(list(combinations(range(count), size)), dtype=np.int64).reshape(-1, size)


def _joined(low: tuple[Ints, Ints], high: tuple[Ints, Ints], target: int) -> list[int]:
    first = np.searchsorted(low[0], target - high[0], "left")
    last = np.searchsorted(low[0], target - high[0], "right")
    found: list[int] = []
    looked_at = 0
    for other in np.nonzero(last > first)[0]:
        looked_at += int(last[other] - first[other])
        above, upper = int(high[1][other][0]), _mask(high[1][other])
        below = (low[1][n] for n in range(first[other], last[other]))
        found += [_mask(places) | upper for places in below if int(places[-1]) < above]
        if len(found) >= _MOST_SOLUTIONS or looked_at >= _MOST_LOOKED_AT:
            break
    return found


def _mask(places: Ints) -> int:
    return sum(1 << int(n) for n in places)
