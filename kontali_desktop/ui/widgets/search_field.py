"""The search field with its magnifying glass and the key that leads to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import CONTROL_HEIGHT, RADIUS, SMALL_ICON
from kontali_desktop.ui.widgets.keycap import KeyCaps
from kontali_desktop.ui.widgets.paint import fill_box, focus_ring


class SearchField(QWidget):
    """`changed` follows every letter; Escape empties the field first and then leaves it."""

    changed = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, placeholder: str, *, name: str, key: str = "/", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(36, 2, 9, 2)
        layout.setSpacing(6)
        self.field = QLineEdit(self)
        self.field.setProperty("bare", "true")
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(name)
        self.field.textChanged.connect(self.changed)
        self.field.installEventFilter(self)
        layout.addWidget(self.field, 1)
        self._cap = KeyCaps(theme, (key,), self)
        self._cap.setVisible(bool(key))
        layout.addWidget(self._cap)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        return self.field.text()

    def clear(self) -> None:
        self.field.clear()

    def sizeHint(self) -> QSize:
        return QSize(230, CONTROL_HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.update()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        fill_box(painter, rect, tokens.surface, tokens.line, RADIUS)
        icon = QRectF(12, (rect.height() - SMALL_ICON) / 2, SMALL_ICON, SMALL_ICON)
        self._theme.paint_icon(painter, icon, IconName.SEARCH, tokens.text_quiet)
        if self.field.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)
        painter.end()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        if self.field.text():
            self.field.clear()
        else:
            self.left.emit()
        return True
