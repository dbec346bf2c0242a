"""Cyclic garbage is collected on the window's thread alone.

Python runs its collector in whatever thread allocates. A Qt object that dies in a worker's thread takes its timers
and its children with it there, which Qt answers with a warning at best.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 2_000


class GarbageCollector(QObject):
    """Replaces Python's own timing from `start` to `stop`; each generation by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(collect_what_is_due)

    def start(self) -> None:
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()


def collect_what_is_due() -> None:
    """The oldest generation whose threshold is reached, as Python would."""
    for generation, (count, threshold) in reversed(
        list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
    ):
        if threshold and count > threshold:
            gc.collect(generation)
            return
