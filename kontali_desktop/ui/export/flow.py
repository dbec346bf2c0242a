"""Shows the sheets of an export and of the earlier ones, and lets the person choose where the file goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.export.export_sheet import ExportSheet
from kontali_desktop.ui.export.history_presenter import ExportHistoryPresenter
from kontali_desktop.ui.export.history_sheet import ExportHistorySheet
from kontali_desktop.ui.export.presenter import ExportPresenter
from kontali_desktop.ui.export.result_sheets import NotWrittenSheet, WrittenSheet
from kontali_desktop.ui.export.steps import Foreseen, NotWritten, SaveWish, Step, free_path
from kontali_desktop.ui.sheets.history_flow import PastFlow
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.sheets.sheet_flow import SheetFlow
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording


class ExportFlow(SheetFlow[WordedSheet]):
    """Sheets and the dialog for saving over `window`."""

    def __init__(
        self, theme: Theme, wording: Wording, window: QWidget, presenter: ExportPresenter, today: Callable[[], date]
    ) -> None:
        super().__init__(theme, wording, window, presenter.close)
        self._presenter, self._today = presenter, today
        presenter.step_changed.connect(self._follow)
        presenter.where_wanted.connect(self.ask_where)

    def ask_where(self, wish: SaveWish) -> None:
        """Open the system's dialog for saving; returns at once."""
        title, kind = self.wording.text("export.title"), self.wording.export_format(wish.format)
        name = free_path(Path(self.files.folder) / wish.name).name
        self.files.ask_where(title, "export_dialog", name, kind, lambda path: self._presenter.write(wish, path))

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Foreseen) and isinstance(self.sheet, ExportSheet):
            self.sheet.show_step(step)
        elif step is not None:
            self.place.show(self._made(step))
        else:
            self.place.close()

    def _made(self, step: Step) -> WordedSheet:
        if isinstance(step, Foreseen):
            return self._export_sheet(step)
        if isinstance(step, NotWritten):
            failed = NotWrittenSheet(*self.over, step)
            failed.acted.connect(self._presenter.ask_where_else)
            return failed
        return WrittenSheet(*self.over, step)

    def _export_sheet(self, step: Foreseen) -> ExportSheet:
        presenter = self._presenter
        sheet = ExportSheet(*self.over, step, self._today())
        sheet.client_chosen.connect(presenter.choose_client)
        sheet.format_chosen.connect(presenter.choose_format)
        sheet.period_chosen.connect(presenter.choose_period)
        sheet.value_given.connect(presenter.give_value)
        sheet.agreed.connect(presenter.ask_where)
        sheet.history_wanted.connect(presenter.ask_history)
        presenter.value_refused.connect(sheet.held.show_problem)
        return sheet


class ExportHistoryFlow(PastFlow[ExportRecord]):
    """The sheet of the earlier exports over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ExportHistoryPresenter) -> None:
        super().__init__(theme, wording, window, presenter)
        self._presenter = presenter

    def make_sheet(self, past: tuple[Past[ExportRecord], ...]) -> ExportHistorySheet:
        sheet = ExportHistorySheet(*self.over, past)
        sheet.again_wanted.connect(self._presenter.again_wanted)
        return sheet
