"""Dialogs without a loop of their own."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QDialog


async def open_dialog(dialog: QDialog) -> int:
    """Open a dialog and wait for its result; when the wait is cancelled the dialog is closed."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def done(result: int) -> None:
        if not future.done():
            future.set_result(result)

    dialog.finished.connect(done)
    dialog.open()
    try:
        return await future
    finally:
        dialog.finished.disconnect(done)
        if dialog.isVisible():
            dialog.reject()
