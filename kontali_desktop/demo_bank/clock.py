"""The bank's own clock: real time, unless a test has moved it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_BANK_ZONE = ZoneInfo("Europe/Oslo")


class BankClock:
    """Everything that runs out, and what "today" is, asks here."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def today(self) -> date:
        """The bank's day, in Oslo."""
        return self.now().astimezone(_BANK_ZONE).date()

    def advance(self, by: timedelta) -> None:
        self._ahead += by

    def set(self, now: datetime) -> None:
        self._ahead = now - datetime.now(UTC)

    def reset(self) -> None:
        self._ahead = timedelta(0)
