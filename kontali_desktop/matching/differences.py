"""What explains that a payment is a little more or less than its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.matches import DifferenceReason
from kontali_desktop.matching.evidence import unit

_FEE_LEAST, _FEE_MOST = 20, 75
_REMINDER = 35  # inkassoforskriften: the fee for a reminder, doubled for the notice of debt collection
_MOST_REMINDERS = 4
_YEARLY_INTEREST = 0.14  # a little above the statutory late interest of the last years
_DAYS = 365
_DISCOUNTS = (1, 2, 3, 5)
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Explained:
    """`weight` is what the difference takes from, or leaves of, an exact amount's evidence."""

    reason: DifferenceReason
    weight: float


def explain(paid: int, owed: int, currency: str, booked: date | None, due: date | None) -> Explained | None:
    """Of `paid` and `owed`, both positive minor units: why they differ, or None where nothing known does."""
    more = paid - owed
    one = unit(currency)
    if more == 0 or owed <= 0:
        return None
    if abs(more) <= one:
        return Explained(DifferenceReason.ROUNDING, 1.5)
    if more < 0:
        return _less(-more, owed, one)
    return _more(more, owed, one, (booked - due).days if booked and due else 0)


def _less(missing: int, owed: int, one: int) -> Explained | None:
    if _FEE_LEAST * one <= missing <= _FEE_MOST * one and missing * 4 <= owed:
        return Explained(DifferenceReason.FEE, 1.0 if missing % (5 * one) == 0 else 0.2)
    for percent in _DISCOUNTS:
        if abs(missing * _PERCENT - owed * percent) <= _PERCENT:
            return Explained(DifferenceReason.DISCOUNT, 0.5)
    return None


def _more(extra: int, owed: int, one: int, days_late: int) -> Explained | None:
    fees = extra // (_REMINDER * one)
    rest = extra - fees * _REMINDER * one
    if rest == 0 and 1 <= fees <= _MOST_REMINDERS and days_late >= 0:
        return Explained(DifferenceReason.REMINDER, 1.5)
    interest = int(owed * _YEARLY_INTEREST * max(days_late, 0) / _DAYS) + 1
    if days_late > 0 and extra <= interest:
        return Explained(DifferenceReason.INTEREST, 0.7)
    for count in range(min(fees, _MOST_REMINDERS), 0, -1):
        if days_late > 0 and extra - count * _REMINDER * one <= interest:
            return Explained(DifferenceReason.REMINDER, 0.5)
    return None
