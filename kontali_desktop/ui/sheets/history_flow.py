"""Shows what was done before, and what becomes of it while it is shown."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.sheets.history_presenter import OfClient, Past, PastPresenter
from kontali_desktop.ui.sheets.history_sheet import PastSheet
from kontali_desktop.ui.sheets.sheet_flow import SheetFlow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.wording import Wording

R = TypeVar("R", bound=OfClient)


class PastFlow(SheetFlow[PastSheet[R]], Generic[R]):
    """The sheet over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: PastPresenter[R]) -> None:
        super().__init__(theme, wording, window, presenter.close)
        presenter.shown.connect(self._on_shown)

    @abstractmethod
    def make_sheet(self, past: tuple[Past[R], ...]) -> PastSheet[R]:
        """With its wishes connected."""

    def _on_shown(self, past: tuple[Past[R], ...] | None) -> None:
        if past is None:
            self.place.close()
        elif self.sheet is not None:
            self.sheet.show_records(past)
        else:
            self.place.show(self.make_sheet(past))
