"""Lets the person choose files, and shows the sheet that belongs to each step of an import."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.import_files.file_dialog import import_filters
from kontali_desktop.ui.import_files.mapping_sheet import MappingSheet
from kontali_desktop.ui.import_files.presenter import ImportPresenter
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from kontali_desktop.ui.import_files.result_sheet import ResultSheet
from kontali_desktop.ui.import_files.sheets import BusySheet, ClientSheet, ProblemSheet
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
from kontali_desktop.ui.sheets.sheet_flow import SheetFlow
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording


class ImportFlow(SheetFlow[WordedSheet]):
    """Sheets and the file dialog over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ImportPresenter) -> None:
        super().__init__(theme, wording, window, presenter.cancel)
        self._presenter = presenter
        presenter.step_changed.connect(self._follow)
        presenter.files_wanted.connect(self.ask_files)

    def ask_files(self) -> None:
        """Open the system's file dialog; returns at once."""
        title = self.wording.text("import.choose")
        self.files.ask_files(title, "import_dialog", import_filters(self.wording), self._presenter.import_paths)

    def _follow(self, step: Step | None) -> None:
        sheet = self.sheet
        if isinstance(sheet, BusySheet) and isinstance(step, Busy):
            sheet.show_step(step)
        elif step is None:
            self.place.close()
        elif isinstance(sheet, PreviewSheet) and isinstance(step, Previewed):
            sheet.show_step(step)
        else:
            self.place.show(self._made(step))

    def _made(self, step: Step) -> WordedSheet:
        over = self.over
        if isinstance(step, Busy):
            return BusySheet(*over, step)
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
        sheet = MappingSheet(*self.over, step)
        sheet.tried.connect(self._presenter.try_mapping)
        sheet.explained.connect(self._presenter.explain)
        sheet.skipped.connect(self._presenter.skip_table)
        self._presenter.tried.connect(sheet.show_trial)
        return sheet

    def _result_sheet(self, step: Imported) -> ResultSheet:
        sheet = ResultSheet(*self.over, step)
        sheet.review_wanted.connect(self._presenter.show_review)
        sheet.undo_wanted.connect(self._presenter.ask_undo)
        sheet.rows_wanted.connect(self._presenter.rows_wanted)
        return sheet
