"""Finding one's way in the sheets of an import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from kontali_desktop.ui.import_files.result_sheet import ResultSheet
from tests.ui.finding import shown


async def taken_in(flow: ImportFlow, qtbot: QtBot) -> ResultSheet:
    """Enter on the preview, wherever the keyboard is."""
    preview = await shown(flow, PreviewSheet)
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    return await shown(flow, ResultSheet)
