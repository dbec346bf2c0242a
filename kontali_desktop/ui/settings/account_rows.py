"""A client's bank accounts: which ledger account each is booked on, and up to which day it is in the books."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.date_field import DateField
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

LEDGER_WIDTH, DATE_WIDTH = 90, 130
COLUMNS = ("settings.account", "settings.account_name", "settings.ledger_account", "settings.booked_to")


class AccountRows(QWidget):
    """What is typed is stored when the field is left or Enter is pressed; what is refused is said below it."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._presenter = theme, wording, presenter
        self._rows: dict[AccountId, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._headings = [heading(theme, wording.text(key)) for key in COLUMNS]
        for column, label in enumerate(self._headings):
            self._grid.addWidget(label, 0, column)
        self._none = Label(theme, wording.text("settings.no_accounts"), tone=Tone.QUIET)
        self._grid.addWidget(self._none, 1, 0, 1, len(COLUMNS))
        presenter.problem.connect(self._on_problem)

    def show_accounts(self, accounts: Sequence[BankAccount]) -> None:
        """Rows stay as long as the accounts are the same, so that a person typing is not disturbed."""
        if [a.id for a in accounts] != list(self._rows):
            for row in self._rows.values():
                row.remove()
            self._rows = {a.id: self._make_row(a, place) for place, a in enumerate(accounts)}
        for account in accounts:
            self._rows[account.id].fill(account)
        self._none.setVisible(not accounts)
        for label in self._headings:
            label.setVisible(bool(accounts))

    def _make_row(self, account: BankAccount, place: int) -> _Row:
        row = _Row(self._theme, self._wording, self._presenter, account)
        row.put_into(self._grid, 2 + 2 * place)
        return row

    def _on_problem(self, problem: Problem) -> None:
        row = self._rows.get(problem.account) if problem.account is not None else None
        if row is not None:
            row.show_problem(problem)


class _Row:
    """One account: two lines of the grid, its fields and, where there is one, the reason below."""

    def __init__(self, theme: Theme, wording: Wording, presenter: SettingsPresenter, account: BankAccount) -> None:
        self._presenter = presenter
        self._account = account
        self._problems: dict[Place, str] = {}
        text = wording.text
        self._number = Label(theme, figures=True)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name = Label(theme, tone=Tone.QUIET)
        self._ledger = QLineEdit()
        self._ledger.setObjectName(f"ledger_{account.number}")
        self._ledger.setAccessibleName(text("settings.ledger_account_of", account=account.number))
        self._ledger.setFixedWidth(LEDGER_WIDTH)
        self._ledger.setMaxLength(8)
        self._ledger.setFont(theme.font(figures=True))
        self._date = DateField(
            text("settings.booked_to_of", account=account.number), text("connect.date_hint"), text("connect.date_wrong")
        )
        self._date.setObjectName(f"booked_to_{account.number}")
        self._date.setFixedWidth(DATE_WIDTH)
        self._date.setFont(theme.font(figures=True))
        self._wrong_date = text("connect.date_wrong")
        self._reason = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._reason.setObjectName(f"problem_{account.number}")
        self._reason.hide()
        self._widgets = (self._number, self._name, self._ledger, self._date, self._reason)
        self._ledger.editingFinished.connect(self._store_ledger)
        self._date.editingFinished.connect(self._store_date)

    def put_into(self, grid: QGridLayout, line: int) -> None:
        """Its fields on one line, the reason on the next."""
        for column, widget in enumerate(self._widgets[:-1]):
            grid.addWidget(widget, line, column)
        grid.addWidget(self._reason, line + 1, 0, 1, len(COLUMNS))

    def fill(self, account: BankAccount) -> None:
        """Show what is stored, but not over what is being typed or was refused."""
        changed_ledger = account.ledger_account != self._account.ledger_account or not self._ledger.text()
        changed_date = account.booked_to != self._account.booked_to or not self._date.text()
        self._account = account
        self._number.setText(account.number)
        self._name.setText(account.name or account.owner_name)
        if changed_ledger and Place.LEDGER_ACCOUNT not in self._problems and not self._ledger.isModified():
            self._ledger.setText(account.ledger_account)
        if changed_date and Place.START not in self._problems and not self._date.isModified():
            self._date.set_day(account.booked_to)

    def remove(self) -> None:
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()

    def show_problem(self, problem: Problem) -> None:
        if problem.text:
            self._problems[problem.place] = problem.text
        else:
            self._problems.pop(problem.place, None)
        self._reason.setText("\n".join(self._problems.values()))
        self._reason.setVisible(bool(self._problems))
        for place, field in ((Place.LEDGER_ACCOUNT, self._ledger), (Place.START, self._date)):
            mark_wrong(field, self._problems.get(place, ""))

    def _store_ledger(self) -> None:
        if self._ledger.isModified():
            self._ledger.setModified(False)
            self._presenter.change_ledger_account(self._account.id, self._ledger.text())

    def _store_date(self) -> None:
        if not self._date.isModified():
            return
        if not self._date.is_valid:
            self.show_problem(Problem(Place.START, self._wrong_date, self._account.id))
            return
        self._date.setModified(False)
        self._presenter.change_start(self._account.id, self._date.day)
