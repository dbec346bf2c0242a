"""The earlier exports; the chosen one's file can be written again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kontali_desktop.ui.export.history_model import AT, COLUMNS, FORMAT, ExportModel
from kontali_desktop.ui.export.history_presenter import PastExport
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, EMPTY_HEIGHT = 900, 10, 220


class ExportHistorySheet(PrimarySheet):
    """`again_wanted` carries the chosen ExportRecord."""

    again_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, exports: Sequence[PastExport]) -> None:
        text = wording.text
        super().__init__(theme, window, text("export.history.title"), close_name=text("common.close"), width=WIDTH)
        self.setObjectName("export_history_sheet")
        self._model = ExportModel(exports, wording, self)
        self.table = TableView(theme, name=text("export.history.title"))
        self.table.setObjectName("export_history")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_model(self._model, widths=[width for _, width in COLUMNS], stretch=FORMAT)
        self.table.sortByColumn(AT, Qt.SortOrder.DescendingOrder)
        self.table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * SHOWN_ROWS + 2)
        self.table.setVisible(bool(exports))
        self.body.addWidget(self.table)
        empty = EmptyState(theme, IconName.UPLOAD, "")
        empty.show_state(IconName.UPLOAD, text("export.history.empty"), text("export.history.empty_text"))
        empty.setMinimumHeight(EMPTY_HEIGHT)
        empty.setVisible(not exports)
        self.body.addWidget(empty)
        close = self.make_button(text("common.close"), "close_button")
        close.clicked.connect(self.dismiss)
        self.primary = self.make_button(text("export.again"), "again_button", kind=ButtonKind.PRIMARY)
        self.primary.clicked.connect(self._on_again)
        self.primary.setVisible(bool(exports))
        self.add_buttons(close, self.primary)

    def open_sheet(self) -> None:
        """The newest is chosen."""
        super().open_sheet()
        self._choose(0)
        if self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_exports(self, exports: Sequence[PastExport]) -> None:
        """After a change, with the same row chosen."""
        row = self.table.currentIndex().row()
        self._model.show_exports(exports)
        self._choose(max(0, row))

    @property
    def chosen(self) -> PastExport | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()) if index.isValid() else None

    def _choose(self, row: int) -> None:
        index = self.table.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)

    def _on_again(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.again_wanted.emit(chosen.record)
