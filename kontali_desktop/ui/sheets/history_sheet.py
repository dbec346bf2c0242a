"""What was done before as a table, and what can be done to the chosen one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kontali_desktop.ui.sheets.history_presenter import OfClient, Past
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.table import TableView

R = TypeVar("R", bound=OfClient)
LEAST_ROWS, MOST_ROWS, EMPTY_HEIGHT = 5, 12, 220


class PastSheet(WordedSheet, Generic[R]):
    """Texts stand under `about`: `<about>.title`, `<about>.list`, `<about>.empty`, `<about>.empty_text`.

    The model's first column is when it was done; `stretch` takes the room left over.
    """

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        model: RecordModel[Past[R]],
        about: str,
        icon: IconName,
        *,
        stretch: int,
        width: int,
    ) -> None:
        text = model.wording.text
        super().__init__(theme, model.wording, window, text(f"{about}.title"), width=width)
        name = about.replace(".", "_")
        self.setObjectName(f"{name}_sheet")
        self._model = model
        model.setParent(self)
        self.has_records = model.rowCount() > 0
        self.table = self._make_table(text(f"{about}.list"), stretch)
        self.table.setObjectName(name)
        self.body.addWidget(self.table)
        empty = EmptyState(theme, icon, text(f"{about}.empty"), text(f"{about}.empty_text"))
        empty.setMinimumHeight(EMPTY_HEIGHT)
        empty.setVisible(not self.has_records)
        self.body.addWidget(empty)

    def open_sheet(self) -> None:
        """The newest is chosen."""
        super().open_sheet()
        self._choose(0)

    def show_records(self, records: Iterable[Past[R]]) -> None:
        """After a change, with the same row chosen."""
        row = self.table.currentIndex().row()
        self._model.show_records(records)
        self._choose(max(0, row))

    @property
    def chosen(self) -> R | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()).record if index.isValid() else None

    def show_chosen(self) -> None:
        """What can be done to the chosen one."""

    def _make_table(self, name: str, stretch: int) -> TableView:
        table = TableView(self.theme, name=name)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.set_model(self._model, widths=[width for _, width in self._model.COLUMNS], stretch=stretch)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        table.want_rows(max(LEAST_ROWS, min(MOST_ROWS, self._model.rowCount())))
        table.selectionModel().currentChanged.connect(self._on_current)
        table.setVisible(self.has_records)
        self.first = table if self.has_records else None
        return table

    def _choose(self, row: int) -> None:
        index = self.table.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.show_chosen()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.show_chosen()
