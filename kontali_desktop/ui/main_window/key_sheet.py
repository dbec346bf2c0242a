"""The sheet that `?` opens: every key and what it does."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.main_window.menus import CLIENT_SHEETS
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.keycap import KeyCaps
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

CAPS_WIDTH = 150
REVIEW = (
    (("↑", "↓", "J", "K"), "keys.move"),
    (("Home", "End"), "keys.ends"),
    (("⏎",), "keys.accept"),
    (("R",), "keys.reject"),
    (("1", "…", "9"), "keys.alternative"),
    (("W",), "keys.why_not"),
    (("/",), "keys.search"),
    (("Esc",), "keys.leave"),
)


class KeySheet(Sheet):
    """`screens` is how many there are, for Ctrl+1 to Ctrl+n."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, screens: int) -> None:
        super().__init__(theme, window, wording.text("keys.title"), close_name=wording.text("common.close"), width=800)
        self.setObjectName("key_sheet")
        everywhere = (
            (("Ctrl", "1", "…", str(screens)), "keys.screens"),
            (("Ctrl", "Z"), "keys.undo"),
            (("Ctrl", "O"), "keys.import"),
            (("Ctrl", "Shift", "O"), "keys.import_history"),
            (("Ctrl", "E"), "keys.export"),
            (("Ctrl", "Shift", "E"), "keys.export_history"),
            (("F5",), "keys.sync"),
            *((tuple(keys.split("+")), f"keys.{name}") for name, keys in CLIENT_SHEETS),
            (("?",), "keys.help"),
            (("F1",), "keys.guide"),
            (("F10",), "keys.menu"),
            (("Ctrl", "Q"), "keys.quit"),
        )
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for title, lines in (("keys.group.review", REVIEW), ("keys.group.window", everywhere)):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(heading(theme, wording.text(title)))
            for keys, text in lines:
                column.addLayout(_line(theme, keys, wording.text(text)))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addLayout(columns)
        self.body.addWidget(Label(theme, wording.text("keys.drop"), tone=Tone.QUIET, wrap=True))


def _line(theme: Theme, keys: tuple[str, ...], text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    holder = QWidget()
    holder.setFixedWidth(CAPS_WIDTH)
    inside = QHBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(KeyCaps(theme, keys))
    inside.addStretch(1)
    line.addWidget(holder)
    line.addWidget(Label(theme, text), 1)
    return line
