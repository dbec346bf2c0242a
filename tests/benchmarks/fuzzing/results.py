"""What came of the damaged files, by format, as a table; those that broke something are kept as files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.fuzzing.inputs import Inputs
from tests.benchmarks.fuzzing.trial import Outcome, Trial

_MOST_KEPT = 5  # files of one fault
_HEADINGS = ("made from", "n", *Outcome, "slowest")
BROKEN = (Outcome.CRASHED, Outcome.HUNG)


@dataclass(slots=True)
class Results:
    """Counts by format; `slowest` in seconds of the processor, with the input's number."""

    folder: Path
    seed: str
    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    faults: dict[str, list[int]] = field(default_factory=dict)

    def take(self, number: int, name: str, trial: Trial) -> None:
        self.counts.setdefault(name, Counter())[trial.outcome] += 1
        self.slowest[name] = max(self.slowest.get(name, (0.0, 0)), (trial.seconds, number))
        if trial.outcome in BROKEN:
            numbers = self.faults.setdefault(f"{trial.outcome}: {trial.fault}", [])
            numbers.append(number)
            if len(numbers) <= _MOST_KEPT:
                self._keep(number, name)

    def _keep(self, number: int, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{number}-{name}.bin").write_bytes(Inputs(self.seed).make(number).data)

    @property
    def broken(self) -> int:
        return sum(len(numbers) for numbers in self.faults.values())

    def table(self) -> str:
        rows = [_HEADINGS, *(self._row(name) for name in sorted(self.counts)), self._total()]
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
        for fault, numbers in sorted(self.faults.items(), key=lambda one: -len(one[1])):
            lines.append(f"{len(numbers)} × {fault} – seed {self.seed!r}, inputs {numbers[:_MOST_KEPT]}")
        return "\n".join(lines)

    def _row(self, name: str) -> tuple[str, ...]:
        counts = self.counts[name]
        seconds, number = self.slowest[name]
        shown = f"{seconds * 1000:.0f} ms (input {number})"
        return (name, f"{counts.total():,}", *(f"{counts[outcome]:,}" for outcome in Outcome), shown)

    def _total(self) -> tuple[str, ...]:
        total = sum(self.counts.values(), Counter[Outcome]())
        slowest = max((seconds for seconds, _ in self.slowest.values()), default=0.0)
        return (
            "all",
            f"{total.total():,}",
            *(f"{total[outcome]:,}" for outcome in Outcome),
            f"{slowest * 1000:.0f} ms",
        )
