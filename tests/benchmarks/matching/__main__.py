"""The engine on made companies it has never seen: `python -m tests.benchmarks.matching [--seeds N] [--kinds]`."""

from __future__ import annotations

import argparse
import math
import time

from kontali_desktop.matching.engine import propose
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import Tally, row, score, table

_FIRST_SEED = 9_000  # the calibration was fitted on lower ones
_THRESHOLD = 0.97


def measure(regime: str, seed: int, size: int, threshold: float) -> Tally:
    made = make(regime, seed, size)
    started = time.perf_counter()
    answers = propose(made.request)
    seconds = time.perf_counter() - started
    tally = score(made, answers, threshold)
    tally.seconds = seconds
    tally.wrong = [(kind, seed, tid) for kind, _, tid in tally.wrong]
    return tally


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--first", type=int, default=_FIRST_SEED)
    asked.add_argument("--size", type=int, default=400)
    asked.add_argument("--regime", choices=sorted(REGIMES), action="append")
    asked.add_argument("--threshold", type=float, default=_THRESHOLD)
    asked.add_argument("--kinds", action="store_true")
    asked.add_argument("--wrong", action="store_true")
    given = asked.parse_args()
    tallies: dict[str, Tally] = {}
    everything = Tally()
    for regime in given.regime or REGIMES:
        tallies[regime] = Tally()
        for seed in range(given.first, given.first + given.seeds):
            tallies[regime].add(measure(regime, seed, given.size, given.threshold))
        everything.add(tallies[regime])
    print(table([row(name, tally) for name, tally in [*tallies.items(), ("all", everything)]]))
    print(f"\nunknowable (equal amounts, no name, no number): {everything.n['unknowable']}")
    if given.kinds:
        print("\n" + _kinds(tallies))
    if given.wrong:
        print("\n".join(f"{regime} {w}" for regime, t in tallies.items() for w in t.wrong))


def _kinds(tallies: dict[str, Tally]) -> str:
    """Per kind and regime: how many, the share right, the share taken by itself, and how many of those wrongly."""
    kinds = sorted({k for t in tallies.values() for k in t.scenarios})
    cells = []
    for kind in kinds:
        line = [kind]
        for tally in tallies.values():
            total, right, taken, wrong = tally.scenarios.get(kind, [0, 0, 0, 0])
            share = right / total if total else math.nan
            line.append(f"{total:5} {share:.3f} {taken / total:.2f} {wrong}" if total else "–")
        cells.append(line)
    return table(cells, ("kind", *tallies))


if __name__ == "__main__":
    main()
