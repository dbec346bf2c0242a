"""The row that Enter decides is marked from the start, and no number stands unwritten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from kontali_desktop.ui.widgets.two_sided_list import TwoSidedView
from tests.ui.client_window import client_window


async def test_the_first_row_is_marked_when_the_list_has_the_keyboard(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        for number in range(3):
            one.receive(-100_00 - number, f"kjøp {number}")
        one.screens.refresh()
        await one.at_rest()
        view = one.part(TwoSidedView, "review_list")
        assert view.hasFocus()
        assert (
            [index.row() for index in view.selectionModel().selectedRows()] == [one.screens.review.current_row] == [0]
        )
        one.screens.frame.choose_client(None)
        await one.at_rest()
        assert [index.row() for index in view.selectionModel().selectedRows()] == [0]
