"""Transaksjoner: the table of all bank transactions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.listing.page import TableLook, TablePage
from kontali_desktop.ui.listing.presenter import ALL
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from kontali_desktop.ui.transactions.rows import Group
from kontali_desktop.wording.wording import Wording


class TransactionsPage(TablePage):
    """Where there is nothing yet, its button leads to a bank."""

    name = "transactions"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: TransactionsPresenter, parent: QWidget | None = None
    ) -> None:
        look = TableLook((ALL, *Group), stretch="text", icon=IconName.BANK, has_empty_button=True)
        super().__init__(theme, wording, presenter, look, parent=parent)

    def act_on_empty(self) -> None:
        self.presenter.wants_connect.emit(None)
