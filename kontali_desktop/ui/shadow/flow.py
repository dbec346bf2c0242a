"""Shows the shadow report, and follows what becomes of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.services.shadow_view import ShadowView
from kontali_desktop.ui.shadow.presenter import ShadowPresenter
from kontali_desktop.ui.shadow.sheet import Content, ShadowSheet
from kontali_desktop.ui.sheets.about_client import AboutClientFlow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording


class ShadowFlow(AboutClientFlow[ShadowView, ShadowSheet]):
    """The sheet over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: ShadowPresenter) -> None:
        super().__init__(theme, wording, window, presenter)
        self._shadow = presenter

    def make_sheet(self, of: Content) -> ShadowSheet:
        sheet = ShadowSheet(*self.over, of)
        sheet.mode_wanted.connect(self._shadow.set_mode)
        sheet.line_wanted.connect(self._shadow.see_line)
        return sheet

    def show_anew(self, sheet: ShadowSheet, of: Content) -> None:
        sheet.show_content(of)
