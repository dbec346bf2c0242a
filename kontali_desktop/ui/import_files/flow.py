"""Lets the person choose files, and shows the sheet that belongs to each step of an import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.ui.import_files.file_dialog import documents_folder, import_filters, say_in_our_words
from kontali_desktop.ui.import_files.mapping_sheet import MappingSheet
from kontali_desktop.ui.import_files.presenter import ImportPresenter
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from kontali_desktop.ui.import_files.result_sheet import ResultSheet
from kontali_desktop.ui.import_files.sheets import BusySheet, ClientSheet, ImportSheet, ProblemSheet
from kontali_desktop.ui.import_files.steps import (
    Busy,
    ChooseClient,
    ExplainColumns,
    Imported,
    ImportProblem,
    NoClient,
    Previewed,
    Step,
)
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import DISMISSED
from kontali_desktop.wording.wording import Wording

FOLLOWED = "followed"  # by another sheet, or by none: not the person's doing


class ImportFlow(QObject):
    """Sheets and the file dialog over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ImportPresenter) -> None:
        super().__init__(window)
        self._theme, self._wording, self._window = theme, wording, window
        self._presenter = presenter
        self._sheet: ImportSheet | None = None
        self.dialog: QFileDialog | None = None
        self._folder = documents_folder()
        presenter.step_changed.connect(self._follow)
        presenter.files_wanted.connect(self.ask_files)

    @property
    def sheet(self) -> ImportSheet | None:
        return self._sheet

    def ask_files(self) -> None:
        """Open the system's file dialog; returns at once."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        text = self._wording.text
        dialog = QFileDialog(self._window, text("import.choose"))
        dialog.setObjectName("import_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(import_filters(self._wording))
        say_in_our_words(dialog, self._wording)
        dialog.setDirectory(self._folder)
        dialog.filesSelected.connect(self._on_files)
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _on_files(self, names: list[str]) -> None:
        self._folder = str(Path(names[0]).parent)
        self._presenter.import_paths([Path(name) for name in names])

    def _on_dialog_finished(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Busy):
            self._show_busy(step)
        elif isinstance(step, Previewed) and isinstance(self._sheet, PreviewSheet):
            self._sheet.show_step(step)
        else:
            self._close()
            if step is not None:
                self._open(self._made(step))

    def _made(self, step: Step) -> ImportSheet:
        over = (self._theme, self._wording, self._window)
        if isinstance(step, ChooseClient):
            clients = ClientSheet(*over, step)
            clients.chosen.connect(self._presenter.choose_client)
            return clients
        if isinstance(step, ExplainColumns):
            return self._mapping_sheet(step)
        if isinstance(step, Previewed):
            return PreviewSheet(*over, step, self._presenter)
        if isinstance(step, Imported):
            return self._result_sheet(step)
        if not isinstance(step, ImportProblem | NoClient):
            raise TypeError(step)
        problem = ProblemSheet(*over, step)
        is_no_client = isinstance(step, NoClient)
        problem.acted.connect(self._presenter.add_client if is_no_client else self._presenter.try_again)
        return problem

    def _mapping_sheet(self, step: ExplainColumns) -> MappingSheet:
        sheet = MappingSheet(self._theme, self._wording, self._window, step)
        sheet.tried.connect(self._presenter.try_mapping)
        sheet.explained.connect(self._presenter.explain)
        sheet.skipped.connect(self._presenter.skip_table)
        self._presenter.tried.connect(sheet.show_trial)
        return sheet

    def _result_sheet(self, step: Imported) -> ResultSheet:
        sheet = ResultSheet(self._theme, self._wording, self._window, step)
        sheet.review_wanted.connect(self._presenter.show_review)
        sheet.undo_wanted.connect(self._presenter.ask_undo)
        sheet.rows_wanted.connect(self._presenter.rows_wanted)
        return sheet

    def _show_busy(self, step: Busy) -> None:
        if isinstance(self._sheet, BusySheet):
            self._sheet.show_step(step)
        else:
            self._close()
            self._open(BusySheet(self._theme, self._wording, self._window, step))

    def _open(self, sheet: ImportSheet) -> None:
        self._sheet = sheet
        sheet.closed.connect(lambda outcome: self._on_closed(sheet, outcome))
        sheet.open_sheet()

    def _close(self) -> None:
        former, self._sheet = self._sheet, None
        if former is not None:
            former.close_with(FOLLOWED)

    def _on_closed(self, sheet: ImportSheet, outcome: str) -> None:
        """While work goes on the sheet stays until the work says that it stopped."""
        if outcome != DISMISSED or self._sheet is not sheet:
            return
        if not isinstance(sheet, BusySheet):
            self._sheet = None
        self._presenter.cancel()
