"""The program's own window with all its screens, over a database of its own; no bank is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.screens import Screens
from kontali_desktop.ui.main_window.window import MainWindow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office
from tests.support import SettableClock
from tests.ui.pictures import save_picture
from tests.ui.program import Program, running_program
from tests.ui.waiting import until

Kind = TypeVar("Kind", bound=QWidget)
AnySheet = TypeVar("AnySheet", bound=Sheet)
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = CTRL | SHIFT


@dataclass
class RealWindow:
    """Driven by keys as the window system sends them."""

    program: Program
    screens: Screens
    office: Office

    @property
    def window(self) -> MainWindow:
        return self.screens.window

    @property
    def core(self) -> Core:
        return self.program.core

    async def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """To whatever has the keyboard."""
        await self._have_keyboard()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    async def write(self, text: str) -> None:
        await self._have_keyboard()
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)

    async def tab_to(self, name: str) -> None:
        """By the Tab key, as a person reaches it."""
        for _ in range(60):
            focused: QWidget | None = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return
            await self.press(Qt.Key.Key_Tab)
        raise AssertionError(name)

    def find(self, kind: type[Kind], name: str) -> Kind | None:
        """What is shown; a sheet that was closed may be there still."""
        return next((w for w in self.window.findChildren(kind, name) if w.isVisible()), None)

    def part(self, kind: type[Kind], name: str) -> Kind:
        found = self.find(kind, name)
        assert isinstance(found, kind), name
        return found

    async def shown(self, kind: type[Kind], name: str) -> Kind:
        await until(lambda: self.find(kind, name) is not None, name)
        return self.part(kind, name)

    async def sheet(self, kind: type[AnySheet]) -> AnySheet:
        """The uppermost of its kind, once it is shown."""
        await until(lambda: bool(self._all_shown(kind)), kind)
        await self._have_keyboard()
        return self._all_shown(kind)[-1]

    async def gone(self, which: str | type[Sheet]) -> None:
        """By its name or its kind."""
        if isinstance(which, str):
            await until(lambda: self.find(QWidget, which) is None, which)
        else:
            await until(lambda: not self._all_shown(which), which)

    async def at_rest(self) -> None:
        """Nothing is being loaded or stored."""
        await until(lambda: len(asyncio.all_tasks()) == 1, "at rest")

    def picture(self, folder: Path, name: str) -> None:
        save_picture(self.window, folder, name)

    async def _have_keyboard(self) -> None:
        """Without a desktop nobody gives the window the keyboard back."""
        self.window.activateWindow()
        await until(self.window.isActiveWindow)

    def _all_shown(self, kind: type[Kind]) -> list[Kind]:
        return [w for w in self.window.findChildren(kind) if w.isVisible()]


@asynccontextmanager
async def real_window(
    folder: Path,
    theme: Theme,
    fill: Callable[[Office], object],
    *,
    language: Language = "nb",
    size: tuple[int, int] = (1280, 800),
) -> AsyncIterator[RealWindow]:
    clock = SettableClock()
    async with running_program(folder, clock=clock) as program:
        program.core.settings.set("language", language)
        office = Office(program.core.storage, clock)  # type: ignore[arg-type]  # the same, opened when first asked
        fill(office)
        screens = Screens(program.core, theme, program.bugs.append)
        made, window = RealWindow(program, screens, office), screens.window
        window.resize(*size)
        window.show()
        window.show_screen("overview")
        screens.refresh()
        await made.at_rest()
        window.activateWindow()
        await until(window.isActiveWindow)
        try:
            yield made
        finally:
            await made.at_rest()
            await screens.close()
            window.allow_close()
            window.close()
            window.deleteLater()
            await until(lambda: not isValid(window), "gone")
