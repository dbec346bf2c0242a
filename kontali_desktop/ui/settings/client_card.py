"""What is set for a client: when the program may accept by itself, and its bank accounts."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.settings.account_rows import AccountRows
from kontali_desktop.ui.settings.autonomy_rows import AutonomyRows
from kontali_desktop.ui.settings.closed_row import ClosedRow
from kontali_desktop.ui.settings.folder_row import FolderRow
from kontali_desktop.ui.settings.posting_rows import PostingRows
from kontali_desktop.ui.settings.presenter import ClientSection, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.wording.wording import Wording

CHOOSER_WIDTH = 260
SHEETS = ("learnt", "rules", "shadow", "own_data")  # by the names the window's menu knows them by


class ClientCard(Card):
    """Follows `presenter.changed`; hidden while there is no client."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._theme, self._wording, self._presenter = theme, wording, presenter
        self.body.setSpacing(12)
        self.body.addLayout(self._make_head())
        self.autonomy = AutonomyRows(theme, wording, presenter)
        self.body.addWidget(self.autonomy)
        self.body.addLayout(self._make_sheets())
        self.body.addWidget(divider())
        self.closed = ClosedRow(theme, wording, presenter)
        self.body.addWidget(self.closed)
        self.body.addWidget(divider())
        self.folder = FolderRow(theme, wording)
        self.folder.chosen.connect(presenter.set_watched_folder)
        self.body.addWidget(self.folder)
        self.body.addWidget(divider())
        self.body.addWidget(Label(theme, wording.text("settings.accounts"), weight=Weight.STRONG))
        self.body.addWidget(
            Label(theme, wording.text("settings.accounts.text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        )
        self.accounts = AccountRows(theme, wording, presenter)
        self.body.addWidget(self.accounts)
        self.body.addWidget(divider())
        self.body.addWidget(Label(theme, wording.text("settings.posting"), weight=Weight.STRONG))
        self.body.addWidget(
            Label(theme, wording.text("settings.posting.text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        )
        self.posting = PostingRows(theme, wording, presenter)
        self.body.addWidget(self.posting)

    def show_section(self, section: ClientSection) -> None:
        self._name.setText(section.client.name)
        self._show_clients(section.client.id)
        self.autonomy.show_settings(section.client.id, section.settings)
        self.closed.show_settings(section.client.id, section.settings)
        self.folder.show_folder(section.settings.watched_folder)
        self.accounts.show_accounts(section.accounts)
        self.posting.show_accounts(section.client.id, section.posting)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._name = Label(self._theme, size=Size.LARGE, weight=Weight.STRONG)
        self._chooser = ComboBox(self._theme, name=self._wording.text("settings.of_client"))
        self._chooser.setObjectName("settings_client")
        self._chooser.setFixedWidth(CHOOSER_WIDTH)
        self._chooser.activated.connect(self._on_chosen)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._chooser)
        return row

    def _make_sheets(self) -> QHBoxLayout:
        """What there is to open about the client."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in SHEETS:
            button = Button(self._theme, self._wording.text(f"menu.{name}"), small=True)
            button.setObjectName(f"open_{name}_button")
            button.clicked.connect(lambda _=False, name=name: self._on_sheet(name))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _show_clients(self, current: ClientId) -> None:
        clients = self._presenter.clients
        self._chooser.setVisible(len(clients) > 1)
        shown = [(self._chooser.itemText(i), self._chooser.itemData(i)) for i in range(self._chooser.count())]
        if shown != [(c.name, c.id) for c in clients]:
            self._chooser.clear()
            for client in clients:
                self._chooser.addItem(client.name, client.id)
        self._chooser.setCurrentIndex(self._chooser.findData(current))

    def _on_chosen(self, place: int) -> None:
        self._presenter.choose_client(ClientId(self._chooser.itemData(place)))

    def _on_sheet(self, name: str) -> None:
        section = self._presenter.section
        if section is not None:
            self.autonomy.store_now()
            self._presenter.wants_client_sheet.emit(name, section.client.id)
