"""Oversikt: what needs a person, four figures, the clients, and the days."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.ui.overview.attention import Attention
from kontali_desktop.ui.overview.chart import DayChart, colours
from kontali_desktop.ui.overview.clients_table import ClientsTable
from kontali_desktop.ui.overview.presenter import OverviewPresenter
from kontali_desktop.ui.overview.rows import MOST_NOTICES, ClientRow, DayBar, OverviewScreen
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.widgets.buttons import LinkButton
from kontali_desktop.ui.widgets.card import Card, FigureCard
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.notice import Notice
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.paint import fill_box
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

FIGURES = ("overview.received", "overview.done", "overview.waiting", "overview.proved")
LEGEND = ("overview.chart_automatic", "overview.chart_by_person", "overview.chart_waiting")
SQUARE = 10


class OverviewPage(QWidget):
    """Follows `presenter.changed`."""

    name = "overview"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: OverviewPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self.presenter = presenter
        self._shown: tuple[Attention, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header = PageHeader(theme, wording.text("overview.title"))
        layout.addWidget(self._header)
        self._empty = EmptyState(theme, IconName.CLOCK, wording.text("overview.loading"))
        self._empty.button.setObjectName("empty_connect_button")
        self._empty.acted.connect(self._on_empty_acted)
        self._scroll = self._make_scroll()
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self._empty)
        self._middle.addWidget(self._scroll)
        layout.addWidget(self._middle, 1)
        presenter.changed.connect(self._on_changed)
        self._on_changed()

    def _make_scroll(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("surface", "page")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(PAGE_MARGIN, 4, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(14)
        self._notices = [self._make_notice(place) for place in range(MOST_NOTICES)]
        for notice in self._notices:
            layout.addWidget(notice)
        self._more = LinkButton(self._theme, "", size=Size.SMALL)
        self._more.setObjectName("more_notices")
        self._more.clicked.connect(self.presenter.show_connections)
        layout.addWidget(self._more)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        self._figures = [FigureCard(self._theme, self._wording.text(key)) for key in FIGURES]
        for card in self._figures:
            figures.addWidget(card, 1)
        layout.addLayout(figures)
        self.clients = ClientsTable(self._theme, self._wording)
        self.clients.acted.connect(self._on_row_acted)
        layout.addWidget(self.clients)
        layout.addWidget(self._make_days())
        layout.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _make_notice(self, place: int) -> Notice:
        notice = Notice(self._theme)
        notice.button.setObjectName(f"notice_{place}_button")
        notice.acted.connect(partial(self._on_notice_acted, place))
        return notice

    def _make_days(self) -> Card:
        self._days = Card(padding=14)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._days_title = Label(self._theme, weight=Weight.STRONG)
        head.addWidget(self._days_title)
        note = self._wording.text("overview.chart_note")
        head.addWidget(Label(self._theme, note, size=Size.SMALL, tone=Tone.QUIET))
        head.addStretch(1)
        for place, key in enumerate(LEGEND):
            head.addSpacing(12)
            head.addWidget(_Square(self._theme, place))
            head.addWidget(Label(self._theme, self._wording.text(key), size=Size.SMALL, tone=Tone.QUIET))
        self._days.body.addLayout(head)
        self.chart = DayChart(self._theme, self._wording)
        self.chart.setObjectName("day_chart")
        self._days.body.addWidget(self.chart)
        return self._days

    def _on_changed(self) -> None:
        screen = self.presenter.screen
        if screen is None:
            self._show_nothing_yet()
            return
        self._header.set_remark(screen.day)
        if not screen.clients:
            text = self._wording.text
            self._empty.show_state(
                IconName.BUILDINGS, text("overview.empty"), text("overview.empty_text"), text("overview.connect_bank")
            )
            self._middle.setCurrentWidget(self._empty)
            return
        self._middle.setCurrentWidget(self._scroll)
        self._show_notices(screen)
        for card, figure in zip(self._figures, screen.figures, strict=True):
            card.set_figure(figure.figure, figure.remark)
        self.clients.show_rows(screen.clients)
        self._show_days(screen.bars)

    def _show_nothing_yet(self) -> None:
        """Loading, or not loaded: then it can be tried again."""
        text = self._wording.text
        if self.presenter.has_failed:
            title, more = text("overview.not_loaded"), text("overview.not_loaded.text")
            self._empty.show_state(IconName.ERROR, title, more, text("common.retry"), tone=Tone.NEGATIVE)
        else:
            self._empty.show_state(IconName.CLOCK, text("overview.loading"))

    def _on_empty_acted(self) -> None:
        if self.presenter.screen is None:
            self.presenter.refresh()
        else:
            self.presenter.connect_bank()

    def _show_notices(self, screen: OverviewScreen) -> None:
        self._shown = screen.notices
        for place, notice in enumerate(self._notices):
            if place < len(screen.notices):
                one = screen.notices[place]
                notice.show_notice(one.severity, one.title, one.text, one.button)
            else:
                notice.hide()
        self._more.setVisible(screen.more > 0)
        self._more.set_text(self._wording.plural("overview.more", screen.more))

    def _show_days(self, bars: tuple[DayBar, ...]) -> None:
        """A day that has nothing to show, because it lies before an account's start, takes no room."""
        shown = tuple(bar for bar in bars if bar.total)
        self._days.setVisible(bool(shown))
        self._days_title.setText(self._wording.plural("overview.chart", len(shown)))
        self.chart.show_bars(shown)

    def _on_notice_acted(self, place: int) -> None:
        one = self._shown[place]
        self.presenter.act(one.remedy, one.connection, one.client)

    def _on_row_acted(self, row: ClientRow) -> None:
        if row.remedy is not None:
            self.presenter.act(row.remedy, row.connection, row.id)


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
