"""Whose account a file is of, where the file does not say: one of the client's, or one it does not have yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.domain.check_digits import ACCOUNT_NUMBER_LENGTH, account_number_of, is_account_number
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.ui.import_files.steps import AccountQuestion
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.text import ElidedLabel
from kontali_desktop.wording.wording import Wording

CHOOSER_WIDTH = 300
OTHER = -1


class AccountRow(QWidget):
    """`account_chosen` carries an AccountId or None, `number_given` a number whose check digit holds."""

    account_chosen = Signal(object)
    number_given = Signal(str)
    resized = Signal()  # what is shown takes another height now

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        question: AccountQuestion,
        chosen: Mapping[Path, AccountId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wording = wording
        self._question = question
        file = question.path.name
        self.number = TextField(
            theme, wording.text("import.account.number", file=file), wording.text("import.account.number_hint")
        )
        self.number.input.setObjectName(f"account_number_{file}")
        self.number.changed.connect(self._on_number)
        self.number.input.editingFinished.connect(self._on_number_left)
        self.chooser = self._make_chooser(theme, file, chosen.get(question.path))
        line = QHBoxLayout()
        line.setSpacing(12)
        told = "import.account.told" if len(question.accounts) != 1 else "import.account.only"
        line.addWidget(ElidedLabel(theme, wording.text(told, file=file)), 1)
        line.addWidget(self.chooser)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.number)
        self.chooser.setVisible(bool(question.accounts))
        self.number.setVisible(not question.accounts)
        self.setFocusProxy(self.chooser if question.accounts else self.number)

    def _make_chooser(self, theme: Theme, file: str, chosen: AccountId | None) -> ComboBox:
        text = self._wording.text
        chooser = ComboBox(theme, name=text("import.account.of", file=file))
        chooser.setObjectName(f"account_{file}")
        chooser.setFixedWidth(CHOOSER_WIDTH)
        accounts = self._question.accounts
        if len(accounts) != 1:
            chooser.addItem(text("import.account.choose"), None)
        for account in accounts:
            chooser.addItem(f"{account.number} {account.name}".strip(), account.id)
        chooser.addItem(text("import.account.new"), OTHER)
        chooser.setCurrentIndex(max(0, chooser.findData(chosen) if chosen is not None else 0))
        chooser.currentIndexChanged.connect(self._on_account)
        return chooser

    def _on_account(self, place: int) -> None:
        chosen = self.chooser.itemData(place)
        is_other = chosen == OTHER
        self.number.setVisible(is_other)
        self.resized.emit()
        if is_other:
            self.number.setFocus()
            self._on_number(self.number.text)
        else:
            self.account_chosen.emit(chosen)

    def _on_number(self, text: str) -> None:
        """A whole number is taken at once; what is not whole yet is only told of once the field is left."""
        number = account_number_of(text)
        is_right = is_account_number(number)
        is_whole = len(number) >= ACCOUNT_NUMBER_LENGTH
        self._say(is_wrong=is_whole and not is_right)
        if is_right:
            self.number_given.emit(number)
        else:
            self.account_chosen.emit(None)

    def _on_number_left(self) -> None:
        if self.number.text and not is_account_number(account_number_of(self.number.text)):
            self._say(is_wrong=True)

    def _say(self, *, is_wrong: bool) -> None:
        self.number.set_problem(self._wording.text("import.account.wrong") if is_wrong else "")
        self.resized.emit()
