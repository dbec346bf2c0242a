"""Waiting until a window stands painted before the work that would hold it up begins."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PATIENCE = 2.0  # a window that is minimised or hidden is never painted


class _Paint(QObject):
    def __init__(self, painted: asyncio.Event) -> None:
        super().__init__()
        self._painted = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted.set)  # the paint itself comes after this filter
        return super().eventFilter(watched, event)


async def first_paint(window: QWidget) -> None:
    """Return when the window was painted, or when it was not for a while."""
    painted = asyncio.Event()
    watcher = _Paint(painted)
    window.installEventFilter(watcher)
    window.update()
    try:
        async with asyncio.timeout(PATIENCE):
            await painted.wait()
    except TimeoutError:
        pass
    finally:
        window.removeEventFilter(watcher)
