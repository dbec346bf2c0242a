"""A clock that stands where a test puts it, and moves when somebody sleeps by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_OSLO = ZoneInfo("Europe/Oslo")


class SettableClock:
    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        """Where the bank is: in Oslo the next day begins while it is still evening by UTC."""
        return self._now.astimezone(_OSLO).date()

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
