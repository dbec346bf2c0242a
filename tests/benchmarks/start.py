"""From process start to a usable window, beside an empty PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
        ours, empty = in_turn(_RUNS, lambda: _until_painted("program_window", str(data_dir)), _empty_window)
    what = f"start to usable window, {LINES} bank lines"
    return [Figure(what, ours, empty, "empty QMainWindow", most_seconds=1.5, most_times=2.5)]


def _empty_window() -> float:
    return _until_painted("empty_window")


def _until_painted(name: str, *arguments: str) -> float:
    """From just before the process starts until it says that it has painted."""
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    variables = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        seconds = time.perf_counter() - started
        _, errors = child.communicate(timeout=60)
    assert said.strip() == "painted", errors
    assert child.returncode == 0, errors
    return seconds
