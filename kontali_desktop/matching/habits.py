"""How a counterparty usually pays, as what it adds to the weights of signs that are seldom or common with others."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kontali_desktop.matching.learnt import Habit

_MOST_SHIFT = 60
_USUAL = {"rounded": 0.012, "with_fee": 0.012, "in_sums": 0.03}  # shares of all payments
_TAKES = 10  # so many payments until what this one does counts as much as what all do
_MOST, _LEAST = 2.5, -1.0


@dataclass(frozen=True, slots=True)
class UsualWays:
    """`days_late` after the due date; the rest are logarithms of how much commoner it is here than elsewhere."""

    days_late: int = 0
    rounded: float = 0.0
    with_fee: float = 0.0
    in_sums: float = 0.0


NO_HABIT = UsualWays()


def usual_ways(habit: Habit) -> UsualWays:
    return UsualWays(
        max(-_MOST_SHIFT, min(_MOST_SHIFT, habit.days_late or 0)),
        _more(habit.rounded, habit.payments, "rounded"),
        _more(habit.with_fee, habit.payments, "with_fee"),
        _more(habit.in_sums, habit.payments, "in_sums"),
    )


def _more(often: int, payments: int, what: str) -> float:
    share = (often + _TAKES * _USUAL[what]) / (payments + _TAKES)
    return round(max(_LEAST, min(_MOST, math.log(share / _USUAL[what]))), 4)
