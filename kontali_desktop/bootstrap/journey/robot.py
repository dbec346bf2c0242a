"""A person's hands and eyes: presses what has a name, types, waits until something is so, takes pictures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

Found = TypeVar("Found")
PATIENCE = 40.0
GLANCE = 0.02
_TYPED = """(() => {{ const field = document.querySelector('{selector}'); if (!field) return false;
field.value = '{value}'; field.dispatchEvent(new Event('input')); return true; }})()"""
_THERE = "document.querySelector('{selector}') !== null"
_PRESSED = (
    """(() => {{ const b = document.querySelector('{selector}'); if (!b) return false; b.click(); return true; }})()"""
)


class NothingHappened(Exception):
    """What was waited for did not come; names it."""


class Robot:
    """Hands for one window. `pictures` is where they are left, numbered; None takes none."""

    def __init__(self, window: Callable[[], QWidget], pictures: Path | None) -> None:
        self._window = window
        self._pictures = pictures
        self.taken: list[Path] = []

    async def until(self, what: str, ask: Callable[[], Found | None]) -> Found:
        """Wait until `ask` gives something true. Raises NothingHappened."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = ask()
            if found:
                return found
            if time.monotonic() > deadline:
                self.picture("nothing-happened")
                raise NothingHappened(what)
            await asyncio.sleep(GLANCE)

    def find(self, name: str) -> QWidget | None:
        """The visible widget of this name."""
        found = self._window().findChildren(QWidget, name)
        return next((w for w in found if w.isVisible()), None)

    async def press(self, name: str) -> None:
        """Click the button of this name once it is there and can be pressed."""

        def ready() -> QAbstractButton | None:
            button = self.find(name)
            return button if isinstance(button, QAbstractButton) and button.isEnabled() else None

        button = await self.until(f"button {name}", ready)
        button.click()
        await asyncio.sleep(GLANCE)

    async def key(self, keys: str) -> None:
        """Press keys as on a keyboard, on whatever has the focus."""
        combination = QKeySequence(keys)[0]  # type: ignore[index] # the stubs miss it
        focused: QWidget | None = QApplication.focusWidget()
        inner: QWidget | None = self._window().focusWidget()
        target = focused or inner or self._window()
        text = keys.lower() if len(keys) == 1 else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, combination.key(), combination.keyboardModifiers(), text)
            QApplication.sendEvent(target, event)
        await asyncio.sleep(GLANCE)

    async def web_view(self) -> QWebEngineView:
        from PySide6.QtWebEngineWidgets import QWebEngineView

        def shown() -> QWebEngineView | None:
            views = self._window().findChildren(QWebEngineView)
            return next((v for v in views if v.isVisible()), None)

        return await self.until("the bank's page", shown)

    async def type_on_page(self, selector: str, value: str) -> None:
        """Type into a field of the bank's page once it is there."""
        await self._on_page(f"field {selector}", _TYPED.format(selector=selector, value=value))

    async def see_on_page(self, selector: str) -> None:
        await self._on_page(f"page part {selector}", _THERE.format(selector=selector))

    async def press_on_page(self, selector: str) -> None:
        await self._on_page(f"page button {selector}", _PRESSED.format(selector=selector))

    async def _on_page(self, what: str, script: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if await _answer(await self.web_view(), script):
                return
            await asyncio.sleep(GLANCE)
        self.picture("nothing-happened")
        raise NothingHappened(what)

    def picture(self, name: str) -> None:
        """Leave a picture of the window as it looks now."""
        if self._pictures is None:
            return
        self._pictures.mkdir(parents=True, exist_ok=True)
        path = self._pictures / f"{len(self.taken) + 1:02d}-{name}.png"
        self._window().grab().save(str(path))
        self.taken.append(path)


async def _answer(view: QWebEngineView, script: str) -> bool:
    """What the page answers; False also where it went away while it was asked."""
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def answered(said: object) -> None:
        if not answer.done():
            answer.set_result(bool(said))

    view.page().runJavaScript(script, 0, answered)
    try:
        async with asyncio.timeout(1.0):
            return await answer
    except TimeoutError:
        return False
