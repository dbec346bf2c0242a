"""Finding one's way in the sheets of an import."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from kontali_desktop.ui.import_files.result_sheet import ResultSheet
from kontali_desktop.ui.import_files.sheets import ImportSheet
from tests.ui.waiting import until

Camera = Callable[[str], None]
Kind = TypeVar("Kind", bound=QWidget)
AnySheet = TypeVar("AnySheet", bound=ImportSheet)


async def shown(flow: ImportFlow, kind: type[AnySheet]) -> AnySheet:
    await until(lambda: isinstance(flow.sheet, kind) and flow.sheet.isVisible(), kind)
    assert isinstance(flow.sheet, kind)
    return flow.sheet


def part(parent: QWidget, kind: type[Kind], name: str) -> Kind:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


async def taken_in(flow: ImportFlow, qtbot: QtBot) -> ResultSheet:
    """Enter on the preview, wherever the keyboard is."""
    preview = await shown(flow, PreviewSheet)
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    return await shown(flow, ResultSheet)


def cells(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]
