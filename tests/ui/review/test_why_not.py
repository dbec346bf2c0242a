"""Why a document was not proposed, asked for in the program's own window by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.review.why_not_sheet import WhyNotSheet
from kontali_desktop.ui.theme import Theme
from tests.ui.real_window import RealWindow, real_window
from tests.ui.review.conftest import fill
from tests.ui.waiting import until


async def opened(window: RealWindow) -> WhyNotSheet:
    window.window.show_screen("review")
    await until(lambda: window.screens.review.current is not None)
    await window.press(Qt.Key.Key_W)
    return await window.shown(WhyNotSheet, "why_not_sheet")


def reasons(window: RealWindow) -> str:
    return window.part(QLabel, "why_not_reasons").text()


async def test_w_opens_it_and_each_document_says_why(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, fill) as window:
        await opened(window)
        await until(lambda: reasons(window) == "Den er det første forslaget.", lambda: reasons(window))
        await window.write("/sletta")
        table = window.part(QTableView, "why_not_list")
        await until(lambda: table.model().rowCount() == 1)
        await until(
            lambda: "en annen linje: 12.02.2026 Sletta Mekaniske AS" in reasons(window), lambda: reasons(window)
        )
        window.picture(pictures, "why-not")
        await window.press(Qt.Key.Key_Escape)
        await window.press(Qt.Key.Key_Escape)
        assert table.hasFocus()
        await window.press(Qt.Key.Key_End)
        await until(lambda: "Beløpet er" in reasons(window), lambda: reasons(window))
        await window.press(Qt.Key.Key_Return)
        await window.gone("why_not_sheet")
        await window.press(Qt.Key.Key_Return)  # the review has the keys again
        await until(lambda: window.screens.review.count(window.screens.review.group) == 3)


async def test_a_search_without_a_hit_says_so(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    async with real_window(tmp_path, theme, fill) as window:
        await opened(window)
        await window.write("/zebra")
        await until(lambda: reasons(window) == "Ingen dokumenter passer med søket.", lambda: reasons(window))
        await window.press(Qt.Key.Key_Escape)
        await until(lambda: reasons(window) == "Den er det første forslaget.", lambda: reasons(window))


async def test_pictures_in_english_and_small(tmp_path: Path, both_themes: Theme, qtbot: QtBot, pictures: Path) -> None:
    scheme = both_themes.scheme.value
    async with real_window(tmp_path, both_themes, fill, language="en", size=(1024, 680)) as window:
        await opened(window)
        await window.press(Qt.Key.Key_Down)
        await until(lambda: bool(reasons(window)) and "first proposal" not in reasons(window))
        window.picture(pictures, f"why-not-english-small-{scheme}")
