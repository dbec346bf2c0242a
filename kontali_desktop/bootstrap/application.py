"""The application object: asks before it quits."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """`quit_asked` by the desktop (Cmd+Q, log-out): Qt's own quit would stop the loop in the middle of whatever runs.

    A subclass and not an event filter, for a filter in Python on the application sees every event of every object,
    those that the web engine is just taking down included.
    """

    quit_asked = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit:
            event.ignore()
            self.quit_asked.emit()
            return True
        return super().event(event)


def make_application() -> Application:
    # The web engine, which loads long after, asks for this before there is an application.
    Application.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    # The style by its name: `setStyle` hands out a QStyle, whose many enums take Python 5 ms before the first paint.
    app = Application([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("Kontali Desktop")
    app.setDesktopFileName("kontali-desktop")
    app.setQuitOnLastWindowClosed(False)
    return app
