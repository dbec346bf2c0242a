"""`import` of ten thousand EHF documents as a whole process, from start to exit."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.headless import run
from tests.benchmarks.material import company, write_books

DOCUMENTS = 10_000
_RUNS = 3


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        folder = Path(name)
        write_books(folder / "files", DOCUMENTS, 0)
        importing = tuple(_import(folder / f"data-{turn}", folder / "files") for turn in range(_RUNS))
    return [Figure(f"import of {DOCUMENTS:,} EHF documents", importing, most_seconds=40.0)]


def _import(data_dir: Path, files: Path) -> float:
    run(data_dir, "client", "add", "--name", company().name, "--orgnr", company().organisation_number)
    report, seconds = run(data_dir, "import", str(files))
    assert sum(file["added"] for file in report["files"] if file["format"] == "ehf") == DOCUMENTS
    return seconds
