"""Sheets over a window, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.ui.sheets.file_dialogs import FileDialogs
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.wording.wording import Wording

S = TypeVar("S", bound=Sheet)


class SheetFlow(QObject, Generic[S]):
    """`over` is what every sheet is made with; `on_dismissed` is called when the person closes one."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, on_dismissed: Callable[[], object]) -> None:
        super().__init__(window)
        self.wording = wording
        self.over = (theme, wording, window)
        self.place: OneSheet[S] = OneSheet(on_dismissed)

    @property
    def sheet(self) -> S | None:
        return self.place.shown

    @cached_property
    def files(self) -> FileDialogs:
        return FileDialogs(self.wording, self.over[2])

    @property
    def dialog(self) -> QFileDialog | None:
        return self.files.dialog
