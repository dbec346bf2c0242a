"""The window's commands with their keys, and the menus that list them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from kontali_desktop.wording.wording import Wording

# What there is to open about a client, with its keys, in the menu's order.
CLIENT_SHEETS = (
    ("learnt", "Ctrl+Shift+L"),
    ("rules", "Ctrl+Shift+R"),
    ("shadow", "Ctrl+Shift+S"),
    ("own_data", "Ctrl+Shift+T"),
)


class WindowActions(QObject):
    """The menu bar stands where the desktop has a place for it; elsewhere F10 shows it."""

    screen_chosen = Signal(str)
    sync_asked = Signal()
    undo_asked = Signal()
    import_asked = Signal()
    import_history_asked = Signal()
    export_asked = Signal()
    export_history_asked = Signal()
    client_sheet_asked = Signal(str)  # one of CLIENT_SHEETS
    guide_asked = Signal()
    keys_asked = Signal()
    quit_asked = Signal()

    def __init__(self, window: QMainWindow, wording: Wording, screens: Sequence[tuple[str, str]]) -> None:
        super().__init__(window)
        self._window = window
        text = wording.text
        bar = window.menuBar()
        files = bar.addMenu(text("menu.file"))
        files.addAction(self._action(text("menu.import"), "Ctrl+O", self.import_asked))
        files.addAction(self._action(text("menu.import_history"), "Ctrl+Shift+O", self.import_history_asked))
        files.addAction(self._action(text("menu.export"), "Ctrl+E", self.export_asked))
        files.addAction(self._action(text("menu.export_history"), "Ctrl+Shift+E", self.export_history_asked))
        files.addAction(self._action(text("menu.sync"), "F5", self.sync_asked))
        files.addSeparator()
        files.addAction(self._action(text("menu.quit"), "Ctrl+Q", self.quit_asked))
        edit = bar.addMenu(text("menu.edit"))
        undo = QAction(f"{text('menu.undo')}\tCtrl+Z", self)  # the key itself is the screen's, or a text field's
        undo.triggered.connect(self.undo_asked)
        edit.addAction(undo)
        client = bar.addMenu(text("menu.client"))
        for name, key in CLIENT_SHEETS:
            action = self._action(text(f"menu.{name}"), key, None)
            action.triggered.connect(lambda _=False, name=name: self.client_sheet_asked.emit(name))
            client.addAction(action)
        view = bar.addMenu(text("menu.view"))
        for number, (key, name) in enumerate(screens, 1):
            action = self._action(name, f"Ctrl+{number}", None)
            action.triggered.connect(lambda _=False, key=key: self.screen_chosen.emit(key))
            view.addAction(action)
        helping = bar.addMenu(text("menu.help"))
        helping.addAction(self._action(text("menu.guide"), "F1", self.guide_asked))
        keys = QAction(text("menu.keys"), self)
        keys.triggered.connect(self.keys_asked)
        helping.addAction(keys)
        if sys.platform != "darwin":
            bar.hide()
            toggle = QAction(self)
            toggle.setShortcut(QKeySequence("F10"))
            toggle.triggered.connect(self._on_toggled)
            window.addAction(toggle)

    def _action(self, text: str, keys: str, asked: SignalInstance | None) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        if asked is not None:
            action.triggered.connect(asked)
        # A hidden menu's keys do not work; the window's own do.
        self._window.addAction(action)
        return action

    def _on_toggled(self) -> None:
        bar = self._window.menuBar()
        bar.setVisible(not bar.isVisible())
