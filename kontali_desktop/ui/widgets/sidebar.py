"""The sidebar: the client on top, the screens below it, the state of synchronisation at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import CONTROL_HEIGHT, ICON, RADIUS, SIDEBAR_WIDTH, Size, Weight
from kontali_desktop.ui.widgets.buttons import PaintedButton
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width
from kontali_desktop.ui.widgets.selector import SelectorButton
from kontali_desktop.ui.widgets.text import divider

BADGE_HEIGHT = 18
MARGIN = 8


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One screen in the sidebar."""

    key: str
    text: str
    icon: IconName
    tip: str = ""  # names its key, such as "Ctrl+2"


class NavItem(PaintedButton):
    """A screen's name with its icon, and how many things wait there."""

    def __init__(self, theme: Theme, entry: NavEntry, parent: QWidget | None = None) -> None:
        super().__init__(theme, entry.text, parent)
        self._icon_name = entry.icon
        self._badge = ""
        self.setToolTip(entry.tip)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_badge(self, text: str) -> None:
        self._badge = text
        self.setAccessibleName(f"{self.text()} {text}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR_WIDTH - 2 * MARGIN, CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen or self.underMouse():
            fill_box(painter, rect, tokens.selected if chosen else tokens.surface_control, None, RADIUS)
        icon = QRectF(10, (rect.height() - ICON) / 2, ICON, ICON)
        self.theme.paint_icon(painter, icon, self._icon_name, tokens.accent if chosen else tokens.text_quiet)
        font = self.theme.font(Size.BODY, Weight.STRONG if chosen else Weight.REGULAR)
        colour = tokens.text if chosen else tokens.text_quiet
        room = rect.adjusted(38, 0, -self._badge_width() - 14, 0)
        draw_text(painter, room, self.text(), font, colour)
        if self._badge:
            width = self._badge_width()
            pill = QRectF(rect.right() - 10 - width, (rect.height() - BADGE_HEIGHT) / 2, width, BADGE_HEIGHT)
            fill_box(painter, pill, tokens.accent, None, BADGE_HEIGHT / 2)
            badge_font = self.theme.font(Size.SMALL, Weight.STRONG, figures=True)
            draw_text(painter, pill, self._badge, badge_font, tokens.on_accent, align=Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)
        painter.end()

    def _badge_width(self) -> float:
        if not self._badge:
            return 0
        return round(text_width(self.theme.font(Size.SMALL, Weight.STRONG, figures=True), self._badge) + 16)


class Sidebar(QWidget):
    """Emits `chosen` with the key of the screen; `footer` is a layout for what stands at the bottom."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[NavEntry],
        selector: SelectorButton,
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.selector = selector
        self.setAccessibleName(name)
        self.setFixedWidth(SIDEBAR_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 12, MARGIN + 1, 12)
        layout.setSpacing(2)
        layout.addWidget(selector)
        layout.addSpacing(12)
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        for entry in entries:
            item = NavItem(theme, entry, self)
            self._items[entry.key] = item
            self._group.addButton(item)
            layout.addWidget(item)
        layout.addStretch(1)
        layout.addWidget(divider(self))
        self.footer = QVBoxLayout()
        self.footer.setContentsMargins(10, 8, 4, 6)
        self.footer.setSpacing(0)
        layout.addLayout(self.footer)
        self._group.buttonClicked.connect(lambda: self.chosen.emit(self.current))
        theme.changed.connect(self.update)

    @property
    def current(self) -> str:
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def show_chosen(self, key: str) -> None:
        """Mark a screen as the current one without emitting `chosen`."""
        self._items[key].setChecked(True)

    def set_badge(self, key: str, text: str) -> None:
        self._items[key].set_badge(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        items = list(self._items.values())
        focused = next((at for at, item in enumerate(items) if item is self.focusWidget()), None)
        if not step or focused is None:
            super().keyPressEvent(event)
            return
        items[(focused + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.surface_raised)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), tokens.divider)
        painter.end()
