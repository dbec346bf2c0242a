"""Shows the test on own data over the window, the misses over it, and where the table is to be saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.services.own_data_test import OwnDataReport
from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.own_data.presenter import OwnDataPresenter
from kontali_desktop.ui.own_data.state import State
from kontali_desktop.ui.own_data.wrong_sheet import WrongSheet
from kontali_desktop.ui.sheets.file_dialogs import FileDialogs
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.wording.wording import Wording


class OwnDataFlow(QObject):
    """Follows `presenter.changed`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: OwnDataPresenter) -> None:
        super().__init__(window)
        self._over = (theme, wording, window)
        self._wording, self._presenter = wording, presenter
        self._place: OneSheet[OwnDataSheet] = OneSheet(presenter.close)
        self._misses: OneSheet[WrongSheet] = OneSheet(lambda: None)
        self._files = FileDialogs(wording, window)
        presenter.changed.connect(self._follow)
        presenter.wrong_shown.connect(self._show_wrong)
        presenter.where_wanted.connect(self._ask_where)

    @property
    def dialog(self) -> QFileDialog | None:
        return self._files.dialog

    def _follow(self, state: State | None) -> None:
        if state is None:
            self._misses.close()
            self._place.close()
        elif self._place.shown is not None:
            self._place.shown.show_state(state)
        else:
            self._place.show(self._made(state))

    def _made(self, state: State) -> OwnDataSheet:
        presenter = self._presenter
        sheet = OwnDataSheet(*self._over, state)
        sheet.run_wanted.connect(presenter.run)
        sheet.stop_wanted.connect(presenter.stop)
        sheet.wrong_wanted.connect(presenter.show_wrong)
        sheet.save_wanted.connect(presenter.ask_where)
        sheet.client_chosen.connect(presenter.choose_client)
        return sheet

    def _show_wrong(self, report: OwnDataReport) -> None:
        sheet = WrongSheet(*self._over, report)
        sheet.line_wanted.connect(self._presenter.show_line)
        self._misses.show(sheet)

    def _ask_where(self, name: str) -> None:
        title, kind = self._wording.text("own_data.title"), self._wording.text("own_data.file_kind")
        self._files.ask_where(title, "own_data_dialog", name, kind, self._on_where)

    def _on_where(self, path: Path) -> None:
        self._presenter.save(path)
