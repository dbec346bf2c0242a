"""A sheet that has the program's words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.wording.wording import Wording


class WordedSheet(PrimarySheet):
    """What closes it is called so in the person's language."""

    def __init__(
        self, theme: Theme, wording: Wording, window: QWidget, title: str, *, subtitle: str = "", width: int = 620
    ) -> None:
        super().__init__(theme, window, title, close_name=wording.text("common.close"), subtitle=subtitle, width=width)
        self.wording = wording
