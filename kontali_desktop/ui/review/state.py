"""What the review says of itself to its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class ListState(Enum):
    """What stands where the list is."""

    LOADING = auto()
    UNTOUCHED = auto()  # no transaction has come yet
    DONE = auto()
    NOTHING_FOUND = auto()
    ROWS = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """What the strip under the list says; `is_undo`: something was taken back; not `is_done`: nothing was done."""

    text: str
    is_undo: bool = False
    can_undo: bool = True
    is_done: bool = True
