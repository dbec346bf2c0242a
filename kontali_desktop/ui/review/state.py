"""What the review says of itself to its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.wording.wording import Wording


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


class ReviewSignals(QObject):
    """What the review tells its page and the window."""

    changed = Signal()  # counts, position, state
    current_changed = Signal(int)
    row_left = Signal(int)  # a decided row goes; the next is the current one
    said = Signal(object)
    notice = Signal(object)
    data_changed = Signal()
    wants_connect = Signal(object)
    wants_import = Signal()


def about(wording: Wording, key: str, item: QueueItem) -> str:
    """What was done with an item, by whom it is and its amount."""
    reported = item.transaction.reported
    name = reported.counterparty or reported.text
    return wording.text(key, name=name, amount=wording.amount(reported.amount, reported.currency))
