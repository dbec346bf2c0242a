"""Shows the sheet that belongs to each step of connecting."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.connect.accounts_sheet import AccountsSheet
from kontali_desktop.ui.connect.presenter import ConnectPresenter
from kontali_desktop.ui.connect.sheets import (
    BankSheet,
    BrowserSheet,
    BusySheet,
    ConnectSheet,
    DoneSheet,
    ProblemSheet,
)
from kontali_desktop.ui.connect.steps import (
    ChooseAccounts,
    ChooseBank,
    Contacting,
    Done,
    Fetching,
    InBrowser,
    InView,
    Problem,
    Saving,
    Step,
)
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import DISMISSED
from kontali_desktop.wording.wording import Wording

FOLLOWED = "followed"  # by another sheet, or by none: not the person's doing


class ConnectFlow(QObject):
    """Sheets over `window`; at the bank's own page there is none, for the embedded view has its own."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ConnectPresenter) -> None:
        super().__init__(window)
        self._theme = theme
        self._wording = wording
        self._window = window
        self._presenter = presenter
        self._sheet: ConnectSheet | None = None
        presenter.step_changed.connect(self._follow)

    @property
    def sheet(self) -> ConnectSheet | None:
        return self._sheet

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Contacting | Saving | Fetching):
            self._show_busy(step)
            return
        self._close()
        if step is not None and not isinstance(step, InView):
            self._open(self._made(step))

    def _made(self, step: Step) -> ConnectSheet:
        if isinstance(step, ChooseBank):
            banks = BankSheet(self._theme, self._wording, self._window, step)
            banks.chosen.connect(self._presenter.choose_bank)
            return banks
        if isinstance(step, InBrowser):
            return BrowserSheet(self._theme, self._wording, self._window, step)
        if isinstance(step, ChooseAccounts):
            accounts = AccountsSheet(self._theme, self._wording, self._window, step)
            accounts.kept.connect(self._presenter.keep)
            return accounts
        if isinstance(step, Done):
            done = DoneSheet(self._theme, self._wording, self._window, step)
            done.review_wanted.connect(self._presenter.show_review)
            done.import_wanted.connect(self._presenter.show_import)
            return done
        if not isinstance(step, Problem):
            raise TypeError(step)
        problem = ProblemSheet(self._theme, self._wording, self._window, step)
        problem.acted.connect(self._presenter.take_way_out)
        return problem

    def _show_busy(self, step: Contacting | Saving | Fetching) -> None:
        is_fetch = isinstance(step, Fetching)
        former = self._sheet
        if not isinstance(former, BusySheet) or former.is_fetch is not is_fetch:
            title = "connect.fetching" if is_fetch else "connect.title_bank"
            bank = self._wording.bank(step.bank)
            words = self._wording.text(title, bank=bank) if step.bank else self._wording.text("connect.title")
            self._close()
            self._open(BusySheet(self._theme, self._wording, self._window, words, is_fetch=is_fetch))
        if isinstance(self._sheet, BusySheet):
            self._tell(self._sheet, step)

    def _tell(self, sheet: BusySheet, step: Contacting | Saving | Fetching) -> None:
        if isinstance(step, Fetching):
            sheet.show_fetch(step)
        elif isinstance(step, Saving):
            sheet.cancel.setEnabled(False)
            sheet.show_work(self._wording.text("connect.saving"), self._wording.text("connect.saving_note"))
        elif not step.bank:
            sheet.show_work(self._wording.text("connect.contacting_any"))
        else:
            key = "connect.returning" if step.is_back else "connect.contacting"
            sheet.show_work(self._wording.text(key, bank=self._wording.bank(step.bank)))

    def _open(self, sheet: ConnectSheet) -> None:
        self._sheet = sheet
        sheet.closed.connect(lambda outcome: self._closed(sheet, outcome))
        sheet.open_sheet()

    def _close(self) -> None:
        """Before the next one opens: the keyboard goes back to where it was, not into a sheet that is gone."""
        former, self._sheet = self._sheet, None
        if former is not None:
            former.close_with(FOLLOWED)

    def _closed(self, sheet: ConnectSheet, outcome: str) -> None:
        if outcome == DISMISSED and self._sheet is sheet:
            self._sheet = None
            self._presenter.cancel()
