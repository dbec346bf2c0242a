"""The spans that are chosen by a word, and how a span is said."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.wording.wording import Wording


class Quick(StrEnum):
    """OWN is any other, typed."""

    ALL = "all"
    MONTH = "month"
    LAST_MONTH = "last_month"
    OWN = "own"


def period_of(quick: Quick, today: date) -> Period:
    """Whole months; all of OWN, for nothing is typed yet."""
    first = today.replace(day=1)
    if quick is Quick.MONTH:
        return _month(first)
    if quick is Quick.LAST_MONTH:
        return _month((first - timedelta(days=1)).replace(day=1))
    return ALL_TIME


def quick_of(period: Period, today: date) -> Quick:
    return next((q for q in Quick if q is not Quick.OWN and period_of(q, today) == period), Quick.OWN)


def is_backwards(period: Period) -> bool:
    return period.since is not None and period.until is not None and period.until < period.since


def period_words(wording: Wording, period: Period) -> str:
    """01.02.2026–28.02.2026, one day alone, and less where an end is open."""
    if period.since is not None and period.since == period.until:
        return wording.day(period.since)
    facts = {name: wording.day(day) for name, day in (("since", period.since), ("until", period.until)) if day}
    return wording.text(f"export.span.{'_'.join(facts) or 'all'}", **facts)


def _month(first: date) -> Period:
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - timedelta(days=1))
