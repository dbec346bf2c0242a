"""What a provider of cards or wallets keeps: a share of the sum, perhaps a fixed fee a payment, always the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.index import Entry

LEAST_RATE, MOST_RATE = 0.002, 0.06
FIXED_FEES = (0, 50, 100, 150, 180, 200, 250, 300)  # øre a payment
_STEP = 10_000  # rates are quoted in hundredths of a percent
_ROUNDING = 0.6  # øre, for each payment if each is rounded by itself
_MOST_TERMS = 3
_LEAST_VOTES = 2.0
_PLAUSIBLE = MOST_RATE - LEAST_RATE
_LEAST_FOR_VOTE = 1.0
_NO_FIXED_MORE = 0.5  # most providers ask none
_AT_ONCE = 200  # payouts, so that their columns stay near the processor
_FIXED = np.array(FIXED_FEES, dtype=np.int64)

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Columns = tuple[Ints, Ints, Ints, Ints]  # of runs: sum, fee, how many payments, and how many of them the text names


@dataclass(frozen=True, slots=True)
class Terms:
    """`rate` in hundredths of a percent, `fixed` in øre a payment."""

    rate: int
    fixed: int

    def fit(self, total: Ints, fee: Ints, count: Ints) -> Flags:
        """For each run, whether its fee is by these terms."""
        return np.abs(fee - total * self.rate / _STEP - self.fixed * count) <= tolerance(count)


@dataclass(frozen=True, slots=True)
class Run:
    """Invoices whose sum less a fee is the payout; `gaps` free ones between are left out, `named` stand in the text."""

    entries: tuple[Entry, ...]
    total: int
    fee: int
    gaps: int = 0
    named: int = 0

    @property
    def rate(self) -> float:
        return self.fee / self.total

    @property
    def places(self) -> frozenset[int]:
        return frozenset(e.place for e in self.entries)


def tolerance(count: Ints) -> Floats:
    """What rounding to øre may hide, each payment by itself or all at once."""
    return np.multiply(count + 1, _ROUNDING, dtype=np.float64)


def is_plausible(total: int, amount: int, count: int) -> bool:
    """Whether a provider may have kept the rest."""
    fee = total - amount
    return total > amount and LEAST_RATE * total <= fee <= MOST_RATE * total + FIXED_FEES[-1] * count


def surprise(total: Ints, count: Ints) -> Floats:
    """How seldom a sum that is not this payout's would fit terms known beforehand, as a negative logarithm."""
    return np.maximum(0.0, -np.log(np.minimum(1.0, 2 * tolerance(count) / (_PLAUSIBLE * total))))


def usual_terms(
    ballots: Mapping[TransactionId, Mapping[Terms, float]], names: Mapping[TransactionId, str]
) -> dict[str, tuple[tuple[Terms, float], ...]]:
    """For each provider the terms most of its payouts agree on, with how strongly, best first."""
    votes: dict[str, dict[Terms, float]] = defaultdict(lambda: defaultdict(float))
    for tid in sorted(ballots):
        for terms, weight in ballots[tid].items():
            votes[names[tid]][terms] += weight
    found = {}
    for name, theirs_too in votes.items():
        ranked = sorted(theirs_too.items(), key=lambda v: (-v[1], v[0].fixed, v[0].rate))
        found[name] = tuple(v for v in ranked[:_MOST_TERMS] if v[1] >= _LEAST_VOTES)
    return found


def ballots(voters: Sequence[Columns]) -> list[dict[Terms, float]]:
    """Each payout's vote: terms that some unbroken run fits, weighed by how seldom that happens by chance.

    The columns are of its unbroken runs.
    """
    found: list[dict[Terms, float]] = []
    for first in range(0, len(voters), _AT_ONCE):
        found += _ballots(voters[first : first + _AT_ONCE])
    return found


def _ballots(voters: Sequence[Columns]) -> list[dict[Terms, float]]:
    total, fee, count, named = (np.concatenate([v[n] for v in voters]) for n in range(4))
    sizes = [len(v[0]) for v in voters]
    tries = np.repeat(np.array(sizes, dtype=np.int64), sizes) * 2
    voter = np.repeat(np.arange(len(voters)), sizes)
    fixed = _FIXED[:, None]
    rates = np.rint((fee - fixed * count) * _STEP / total)
    slack = tolerance(count)
    fits = np.abs(fee - total * rates / _STEP - fixed * count) <= slack
    fits &= (rates >= LEAST_RATE * _STEP) & (rates <= MOST_RATE * _STEP)
    weights = -np.log(np.minimum(1.0, tries * slack * _STEP / total)) + (named > 0)
    rows, columns = np.nonzero(fits)
    found: list[dict[Terms, float]] = [{} for _ in voters]
    mine = weights[columns] + np.where(rows == 0, _NO_FIXED_MORE, 0.0)
    votes = zip(voter[columns].tolist(), rates[rows, columns].tolist(), rows.tolist(), mine.tolist(), strict=True)
    for n, rate, row, weight in votes:
        terms = Terms(int(rate), FIXED_FEES[row])
        if weight > found[n].get(terms, _LEAST_FOR_VOTE):
            found[n][terms] = weight
    return found
