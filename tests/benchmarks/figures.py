"""A measured figure, its yardstick, and the table that shows both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]
HOLDS, BROKEN, NOT_MEASURED = "holds", "BROKEN", "NOT MEASURED"
_HEADINGS = ("what", "n", "ours", "yardstick", "ratio", "promised", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds, run by run. `yardstick` was measured in turn with `ours`, so that their ratio is taken pair by pair.

    `peak_mb` is the most memory a run took. `not_measured` says why there is nothing to show; that is never counted as
    a promise kept.
    """

    what: str
    ours: tuple[float, ...] = ()
    yardstick: tuple[float, ...] = ()
    yardstick_name: str = ""
    most_seconds: float | None = None
    most_times: float | None = None
    peak_mb: float | None = None
    most_mb: float | None = None
    not_measured: str = ""

    @property
    def ratio(self) -> float | None:
        pairs = list(zip(self.ours, self.yardstick, strict=False))
        return median(mine / other for mine, other in pairs) if pairs else None

    @property
    def verdict(self) -> str:
        if self.not_measured or not self.ours:
            return NOT_MEASURED
        is_quick = self.most_seconds is None or median(self.ours) <= self.most_seconds
        is_near = self.most_times is None or (self.ratio is not None and self.ratio <= self.most_times)
        is_small = self.most_mb is None or (self.peak_mb is not None and self.peak_mb <= self.most_mb)
        return HOLDS if is_quick and is_near and is_small else BROKEN

    @property
    def cells(self) -> tuple[str, ...]:
        promised = [f"≤ {_seconds(self.most_seconds)}"] if self.most_seconds is not None else []
        promised += [f"≤ {self.most_times:g} ×"] if self.most_times is not None else []
        promised += [f"≤ {self.most_mb:.0f} MB"] if self.most_mb is not None else []
        ratio = f"{self.ratio:.2f} ×" if self.ratio is not None else "–"
        other = f"{_seconds(median(self.yardstick))} {self.yardstick_name}" if self.yardstick else "–"
        ours = f"{_seconds(median(self.ours))} ({_spread(self.ours)})" if self.ours else "–"
        ours += f", {self.peak_mb:.0f} MB" if self.peak_mb is not None else ""
        return (self.what, str(len(self.ours)), ours, other, ratio, " and ".join(promised), self.verdict)


def in_turn(runs: int, ours: Measure, yardstick: Measure) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Both sides, one after the other: what slows the machine down slows both. One round first is not counted."""
    ours(), yardstick()
    pairs = [(ours(), yardstick()) for _ in range(runs)]
    return tuple(mine for mine, _ in pairs), tuple(other for _, other in pairs)


def repeated(runs: int, measure: Measure) -> tuple[float, ...]:
    """One run first is not counted."""
    measure()
    return tuple(measure() for _ in range(runs))


def table(figures: Sequence[Figure]) -> str:
    rows = [_HEADINGS, *(figure.cells for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    lines += [f"{NOT_MEASURED}: {figure.what}: {figure.not_measured}" for figure in figures if figure.not_measured]
    return "\n".join(lines)


def _spread(seconds: Sequence[float]) -> str:
    return f"{_seconds(min(seconds))}–{_seconds(max(seconds))}"


def _seconds(seconds: float) -> str:
    return (
        f"{seconds:.2f} s"
        if seconds >= 1
        else f"{seconds * 1000:.1f} ms"
        if seconds < 0.1
        else f"{seconds * 1000:.0f} ms"
    )
