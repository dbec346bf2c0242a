"""Finding one's way in what a window shows, and doing what a person does there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.sheets.sheet_flow import SheetFlow
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.sheet import Sheet
from tests.ui.waiting import until

Camera = Callable[[str], None]
Kind = TypeVar("Kind", bound=QWidget)
AnySheet = TypeVar("AnySheet", bound=Sheet)


def shown_window(qtbot: QtBot) -> QMainWindow:
    """An empty one, for sheets to stand over."""
    window = QMainWindow()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def part(parent: QWidget, kind: type[Kind], name: str) -> Kind:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


async def shown(flow: SheetFlow[Any], kind: type[AnySheet]) -> AnySheet:
    await until(lambda: isinstance(flow.sheet, kind) and flow.sheet.isVisible(), kind)
    sheet = flow.sheet
    assert isinstance(sheet, kind)
    return sheet


def cells(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def press(parent: QWidget, qtbot: QtBot, name: str) -> None:
    qtbot.mouseClick(part(parent, Button, name), Qt.MouseButton.LeftButton)


def agree(dialog: QFileDialog, qtbot: QtBot) -> None:
    """Press the dialog's own button: open or save."""
    button = next(b for b in dialog.findChildren(QPushButton) if b.isDefault())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


async def save_to(flow: SheetFlow[Any], qtbot: QtBot, folder: Path) -> str:
    """Say yes to the dialog with the name it has, in a folder; the name."""
    await until(lambda: flow.dialog is not None and flow.dialog.isVisible())
    dialog = flow.dialog
    assert dialog is not None
    dialog.setDirectory(str(folder))
    name = part(dialog, QLineEdit, "fileNameEdit").text()
    agree(dialog, qtbot)
    await until((folder / name).exists, name)
    return name
