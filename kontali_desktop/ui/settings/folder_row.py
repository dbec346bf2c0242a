"""The folder of a client that is watched for new files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.sheets.file_dialogs import FileDialogs
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.text import ElidedLabel, Label
from kontali_desktop.wording.wording import Wording


class FolderRow(QWidget):
    """`chosen` carries the folder, or an empty text for none."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._files = FileDialogs(wording, self)
        self._folder = ""
        text = wording.text
        self.shown = ElidedLabel(theme, tone=Tone.QUIET)
        self.shown.setObjectName("watched_folder")
        self._choose = Button(theme, text("settings.folder.choose"), small=True)
        self._choose.setObjectName("choose_folder_button")
        self._choose.clicked.connect(self.ask_folder)
        self._remove = Button(theme, text("settings.folder.remove"), small=True)
        self._remove.setObjectName("remove_folder_button")
        self._remove.setAccessibleName(text("settings.folder.remove_name"))
        self._remove.clicked.connect(lambda: self.chosen.emit(""))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(theme, text("settings.folder"), weight=Weight.STRONG))
        row.addWidget(self.shown, 1)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(Label(theme, text("settings.folder.text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        self.show_folder("")

    @property
    def dialog(self) -> QFileDialog | None:
        return self._files.dialog

    def show_folder(self, folder: str) -> None:
        self._folder = folder
        self.shown.set_text(folder or self._wording.text("settings.folder.none"))
        self._remove.setVisible(bool(folder))

    def ask_folder(self) -> None:
        """Open the system's dialog for folders; returns at once."""
        title, at = self._wording.text("settings.folder"), self._folder or str(Path.home())
        self._files.ask_folder(title, "folder_dialog", at, self.chosen.emit)
