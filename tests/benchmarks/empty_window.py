"""An empty main window of PySide6: says when it is painted, and ends."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.painted import when_painted


def main() -> int:
    app = QApplication(sys.argv)
    window = QMainWindow()
    when_painted(window, lambda: (print("painted", flush=True), QTimer.singleShot(0, app.quit)))
    window.resize(1280, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
