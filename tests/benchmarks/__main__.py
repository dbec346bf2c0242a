"""The figures the program promises, measured here and now, in one table: `python -m tests.benchmarks [name …]`."""

from __future__ import annotations

import importlib
import os
import platform
import sys

from tests.benchmarks.figures import BROKEN, Figure, table

MEASURES = ("start", "storing", "fetching", "headless", "key_press")


def main(names: list[str]) -> int:
    """1 where a promise is broken; what could not be measured is said below the table."""
    unknown = sorted(set(names) - set(MEASURES))
    if unknown:
        print(f"No such figure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or MEASURES:
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tests.benchmarks.{name}").measure()
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores; medians, with the fastest and slowest run\n")
    print(table(figures))
    return 1 if any(figure.verdict == BROKEN for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
