"""Every reader of files against damaged ones: no crash, no hang, no half import."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.fuzzing.inputs import SEED
from tests.benchmarks.fuzzing.results import Results
from tests.benchmarks.fuzzing.storing import stored_whole
from tests.benchmarks.fuzzing.workers import MOST_SECONDS, try_all

INPUTS = 200_000
_STORED_OF = 100  # one in so many is imported too, twice
_WORKERS = 2
_SAY_EVERY = 20_000


def measure(inputs: int = INPUTS, kept: Path | None = None) -> list[Figure]:
    """Prints what came of them; files that broke something are kept in `kept`, or beside the temporary files."""
    kept = kept or Path(tempfile.gettempdir(), "kontali-fuzzing")
    results = Results(kept, SEED)
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        folder = Path(name)
        for count, (number, made_from, trial) in enumerate(try_all(inputs, _WORKERS, SEED, folder), 1):
            results.take(number, made_from, trial)
            if count % _SAY_EVERY == 0:
                print(f"  {count:,} of {inputs:,}, {results.broken} broken", file=sys.stderr, flush=True)
        print(f"\n{results.table()}\n")
        broken = f"{results.broken} crashed or hung; kept in {kept}" if results.broken else ""
        slowest = max((seconds for seconds, _ in results.slowest.values()), default=0.0)
        read = Figure(
            f"slowest of {inputs:,} damaged files", (slowest,), most_seconds=MOST_SECONDS, not_measured=broken
        )
        return [read, stored_whole(inputs // _STORED_OF, SEED, folder)]
