"""The button that opens an attachment, or the menu of several; hidden where there is none."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter, Choice
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.wording.wording import Wording

MOST_IN_MENU = 30


class AttachmentButton(Button):
    """Follows its presenter."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: AttachmentsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", icon=IconName.PAPERCLIP, parent=parent)
        self._wording = wording
        self._presenter = presenter
        self.setObjectName("attachment_button")
        self._menu = QMenu(self)
        self._menu.setObjectName("attachment_menu")
        self.clicked.connect(self._on_clicked)
        presenter.changed.connect(self._on_changed)
        presenter.wanted.connect(self._on_clicked)
        self._on_changed()

    def _on_changed(self) -> None:
        self._menu.close()
        self.set_text(self._presenter.label)
        self.setToolTip(self._presenter.choices[0].text if len(self._presenter.choices) == 1 else "")
        self.setVisible(bool(self._presenter.choices))

    def _on_clicked(self) -> None:
        choices = self._presenter.choices
        if len(choices) == 1:
            self._presenter.open(choices[0].id)
        elif choices:
            self._fill_menu(choices)
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
            self._menu.setActiveAction(self._menu.actions()[0])

    def _fill_menu(self, choices: tuple[Choice, ...]) -> None:
        self._menu.clear()
        for choice in choices[:MOST_IN_MENU]:
            action = QAction(choice.text.replace("&", "&&"), self._menu)
            action.triggered.connect(lambda _checked=False, found=choice.id: self._presenter.open(found))
            self._menu.addAction(action)
        more = len(choices) - MOST_IN_MENU
        if more > 0:
            self._menu.addAction(self._wording.plural("attachment.menu.more", more)).setEnabled(False)
