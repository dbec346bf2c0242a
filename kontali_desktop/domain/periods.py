"""Spans of days: any, open at either end where nothing is said, and the one whose books are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kontali_desktop.domain.ids import DecisionId


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to and with `until`."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


ALL_TIME = Period()


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Books that a person closed up to and with `until`; what was decided up to `last_decision` was let stand."""

    until: date
    last_decision: DecisionId

    def __contains__(self, day: date | None) -> bool:
        return day is not None and day <= self.until

    @property
    def first_open_day(self) -> date:
        return self.until + timedelta(days=1)
