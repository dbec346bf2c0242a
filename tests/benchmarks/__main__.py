"""The figures the program promises, measured here and now, in one table: `python -m tests.benchmarks [name …]`."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import traceback

from tests.benchmarks.figures import HOLDS, Figure, table

MEASURES = ("start", "storing", "fetching", "headless", "camt", "ehf", "saf_t", "key_press", "fuzzing")


def main(arguments: list[str]) -> int:
    """1 where a promise is broken or could not be measured, which is said below the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument("--inputs", type=int, help="how many damaged files `fuzzing` tries")
    asked = parser.parse_args(arguments)
    names: list[str] = asked.names
    unknown = sorted(set(names) - set(MEASURES))
    if unknown:
        print(f"No such figure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or MEASURES:
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += _measured(name, {"inputs": asked.inputs} if name == "fuzzing" and asked.inputs else {})
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores; medians, with the fastest and slowest run\n")
    print(table(figures))
    return 0 if all(figure.verdict == HOLDS for figure in figures) else 1


def _measured(name: str, sizes: dict[str, int]) -> list[Figure]:
    """What fails is said in the table, so that the other figures are still measured."""
    try:
        found: list[Figure] = importlib.import_module(f"tests.benchmarks.{name}").measure(**sizes)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is why there is no figure
        traceback.print_exc()
        return [Figure(name, not_measured=f"{type(problem).__name__}: {problem}")]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
