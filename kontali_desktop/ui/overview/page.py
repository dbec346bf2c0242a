"""Oversikt: what needs a person, four figures, the clients, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.ui.overview.attention import Act, Attention, Wish
from kontali_desktop.ui.overview.client_table import ClientTable
from kontali_desktop.ui.overview.day_card import DayCard
from kontali_desktop.ui.overview.presenter import SHOWN_NOTICES, OverviewContent, OverviewPresenter, PageState
from kontali_desktop.ui.overview.rows import Figure
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size
from kontali_desktop.ui.widgets.buttons import LinkButton
from kontali_desktop.ui.widgets.card import FigureCard
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.notice import Notice
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.wording.wording import Wording

STATES = {
    PageState.LOADING: ("overview.loading", IconName.CLOCK, Tone.QUIET),
    PageState.EMPTY: ("overview.empty", IconName.BUILDINGS, Tone.QUIET),
    PageState.FAILED: ("overview.failed", IconName.ERROR, Tone.NEGATIVE),
}
BUTTONS = {PageState.EMPTY: "overview.connect_bank", PageState.FAILED: "common.retry"}


class OverviewPage(QWidget):
    """Follows `presenter.changed`."""

    name = "overview"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: OverviewPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self.presenter = presenter
        self._attention: tuple[Attention, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header = PageHeader(theme, wording.text("overview.title"))
        layout.addWidget(self._header)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._make_content())
        self._empty = EmptyState(theme, IconName.CLOCK, "")
        self._empty.button.setObjectName("overview_empty_button")
        self._empty.acted.connect(self._on_empty_acted)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self._scroll)
        self._middle.addWidget(self._empty)
        layout.addWidget(self._middle, 1)
        presenter.changed.connect(self._on_changed)
        self._on_changed()

    def _make_content(self) -> QWidget:
        content = QWidget()
        content.setProperty("surface", "page")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(14)
        self._notices = [self._make_notice(place) for place in range(SHOWN_NOTICES)]
        for notice in self._notices:
            layout.addWidget(notice)
        self._more = LinkButton(self._theme, "", size=Size.SMALL)
        self._more.setObjectName("more_notices")
        self._more.clicked.connect(lambda: self.presenter.act(Wish(Act.SHOW_CONNECTIONS)))
        layout.addWidget(self._more)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self._cards: list[FigureCard] = []
        layout.addLayout(self._figures)
        self._table = ClientTable(self._theme, self._wording)
        self._table.acted.connect(self.presenter.act)
        layout.addWidget(self._table)
        self._days = DayCard(self._theme, self._wording)
        layout.addWidget(self._days)
        layout.addStretch(1)
        return content

    def _make_notice(self, place: int) -> Notice:
        notice = Notice(self._theme)
        notice.button.setObjectName(f"notice_{place}_button")
        notice.acted.connect(partial(self._on_notice_acted, place))
        return notice

    def _on_changed(self) -> None:
        presenter = self.presenter
        self._header.set_remark(presenter.today)
        is_ready = presenter.state is PageState.READY
        self._middle.setCurrentWidget(self._scroll if is_ready else self._empty)
        if is_ready and presenter.content is not None:
            self._show_content(presenter.content)
        elif not is_ready:
            self._show_state(presenter.state)

    def _show_content(self, content: OverviewContent) -> None:
        self._show_attention(content.attention)
        self._more.setVisible(content.hidden > 0)
        self._more.set_text(self._wording.plural("overview.more_notices", content.hidden))
        self._show_figures(content.figures)
        self._table.show_rows(content.clients)
        self._days.setVisible(bool(content.bars))
        self._days.show_content(content)

    def _show_attention(self, shown: tuple[Attention, ...]) -> None:
        self._attention = shown
        for place, notice in enumerate(self._notices):
            if place < len(shown):
                one = shown[place]
                notice.show_notice(one.severity, one.title, one.text, one.button)
            else:
                notice.hide()

    def _show_figures(self, figures: Sequence[Figure]) -> None:
        while len(self._cards) < len(figures):
            card = FigureCard(self._theme, figures[len(self._cards)].title)
            self._cards.append(card)
            self._figures.addWidget(card, 1)
        for card, figure in zip(self._cards, figures, strict=True):
            card.set_figure(figure.figure, figure.remark)

    def _show_state(self, state: PageState) -> None:
        key, icon, tone = STATES[state]
        more = "" if state is PageState.LOADING else self._wording.text(f"{key}.text")
        button = self._wording.text(BUTTONS[state]) if state in BUTTONS else ""
        self._empty.show_state(icon, self._wording.text(key), more, button, tone=tone)

    def _on_notice_acted(self, place: int) -> None:
        self.presenter.act(self._attention[place].wish)

    def _on_empty_acted(self) -> None:
        if self.presenter.state is PageState.EMPTY:
            self.presenter.act(Wish(Act.CONNECT))
        else:
            self.presenter.refresh()
