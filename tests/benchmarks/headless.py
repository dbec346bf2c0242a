"""`import` and `queue --json` over a year's books, each as a whole process from start to exit."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.children import environment
from tests.benchmarks.figures import Figure
from tests.benchmarks.material import company, write_books

DOCUMENTS, LINES = 1_000, 5_000
_RUNS = 5


def measure() -> list[Figure]:
    what = f"{DOCUMENTS:,} EHF documents and {LINES:,} bank lines"
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        folder = Path(name)
        write_books(folder / "files", DOCUMENTS, LINES)
        importing = tuple(_import(folder / f"data-{run}", folder / "files") for run in range(_RUNS + 1))[1:]
        data_dir = folder / "data-0"
        matched, _ = run(data_dir, "match")
        assert matched["transactions"] == LINES
        assert matched["proposed"] + matched["auto_accepted"] >= DOCUMENTS // 2
        listing = tuple(_queue(data_dir) for _ in range(_RUNS + 1))[1:]
    return [
        Figure(f"import of {what}", importing, most_seconds=3.0),
        Figure("queue --json --status all of the same", listing, most_seconds=1.5),
    ]


def _import(data_dir: Path, files: Path) -> float:
    """Into a new program each time; the client is there, as it must be before anything can be imported."""
    run(data_dir, "client", "add", "--name", company().name, "--orgnr", company().organisation_number)
    report, seconds = run(data_dir, "import", str(files))
    assert sum(file["added"] for file in report["files"]) == DOCUMENTS + LINES
    return seconds


def _queue(data_dir: Path) -> float:
    queue, seconds = run(data_dir, "queue", "--status", "all")
    assert len(queue["items"]) == LINES
    return seconds


def run(data_dir: Path, *arguments: str) -> tuple[Any, float]:
    command = [sys.executable, "-m", "kontali_desktop", "--data-dir", str(data_dir), "--json", *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env=environment(), check=True)
    return json.loads(done.stdout), time.perf_counter() - started
