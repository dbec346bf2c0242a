"""The desktop's own quit (Cmd+Q, log-out) becomes a question, and the program closes in its own order."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QTimer
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.runtime.crash import CrashReporter
from kontali_desktop.runtime.closing import Phase
from kontali_desktop.runtime.loop import Lifetime

app = make_application()
life = Lifetime(app, CrashReporter(str, app))
app.quit_asked.connect(life.quit)

async def close():
    print("closed in order", flush=True)

async def start():
    life.closing.add(Phase.STORAGE, "storage", close)
    QTimer.singleShot(0, app.quit)

life.run(start)
print("after", flush=True)
"""


def test_quit_by_the_desktop_closes_in_order() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout.splitlines(), ended.stderr) == (0, ["closed in order", "after"], "")
