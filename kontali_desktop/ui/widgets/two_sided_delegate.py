"""Paints one row of the review list: the bank's side, the confidence with its two signs, the proposal."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import SMALL_ICON, TWO_SIDED_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.paint import draw_runs, draw_text, fill_box, focus_ring, text_width
from kontali_desktop.ui.widgets.two_sided_row import (
    AMOUNT_GAP,
    FIRST_LINE,
    LINE_HEIGHT,
    SECOND_LINE,
    Level,
    RowLayout,
    TwoSidedRow,
    row_layout,
)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # a TwoSidedRow
PILL_PADDING = 8.0
PILL_HEIGHT = 18.0
BAR_WIDTH = 3.0
NOTHING = "–"


class TwoSidedDelegate(QStyledItemDelegate):
    """Asks the model for `ROW_ROLE` and paints the row it gets."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = QPointF(-1, -1)  # where the mouse is, in the view's coordinates
        self.gap = (0, 0.0)  # rows from the first one on stand lower by so many pixels, while a gap closes

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del index
        return QSize(option.rect.width(), TWO_SIDED_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, TwoSidedRow):
            return
        state = option.state
        rect = QRectF(option.rect)
        if index.row() >= self.gap[0]:
            rect.translate(0, self.gap[1])
        layout = row_layout(rect, with_client=bool(row.client))
        painter.save()
        self._paint_ground(painter, rect, layout, row, current=bool(state & QStyle.StateFlag.State_Selected))
        self._paint_bank(painter, layout, row)
        self._paint_middle(painter, layout, row)
        self._paint_proposal(painter, layout, row)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            focus_ring(painter, rect.adjusted(0, 0, 0, -1), self._theme.tokens.accent, 0)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, layout: RowLayout, row: TwoSidedRow, *, current: bool
    ) -> None:
        tokens = self._theme.tokens
        ground = tokens.highlight if current else tokens.selected if row.chosen else tokens.surface
        painter.fillRect(rect, ground)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        painter.fillRect(QRectF(layout.middle.left(), rect.top(), 1, rect.height()), tokens.divider)
        painter.fillRect(QRectF(layout.middle.right() - 1, rect.top(), 1, rect.height()), tokens.divider)
        if current:
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR_WIDTH, rect.height() - 1), tokens.accent)
        if row.chosen:
            box = QRectF(rect.left() + 5, rect.top() + (rect.height() - 12) / 2, 12, 12)
            self._theme.paint_icon(painter, box, IconName.CHECK, tokens.accent)

    def _paint_bank(self, painter: QPainter, layout: RowLayout, row: TwoSidedRow) -> None:
        theme, tokens = self._theme, self._theme.tokens
        draw_text(painter, _line(layout.date, FIRST_LINE), row.date, theme.font(figures=True), tokens.text_quiet)
        draw_text(painter, _line(layout.date, SECOND_LINE), row.client, theme.font(Size.SMALL), tokens.text_quiet)
        room = QRectF(layout.bank)
        room.setRight(layout.amount_right - text_width(self._amount_font(), row.amount) - AMOUNT_GAP)
        strong = theme.font(Size.BODY, Weight.STRONG)
        draw_text(painter, _line(room, FIRST_LINE), row.counterparty, strong, tokens.text)
        draw_text(painter, _line(room, SECOND_LINE), row.text, theme.font(), tokens.text_quiet)
        self._paint_amount(painter, layout.bank, row.amount)

    def _paint_amount(self, painter: QPainter, side: QRectF, amount: str) -> None:
        strong = self._amount_font()
        middle = QRectF(side.left(), side.top(), side.width(), TWO_SIDED_HEIGHT - 1)
        draw_text(painter, middle, amount, strong, self._theme.tokens.text, align=Qt.AlignmentFlag.AlignRight)

    def _paint_middle(self, painter: QPainter, layout: RowLayout, row: TwoSidedRow) -> None:
        tokens = self._theme.tokens
        if not row.confidence:
            whole = QRectF(layout.middle).adjusted(2, 0, -2, -1)
            font = self._theme.font(Size.SMALL)
            align = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, whole, row.tag or NOTHING, font, tokens.text_quiet, align=align)
            return
        text, ground = self._pill_colours(row.level)
        font = self._theme.font(Size.SMALL, Weight.STRONG, figures=True)
        width = text_width(font, row.confidence) + 2 * PILL_PADDING
        alone = not row.can_accept and not row.tag
        top = layout.middle.top() + ((TWO_SIDED_HEIGHT - PILL_HEIGHT) / 2 if alone else FIRST_LINE - 1)
        pill = QRectF(round(layout.middle.center().x() - width / 2), top, round(width), PILL_HEIGHT)
        fill_box(painter, pill, ground, None, PILL_HEIGHT / 2)
        draw_text(painter, pill, row.confidence, font, text, align=Qt.AlignmentFlag.AlignHCenter)
        if row.can_accept:
            self._paint_sign(painter, layout.accept, IconName.CHECK, Tone.POSITIVE)
            self._paint_sign(painter, layout.reject, IconName.CLOSE, Tone.QUIET)
        elif row.tag:
            box = _line(layout.middle.adjusted(2, 0, -2, 0), SECOND_LINE)
            font = self._theme.font(Size.SMALL)
            draw_text(painter, box, row.tag, font, tokens.text_quiet, align=Qt.AlignmentFlag.AlignHCenter)

    def _paint_sign(self, painter: QPainter, target: QRectF, name: IconName, tone: Tone) -> None:
        tokens = self._theme.tokens
        if target.contains(self.hovered):
            ground = tokens.positive_soft if tone is Tone.POSITIVE else tokens.surface_control
            fill_box(painter, target.adjusted(1, 1, -1, -1), ground, None, 4)
        box = QRectF(0, 0, SMALL_ICON, SMALL_ICON)
        box.moveCenter(target.center())
        self._theme.paint_icon(painter, box, name, tokens.of(tone))

    def _paint_proposal(self, painter: QPainter, layout: RowLayout, row: TwoSidedRow) -> None:
        room = QRectF(layout.proposal)
        if row.proposal_amount:
            room.setRight(layout.proposal_right - text_width(self._amount_font(), row.proposal_amount) - AMOUNT_GAP)
        draw_runs(painter, self._theme, _line(room, FIRST_LINE), row.title)
        quiet = self._theme.tokens.text_quiet
        draw_text(painter, _line(room, SECOND_LINE), row.detail, self._theme.font(), quiet)
        self._paint_amount(painter, layout.proposal, row.proposal_amount)

    def _amount_font(self) -> QFont:
        return self._theme.font(Size.BODY, Weight.STRONG, figures=True)

    def _pill_colours(self, level: Level) -> tuple[QColor, QColor]:
        tokens = self._theme.tokens
        return {
            Level.SURE: (tokens.positive, tokens.positive_soft),
            Level.LIKELY: (tokens.warning, tokens.warning_soft),
            Level.NONE: (tokens.text_quiet, tokens.surface_control),
        }[level]


def _line(side: QRectF, top: float) -> QRectF:
    return QRectF(side.left(), side.top() + top, side.width(), LINE_HEIGHT)
