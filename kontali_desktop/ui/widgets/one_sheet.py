"""Where one sheet at a time stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from kontali_desktop.ui.widgets.sheet import DISMISSED, Sheet

S = TypeVar("S", bound=Sheet)
FOLLOWED = "followed"  # by another sheet, or by none: not the person's doing


class OneSheet(Generic[S]):
    """`on_dismissed` is called when the person closes the sheet; one that waits for its work to stop stays."""

    def __init__(self, on_dismissed: Callable[[], object]) -> None:
        self._on_dismissed = on_dismissed
        self.shown: S | None = None

    def show(self, sheet: S) -> None:
        """In place of the one that is shown."""
        self.close()
        self.shown = sheet
        sheet.closed.connect(lambda outcome: self._on_closed(sheet, outcome))
        sheet.open_sheet()

    def close(self) -> None:
        """Before the next one opens: the keyboard goes back to where it was, not into a sheet that is gone."""
        former, self.shown = self.shown, None
        if former is not None:
            former.close_with(FOLLOWED)

    def _on_closed(self, sheet: S, outcome: str) -> None:
        if outcome != DISMISSED or self.shown is not sheet:
            return
        if sheet.isHidden():
            self.shown = None
        self._on_dismissed()
