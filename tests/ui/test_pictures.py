"""Pictures of the widgets in both themes: each page paints something, and dark is not light."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Theme
from tests.ui import gallery

PAGES: dict[str, tuple[str, Callable[[Theme], QWidget]]] = {
    "review": ("review", gallery.review_page),
    "parts": ("overview", gallery.parts_page),
    "first-run": ("overview", gallery.first_run_page),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_painted_in_its_theme(name: str, both_themes: Theme, qtbot: QtBot, pictures: Path) -> None:
    screen, page = PAGES[name]
    window = gallery.window(both_themes, screen, page(both_themes))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    picture = window.grab()
    scheme = both_themes.scheme.value
    assert picture.save(str(pictures / f"{name}-{scheme}-{picture.devicePixelRatio():g}x.png"))
    corner = picture.toImage().pixelColor(picture.width() - 3, picture.height() - 3)
    assert corner in (both_themes.tokens.surface, both_themes.tokens.surface_raised)
