"""A client that no bank has named: whose books are kept from files."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording


class NewClientCard(Card):
    """The fields are emptied when the client is there."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._presenter = presenter
        text = wording.text
        self.body.setSpacing(12)
        self.body.addWidget(Label(theme, text("settings.new_client"), size=Size.LARGE, weight=Weight.STRONG))
        self.body.addWidget(Label(theme, text("settings.new_client_note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        self.orgnr = TextField(theme, text("first_run.orgnr"), text("first_run.orgnr_hint"))
        self.orgnr.input.setObjectName("new_client_orgnr")
        self.orgnr.changed.connect(lambda _text: self.orgnr.set_problem(""))
        self.company = TextField(theme, text("first_run.name"))
        self.company.input.setObjectName("new_client_name")
        row = QHBoxLayout()
        row.setSpacing(16)
        for field in (self.orgnr, self.company):
            field.input.returnPressed.connect(self._add)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.add_button = Button(theme, text("settings.new_client_add"))
        self.add_button.setObjectName("add_client_button")
        self.add_button.clicked.connect(self._add)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        presenter.problem.connect(self._show_problem)
        presenter.client_added.connect(self._empty)

    def _add(self) -> None:
        self._presenter.add_client(self.orgnr.text, self.company.text)

    def _show_problem(self, problem: Problem) -> None:
        if problem.place is Place.NEW_CLIENT:
            self.orgnr.set_problem(problem.text)
            if problem.text:
                self.orgnr.setFocus()

    def _empty(self) -> None:
        self.orgnr.set_text("")
        self.company.set_text("")
