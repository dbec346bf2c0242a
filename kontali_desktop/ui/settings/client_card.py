"""What is set for a client: when the program may accept by itself, and its bank accounts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.settings.account_rows import AccountRows
from kontali_desktop.ui.settings.folder_row import FolderRow
from kontali_desktop.ui.settings.posting_rows import PostingRows
from kontali_desktop.ui.settings.presenter import ClientSection, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.check_box import CheckBox
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.wording.wording import Wording

WHOLE = 1000  # the slider counts in thousandths
LOWEST, HIGHEST = 900, 999
SETTLE_MS = 400  # a slider on its way is not stored
SLIDER_WIDTH, CHOOSER_WIDTH = 280, 260


class ClientCard(Card):
    """Follows `presenter.changed`; hidden while there is no client."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._theme, self._wording, self._presenter = theme, wording, presenter
        self.body.setSpacing(12)
        self.body.addLayout(self._make_head())
        self.body.addLayout(self._make_automatic())
        self.body.addLayout(self._make_threshold())
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
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._store_threshold)

    def show_section(self, section: ClientSection) -> None:
        self._name.setText(section.client.name)
        self._show_clients(section.client.id)
        self._automatic.setChecked(section.settings.is_automatic)
        if not self._slider.isSliderDown() and not self._settle.isActive():
            self._slider.setValue(round(section.settings.threshold * WHOLE))
        self._show_threshold(self._slider.value())
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

    def _make_automatic(self) -> QVBoxLayout:
        text = self._wording.text
        self._automatic = CheckBox(self._theme, text("settings.automatic"))
        self._automatic.setObjectName("settings_automatic")
        self._automatic.clicked.connect(lambda is_on: self._presenter.set_automatic(is_automatic=is_on))
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._automatic)
        column.addWidget(
            Label(self._theme, text("settings.automatic.note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        )
        return column

    def _make_threshold(self) -> QVBoxLayout:
        text = self._wording.text
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("settings_threshold")
        self._slider.setAccessibleName(text("settings.threshold"))
        self._slider.setRange(LOWEST, HIGHEST)
        self._slider.setPageStep(10)
        self._slider.setFixedWidth(SLIDER_WIDTH)
        self._slider.valueChanged.connect(self._on_moved)
        self._share = Label(self._theme, weight=Weight.STRONG, figures=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(self._theme, text("settings.threshold")))
        row.addWidget(self._slider)
        row.addWidget(self._share)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(
            Label(self._theme, text("settings.threshold.text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        )
        return column

    def _show_clients(self, current: ClientId) -> None:
        clients = self._presenter.clients
        self._chooser.setVisible(len(clients) > 1)
        shown = [(self._chooser.itemText(i), self._chooser.itemData(i)) for i in range(self._chooser.count())]
        if shown != [(c.name, c.id) for c in clients]:
            self._chooser.clear()
            for client in clients:
                self._chooser.addItem(client.name, client.id)
        self._chooser.setCurrentIndex(self._chooser.findData(current))

    def _show_threshold(self, value: int) -> None:
        shown = self._wording.percent(value, WHOLE, 1)
        self._share.setText(shown)
        self._slider.setAccessibleDescription(shown)

    def _on_chosen(self, place: int) -> None:
        self._store_now()
        self._presenter.choose_client(ClientId(self._chooser.itemData(place)))

    def _on_moved(self, value: int) -> None:
        self._show_threshold(value)
        section = self._presenter.section
        if section is not None and value != round(section.settings.threshold * WHOLE):
            self._settle.start()

    def _store_now(self) -> None:
        """Before another client is shown."""
        if self._settle.isActive():
            self._settle.stop()
            self._store_threshold()

    def _store_threshold(self) -> None:
        self._presenter.set_threshold(self._slider.value() / WHOLE)
