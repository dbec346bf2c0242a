"""Key caps: the key that does what a button does, drawn as a key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, text_width

CAP_HEIGHT = 19.0
CAP_PADDING = 5.0
CAP_GAP = 4.0
CAP_RADIUS = 4.0


def caps_width(theme: Theme, keys: Sequence[str]) -> float:
    """The width of a row of key caps."""
    return sum(_cap_width(theme, key) for key in keys) + CAP_GAP * max(0, len(keys) - 1)


def paint_caps(painter: QPainter, theme: Theme, left: float, middle: float, keys: Sequence[str]) -> None:
    """Key caps on a surface, beginning at `left` and centred on `middle`."""
    tokens = theme.tokens
    _paint(painter, theme, (left, middle), keys, (tokens.surface_raised, tokens.line, tokens.text_quiet))


def paint_caps_on_accent(painter: QPainter, theme: Theme, left: float, middle: float, keys: Sequence[str]) -> None:
    """Key caps on the accent colour, as outlines."""
    edge = QColor(theme.tokens.on_accent)
    edge.setAlphaF(0.45)
    _paint(painter, theme, (left, middle), keys, (None, edge, theme.tokens.on_accent))


def _paint(
    painter: QPainter,
    theme: Theme,
    at: tuple[float, float],
    keys: Sequence[str],
    colours: tuple[QColor | None, QColor, QColor],
) -> None:
    left, middle = at
    face, edge, text = colours
    for key in keys:
        width = _cap_width(theme, key)
        cap = QRectF(left, round(middle - CAP_HEIGHT / 2), width, CAP_HEIGHT)
        # The lower edge is two pixels thick, as a key seen from above.
        fill_box(painter, cap, edge if face is not None else None, edge, CAP_RADIUS)
        if face is not None:
            fill_box(painter, cap.adjusted(1, 1, -1, -2), face, None, CAP_RADIUS - 1)
        else:
            painter.fillRect(QRectF(cap.left() + 3, cap.bottom() - 2, width - 6, 1), edge)
        draw_text(
            painter,
            cap.adjusted(0, 0, 0, -1),
            key,
            theme.font(Size.LABEL, Weight.STRONG),
            text,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        left += width + CAP_GAP


def _cap_width(theme: Theme, key: str) -> float:
    font = theme.font(Size.LABEL, Weight.STRONG)
    return float(round(max(text_width(font, key) + 2 * CAP_PADDING + 1, CAP_HEIGHT)))


class KeyCaps(QWidget):
    """A row of key caps by itself; read aloud by the text beside it, not by its own."""

    def __init__(self, theme: Theme, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = tuple(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(self._keys))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(round(caps_width(self._theme, self._keys)), round(CAP_HEIGHT) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_caps(painter, self._theme, 0, self.height() / 2, self._keys)
        painter.end()
