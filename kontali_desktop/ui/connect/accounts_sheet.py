"""The sheet on which accounts get their clients and their start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kontali_desktop.domain.clients import Client
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.synchronise import FIRST_DAYS
from kontali_desktop.ui.connect.account_form import AccountAnswer, AccountRow, account_choices
from kontali_desktop.ui.connect.new_client_panel import NewClientPanel
from kontali_desktop.ui.connect.sheets import ConnectSheet
from kontali_desktop.ui.connect.steps import ChooseAccounts
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.check_box import CheckBox
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.date_field import DateField
from kontali_desktop.ui.widgets.fitting_area import FittingArea
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

WIDTH = 780
CLIENT_WIDTH = 230
DATE_WIDTH = 130


class _RowWidgets:
    """One account's checkbox, client and date."""

    def __init__(self, theme: Theme, wording: Wording, row: AccountRow, clients: tuple[Client, ...]) -> None:
        number = row.reported.number
        self.row = row
        self.box = CheckBox(theme, f"{_spaced(number)}  {row.reported.name}".strip(), figures=True)
        self.box.setObjectName(f"account_{number}")
        self.box.setChecked(row.is_chosen)
        self.owner = Label(theme, row.reported.owner_name, size=Size.SMALL, tone=Tone.QUIET)
        self.owner.setContentsMargins(29, 0, 0, 0)
        self.client = ComboBox(theme, name=wording.text("connect.client_of", account=number))
        self.client.setObjectName(f"client_{number}")
        self.client.setFixedWidth(CLIENT_WIDTH)
        for client in clients:
            self.client.addItem(client.name, client.id)
        if not row.is_fixed:
            self.client.addItem(wording.text("connect.new_client", name=row.new_client.name), None)
        self.client.setCurrentIndex(max(0, self.client.findData(row.client_id)))
        self.client.setEnabled(not row.is_fixed)
        self.date = DateField(
            wording.text("connect.booked_to_of", account=number),
            wording.text("connect.date_hint"),
            wording.text("connect.date_wrong"),
            wording.text("connect.date_too_late"),
        )
        self.date.setObjectName(f"booked_to_{number}")
        self.date.setFixedWidth(DATE_WIDTH)
        self.date.set_day(row.booked_to)

    @property
    def wants_new_client(self) -> bool:
        return self.box.isChecked() and self.client.currentData() is None

    def answer(self) -> AccountAnswer:
        return AccountAnswer(self.box.isChecked(), self.client.currentData(), self.date.day)

    def follow_box(self) -> None:
        self.client.setEnabled(self.box.isChecked() and not self.row.is_fixed)
        self.date.setEnabled(self.box.isChecked())


class AccountsSheet(ConnectSheet):
    """`kept` carries the choices once everything asked for is there and right."""

    kept = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ChooseAccounts) -> None:
        super().__init__(theme, wording, window, wording.text("connect.accounts_title"), width=WIDTH)
        self.step = step
        self._rows = [_RowWidgets(theme, wording, row, step.clients) for row in step.rows]
        self._panels: dict[str, NewClientPanel] = {}
        note = wording.text("connect.accounts_note", days=FIRST_DAYS)
        self._area = FittingArea()
        self.body.addWidget(self._area, 1)
        self._area.body.addWidget(Label(theme, note, tone=Tone.QUIET, wrap=True))
        self._area.body.addWidget(self._table(theme, wording))
        self._note = Label(theme, wording.text("connect.booked_to_note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._note.setObjectName("booked_to_note")
        self._area.body.addWidget(self._note)
        for name, new in {row.new_client.name: row.new_client for row in step.rows}.items():
            self._panels[name] = NewClientPanel(theme, wording, new)
            self._area.body.addWidget(self._panels[name])
        self.keep_button = Button(theme, "", kind=ButtonKind.PRIMARY)
        self.keep_button.setObjectName("keep_button")
        self.keep_button.clicked.connect(self._keep)
        self.add_buttons(self.cancel_button(), self.keep_button)
        for row in self._rows:
            row.box.toggled.connect(self._follow)
            row.client.currentIndexChanged.connect(self._follow)
            row.date.textChanged.connect(self._explain_date)
        for field in self.findChildren(QLineEdit):
            field.returnPressed.connect(self._keep)
        self._follow()

    def open_sheet(self) -> None:
        """The keyboard begins where something must be filled in, or at the button where nothing must."""
        super().open_sheet()
        panels = [panel for panel in self._panels.values() if panel.isVisible() and not panel.orgnr.text]
        self._go_to(panels[0] if panels else self.keep_button)

    def _go_to(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._area.isAncestorOf(widget):
            self._area.ensureWidgetVisible(widget)

    def _table(self, theme: Theme, wording: Wording) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for column, key in enumerate(("account", "client", "booked_to")):
            grid.addWidget(heading(theme, wording.text(f"connect.column_{key}")), 0, column)
        grid.setRowMinimumHeight(0, 24)
        for number, row in enumerate(self._rows, 1):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.setContentsMargins(0, 6, 0, 6)
            words.addWidget(row.box)
            words.addWidget(row.owner)
            grid.addLayout(words, number, 0)
            grid.addWidget(row.client, number, 1)
            grid.addWidget(row.date, number, 2)
        return inner

    def _follow(self) -> None:
        chosen = 0
        wanted = set()
        for row in self._rows:
            row.follow_box()
            chosen += row.box.isChecked()
            if row.wants_new_client:
                wanted.add(row.row.new_client.name)
        for name, panel in self._panels.items():
            panel.setVisible(name in wanted)
        key = "connect.keep_renewed" if self.step.is_renewal else "connect.keep"
        self.keep_button.set_text(
            self.wording.plural(key, chosen) if chosen else self.wording.text("connect.choose_one")
        )
        self.keep_button.setEnabled(chosen > 0)
        self.refit()

    def _explain_date(self) -> None:
        self._note.set_tone(Tone.QUIET)
        self._note.setText(self.wording.text("connect.booked_to_note"))

    def _keep(self) -> None:
        """Go on, or to the first field that is not right."""
        wrong = [row.date for row in self._rows if row.box.isChecked() and not row.date.is_valid]
        if wrong:
            self._note.set_tone(Tone.NEGATIVE)
            self._note.setText(wrong[0].problem)
            self._go_to(wrong[0])
            return
        confirmed: dict[str, NewClient] = {}
        for name, panel in self._panels.items():
            if any(row.wants_new_client and row.row.new_client.name == name for row in self._rows):
                new = panel.confirmed()
                if new is None:
                    self.refit()
                    self._go_to(panel)
                    return
                confirmed[name] = new
        answers = [row.answer() for row in self._rows]
        self.kept.emit(account_choices(self.step.rows, answers, confirmed))


def _spaced(number: str) -> str:
    """1503 12 34567, as account numbers are written."""
    return f"{number[:4]} {number[4:6]} {number[6:]}" if len(number) == 11 and number.isdigit() else number  # noqa: PLR2004 - the length of a Norwegian account number
