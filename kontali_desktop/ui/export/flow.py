"""Shows the sheets of an export and of the earlier ones, and lets the person choose where the file goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.ui.export.export_sheet import ExportSheet
from kontali_desktop.ui.export.history_presenter import ExportHistoryPresenter, PastExport
from kontali_desktop.ui.export.history_sheet import ExportHistorySheet
from kontali_desktop.ui.export.presenter import ExportPresenter
from kontali_desktop.ui.export.result_sheets import NotWrittenSheet, WrittenSheet
from kontali_desktop.ui.export.steps import Foreseen, NotWritten, SaveWish, Step, free_path
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.ui.widgets.sheet import DISMISSED
from kontali_desktop.wording.wording import Wording

FOLLOWED = "followed"  # by another sheet, or by none: not the person's doing


class ExportFlow(QObject):
    """Sheets and the dialog for saving over `window`."""

    def __init__(
        self, theme: Theme, wording: Wording, window: QWidget, presenter: ExportPresenter, today: Callable[[], date]
    ) -> None:
        super().__init__(window)
        self._theme, self._wording, self._window = theme, wording, window
        self._presenter, self._today = presenter, today
        self._folder = _documents_folder()
        self.sheet: PrimarySheet | None = None
        self.dialog: QFileDialog | None = None
        presenter.step_changed.connect(self._follow)
        presenter.where_wanted.connect(self.ask_where)

    def ask_where(self, wish: SaveWish) -> None:
        """Open the system's dialog for saving; returns at once."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = QFileDialog(self._window, self._wording.text("export.title"))
        dialog.setObjectName("export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        path = free_path(Path(self._folder) / wish.name)
        dialog.setNameFilters([f"{self._wording.export_format(wish.format)} (*{path.suffix})"])
        dialog.setDefaultSuffix(path.suffix.removeprefix("."))
        for label in QFileDialog.DialogLabel:  # Qt's own dialog, where the desktop has none, knows no bokmål
            dialog.setLabelText(label, self._wording.text(f"import.dialog.{label.name.lower()}"))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self._wording.text("common.save"))
        dialog.setDirectory(self._folder)
        dialog.selectFile(path.name)
        dialog.fileSelected.connect(lambda chosen: self._on_where(wish, Path(chosen)))
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _on_where(self, wish: SaveWish, path: Path) -> None:
        self._folder = str(path.parent)
        self._presenter.write(wish, path)

    def _on_dialog_finished(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Foreseen) and isinstance(self.sheet, ExportSheet):
            self.sheet.show_step(step)
            return
        former, self.sheet = self.sheet, None
        if former is not None:
            former.close_with(FOLLOWED)
        if step is not None:
            self.sheet = sheet = self._made(step)
            sheet.closed.connect(self._on_closed)
            sheet.open_sheet()

    def _made(self, step: Step) -> PrimarySheet:
        over = (self._theme, self._wording, self._window)
        if isinstance(step, Foreseen):
            return self._export_sheet(step)
        if isinstance(step, NotWritten):
            failed = NotWrittenSheet(*over, step)
            failed.acted.connect(self._presenter.ask_where_else)
            return failed
        return WrittenSheet(*over, step)

    def _export_sheet(self, step: Foreseen) -> ExportSheet:
        presenter = self._presenter
        sheet = ExportSheet(self._theme, self._wording, self._window, step, self._today())
        sheet.client_chosen.connect(presenter.choose_client)
        sheet.format_chosen.connect(presenter.choose_format)
        sheet.period_chosen.connect(presenter.choose_period)
        sheet.value_given.connect(presenter.give_value)
        sheet.agreed.connect(presenter.ask_where)
        sheet.history_wanted.connect(presenter.ask_history)
        presenter.value_refused.connect(sheet.held.show_problem)
        return sheet

    def _on_closed(self, outcome: str) -> None:
        if outcome == DISMISSED:
            self.sheet = None
            self._presenter.close()


class ExportHistoryFlow(QObject):
    """The sheet of the earlier exports over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ExportHistoryPresenter) -> None:
        super().__init__(window)
        self._theme, self._wording, self._window = theme, wording, window
        self._presenter = presenter
        self.sheet: ExportHistorySheet | None = None
        presenter.shown.connect(self._on_shown)

    def _on_shown(self, exports: tuple[PastExport, ...] | None) -> None:
        if exports is None:
            former, self.sheet = self.sheet, None
            if former is not None:
                former.close_with(FOLLOWED)
        elif self.sheet is not None:
            self.sheet.show_exports(exports)
        else:
            self.sheet = sheet = ExportHistorySheet(self._theme, self._wording, self._window, exports)
            sheet.again_wanted.connect(self._presenter.again_wanted)
            sheet.closed.connect(self._on_closed)
            sheet.open_sheet()

    def _on_closed(self, outcome: str) -> None:
        if outcome == DISMISSED:
            self.sheet = None
            self._presenter.close()


def _documents_folder() -> str:
    """Where a person's files usually lie."""
    places = (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation)
    folders = [QStandardPaths.writableLocation(place) for place in places]
    return next((folder for folder in folders if Path(folder).is_dir()), "")
