"""What one row of the review list shows, and where on the row it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QRectF

from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.paint import Run

MIDDLE_WIDTH: Final = 96
DATE_WIDTH_WITH_CLIENT: Final = 126
DATE_WIDTH: Final = 62
NARROW: Final = 400  # a side narrower than this gives the client's column less room
DATE_WIDTH_NARROW: Final = 96
SIDE_PADDING: Final = 14
AMOUNT_GAP: Final = 16
TARGET: Final = 25  # a sign that can be clicked
FIRST_LINE: Final = 10
SECOND_LINE: Final = 28
LINE_HEIGHT: Final = 18


class Level(Enum):
    """How sure a proposal is; the pill's colour follows it, its text says it."""

    SURE = auto()
    LIKELY = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class TwoSidedRow:
    """The bank's line and what is proposed for it, all of it text that is ready to be shown."""

    date: str
    counterparty: str
    text: str
    amount: str
    client: str = ""  # empty where one client is chosen
    confidence: str = ""  # "97 %"; empty where nothing is proposed
    level: Level = Level.NONE
    title: tuple[Run, ...] = ()  # the proposal's first line
    detail: str = ""  # its second line
    proposal_amount: str = ""
    can_accept: bool = False  # ✓ and ✕ are shown
    chosen: bool = False  # marked with Space for a common action
    tag: str = ""  # a word instead of the signs, such as "parkert"
    spoken: str = ""  # the whole row as a sentence, for a screen reader


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The rectangles of one row, in the view's coordinates."""

    date: QRectF
    bank: QRectF
    amount_right: float
    middle: QRectF
    proposal: QRectF
    proposal_right: float
    accept: QRectF
    reject: QRectF


def row_layout(row: QRectF, *, with_client: bool, right_margin: float = PAGE_MARGIN) -> RowLayout:
    """Two equal sides with the confidence between them."""
    side = (row.width() - MIDDLE_WIDTH) // 2
    date_width = DATE_WIDTH
    if with_client:
        date_width = DATE_WIDTH_WITH_CLIENT if side >= NARROW else DATE_WIDTH_NARROW
    bank_left = row.left() + PAGE_MARGIN + date_width
    middle = QRectF(row.left() + side, row.top(), MIDDLE_WIDTH, row.height())
    amount_right = middle.left() - AMOUNT_GAP
    proposal_left = middle.right() + SIDE_PADDING
    proposal_right = row.right() - right_margin
    signs_top = row.top() + SECOND_LINE - (TARGET - LINE_HEIGHT) / 2
    return RowLayout(
        date=QRectF(row.left() + PAGE_MARGIN, row.top(), date_width - 10, row.height()),
        bank=QRectF(bank_left, row.top(), amount_right - bank_left, row.height()),
        amount_right=amount_right,
        middle=middle,
        proposal=QRectF(proposal_left, row.top(), proposal_right - proposal_left, row.height()),
        proposal_right=proposal_right,
        accept=QRectF(middle.center().x() - TARGET, signs_top, TARGET, TARGET),
        reject=QRectF(middle.center().x(), signs_top, TARGET, TARGET),
    )
