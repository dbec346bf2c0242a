"""The history of a connection's runs, newest first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kontali_desktop.ui.connections.rows import RunRow
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, SMALL_ICON, Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box
from kontali_desktop.wording.wording import Wording

ROW = 32
RADIUS = 8
PADDING = 12
RIGHT = Qt.AlignmentFlag.AlignRight
# Where the columns end (figures) or begin (the result), as shares of the width.
AT_FETCHED, AT_ADDED, AT_RESULT, RESULT_TO = 0.235, 0.345, 0.385, 0.90


class RunsTable(QWidget):
    """Painted as one piece: it is only read. A screen reader has it line by line as its description."""

    def __init__(self, theme: Theme, wording: Wording, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heads = [
            wording.text(f"connections.run{end}") for end in ("", "_fetched", "_added", "_result", "_duration")
        ]
        self._none = wording.text("connections.no_runs")
        self._runs: tuple[RunRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._heads[0])
        theme.changed.connect(self.update)

    def set_runs(self, runs: tuple[RunRow, ...]) -> None:
        self._runs = runs
        lines = [f"{r.at}: {self._heads[1]} {r.fetched}, {self._heads[2]} {r.added}, {r.result}" for r in runs]
        self.setAccessibleDescription("\n".join(lines) or self._none)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, HEADER_HEIGHT + ROW * max(1, len(self._runs)) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        whole = QRectF(self.rect())
        fill_box(painter, whole, tokens.surface, tokens.divider, RADIUS)
        painter.fillRect(QRectF(1, HEADER_HEIGHT, whole.width() - 2, 1), tokens.divider)
        font = self._theme.font(Size.LABEL, Weight.STRONG, spaced=True)
        boxes = self._boxes(QRectF(0, 0, whole.width(), HEADER_HEIGHT))
        for number, (box, head) in enumerate(zip(boxes, self._heads, strict=True)):
            align = RIGHT if number in (1, 2, 4) else Qt.AlignmentFlag.AlignLeft
            draw_text(painter, box, head.upper(), font, tokens.text_quiet, align=align)
        top = float(HEADER_HEIGHT)
        if not self._runs:
            room = QRectF(PADDING, top, whole.width() - 2 * PADDING, ROW)
            draw_text(painter, room, self._none, self._theme.font(Size.SMALL), tokens.text_quiet)
        for run in self._runs:
            if top > HEADER_HEIGHT:
                painter.fillRect(QRectF(1, top, whole.width() - 2, 1), tokens.divider)
            self._paint_run(painter, QRectF(0, top, whole.width(), ROW), run)
            top += ROW
        painter.end()

    def _paint_run(self, painter: QPainter, rect: QRectF, run: RunRow) -> None:
        tokens = self._theme.tokens
        colour = tokens.negative if run.is_failed else tokens.text
        quiet = tokens.negative if run.is_failed else tokens.text_quiet
        font = self._theme.font(Size.SMALL, figures=True)
        at, fetched, added, result, duration = self._boxes(rect)
        draw_text(painter, at, run.at, font, colour)
        draw_text(painter, fetched, run.fetched, font, colour, align=RIGHT)
        draw_text(painter, added, run.added, font, colour, align=RIGHT)
        icon = QRectF(result.left(), rect.center().y() - SMALL_ICON / 2, SMALL_ICON, SMALL_ICON)
        # Not proved is neither good nor bad; a tick would say that it was.
        self._theme.paint_icon(painter, icon, IconName.ERROR if run.is_failed else IconName.MINUS, quiet)
        draw_text(painter, result.adjusted(SMALL_ICON + 6, 0, 0, 0), run.result, font, quiet)
        draw_text(painter, duration, run.duration, font, quiet, align=RIGHT)

    def _boxes(self, rect: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
        width, top, height = rect.width(), rect.top(), rect.height()

        def box(left: float, right: float) -> QRectF:
            return QRectF(left, top, right - left, height)

        return (
            box(PADDING, width * AT_FETCHED - 60),
            box(width * AT_FETCHED - 60, width * AT_FETCHED),
            box(width * AT_ADDED - 60, width * AT_ADDED),
            box(width * AT_RESULT, width * RESULT_TO),
            box(width * RESULT_TO, width - PADDING),
        )
