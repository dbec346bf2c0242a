"""A clock that stands where a test puts it, and moves when somebody sleeps by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


class SettableClock:
    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
