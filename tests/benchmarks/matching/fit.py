"""Fits the calibration on made companies: `python -m tests.benchmarks.matching.fit > …/calibration_table.py`."""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.matching.calibration import Calibration, kind_of
from kontali_desktop.matching.engine import propose
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import is_same

_SIZES = (150, 400, 1_000)
_LEAST_SEEN = 30
_RIDGE = 1.5
_STEPS = 30
_SMALLEST = 1e-4
_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_IMAGINED = 4.0
_LEAST_SLOPE = 0.1
_MOST = 0.9999

Sample = tuple[float, bool]


def samples(seeds: Sequence[int], sizes: Sequence[int]) -> Iterator[tuple[str, float, bool]]:
    """(kind of evidence, uncalibrated confidence, whether right) of every first proposal that is not ambiguous."""
    for seed in seeds:
        for regime in REGIMES:
            made = make(regime, seed, sizes[seed % len(sizes)])
            items = {i.id: i for i in made.request.open_items}
            for answer in propose(made.request, Calibration()):
                best = answer.proposals[0] if answer.proposals else None
                if best and best.kind is ProposalKind.DOCUMENTS and best.combinations == 1:
                    truth = made.truth[answer.transaction_id]
                    right = bool(truth.amounts) and is_same(truth, best, items)
                    yield kind_of(best.evidence), best.confidence, right


def fitted(seen: Sequence[Sample]) -> tuple[float, float, float]:
    """Logistic regression on the log odds, drawn towards leaving them as they are; never surer than was seen.

    The made companies are not the world: at every level a few imagined proposals are right just as often as said.
    """
    points = [(_log_odds(p), float(right), 1.0) for p, right in seen]
    points += [(_log_odds(p), p, _IMAGINED) for p in _LEVELS]
    shape = (0.0, 1.0)
    for _ in range(_STEPS):
        step = _newton_step(points, shape)
        scale = 1.0
        while scale > _SMALLEST and _loss(points, _moved(shape, step, scale)) > _loss(points, shape):
            scale /= 2
        shape = _moved(shape, step, scale)
    most = min(_MOST, 1 - 1 / (len(seen) + 2))
    return round(shape[0], 3), round(max(_LEAST_SLOPE, shape[1]), 3), round(most, 4)


def _log_odds(p: float) -> float:
    return math.log(p / (1 - p))


def _chance(shape: tuple[float, float], x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, shape[0] + shape[1] * x))))


def _moved(shape: tuple[float, float], step: tuple[float, float], scale: float) -> tuple[float, float]:
    return shape[0] + step[0] * scale, shape[1] + step[1] * scale


def _loss(points: Sequence[tuple[float, float, float]], shape: tuple[float, float]) -> float:
    loss = _RIDGE * (shape[0] ** 2 + (shape[1] - 1) ** 2) / 2
    for x, right, weight in points:
        p = _chance(shape, x)
        loss -= weight * (right * math.log(p) + (1 - right) * math.log(1 - p))
    return loss


def _newton_step(points: Sequence[tuple[float, float, float]], shape: tuple[float, float]) -> tuple[float, float]:
    a, b = shape
    ga, gb, haa, hab, hbb = -_RIDGE * a, -_RIDGE * (b - 1), _RIDGE, 0.0, _RIDGE
    for x, right, weight in points:
        p = _chance(shape, x)
        ga, gb = ga + weight * (right - p), gb + weight * (right - p) * x
        w = weight * p * (1 - p)
        haa, hab, hbb = haa + w, hab + w * x, hbb + w * x * x
    determinant = haa * hbb - hab * hab
    return (hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=60)
    given = asked.parse_args()
    by_kind: dict[str, list[Sample]] = defaultdict(list)
    for kind, confidence, right in samples(range(1, given.seeds + 1), _SIZES):
        by_kind[kind].append((confidence, right))
    print('"""Fitted by `python -m tests.benchmarks.matching.fit`: (intercept, slope, most) by kind of evidence."""')
    print("\nfrom __future__ import annotations\n\nFITTED: dict[str, tuple[float, float, float]] = {")
    for kind, seen in sorted(by_kind.items()):
        share = sum(r for _, r in seen) / len(seen)
        print(f"{kind:36} n {len(seen):6} right {share:.4f}", file=sys.stderr)
        if len(seen) >= _LEAST_SEEN:
            print(f'    "{kind}": {fitted(seen)},  # {len(seen)} seen')
    print("}")


if __name__ == "__main__":
    main()
