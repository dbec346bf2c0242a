"""The earlier imports with what can be done to the chosen one, and the question before it is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kontali_desktop.ui.import_files.history_model import COLUMNS, FILES, HistoryModel
from kontali_desktop.ui.import_files.history_presenter import PastImport, UndoQuestion, undo_words
from kontali_desktop.ui.import_files.save_buttons import SaveButtons
from kontali_desktop.ui.import_files.sheets import ImportSheet
from kontali_desktop.ui.import_files.steps import savable_of
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, EMPTY_HEIGHT = 980, 10, 220


class HistorySheet(ImportSheet):
    """`undo_wanted` carries the chosen ImportId, `rows_wanted` an ImportedFile."""

    undo_wanted = Signal(object)
    rows_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, imports: Sequence[PastImport]) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("import.history.title"), width=WIDTH)
        self._model = HistoryModel(imports, wording, self)
        self.table = TableView(theme, name=text("import.history.list"))
        self.table.setObjectName("import_history")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_model(self._model, widths=[width for _, width in COLUMNS], stretch=FILES)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * SHOWN_ROWS + 2)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.setVisible(bool(imports))
        self.body.addWidget(self.table)
        empty = EmptyState(theme, IconName.CLOCK_HISTORY, "")
        empty.show_state(IconName.CLOCK_HISTORY, text("import.history.empty"), text("import.history.empty_text"))
        empty.setMinimumHeight(EMPTY_HEIGHT)
        empty.setVisible(not imports)
        self.body.addWidget(empty)
        self._saving: SaveButtons | None = None
        self._place_of_saving = self.body.count()
        self._undo = self.make_button(text("import.undo.button"), "undo_import_button")
        self._undo.clicked.connect(self._on_undo)
        self._undo.setVisible(bool(imports))
        self._undo.setEnabled(False)
        self.primary = self.make_button(text("common.close"), "close_button", kind=ButtonKind.PRIMARY)
        self.primary.clicked.connect(self.dismiss)
        self.add_buttons(self.primary, left=self._undo)

    def open_sheet(self) -> None:
        """The newest is chosen."""
        super().open_sheet()
        self._choose(0)
        if self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_imports(self, imports: Sequence[PastImport]) -> None:
        """After a change, with the same row chosen."""
        row = self.table.currentIndex().row()
        self._model.show_imports(imports)
        self._choose(max(0, row))

    @property
    def chosen(self) -> PastImport | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()) if index.isValid() else None

    def _choose(self, row: int) -> None:
        index = self.table.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self._show_chosen()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        """What can be done to the chosen one."""
        chosen = self.chosen
        self._undo.setEnabled(chosen is not None and chosen.record.undone_at is None)
        if self._saving is not None:
            self._saving.hide()
            self._saving.deleteLater()
            self._saving = None
        files = savable_of(chosen.record) if chosen is not None else ()
        if files:
            self._saving = SaveButtons(self.theme, self.wording, files)
            self._saving.chosen.connect(self.rows_wanted)
            self.body.insertWidget(self._place_of_saving, self._saving)
        self.refit()

    def _on_undo(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.undo_wanted.emit(chosen.record.id)


class UndoSheet(ImportSheet):
    """`agreed` when the person says yes."""

    agreed = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, question: UndoQuestion) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("import.undo.title"))
        what = undo_words(wording, question.goes)
        told = text("import.undo.goes", what=what) if what else text("import.undo.nothing")
        goes = Label(theme, told, weight=Weight.STRONG, wrap=True)
        goes.setObjectName("undo_goes")
        self.body.addWidget(goes)
        self.body.addWidget(Label(theme, text("import.undo.text"), tone=Tone.QUIET, wrap=True))
        keep = self.make_button(text("common.cancel"), "keep_import_button")
        keep.clicked.connect(self.dismiss)
        self.primary = self.make_button(text("import.undo.button"), "agree_undo_button", kind=ButtonKind.PRIMARY)
        self.primary.clicked.connect(self.agreed)
        self.add_buttons(keep, self.primary)

    def open_sheet(self) -> None:
        super().open_sheet()
        if self.primary is not None:
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
