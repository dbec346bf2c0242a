"""A sheet: a modal card over the dimmed window. It never runs a loop of its own; one awaits its outcome."""

from __future__ import annotations

import asyncio
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import CARD_RADIUS, PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.widgets.buttons import IconButton
from kontali_desktop.ui.widgets.paint import fill_box
from kontali_desktop.ui.widgets.text import ElidedLabel, Label

DISMISSED: Final = ""
SHADOW = 40
SHADOW_STEP = 2


class _Card(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        fill_box(painter, QRectF(self.rect()), tokens.surface, tokens.divider, CARD_RADIUS)
        painter.end()


class Sheet(QWidget):
    """Put widgets into `body`, then `open_sheet()` and `await sheet.finished()`.

    The outcome is the word given to `close_with`, or `DISMISSED` when the person closes it (✕, Escape).
    While it is open the window behind takes neither mouse nor keys, its shortcuts included.
    """

    closed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        title: str,
        *,
        subtitle: str = "",
        close_name: str,
        width: int = 620,
        height: int = 0,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._wanted = (width, height)
        self._outcome: str | None = None
        self._waiting: list[asyncio.Future[str]] = []
        self._focus_before: QWidget | None = None
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = _Card(theme, self)
        whole = QVBoxLayout(self.card)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        self.title_bar = self._make_title_bar(title, subtitle, close_name)
        whole.addLayout(self.title_bar)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 4, 16, 16)
        self.body.setSpacing(12)
        whole.addLayout(self.body, 1)
        self.hide()
        theme.changed.connect(self.update)

    def open_sheet(self) -> None:
        """Show it over the window and move the keyboard into it; returns at once."""
        self._focus_before = self._window.focusWidget()
        self._window.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.focusNextPrevChild(True)

    def close_with(self, outcome: str) -> None:
        """Close with an outcome; only the first one counts."""
        if self._outcome is not None:
            return
        self._outcome = outcome
        self._window.removeEventFilter(self)
        self.hide()
        self._give_focus_back()
        for future in self._waiting:
            if not future.done():
                future.set_result(outcome)
        self.closed.emit(outcome)
        self.deleteLater()

    def _give_focus_back(self) -> None:
        """To where it was, if that is still there; never left on a widget of this sheet, which is about to go."""
        focused: QWidget | None = self._window.focusWidget()
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
        elif focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    async def finished(self) -> str:
        """The outcome, once there is one; cancelling the wait leaves the sheet open."""
        if self._outcome is not None:
            return self._outcome
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return await future

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # Accepting the override keeps the window's shortcuts from firing behind the sheet.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()

    def refit(self) -> None:
        """Take the size that what is in it wants now, and again once what came new is laid out."""
        if self.isVisible():
            self._fit()
            QTimer.singleShot(0, self, self._fit)

    def dismiss(self) -> None:
        """What ✕ and Escape do."""
        self.close_with(DISMISSED)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  # Qt's own signature
        """Tab stays inside the sheet."""
        stops = self._tab_stops()
        if not stops:
            return True
        focused: QWidget | None = self._window.focusWidget()
        inside = (n for n, stop in enumerate(stops) if _holds(stop, focused))
        at = next(inside, None)
        following = 0 if at is None else (at + (1 if forward else -1)) % len(stops)
        stops[following].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.shade)
        self._paint_shadow(painter)
        painter.end()

    def _paint_shadow(self, painter: QPainter) -> None:
        colour = self._theme.tokens.shade
        around = QRectF(self.card.geometry())
        soft = colour.toRgb()
        soft.setAlpha(3)
        for step in range(SHADOW, 0, -SHADOW_STEP):
            fill_box(painter, around.adjusted(-step, -step + 10, step, step + 10), soft, None, CARD_RADIUS + step)

    def _make_title_bar(self, title: str, subtitle: str, close_name: str) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 9, 11, 9)
        bar.setSpacing(10)
        bar.addWidget(Label(self._theme, title, size=Size.LARGE, weight=Weight.STRONG))
        bar.addWidget(ElidedLabel(self._theme, subtitle, tone=Tone.QUIET), 1)
        close = IconButton(self._theme, IconName.CLOSE, close_name)
        close.clicked.connect(self.dismiss)
        bar.addWidget(close)
        self._close_button = close
        return bar

    def _tab_stops(self) -> list[QWidget]:
        found = [
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        # The close button is built first and read last.
        return [w for w in found if w is not self._close_button] + [w for w in found if w is self._close_button]

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        for layout in (self.body, self.card.layout()):  # Qt tells the outer one alone what has changed
            if layout is not None:
                layout.invalidate()
        width = min(self._wanted[0], self.width() - 2 * PAGE_MARGIN)
        height = self._wanted[1] or max(self.card.heightForWidth(width), self.card.sizeHint().height())
        height = min(height, self.height() - 2 * PAGE_MARGIN)
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)


def _holds(stop: QWidget, focused: QWidget | None) -> bool:
    """A web view has the keyboard through a widget inside it."""
    return focused is not None and (stop is focused or stop.isAncestorOf(focused))
