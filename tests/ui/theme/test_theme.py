"""The theme follows the choice while windows are open, and gives sharp icons and Inter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import kontali_desktop.ui.widgets
from kontali_desktop.ui.theme import DARK, LIGHT, IconName, Scheme, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.text import Label


def test_switching_repaints_open_windows(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    label = Label(theme, "Bank", tone=Tone.QUIET)
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.surface
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.text_quiet
    theme.choose(Scheme.LIGHT)
    assert label.palette().color(QPalette.ColorRole.WindowText) == LIGHT.text_quiet


def test_the_same_scheme_again_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Scheme.LIGHT)


def test_inter_is_used_in_its_weights(theme: Theme) -> None:
    assert QFontInfo(theme.font()).family() == "Inter"
    widths = [QFontMetricsF(theme.font(Size.BODY, weight)).horizontalAdvance("Nordlys Bygg") for weight in Weight]
    assert widths == sorted(set(widths))


def test_figures_are_equally_wide(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font(figures=True))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_icon_draws_something(theme: Theme, scale: float) -> None:
    for name in IconName:
        image = QImage(QSize(24, 24) * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(QColor("white"))
        painter = QPainter(image)
        theme.paint_icon(painter, QRectF(0, 0, 24, 24), name, QColor("black"))
        painter.end()
        blank = QImage(image)
        blank.fill(QColor("white"))
        assert image != blank, name


def test_an_icon_is_made_once_a_colour(theme: Theme) -> None:
    quiet = theme.icon(IconName.BANK)
    assert quiet.cacheKey() == theme.icon(IconName.BANK).cacheKey()
    assert quiet.cacheKey() != theme.icon(IconName.BANK, Tone.ACCENT).cacheKey()
    picture = quiet.pixmap(QSize(18, 18), 1.0, QIcon.Mode.Normal).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(18) for y in range(18))


def test_plain_text_is_never_markup(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "<b>Faktura</b>")
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)
    assert label.sizeHint().width() > QFontMetricsF(theme.font()).horizontalAdvance("Faktura") * 1.3


def test_colours_live_in_the_theme_alone() -> None:
    folder = Path(kontali_desktop.ui.widgets.__file__).parent.parent
    for path in folder.rglob("*.py"):
        if path.parent.name != "theme":
            assert not re.search(r'"#[0-9A-Fa-f]{6}"|setStyleSheet', path.read_text(encoding="utf-8")), path
