"""A button for each file whose refused rows can be saved, corrected and taken in again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.file_storage import ImportedFile
from kontali_desktop.ui.import_files.sheets import scrolled
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import SMALL_CONTROL_HEIGHT
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.text import ElidedLabel
from kontali_desktop.wording.wording import Wording

MOST_SHOWN = 3
GAP = 6


class SaveButtons(QWidget):
    """`chosen` carries the ImportedFile."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, wording: Wording, files: Sequence[ImportedFile], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        rows = QWidget()
        rows.setProperty("surface", "page")
        layout = QVBoxLayout(rows)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for place, file in enumerate(files):
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(ElidedLabel(theme, file.name), 1)
            button = Button(theme, wording.text("import.refused_rows.save"), small=True)
            button.setObjectName(f"save_refused_{place}")
            button.setAccessibleName(wording.text("import.refused_rows.save_of", file=file.name))
            button.clicked.connect(lambda _checked=False, chosen=file: self.chosen.emit(chosen))
            line.addWidget(button)
            layout.addLayout(line)
        layout.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        shown = min(len(files), MOST_SHOWN)
        whole.addWidget(scrolled(rows, shown * (SMALL_CONTROL_HEIGHT + GAP) + GAP))
