"""Buttons: one to press (primary), the quiet others, links and icons, each with the key that does the same."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import CONTROL_HEIGHT, RADIUS, SMALL_CONTROL_HEIGHT, SMALL_ICON, Size, Weight
from kontali_desktop.ui.widgets.keycap import caps_width, paint_caps, paint_caps_on_accent
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width

PADDING = 13
SMALL_PADDING = 11
GAP = 9
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class ButtonKind(Enum):
    """PRIMARY is the one thing to press on a screen; QUIET is every other."""

    PRIMARY = auto()
    QUIET = auto()


class PaintedButton(QAbstractButton):
    """The common part: named for screen readers, pointed at, focused, repainted with the theme."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.click()
        elif event.key() in ARROWS:
            event.ignore()  # they belong to the row or the list the button stands in
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Button(PaintedButton):
    """A button with an optional icon before and key caps behind its text."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: ButtonKind = ButtonKind.QUIET,
        keys: Sequence[str] = (),
        icon: IconName | None = None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, parent)
        self._kind = kind
        self._keys = tuple(keys)
        self._icon_name = icon
        self._small = small

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        padding = SMALL_PADDING if self._small else PADDING
        width = 2 * padding + text_width(self._font(), self.text())
        if self._icon_name is not None:
            width += SMALL_ICON + GAP
        if self._keys:
            width += GAP + caps_width(self.theme, self._keys)
        return QSize(round(width + 0.5), SMALL_CONTROL_HEIGHT if self._small else CONTROL_HEIGHT + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        rect = QRectF(self.rect())
        primary = self._kind is ButtonKind.PRIMARY and self.isEnabled()
        self._paint_face(painter, rect, primary=primary)
        text = self._text_colour(primary=primary)
        left = float(SMALL_PADDING if self._small else PADDING)
        if self._icon_name is not None:
            box = QRectF(left, (rect.height() - SMALL_ICON) / 2, SMALL_ICON, SMALL_ICON)
            self.theme.paint_icon(painter, box, self._icon_name, text)
            left += SMALL_ICON + GAP
        width = text_width(self._font(), self.text())
        draw_text(painter, QRectF(left, 0, width + 1, rect.height()), self.text(), self._font(), text)
        if self._keys:
            paint = paint_caps_on_accent if primary else paint_caps
            paint(painter, self.theme, left + width + GAP, rect.center().y(), self._keys)
        painter.end()

    def _paint_face(self, painter: QPainter, rect: QRectF, *, primary: bool) -> None:
        tokens = self.theme.tokens
        hover = self.underMouse() and self.isEnabled()
        if primary:
            fill_box(painter, rect, tokens.accent_hover if hover or self.isDown() else tokens.accent, None, RADIUS)
            if self.hasFocus():
                focus_ring(painter, rect.adjusted(2, 2, -2, -2), tokens.on_accent, RADIUS - 2)
            return
        face = tokens.surface if self._small and self.isEnabled() else None
        if hover:
            face = tokens.surface_control if self.isDown() else tokens.selected
        fill_box(painter, rect, face, tokens.line if self.isEnabled() else tokens.divider, RADIUS)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)

    def _text_colour(self, *, primary: bool) -> QColor:
        if primary:
            return self.theme.tokens.on_accent
        return self.theme.tokens.text if self.isEnabled() else self.theme.tokens.text_quiet

    def _font(self) -> QFont:
        return self.theme.font(Size.BODY, Weight.MEDIUM)


class LinkButton(PaintedButton):
    """An action inside a line of text: in the accent's colour or a quiet one, underlined when pointed at or focused."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        size: Size = Size.BODY,
        tone: Tone = Tone.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, parent)
        self._size = size
        self._tone = tone

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self._font(), self.text()) + 4.5), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        colour = tokens.of(self._tone) if self.isEnabled() else tokens.text_quiet
        draw_text(painter, rect.adjusted(2, 0, 0, 0), self.text(), self._font(), colour)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(QRectF(2, rect.center().y() + 7, rect.width() - 4, 1), colour)
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(0, 1, 0, -1), tokens.accent, 4)
        painter.end()

    def _font(self) -> QFont:
        return self.theme.font(self._size, Weight.MEDIUM)


class IconButton(PaintedButton):
    """A button that shows only an icon; its name is for the screen reader and the tooltip."""

    def __init__(
        self,
        theme: Theme,
        icon: IconName,
        name: str,
        *,
        framed: bool = False,
        side: int = SMALL_CONTROL_HEIGHT + 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, parent)
        self._icon_name = icon
        self._framed = framed
        self._side = side
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side - 2 if self._framed else self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        hover = self.underMouse() and self.isEnabled()
        if self._framed or hover:
            face = tokens.selected if hover else tokens.surface
            fill_box(painter, rect, face, tokens.line if self._framed else None, RADIUS)
        box = QRectF(0, 0, SMALL_ICON, SMALL_ICON)
        box.moveCenter(rect.center())
        self.theme.paint_icon(painter, box, self._icon_name, tokens.of(Tone.TEXT if hover else Tone.QUIET))
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)
        painter.end()
