"""Åpne poster: the table of documents, and the button that brings in more."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.attachments.button import AttachmentButton
from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter, ShownDocument
from kontali_desktop.ui.listing.page import TableLook, TablePage
from kontali_desktop.ui.listing.presenter import ALL
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.open_items.rows import Group, OpenItemRow
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.wording.wording import Wording

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OpenItemsPage(TablePage):
    """Importing is asked for in the header, and where there is nothing yet.

    Enter or a double click shows what is attached to the current document.
    """

    name = "open_items"

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        presenter: OpenItemsPresenter,
        attachments: AttachmentsPresenter,
        parent: QWidget | None = None,
    ) -> None:
        look = TableLook((ALL, *Group), stretch="counterparty", icon=IconName.FILES, has_empty_button=True)
        super().__init__(theme, wording, presenter, look, parent=parent)
        self._attachments = attachments
        self.header.add_action(AttachmentButton(theme, wording, attachments))
        button = Button(theme, wording.text("common.import"), icon=IconName.FILE_IN)
        button.setObjectName("open_items_import_button")
        button.clicked.connect(presenter.wants_import)
        self.header.add_action(button)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.doubleClicked.connect(attachments.want)
        presenter.model.modelReset.connect(lambda: self._on_current(self.table.currentIndex()))

    def act_on_empty(self) -> None:
        self.presenter.wants_import.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.table.hasFocus() and not event.isAutoRepeat():
            self._attachments.want()
        else:
            super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex) -> None:
        rows = self.presenter.model.rows
        row = rows[index.row()] if 0 <= index.row() < len(rows) else None
        if isinstance(row, OpenItemRow) and row.view.attachments:
            self._attachments.show([ShownDocument(row.key, row.reported.number, row.reported.kind)])
        else:
            self._attachments.show(())
