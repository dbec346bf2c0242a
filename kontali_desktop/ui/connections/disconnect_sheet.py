"""Asks before a bank is disconnected, and says what that does and what it keeps."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.connections.rows import ConnectionRow
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

DO: Final = "disconnect"
WIDTH = 480


class DisconnectSheet(PrimarySheet):
    """Outcomes: `DO`, or dismissed. The keyboard starts at the harmless button."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, row: ConnectionRow) -> None:
        super().__init__(
            theme,
            window,
            wording.text("connections.disconnect_title", bank=row.bank),
            subtitle="" if row.title == row.bank else row.title,
            close_name=wording.text("connections.close"),
            width=WIDTH,
        )
        self.setObjectName("disconnect_sheet")
        accounts = wording.text("connections.disconnect_accounts", accounts=f"{row.accounts} ({row.numbers})")
        for text, tone in (
            (wording.text("connections.disconnect_text"), Tone.TEXT),
            (wording.text("connections.disconnect_keeps"), Tone.TEXT),
            (accounts, Tone.QUIET),
        ):
            self.body.addWidget(Label(theme, text, tone=tone, wrap=True))
        cancel = self.make_button(wording.text("connections.cancel"), "cancel_button", self.dismiss)
        do = self.make_button(
            wording.text("connections.disconnect_do"),
            "disconnect_button",
            lambda: self.close_with(DO),
            kind=ButtonKind.PRIMARY,
        )
        self.add_buttons(cancel, do)
