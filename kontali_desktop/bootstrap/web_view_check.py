"""A page shown in the web view and nothing else: whether it works on this machine, as an exit code."""

from __future__ import annotations

import asyncio

from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.screen import has_screen, take_virtual_screen
from kontali_desktop.runtime.crash import CrashReporter
from kontali_desktop.runtime.loop import make_loop

WORKS, FAILS, SILENT = 0, 4, 5
PATIENCE = 15.0


def main() -> int:
    """Run in a process of its own: an engine that cannot start may take the process with it."""
    if not has_screen():
        take_virtual_screen()
    app = make_application()
    loop = make_loop(app, CrashReporter(str, app))
    try:
        return loop.run_until_complete(_look())
    finally:
        loop.close()


async def _look() -> int:
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    loaded: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    page.loadFinished.connect(loaded.set_result)
    page.setHtml("<p>Kontali</p>")
    try:
        async with asyncio.timeout(PATIENCE):
            return WORKS if await loaded else FAILS
    except TimeoutError:
        return SILENT
    finally:
        page.deleteLater()
        await asyncio.sleep(0)
        profile.deleteLater()
