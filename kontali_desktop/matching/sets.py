"""Exact search for sets of amounts that make a sum, by meeting in the middle: bounded, and every solution counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

MOST_ITEMS = 20  # two halves of 2^10 sums each: about a millisecond
_MOST_KEPT = 10


@dataclass(frozen=True, slots=True)
class Sums:
    """`sets` holds the first few solutions as sorted positions; `count` is how many there are in all."""

    sets: tuple[tuple[int, ...], ...]
    count: int


def find_sets(amounts: Sequence[int], target: int, least: int = 2) -> Sums:
    """Every set of at least `least` of the first MOST_ITEMS amounts that makes `target`, smaller sets first."""
    values = list(amounts[:MOST_ITEMS])
    half = len(values) // 2
    left, right = _sums(values[:half]), _sums(values[half:])
    by_sum: dict[int, list[int]] = defaultdict(list)
    for mask, total in enumerate(left):
        by_sum[total].append(mask)
    found = [
        mask | other << half
        for other, total in enumerate(right)
        for mask in by_sum.get(target - total, ())
        if mask.bit_count() + other.bit_count() >= least
    ]
    sets = sorted((tuple(n for n in range(len(values)) if mask >> n & 1) for mask in found), key=lambda s: (len(s), s))
    return Sums(tuple(sets[:_MOST_KEPT]), len(sets))


def _sums(values: list[int]) -> list[int]:
    sums = [0]
    for value in values:
        sums += [s + value for s in sums]
    return sums
