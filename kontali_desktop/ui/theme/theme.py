"""The theme in force: follows the system or a choice, and can be switched while the window is open."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QApplication

from kontali_desktop.ui.theme.fonts import Fonts
from kontali_desktop.ui.theme.icons import IconName, Icons
from kontali_desktop.ui.theme.metrics import MOTION_MS, Size, Weight
from kontali_desktop.ui.theme.palette import palette
from kontali_desktop.ui.theme.qss import style_sheet
from kontali_desktop.ui.theme.tokens import DARK, LIGHT, Tokens, Tone


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Hands out colours, fonts and icons; `changed` says that all of them may be others now."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._fonts = Fonts()
        self._icons = Icons()
        self._tokens = self._wanted()
        app.setFont(self.font())
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def reduced_motion(self) -> bool:
        """Whether the system asks for less motion; then nothing slides or fades."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - its many enums take 5 ms, before the window is painted

        still = self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
        return still or not self._app.isEffectEnabled(Qt.UIEffect.UI_General)

    @property
    def motion_ms(self) -> int:
        """How long a movement takes: 0 where motion is unwanted."""
        return 0 if self.reduced_motion else MOTION_MS

    def choose(self, scheme: Scheme) -> None:
        """Switch, in every open window, at once."""
        self._scheme = scheme
        self._refresh()

    def font(
        self,
        size: Size = Size.BODY,
        weight: Weight = Weight.REGULAR,
        *,
        figures: bool = False,
        spaced: bool = False,
    ) -> QFont:
        """Inter; `figures` for amounts, dates and counts, `spaced` for headings in capitals."""
        return self._fonts.get(size, weight, figures=figures, spaced=spaced)

    def icon(self, name: IconName, tone: Tone = Tone.QUIET) -> QIcon:
        return self._icons.icon(name, self._tokens.of(tone))

    def paint_icon(self, painter: QPainter, rect: QRectF, name: IconName, colour: QColor) -> None:
        self._icons.paint(painter, rect, name, colour)

    def _wanted(self) -> Tokens:
        if self._scheme is Scheme.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._scheme is Scheme.DARK else LIGHT

    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self._tokens:
            self._tokens = wanted
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._app.setPalette(palette(self._tokens))
        self._app.setStyleSheet(style_sheet(self._tokens))


def apply_theme(app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> Theme:
    """Dress the application, which is Fusion's: palette, style sheet, Inter. Done once, before the first window."""
    return Theme(app, scheme)
