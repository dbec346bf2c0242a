"""Shows the sheets of the history, and lets the person choose where refused rows go."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.services.file_storage import ImportedFile, ImportRecord
from kontali_desktop.ui.import_files.history_presenter import HistoryPresenter, UndoQuestion
from kontali_desktop.ui.import_files.history_sheet import HistorySheet, UndoSheet
from kontali_desktop.ui.sheets.history_flow import PastFlow
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.wording.wording import Wording


class HistoryFlow(PastFlow[ImportRecord]):
    """Sheets over `window`; the question before an undo stands over whichever sheet asked for it."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: HistoryPresenter) -> None:
        super().__init__(theme, wording, window, presenter)
        self._presenter = presenter
        self._question: OneSheet[UndoSheet] = OneSheet(presenter.keep)
        presenter.undo_asked.connect(self._on_undo_asked)
        presenter.rows_wanted.connect(self.ask_where)

    @property
    def question(self) -> UndoSheet | None:
        return self._question.shown

    def make_sheet(self, past: tuple[Past[ImportRecord], ...]) -> HistorySheet:
        sheet = HistorySheet(*self.over, past)
        sheet.undo_wanted.connect(self._presenter.ask_undo)
        sheet.rows_wanted.connect(self.ask_where)
        return sheet

    def ask_where(self, file: ImportedFile) -> None:
        """Open the system's dialog for saving; returns at once."""
        title, kind = (self.wording.text(f"import.refused_rows.{word}") for word in ("save", "filter"))
        name = self._presenter.name_of(file)
        self.files.ask_where(
            title, "refused_rows_dialog", name, kind, lambda path: self._presenter.save_rows(file, path)
        )

    def _on_undo_asked(self, question: UndoQuestion | None) -> None:
        if question is None:
            self._question.close()
        else:
            sheet = UndoSheet(*self.over, question)
            sheet.agreed.connect(self._presenter.undo)
            self._question.show(sheet)
