"""Knowing when a window has painted itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PAINTING = (QEvent.Type.Paint, QEvent.Type.UpdateRequest)


class _Watch(QObject):
    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The event is handled right after this, and what is posted comes after it."""
        if event.type() in _PAINTING and watched is self._window:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def when_painted(window: QWidget, then: Callable[[], object]) -> None:
    """Call `then` once, after the window's next painting."""
    _Watch(window, then)
