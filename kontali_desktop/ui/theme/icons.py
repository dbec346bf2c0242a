"""Phosphor icons, drawn from the font that QtAwesome carries.

QtAwesome's own loader reads ten fonts (about 130 ms at start); the one font and its character map take 7 ms.
"""

from __future__ import annotations

import json
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

DISABLED_OPACITY = 0.6


class IconName(StrEnum):
    """The icons in use, by Phosphor's names."""

    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    BANK = "bank"
    BUILDINGS = "buildings"
    CARET_DOWN = "caret-down"
    CARET_RIGHT = "caret-right"
    CHECK = "check"
    CHECK_CIRCLE = "check-circle"
    CLOCK = "clock"
    CLOCK_HISTORY = "clock-counter-clockwise"
    CLOSE = "x"
    COPY = "copy"
    DOWNLOAD = "download-simple"
    DOTS = "dots-three"
    ERROR = "warning-circle"
    EXTERNAL = "arrow-square-out"
    FILE_IN = "file-arrow-down"
    FILES = "files"
    GEAR = "gear-six"
    GLOBE = "globe"
    HOUSE = "house"
    INFO = "info"
    KEYBOARD = "keyboard"
    LIST = "list-bullets"
    LOCK = "lock-simple"
    MINUS = "minus"
    PAPERCLIP = "paperclip"
    PLUS = "plus"
    QUESTION = "question"
    REVIEW = "note-pencil"
    REVIEW_CHECK = "check-square-offset"
    SCALES = "scales"
    SEARCH = "magnifying-glass"
    SIGN_OUT = "sign-out"
    SYNC = "arrows-clockwise"
    TRASH = "trash"
    TRAY = "tray"
    UNDO = "arrow-counter-clockwise"
    UPLOAD = "upload-simple"
    WARNING = "warning"
    WIFI_OFF = "wifi-slash"


class Icons:
    """The icon font and the icons made from it."""

    def __init__(self) -> None:
        folder = _font_folder()
        font_file = next(folder.glob("phosphor-[0-9]*.ttf"))
        names = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
        self._characters = {name: chr(int(names[name], 16)) for name in IconName}
        handle = QFontDatabase.addApplicationFont(str(font_file))
        self._font = QFont(QFontDatabase.applicationFontFamilies(handle)[0])
        self._font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._made: dict[tuple[IconName, int], QIcon] = {}

    def paint(self, painter: QPainter, rect: QRectF, name: IconName, colour: QColor) -> None:
        """Draw one icon centred in the rectangle, as high as it."""
        painter.save()
        font = QFont(self._font)
        font.setPixelSize(max(1, round(rect.height())))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._characters[name])
        painter.restore()

    def icon(self, name: IconName, colour: QColor) -> QIcon:
        """An icon for buttons and menus, in one colour, sharp at every scale."""
        key = (name, colour.rgba())
        if key not in self._made:
            self._made[key] = QIcon(_Engine(self, name, colour))
        return self._made[key]


class _Engine(QIconEngine):
    def __init__(self, icons: Icons, name: IconName, colour: QColor) -> None:
        super().__init__()
        self._icons, self._name, self._colour = icons, name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(DISABLED_OPACITY)
        self._icons.paint(painter, QRectF(rect), self._name, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._icons, self._name, self._colour)


def _font_folder() -> Path:
    # Looked up without importing: QtAwesome's import is not needed and costs.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("qtawesome")
    return Path(spec.submodule_search_locations[0]) / "fonts"
