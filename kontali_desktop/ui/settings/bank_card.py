"""DNB's settings: what stands in the file, and the secrets that go to the keychain."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from kontali_desktop.services.program_settings import (
    API_KEY,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    USE_SANDBOX,
    BankAccess,
    BankAccessChange,
)
from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.check_box import CheckBox
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording


class BankCard(Card):
    """Follows `presenter.bank_changed`. A secret is never shown again, only that there is one."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._theme, self._wording, self._presenter = theme, wording, presenter
        text = wording.text
        self.body.setSpacing(12)
        self.body.addWidget(Label(theme, text("settings.bank"), size=Size.LARGE, weight=Weight.STRONG))
        self.body.addWidget(Label(theme, text("settings.bank_note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        self._client_id = self._make_field("settings.bank.client_id", "dnb_client_id")
        hint = text("settings.bank.redirect_hint")
        self._redirect = self._make_field("settings.bank.redirect", "dnb_redirect_uri", hint)
        self._secret = self._make_field("settings.bank.client_secret", "dnb_client_secret")
        self._api_key = self._make_field("settings.bank.api_key", "dnb_api_key")
        for field in (self._secret, self._api_key):
            field.input.setEchoMode(QLineEdit.EchoMode.Password)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        places = ((0, 0), (0, 1), (1, 0), (1, 1))
        fields = (self._client_id, self._redirect, self._secret, self._api_key)
        for field, (row, column) in zip(fields, places, strict=True):
            grid.addWidget(field, row, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._sandbox = CheckBox(theme, text("settings.bank.sandbox"))
        self._sandbox.setObjectName("dnb_use_sandbox")
        self._note = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._note.setObjectName("dnb_note")
        self._save = Button(theme, text("settings.bank.save"))
        self._save.setObjectName("dnb_save")
        self._save.clicked.connect(self._on_save)
        self._retry = Button(theme, text("common.retry"), icon=IconName.SYNC)
        self._retry.setObjectName("dnb_retry")
        self._retry.clicked.connect(presenter.refresh)
        self.body.addWidget(self._sandbox)
        self.body.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._save)
        buttons.addWidget(self._retry)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        for field in fields:
            field.input.returnPressed.connect(self._on_save)
        presenter.bank_changed.connect(self._on_changed)
        presenter.problem.connect(self._on_problem)
        self._on_changed()

    def _make_field(self, key: str, name: str, hint: str = "") -> TextField:
        field = TextField(self._theme, self._wording.text(key), hint)
        field.input.setObjectName(name)
        return field

    def _on_changed(self) -> None:
        access, problem = self._presenter.bank, self._presenter.bank_problem
        self._save.setEnabled(access is not None)
        self._retry.setVisible(bool(problem))
        note = problem or ("" if access is not None else self._wording.text("settings.bank.loading"))
        self._note.set_tone(Tone.NEGATIVE if problem else Tone.QUIET)
        if access is not None:
            self._fill(access)
            note = "\n".join(
                self._wording.text("settings.from_environment", name=name) for name in access.variables.values()
            )
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _fill(self, access: BankAccess) -> None:
        """What a person is typing is left alone."""
        for field, value in ((self._client_id, access.client_id), (self._redirect, access.redirect_uri)):
            if not field.input.isModified():
                field.set_text(value)
        if not self._sandbox.hasFocus():
            self._sandbox.setChecked(access.is_sandbox)
        for field, secret in ((self._secret, CLIENT_SECRET), (self._api_key, API_KEY)):
            is_stored = secret in access.stored_secrets
            key = "settings.bank.secret_stored" if is_stored else "settings.bank.secret_missing"
            field.input.setPlaceholderText(self._wording.text(key))
        for name, widget in (
            (CLIENT_ID, self._client_id),
            (REDIRECT_URI, self._redirect),
            (CLIENT_SECRET, self._secret),
            (API_KEY, self._api_key),
            (USE_SANDBOX, self._sandbox),
        ):
            widget.setEnabled(name not in access.variables)

    def _on_save(self) -> None:
        """An empty secret field means that the stored one stays."""
        if not self._save.isEnabled():
            return
        change = BankAccessChange(
            self._client_id.text,
            self._redirect.text,
            self._sandbox.isChecked(),
            self._secret.text.strip() or None,
            self._api_key.text.strip() or None,
        )
        self._presenter.save_bank(change)

    def show_saved(self) -> None:
        """What was typed is stored: the secrets leave the screen."""
        self._secret.input.clear()
        self._api_key.input.clear()
        for field in (self._client_id, self._redirect):
            field.input.setModified(False)

    def _on_problem(self, problem: Problem) -> None:
        if problem.place is Place.REDIRECT:
            self._redirect.set_problem(problem.text)
