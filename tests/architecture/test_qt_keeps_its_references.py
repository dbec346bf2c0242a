import subprocess
import sys

# PySide6 6.12.0 on Python 3.11 drops a reference to None at each timerEvent and to True at each emit, until the
# interpreter aborts. In a subprocess, because it takes the whole process with it.
EVENTS = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimerEvent, Signal

class Counter(QObject):
    counted = Signal(bool)

    def __init__(self):
        super().__init__()
        self.left = 5000
        self.startTimer(0)

    def timerEvent(self, event: QTimerEvent) -> None:
        for _ in range(20):
            self.counted.emit(True)
        self.left -= 1
        if self.left == 0:
            QCoreApplication.quit()

app = QCoreApplication([])
counter = Counter()
none, true = sys.getrefcount(None), sys.getrefcount(True)
app.exec()
# From Python 3.12 on both are immortal and their counts stand still.
print('LOST', max(none - sys.getrefcount(None), true - sys.getrefcount(True)))
"""


def test_events_and_signals_lose_no_references() -> None:
    done = subprocess.run([sys.executable, "-c", EVENTS], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) < 100
