"""How the columns of a table share the room there is: what must be seen whole keeps its width, the rest gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnRoom:
    """`wanted` where there is room enough, `least` where there is not; the same for what is never cut, like amounts.

    `may_go`: it is left out where even the least widths of all are too much. `floor`: where that does not help either,
    it is cut as far as this; none given, it never is.
    """

    wanted: int
    least: int
    may_go: bool = False
    floor: int | None = None

    @property
    def last_resort(self) -> int:
        return self.least if self.floor is None else self.floor


def fitted(columns: Sequence[ColumnRoom | None], room: int) -> list[int]:
    """A width for each, 0 for what is not shown (None, or left out); together at most `room` where that can be.

    Each gives of what it has above its least, in the same proportion. Room left over is not given to anybody.
    """
    shown = {place: column for place, column in enumerate(columns) if column is not None}
    going = [place for place, column in shown.items() if column.may_go]
    while going and sum(column.least for column in shown.values()) > room:
        del shown[going.pop()]
    is_tight = sum(column.least for column in shown.values()) > room
    ends = {
        place: (column.least, column.last_resort) if is_tight else (column.wanted, column.least)
        for place, column in shown.items()
    }
    slack = sum(high - low for high, low in ends.values())
    short = min(slack, max(0, sum(high for high, _ in ends.values()) - room))
    widths = [0] * len(columns)
    for place, (high, low) in ends.items():
        gives = high - low
        given = -(-short * gives // slack) if slack else 0  # rounded up, so that the sum is within the room
        widths[place] = high - given
        short, slack = short - given, slack - gives
    return widths
