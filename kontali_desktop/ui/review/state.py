"""What the review says of itself to its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError, PeriodClosed
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
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
    """What the strip under the list says, and `more` of it in a quiet tone.

    `is_undo`: something was taken back; `can_undo`: this can be; not `is_done`: nothing was done.
    """

    text: str
    more: str = ""
    is_undo: bool = False
    can_undo: bool = False
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

    def say_nothing_proposed(self, wording: Wording, item: QueueItem | None) -> None:
        if item is not None:
            self.said.emit(Said(wording.text("review.said.nothing_proposed"), is_done=False))

    def say_nothing_own(self, wording: Wording) -> None:
        text = wording.text
        self.said.emit(Said(text("review.said.nothing_own"), text("review.said.automatic_how"), is_done=False))

    def say_refused(self, wording: Wording, error: KontaliError) -> None:
        """In the strip, which may still say that it was done; a closed period is said there alone."""
        said = wording.error(error)
        is_whole = isinstance(error, PeriodClosed)
        self.said.emit(Said(said.message, said.text if is_whole else "", is_done=False))
        if not is_whole:
            self.tell(wording, error)

    def tell(self, wording: Wording, error: KontaliError) -> None:
        text = wording.error(error)
        self.notice.emit(NoticeData(Severity.WARNING, text.message, text.text))


def about(wording: Wording, key: str, item: QueueItem) -> str:
    """What was done with an item, by whom it is and its amount."""
    reported = item.transaction.reported
    name = reported.counterparty or reported.text
    return wording.text(key, name=name, amount=wording.amount(reported.amount, reported.currency))
