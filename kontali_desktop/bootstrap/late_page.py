"""Pages that are built when they are first shown, so that the window does not wait for screens nobody looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from kontali_desktop.ui.first_run.presenter import FirstRunPresenter, Progress

STEPS_BEFORE_INVOICES = 3


class LatePage(QWidget):
    """Stands in a screen's place; the keyboard goes to the page itself. Until `may_make`, being shown makes nothing."""

    def __init__(self, make: Callable[[], QWidget], may_make: Callable[[], bool]) -> None:
        super().__init__()
        self._make = make
        self._may_make = may_make
        self._page: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def page(self) -> QWidget:
        """The page, built now where it was not."""
        if self._page is None:
            self._page = self._make()
            self._layout.addWidget(self._page)
            self.setFocusProxy(self._page)
            if self.isVisible() and self.window().isActiveWindow():
                self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._page

    def showEvent(self, event: QShowEvent) -> None:
        if self._may_make():
            self.page()
        super().showEvent(event)


class HomePage(QStackedWidget):
    """Oversikt, or the first steps while there is nothing to look over."""

    def __init__(
        self, presenter: FirstRunPresenter, first_run: Callable[[], QWidget], overview: Callable[[], QWidget]
    ) -> None:
        super().__init__()
        self._first_run = first_run
        self._overview = overview
        self._pages: dict[Callable[[], QWidget], QWidget] = {}
        self._is_left = False
        presenter.changed.connect(self._follow)
        presenter.left.connect(self._leave)

    def _follow(self, progress: Progress) -> None:
        at = progress.current
        is_first = at < STEPS_BEFORE_INVOICES or (at == STEPS_BEFORE_INVOICES and not self._is_left)
        self._show(self._first_run if is_first else self._overview)

    def _leave(self) -> None:
        self._is_left = True
        self._show(self._overview)

    def _show(self, make: Callable[[], QWidget]) -> None:
        page = self._pages.get(make)
        if page is None:
            page = self._pages[make] = make()
            self.addWidget(page)
        had_focus = self.focusProxy() is not None and self.hasFocus()
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        if had_focus or (self.isVisible() and self.window().focusWidget() in (None, self)):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
