"""Shows the sheets of the history, and lets the person choose where refused rows go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.services.file_storage import ImportedFile
from kontali_desktop.ui.import_files.file_dialog import documents_folder, say_in_our_words
from kontali_desktop.ui.import_files.history_presenter import HistoryPresenter, PastImport, UndoQuestion
from kontali_desktop.ui.import_files.history_sheet import HistorySheet, UndoSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import DISMISSED
from kontali_desktop.wording.wording import Wording

FOLLOWED = "followed"


class HistoryFlow(QObject):
    """Sheets over `window`; the question before an undo stands over whichever sheet asked for it."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: HistoryPresenter) -> None:
        super().__init__(window)
        self._theme, self._wording, self._window = theme, wording, window
        self._presenter = presenter
        self.sheet: HistorySheet | None = None
        self.question: UndoSheet | None = None
        self.dialog: QFileDialog | None = None
        self._folder = documents_folder()
        presenter.shown.connect(self._on_shown)
        presenter.undo_asked.connect(self._on_undo_asked)
        presenter.rows_wanted.connect(self.ask_where)

    def ask_where(self, file: ImportedFile) -> None:
        """Open the system's dialog for saving; returns at once."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        text = self._wording.text
        dialog = QFileDialog(self._window, text("import.refused_rows.save"))
        dialog.setObjectName("refused_rows_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        name = self._presenter.name_of(file)
        dialog.setNameFilters([f"{text('import.refused_rows.filter')} (*{Path(name).suffix})"])
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        say_in_our_words(dialog, self._wording, accept=text("common.save"))
        dialog.setDirectory(self._folder)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self._on_where(file, Path(chosen)))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _on_where(self, file: ImportedFile, path: Path) -> None:
        self._folder = str(path.parent)
        self._presenter.save_rows(file, path)

    def _on_dialog_finished(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _on_shown(self, imports: tuple[PastImport, ...] | None) -> None:
        if imports is None:
            former, self.sheet = self.sheet, None
            if former is not None:
                former.close_with(FOLLOWED)
        elif self.sheet is not None:
            self.sheet.show_imports(imports)
        else:
            self.sheet = sheet = HistorySheet(self._theme, self._wording, self._window, imports)
            sheet.undo_wanted.connect(self._presenter.ask_undo)
            sheet.rows_wanted.connect(self.ask_where)
            sheet.closed.connect(self._on_closed)
            sheet.open_sheet()

    def _on_closed(self, outcome: str) -> None:
        if outcome == DISMISSED:
            self.sheet = None
            self._presenter.close()

    def _on_undo_asked(self, question: UndoQuestion | None) -> None:
        former, self.question = self.question, None
        if former is not None:
            former.close_with(FOLLOWED)
        if question is not None:
            self.question = sheet = UndoSheet(self._theme, self._wording, self._window, question)
            sheet.agreed.connect(self._presenter.undo)
            sheet.closed.connect(self._on_answered)
            sheet.open_sheet()

    def _on_answered(self, outcome: str) -> None:
        if outcome == DISMISSED:
            self.question = None
            self._presenter.keep()
