"""Shows what is learnt, and follows what becomes of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.learnt.presenter import LearntPresenter
from kontali_desktop.ui.learnt.rows import LearntRow
from kontali_desktop.ui.learnt.sheet import Content, LearntSheet
from kontali_desktop.ui.sheets.about_client import AboutClientFlow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording


class LearntFlow(AboutClientFlow[tuple[LearntRow, ...], LearntSheet]):
    """The sheet over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: LearntPresenter) -> None:
        super().__init__(theme, wording, window, presenter)
        self._learnt = presenter
        presenter.said.connect(self._on_said)

    def make_sheet(self, of: Content) -> LearntSheet:
        sheet = LearntSheet(*self.over, of)
        sheet.forget_wanted.connect(self._learnt.forget)
        sheet.undo_wanted.connect(self._learnt.undo)
        return sheet

    def show_anew(self, sheet: LearntSheet, of: Content) -> None:
        sheet.show_content(of)

    def _on_said(self, text: str, can_undo: bool) -> None:  # noqa: FBT001  # a signal's own signature
        if self.sheet is not None:
            self.sheet.say(text, undoable=can_undo)
