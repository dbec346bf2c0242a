"""Åpne poster: the table of documents, and the button that brings in more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.listing.page import TableLook, TablePage
from kontali_desktop.ui.listing.presenter import ALL
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.open_items.rows import Group
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.wording.wording import Wording


class OpenItemsPage(TablePage):
    """Importing is asked for in the header, and where there is nothing yet."""

    name = "open_items"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: OpenItemsPresenter, parent: QWidget | None = None
    ) -> None:
        look = TableLook((ALL, *Group), stretch="counterparty", icon=IconName.FILES, has_empty_button=True)
        super().__init__(theme, wording, presenter, look, parent=parent)
        button = Button(theme, wording.text("common.import"), icon=IconName.FILE_IN)
        button.setObjectName("open_items_import_button")
        button.clicked.connect(presenter.wants_import)
        self.header.add_action(button)

    def act_on_empty(self) -> None:
        self.presenter.wants_import.emit()
