"""Sheets and dialogs: awaited, never run; the window behind keeps still."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.dialogs import open_dialog
from kontali_desktop.ui.widgets.sheet import DISMISSED, Sheet


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QMainWindow:
    made = QMainWindow()
    made.resize(900, 600)
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(QLineEdit())
    made.setCentralWidget(page)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.findChild(QLineEdit).setFocus()  # type: ignore[union-attr]  # it was put there above
    return made


def sheet_over(window: QMainWindow, theme: Theme) -> tuple[Sheet, Button]:
    sheet = Sheet(theme, window, "Koble til Demobanken", subtitle="Fjord Elektro AS", close_name="Lukk")
    button = Button(theme, "Fortsett")
    sheet.body.addWidget(QLineEdit())
    sheet.body.addWidget(button)
    sheet.open_sheet()
    return sheet, button


async def test_the_outcome_is_awaited(window: QMainWindow, theme: Theme, qtbot: QtBot) -> None:
    sheet, button = sheet_over(window, theme)
    button.clicked.connect(lambda: sheet.close_with("done"))
    waiting = asyncio.ensure_future(sheet.finished())
    await asyncio.sleep(0)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    assert await waiting == "done"


async def test_escape_dismisses_and_gives_the_focus_back(window: QMainWindow, theme: Theme, qtbot: QtBot) -> None:
    before = window.focusWidget()
    sheet, _button = sheet_over(window, theme)
    assert window.focusWidget() is not before
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert await sheet.finished() == DISMISSED
    assert window.focusWidget() is before


def test_shortcuts_behind_it_are_silent(window: QMainWindow, theme: Theme, qtbot: QtBot) -> None:
    fired: list[bool] = []
    shortcut = QShortcut(QKeySequence("Ctrl+2"), window)
    shortcut.activated.connect(lambda: fired.append(True))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert fired == [True]
    sheet, button = sheet_over(window, theme)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert fired == [True]
    sheet.dismiss()


def test_tab_stays_inside(window: QMainWindow, theme: Theme, qtbot: QtBot) -> None:
    sheet, _button = sheet_over(window, theme)
    seen = set()
    for _ in range(6):
        focused = window.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert len(seen) == 3
    sheet.dismiss()


def test_it_follows_the_window(window: QMainWindow, theme: Theme, qtbot: QtBot) -> None:
    sheet, _button = sheet_over(window, theme)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: sheet.size() == window.size())
    assert abs(sheet.card.geometry().center().x() - 500) <= 1
    sheet.dismiss()


async def test_a_dialog_is_awaited_while_other_work_goes_on(window: QMainWindow) -> None:
    dialog = QDialog(window)
    ticks: list[int] = []

    async def work() -> None:
        for tick in range(3):
            ticks.append(tick)
            await asyncio.sleep(0)
        dialog.accept()

    async with asyncio.TaskGroup() as group:
        result = group.create_task(open_dialog(dialog))
        group.create_task(work())
    assert result.result() == QDialog.DialogCode.Accepted
    assert ticks == [0, 1, 2]


async def test_a_cancelled_wait_closes_the_dialog(window: QMainWindow) -> None:
    dialog = QDialog(window)
    waiting = asyncio.ensure_future(open_dialog(dialog))
    await asyncio.sleep(0)
    assert dialog.isVisible()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not dialog.isVisible()
