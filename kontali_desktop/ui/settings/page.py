"""Innstillinger: the program, the client, the bank."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.services.program_settings import LANGUAGE
from kontali_desktop.ui.settings.bank_card import BankCard
from kontali_desktop.ui.settings.client_card import ClientCard
from kontali_desktop.ui.settings.new_client_card import NewClientCard
from kontali_desktop.ui.settings.presenter import SettingsPresenter
from kontali_desktop.ui.theme import Scheme, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.texts import LANGUAGES
from kontali_desktop.wording.wording import Wording

MOST_WIDTH = 860
LABEL_WIDTH = 120


class SettingsPage(QWidget):
    """Follows `presenter.changed`; what was saved is said beside the title."""

    name = "settings"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self.presenter = presenter
        self._header = PageHeader(theme, wording.text("settings.title"))
        self._client = ClientCard(theme, wording, presenter)
        self._new_client = NewClientCard(theme, wording, presenter)
        self._bank = BankCard(theme, wording, presenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._make_scroll(), 1)
        presenter.changed.connect(self._on_changed)
        presenter.saved.connect(self._header.set_remark)
        presenter.bank_saved.connect(self._bank.show_saved)
        self._on_changed()

    def _make_scroll(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("surface", "page")
        column = QVBoxLayout()
        column.setSpacing(14)
        for card in (self._make_program(), self._client, self._new_client, self._bank):
            column.addWidget(card)
        column.addStretch(1)
        cards = QWidget()
        cards.setMaximumWidth(MOST_WIDTH)
        cards.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(content)
        row.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, PAGE_MARGIN)
        row.addWidget(cards, MOST_WIDTH)
        row.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _make_program(self) -> Card:
        text = self._wording.text
        card = Card()
        card.body.setSpacing(12)
        card.body.addWidget(Label(self._theme, text("settings.general"), size=Size.LARGE, weight=Weight.STRONG))
        languages = [Chip(language, text(f"language.{language}")) for language in LANGUAGES]
        self._languages = ChipRow(self._theme, languages, name=text("settings.language"))
        self._languages.setObjectName("settings_language")
        self._languages.choose(self.presenter.language)
        self._languages.chosen.connect(self.presenter.choose_language)
        card.body.addLayout(self._make_row("settings.language", self._languages))
        variable = self.presenter.variable(LANGUAGE)
        if variable:
            self._languages.setEnabled(False)
            note = text("settings.from_environment", name=variable)
            card.body.addWidget(Label(self._theme, note, size=Size.SMALL, tone=Tone.QUIET))
        schemes = [Chip(scheme, text(f"theme.{scheme}")) for scheme in Scheme]
        self._schemes = ChipRow(self._theme, schemes, name=text("settings.theme"))
        self._schemes.setObjectName("settings_theme")
        self._schemes.choose(self.presenter.scheme)
        self._schemes.chosen.connect(lambda key: self.presenter.choose_scheme(Scheme(key)))
        card.body.addLayout(self._make_row("settings.theme", self._schemes))
        return card

    def _make_row(self, key: str, chips: ChipRow) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        label = Label(self._theme, self._wording.text(key))
        label.setFixedWidth(LABEL_WIDTH)
        row.addWidget(label)
        row.addWidget(chips, 1)
        return row

    def _on_changed(self) -> None:
        section = self.presenter.section
        self._client.setVisible(section is not None)
        if section is not None:
            self._client.show_section(section)
