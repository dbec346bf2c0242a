"""What a provider of cards or wallets keeps: a share of the sum, perhaps a fixed fee a payment, always the same."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Terms:
    """`rate` in hundredths of a percent, `fixed` in øre a payment."""

    rate: int
    fixed: int

    def fits(self, run: Run) -> bool:
        count = len(run.entries)
        return abs(run.fee - run.total * self.rate / _STEP - self.fixed * count) <= _ROUNDING * (count + 1)


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


def tolerance(count: int) -> float:
    """What rounding to øre may hide, each payment by itself or all at once."""
    return _ROUNDING * (count + 1)


def is_plausible(total: int, amount: int, count: int) -> bool:
    """Whether a provider may have kept the rest."""
    fee = total - amount
    return total > amount and LEAST_RATE * total <= fee <= MOST_RATE * total + FIXED_FEES[-1] * count


def surprise(run: Run) -> float:
    """How seldom a sum that is not this payout's would fit terms known beforehand, as a negative logarithm."""
    return max(0.0, -math.log(min(1.0, 2 * tolerance(len(run.entries)) / (_PLAUSIBLE * run.total))))


def usual_terms(
    runs: Mapping[TransactionId, Sequence[Run]], names: Mapping[TransactionId, str]
) -> dict[str, tuple[tuple[Terms, float], ...]]:
    """For each provider the terms most of its payouts agree on, with how strongly, best first."""
    votes: dict[str, dict[Terms, float]] = defaultdict(lambda: defaultdict(float))
    for tid, theirs in runs.items():
        for terms, weight in _ballot(theirs).items():
            votes[names[tid]][terms] += weight
    found = {}
    for name, theirs_too in votes.items():
        ranked = sorted(theirs_too.items(), key=lambda v: (-v[1], v[0].fixed, v[0].rate))
        found[name] = tuple(v for v in ranked[:_MOST_TERMS] if v[1] >= _LEAST_VOTES)
    return found


def _ballot(runs: Iterable[Run]) -> dict[Terms, float]:
    """One payout's vote: terms that some run of it fits, weighed by how seldom that happens by chance."""
    found: dict[Terms, float] = {}
    fitting = [r for r in runs if r.gaps == 0]
    for run in fitting:
        count = len(run.entries)
        for fixed in FIXED_FEES:
            rate = round((run.fee - fixed * count) * _STEP / run.total)
            terms = Terms(rate, fixed)
            if not LEAST_RATE * _STEP <= rate <= MOST_RATE * _STEP or not terms.fits(run):
                continue
            chance = min(1.0, len(fitting) * 2 * tolerance(count) * _STEP / run.total)
            weight = -math.log(chance) + (1.0 if run.named else 0.0) + (0.5 if not fixed else 0.0)
            found[terms] = max(found.get(terms, 0.0), weight)
    return {t: w for t, w in found.items() if w > _LEAST_FOR_VOTE}
