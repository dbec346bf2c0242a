"""The fields that make an account's owner a client."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.domain.errors import NotAnOrganisationNumber
from kontali_desktop.services.clients import NewClient, compact_orgnr
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

ORGNR_WIDTH = 180


class NewClientPanel(Card):
    """The organisation number is required and must check; the name is the bank's until it is changed."""

    def __init__(self, theme: Theme, wording: Wording, new: NewClient, *, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self._wording = wording
        self.body.addWidget(
            Label(theme, wording.text("connect.new_client_note", name=new.name), tone=Tone.QUIET, wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        self.orgnr = TextField(theme, wording.text("connect.orgnr"), wording.text("connect.orgnr_hint"))
        self.orgnr.input.setObjectName("orgnr")
        self.orgnr.setFixedWidth(ORGNR_WIDTH)
        self.orgnr.set_text(new.orgnr)
        self.orgnr.changed.connect(lambda _text: self.orgnr.set_problem(""))
        self.name = TextField(theme, wording.text("connect.client_name"))
        self.name.input.setObjectName("client_name")
        self.name.set_text(new.name)
        row.addWidget(self.orgnr)
        row.addWidget(self.name, 1)
        self.body.addLayout(row)
        self.setFocusProxy(self.orgnr)

    def confirmed(self) -> NewClient | None:
        """What is written, or None where the number is not one; the field then says so."""
        text = self.orgnr.text.strip()
        try:
            number = compact_orgnr(text)
        except NotAnOrganisationNumber:
            self.orgnr.set_problem(self._wording.text("connect.orgnr_wrong" if text else "connect.orgnr_missing"))
            return None
        return NewClient(number, self.name.text.strip())
