"""How the columns of a table share the room there is: what must be seen whole keeps its width, the rest gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnRoom:
    """`wanted` where there is room enough, `least` where there is not; the same for what is never cut, like amounts.

    `may_go`: it is left out where even the least widths of all are too much.
    """

    wanted: int
    least: int
    may_go: bool = False


def fitted(columns: Sequence[ColumnRoom | None], room: int) -> list[int]:
    """A width for each, 0 for what is not shown (None, or left out); together at most `room` where that can be.

    Each gives of what it has above its least, in the same proportion. Room left over is not given to anybody.
    """
    shown = {place: column for place, column in enumerate(columns) if column is not None}
    going = [place for place, column in shown.items() if column.may_go]
    while going and sum(column.least for column in shown.values()) > room:
        del shown[going.pop()]
    slack = sum(column.wanted - column.least for column in shown.values())
    short = min(slack, max(0, sum(column.wanted for column in shown.values()) - room))
    widths = [0] * len(columns)
    for place, column in shown.items():
        gives = column.wanted - column.least
        given = -(-short * gives // slack) if slack else 0  # rounded up, so that the sum is within the room
        widths[place] = column.wanted - given
        short, slack = short - given, slack - gives
    return widths
