"""Shows the sheet that belongs to each step of connecting."""

from __future__ import annotations

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
from kontali_desktop.ui.sheets.sheet_flow import SheetFlow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording


class ConnectFlow(SheetFlow[ConnectSheet]):
    """Sheets over `window`; at the bank's own page there is none, for the embedded view has its own."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ConnectPresenter) -> None:
        super().__init__(theme, wording, window, presenter.cancel)
        self._presenter = presenter
        presenter.step_changed.connect(self._follow)

    def _follow(self, step: Step | None) -> None:
        if isinstance(step, Contacting | Saving | Fetching):
            self._show_busy(step)
            return
        if step is not None and not isinstance(step, InView):
            self.place.show(self._made(step))
        else:
            self.place.close()

    def _made(self, step: Step) -> ConnectSheet:
        if isinstance(step, ChooseBank):
            banks = BankSheet(*self.over, step)
            banks.chosen.connect(self._presenter.choose_bank)
            return banks
        if isinstance(step, InBrowser):
            return BrowserSheet(*self.over, step)
        if isinstance(step, ChooseAccounts):
            accounts = AccountsSheet(*self.over, step)
            accounts.kept.connect(self._presenter.keep)
            return accounts
        if isinstance(step, Done):
            done = DoneSheet(*self.over, step)
            done.review_wanted.connect(self._presenter.show_review)
            done.import_wanted.connect(self._presenter.show_import)
            return done
        if not isinstance(step, Problem):
            raise TypeError(step)
        problem = ProblemSheet(*self.over, step)
        problem.acted.connect(self._presenter.take_way_out)
        return problem

    def _show_busy(self, step: Contacting | Saving | Fetching) -> None:
        is_fetch = isinstance(step, Fetching)
        former = self.sheet
        if not isinstance(former, BusySheet) or former.is_fetch is not is_fetch:
            title = "connect.fetching" if is_fetch else "connect.title_bank"
            bank = self.wording.bank(step.bank)
            words = self.wording.text(title, bank=bank) if step.bank else self.wording.text("connect.title")
            self.place.show(BusySheet(*self.over, words, is_fetch=is_fetch))
        if isinstance(self.sheet, BusySheet):
            self._tell(self.sheet, step)

    def _tell(self, sheet: BusySheet, step: Contacting | Saving | Fetching) -> None:
        if isinstance(step, Fetching):
            sheet.show_fetch(step)
        elif isinstance(step, Saving):
            sheet.cancel.setEnabled(False)
            sheet.show_work(self.wording.text("connect.saving"), self.wording.text("connect.saving_note"))
        elif not step.bank:
            sheet.show_work(self.wording.text("connect.contacting_any"))
        else:
            key = "connect.returning" if step.is_back else "connect.contacting"
            sheet.show_work(self.wording.text(key, bank=self.wording.bank(step.bank)))
