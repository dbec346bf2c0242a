"""A screen that is a table: header, filter chips, search, and what stands there when there is nothing to list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.table_model import RowsModel

Row = TypeVar("Row")


class TableState(Enum):
    """What stands where the table is."""

    LOADING = auto()
    EMPTY = auto()
    FAILED = auto()
    ROWS = auto()


@dataclass(frozen=True, slots=True)
class Message:
    """A state without rows, in words."""

    icon: IconName
    title: str
    text: str = ""
    button: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class TableTexts:
    """The screen's fixed texts. `nothing_found` stands when a filter or a search lets nothing through."""

    title: str
    table: str
    filters: str
    search: str
    search_name: str
    nothing_found: Message


class TableScreen(QWidget, Generic[Row]):
    """`acted` when the button of an empty state is pressed; `found` tells how many rows are shown after a search."""

    acted = Signal()
    group_chosen = Signal(str)
    found = Signal(int)

    def __init__(
        self,
        theme: Theme,
        texts: TableTexts,
        model: RowsModel[Row],
        chips: Sequence[Chip] = (),
        *,
        stretch: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._texts = theme, texts
        self._state = TableState.LOADING
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.header = PageHeader(theme, texts.title)
        layout.addWidget(self.header)
        self.chips = ChipRow(theme, chips, name=texts.filters)
        self.chips.setVisible(bool(chips))
        self.chips.chosen.connect(self.group_chosen)
        self.search = SearchField(theme, texts.search, name=texts.search_name)
        self.search.changed.connect(self._on_searched)
        filters = QHBoxLayout()
        filters.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 12)
        filters.addWidget(self.chips, 1)
        if not chips:
            filters.addStretch(1)
        filters.addWidget(self.search)
        layout.addLayout(filters)
        self.table = TableView(theme, name=texts.table)
        self.table.set_model(model, widths=[c.width for c in model.columns], stretch=stretch)
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._empty = EmptyState(theme, IconName.CLOCK, "")
        self._empty.acted.connect(self._on_acted)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._empty)
        layout.addWidget(self._middle, 1)
        self.setFocusProxy(self.table)

    @property
    def shown(self) -> int:
        return self.table.proxy.rowCount()

    def show_rows(self) -> None:
        """There are rows, or would be without filter and search."""
        self._state = TableState.ROWS
        self._show_found()

    def show_message(self, state: TableState, message: Message) -> None:
        self._state = state
        self._show(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/" and not isinstance(self.focusWidget(), QLineEdit):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.field.selectAll()
        else:
            super().keyPressEvent(event)

    def _show_found(self) -> None:
        if self.shown:
            self._middle.setCurrentWidget(self.table)
        else:
            self._show(self._texts.nothing_found)
        self.found.emit(self.shown)

    def _show(self, message: Message) -> None:
        self._empty.show_state(message.icon, message.title, message.text, message.button, tone=message.tone)
        self._middle.setCurrentWidget(self._empty)

    def _on_searched(self, text: str) -> None:
        self.table.filter_by(text)
        if self._state is TableState.ROWS:
            self._show_found()

    def _on_acted(self) -> None:
        if self._state is TableState.ROWS:
            self.search.clear()
            self.group_chosen.emit("")
        else:
            self.acted.emit()
