"""The order of closing: what asks for work stops before what does it, what stores goes last."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from enum import IntEnum

log = logging.getLogger(__name__)

Closer = Callable[[], Awaitable[None]]


class Phase(IntEnum):
    """The phases, in their order."""

    TIMERS = 1
    TASKS = 2
    CONNECTIONS = 3  # HTTP clients, child processes
    STORAGE = 4


class Closing:
    """Remembers what was opened; within a phase the last opened is closed first."""

    def __init__(self) -> None:
        self._closers: list[tuple[Phase, str, Closer]] = []

    def add(self, phase: Phase, name: str, closer: Closer) -> None:
        self._closers.append((phase, name, closer))

    async def close(self) -> None:
        """Close everything; what fails is logged, and the rest is closed all the same."""
        closers, self._closers = self._closers, []
        closers.reverse()
        for _phase, name, closer in sorted(closers, key=lambda entry: entry[0]):
            try:
                await closer()
            except Exception:
                log.exception("could not close %s", name)
