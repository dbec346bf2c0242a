"""What Python does on its own account, kept out of the way of whoever types."""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication

SWITCH_SECONDS = 0.0005
NEVER = 1_000_000


class QuietPython(QObject):
    """Threads take turns more often, and full collections wait until the person looks elsewhere.

    A window takes and lets go of the interpreter many times while it handles one key; each time it may wait a whole
    turn of a worker's (5 ms by default). A full collection stops every thread for tenths of a second where a queue of
    thousands of transactions is in memory; those have no cycles and are freed without it.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__()
        self._before = (sys.getswitchinterval(), gc.get_threshold())
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*self._before[1][:2], NEVER)
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)

    def close(self) -> None:
        """Leave Python as it was."""
        sys.setswitchinterval(self._before[0])
        gc.set_threshold(*self._before[1])

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            gc.collect()
