"""The n-th damaged file of a seed: always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.benchmarks.fuzzing.mutations import PLAIN, bounded, splice
from tests.benchmarks.fuzzing.seeds import seeds
from tests.benchmarks.fuzzing.structures import BY_FORMAT

SEED = "fuzzing/1"


@dataclass(frozen=True, slots=True)
class FuzzInput:
    """`format` is that of the file it was made from, whatever it has become."""

    number: int
    format: str
    data: bytes


class Inputs:
    """Makes damaged files; the formats take turns, so that each gets its share whatever the count."""

    def __init__(self, seed: str = SEED, files: Mapping[str, tuple[bytes, ...]] | None = None) -> None:
        self._seed = seed
        self._files = files or seeds()
        self._formats = tuple(self._files)

    def make(self, number: int) -> FuzzInput:
        rng = Random(f"{self._seed}/{number}")
        name = self._formats[number % len(self._formats)]
        data = rng.choice(self._files[name])
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            data = bounded(self._damaged(rng, name, data))
        return FuzzInput(number, name, data)

    def _damaged(self, rng: Random, name: str, data: bytes) -> bytes:
        if rng.random() < 0.04:
            other = self._files[rng.choice(self._formats)]
            return splice(rng, data, rng.choice(other))
        return rng.choice(PLAIN + BY_FORMAT[name])(rng, data)
