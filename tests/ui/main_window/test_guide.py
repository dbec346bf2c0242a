"""The user guide inside the program, as it ships, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.ui.main_window.guide_sheet import GuideSheet
from kontali_desktop.ui.main_window.guide_text import chapters, guide_document
from kontali_desktop.ui.theme import Scheme, Theme
from kontali_desktop.wording.texts import Language
from tests.ui.pictures import save_picture
from tests.ui.program import wording

LAST = {"nb": "Når noe er galt", "en": "When something is wrong"}


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_each_chapter_is_a_key_away(
    *, language: Language, both_themes: Theme, qtbot: QtBot, pictures: Path
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 680)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    guide = resource_path(f"guide/{language}.md").read_text("utf-8")
    sheet = GuideSheet(both_themes, wording(language), window, guide)
    sheet.open_sheet()
    qtbot.waitUntil(lambda: sheet.text.verticalScrollBar().maximum() > 0)
    count = sheet.chapters.count()
    assert count == guide.count("\n## ") > 4
    assert sheet.chapters.hasFocus()
    for _ in range(count):
        QTest.keyClick(sheet.chapters, Qt.Key.Key_Down)
    assert sheet.chapters.currentItem().text() == LAST[language]
    bar = sheet.text.verticalScrollBar()
    assert bar.value() > 0
    save_picture(window, pictures, f"guide-{both_themes.scheme.value}-{language}")
    QTest.keyClick(sheet.chapters, Qt.Key.Key_Home)
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    assert sheet.chapters.currentRow() > 0  # the list follows the text
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.chapters, Qt.Key.Key_Escape)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_nothing_of_the_guide_is_left_as_markup(language: Language, theme: Theme) -> None:
    document = guide_document(resource_path(f"guide/{language}.md").read_text("utf-8"), theme)
    assert not [sign for sign in ("**", "##", "`", "|---") if sign in document.toPlainText()]
    assert [title for title, _ in chapters(document)][-1] == LAST[language]


def test_another_theme_paints_it_anew(theme: Theme, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    sheet = GuideSheet(theme, wording("nb"), window, "# A\n\n## B\n\n| C | D |\n|---|---|\n| `e` | f |\n")
    before = sheet.text.document()
    theme.choose(Scheme.DARK)
    assert sheet.text.document() is not before
    assert sheet.chapters.currentRow() == 0
    sheet.dismiss()
