"""From process start to a usable window, beside an empty PySide6 window."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.children import environment
from tests.benchmarks.figures import Figure, in_turn
from tests.benchmarks.headless import run
from tests.benchmarks.material import company, write_books

DOCUMENTS, LINES = 300, 400  # as much as the demo bank's company has
_RUNS = 7


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        data_dir, files = Path(name) / "data", Path(name) / "files"
        write_books(files, DOCUMENTS, LINES)
        run(data_dir, "client", "add", "--name", company().name, "--orgnr", company().organisation_number)
        run(data_dir, "import", str(files))
        run(data_dir, "match")
        shown: list[float] = []
        ours, empty = in_turn(_RUNS, lambda: _program(data_dir, shown), _empty_window)
    return [
        Figure("start to window painted, taking input", ours, empty, "empty QMainWindow", 1.5, 2.5),
        # The lines come a moment after the window takes input: bound in seconds alone, the ratio shown all the same.
        Figure(f"start to its {LINES} bank lines shown", tuple(shown[1:]), empty, "empty QMainWindow", 1.5),
    ]


def _program(data_dir: Path, shown: list[float]) -> float:
    painted, with_data = _seconds_until(("painted", "shown"), "program_window", str(data_dir))
    shown.append(with_data)
    return painted


def _empty_window() -> float:
    return _seconds_until(("painted",), "empty_window")[0]


def _seconds_until(words: Sequence[str], name: str, *arguments: str) -> list[float]:
    """From just before the process starts until it says each word."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    variables = environment(QT_QPA_PLATFORM="offscreen")
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables) as child:
        assert child.stdout is not None
        said = [(child.stdout.readline().strip(), time.perf_counter() - started) for _ in words]
        _, errors = child.communicate(timeout=60)
    assert [word for word, _ in said] == list(words), errors
    assert child.returncode == 0, errors
    return [seconds for _, seconds in said]
