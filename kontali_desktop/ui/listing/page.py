"""A table screen: header, chips and search, the table, and what stands in its place when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.ui.listing.columns import Row
from kontali_desktop.ui.listing.presenter import ALL, TablePresenter, TableState
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.column_widths import ColumnRoom
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.row_table import RowTable
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.wording.wording import Wording

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
CLIENT = "client"


@dataclass(frozen=True, slots=True)
class TableLook:
    """`chips` are groups; `stretch` is the column that takes the room left over; `icon` is for the empty screen."""

    chips: Sequence[str]
    stretch: str
    icon: IconName
    has_empty_button: bool = False


class TablePage(QWidget):
    """Widgets and layout; texts stand under the screen's name: `<name>.title`, `<name>.group.<chip>`."""

    name = ""

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        presenter: TablePresenter,
        look: TableLook,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._look = theme, wording, look
        self.presenter: TablePresenter = presenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.header = PageHeader(theme, self.own_text("title"))
        layout.addWidget(self.header)
        layout.addLayout(self._make_filters())
        self.table = self._make_table()
        self._empty = EmptyState(theme, look.icon, "")
        self._empty.button.setObjectName(f"{self.name}_empty_button")
        self._empty.acted.connect(self._on_empty_acted)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self._empty)
        layout.addWidget(self._middle, 1)
        self.setFocusProxy(self.table)
        self._kept: Row | None = None  # the current row and how far it is scrolled, over a reset
        self._scrolled = 0
        presenter.model.modelAboutToBeReset.connect(self._keep_place)
        presenter.model.modelReset.connect(self._find_place)
        presenter.changed.connect(self._on_changed)
        self._on_changed()

    def own_text(self, key: str, **facts: object) -> str:
        """One of the screen's own texts."""
        return self._wording.text(f"{self.name}.{key}", **facts)

    def act_on_empty(self) -> None:
        """What the one button does where there is nothing at all yet."""

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/" and not self._search.field.hasFocus():
            self.focus_search()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrow down lead from the search into what it found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self._enter_table()
            return True
        return super().eventFilter(watched, event)

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 12)
        chips = [Chip(key, self.own_text(f"group.{key}")) for key in self._look.chips]
        self._chips = ChipRow(self._theme, chips, name=self.own_text("groups"), write=self._wording.integer)
        self._chips.setObjectName(f"{self.name}_groups")
        self._chips.chosen.connect(self.presenter.choose_group)
        row.addWidget(self._chips, 1)
        self._search = SearchField(self._theme, self.own_text("search"), name=self.own_text("search.name"))
        self._search.field.setObjectName(f"{self.name}_search")
        self._search.field.installEventFilter(self)
        self._search.changed.connect(self.presenter.search)
        self._search.left.connect(self._enter_table)
        row.addWidget(self._search)
        return row

    def _make_table(self) -> RowTable:
        model = self.presenter.model
        table = RowTable(self._theme, name=self.own_text("title"))
        table.setObjectName(f"{self.name}_table")
        sort, order = model.sorted_by
        table.set_own_model(
            model,
            rooms=[ColumnRoom(c.width, c.least or c.width, c.may_go, c.floor) for c in model.columns],
            stretch=model.column(self._look.stretch),
            sort=sort,
            order=order,
        )
        return table

    def _enter_table(self) -> None:
        if not self.table.selectionModel().hasSelection():
            self._choose(max(0, self.table.currentIndex().row()))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, row: int) -> None:
        index = self.presenter.model.index(row, self.presenter.model.sorted_by[0])
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)

    def _keep_place(self) -> None:
        current = self.table.currentIndex().row()
        rows = self.presenter.model.rows
        self._kept = rows[current] if 0 <= current < len(rows) else self._kept
        self._scrolled = self.table.verticalScrollBar().value()

    def _find_place(self) -> None:
        """The row that was the current one is it again, where it is still shown."""
        row = self.presenter.model.row_of(self._kept.key) if self._kept is not None else -1
        if row >= 0:
            self._choose(row)
        self.table.verticalScrollBar().setValue(self._scrolled)

    def _on_changed(self) -> None:
        presenter = self.presenter
        counts = {key: presenter.count(key) if presenter.is_loaded else None for key in self._look.chips}
        self._chips.set_counts(counts)
        self.header.set_remark(presenter.remark() if presenter.is_loaded else "")
        if CLIENT in {column.key for column in presenter.model.columns}:
            self.table.show_column(presenter.model.column(CLIENT), shown=presenter.client_id is None)
        for place, column in enumerate(presenter.model.columns):
            if column.is_amount:
                self.table.need_width(place, presenter.model.widest(place), least=column.width)
        has_rows = presenter.state is TableState.ROWS
        self._middle.setCurrentWidget(self.table if has_rows else self._empty)
        if not has_rows:
            self._show_state(presenter.state)

    def _show_state(self, state: TableState) -> None:
        text = self._wording.text
        if state is TableState.LOADING:
            self._empty.show_state(IconName.CLOCK, text("common.loading"))
        elif state is TableState.FAILED:
            self._empty.show_state(
                IconName.ERROR,
                text("common.load_failed"),
                text("common.load_failed.text"),
                text("common.retry"),
                tone=Tone.NEGATIVE,
            )
        elif state is TableState.EMPTY:
            button = self.own_text("empty.button") if self._look.has_empty_button else ""
            self._empty.show_state(self._look.icon, self.own_text("empty"), self.own_text("empty.text"), button)
        elif self.presenter.searched:
            title = text("common.not_found", text=self.presenter.searched)
            self._empty.show_state(IconName.SEARCH, title, text("common.not_found.text"), text("common.clear_search"))
        else:
            title = self.own_text(f"group.{self.presenter.group}.none")
            self._empty.show_state(IconName.CHECK_CIRCLE, title, "", self._show_all_text(), tone=Tone.QUIET)

    def _show_all_text(self) -> str:
        return self._wording.text("common.show_all") if self.presenter.group != ALL else ""

    def _on_empty_acted(self) -> None:
        state = self.presenter.state
        if state is TableState.FAILED:
            self.presenter.refresh()
        elif state is TableState.EMPTY:
            self.act_on_empty()
        elif self.presenter.searched:
            self._search.clear()
            self.focus_search()
        else:
            self._chips.choose(ALL)
            self.presenter.choose_group(ALL)
