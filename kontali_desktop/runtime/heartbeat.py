"""A timer that wakes each minute and asks whether something is due."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

MINUTE_MS = 60_000


class Heartbeat(QObject):
    """`is_due` decides by the wall clock alone, so sleep and resume need no special case."""

    def __init__(
        self,
        is_due: Callable[[], bool],
        act: Callable[[], None],
        *,
        interval_ms: int = MINUTE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_due = is_due
        self._act = act
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        """Ask now, for what was missed while the program was not running, and from then on each minute."""
        self._timer.start()
        self.ask()

    def ask(self) -> None:
        if self._is_due():
            self._act()

    async def stop(self) -> None:
        self._timer.stop()
