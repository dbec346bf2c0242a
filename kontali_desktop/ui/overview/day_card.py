"""The card below the clients: the chart with its legend, and the two shares of the same days."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.overview.chart import DayChart, colours
from kontali_desktop.ui.overview.presenter import OverviewContent
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.paint import fill_box
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.wording.wording import Wording

SQUARE = 10
SIDE_WIDTH = 176
LEGEND = ("overview.automatic", "overview.by_person", "overview.still_waiting")


class DayCard(Card):
    """Hidden by the page while there are no lines."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(padding=14, parent=parent)
        self._wording = wording
        left = QVBoxLayout()
        left.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = Label(theme, weight=Weight.STRONG)
        head.addWidget(self._title)
        head.addWidget(Label(theme, wording.text("overview.days.text"), size=Size.SMALL, tone=Tone.QUIET))
        head.addStretch(1)
        for place, key in enumerate(LEGEND):
            head.addSpacing(12)
            head.addWidget(_Square(theme, place))
            head.addWidget(Label(theme, wording.text(key), size=Size.SMALL, tone=Tone.QUIET))
        left.addLayout(head)
        self.chart = DayChart(theme, wording)
        self.chart.setObjectName("day_chart")
        left.addWidget(self.chart)
        self._done = _Share(theme, wording.text("overview.days.done"))
        self._automatic = _Share(theme, wording.text("overview.days.automatic"))
        right = QVBoxLayout()
        right.setSpacing(18)
        right.addWidget(self._done)
        right.addWidget(self._automatic)
        right.addStretch(1)
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left, 1)
        row.addWidget(divider(vertical=True))
        row.addWidget(side)
        self.body.addLayout(row)

    def show_content(self, content: OverviewContent) -> None:
        self._title.setText(self._wording.plural("overview.days", len(content.bars)))
        self.chart.show_bars(content.bars)
        total = sum(bar.total for bar in content.bars)
        automatic = sum(bar.automatic for bar in content.bars)
        done = automatic + sum(bar.by_person for bar in content.bars)
        lines = self._wording.plural("common.lines", total)
        place = self._wording.text
        self._done.show_share(content.done_share, place("common.place", place=self._wording.integer(done), total=lines))
        self._automatic.show_share(
            content.automatic_share, place("common.place", place=self._wording.integer(automatic), total=lines)
        )


class _Share(QWidget):
    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        self._name = title
        self._figure = Label(theme, size=Size.TITLE, weight=Weight.STRONG, figures=True)
        self._remark = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        layout.addWidget(Label(theme, title, size=Size.SMALL, tone=Tone.QUIET))
        layout.addWidget(self._figure)
        layout.addWidget(self._remark)

    def show_share(self, share: str, remark: str) -> None:
        self._figure.setText(share)
        self._remark.setText(remark)
        self.setAccessibleName(f"{self._name}: {share}, {remark}")


class _Square(QWidget):
    """The colour of a part of the bars, beside its word."""

    def __init__(self, theme: Theme, place: int) -> None:
        super().__init__()
        self._theme, self._place = theme, place
        self.setFixedSize(QSize(SQUARE, SQUARE))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        fill_box(painter, QRectF(self.rect()), colours(self._theme.tokens)[self._place], None, 2)
        painter.end()
