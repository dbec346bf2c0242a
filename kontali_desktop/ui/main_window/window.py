"""The main window: sidebar to the left, the chosen screen to the right, notices above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.main_window.drop_veil import DropVeil, dropped_paths
from kontali_desktop.ui.main_window.key_sheet import KeySheet
from kontali_desktop.ui.main_window.menus import WindowActions
from kontali_desktop.ui.main_window.presenter import WindowPresenter
from kontali_desktop.ui.main_window.sync_foot import SyncFoot
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.notice import Notice, NoticeData
from kontali_desktop.ui.widgets.selector import SelectorButton
from kontali_desktop.ui.widgets.sidebar import NavEntry, Sidebar
from kontali_desktop.wording.wording import Wording

if TYPE_CHECKING:
    from kontali_desktop.ui.main_window.guide_sheet import GuideSheet

OPENS_AT = (1280, 800)
LEAST = (1024, 640)
ALL = "all"
NOTICE_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Screen:
    """One entry of the sidebar with its page; `key` is what `wants_screen` and `show_screen` name it by."""

    key: str
    icon: IconName
    text: str
    page: QWidget


class MainWindow(QMainWindow):
    """Hands everything on as signals; whoever builds the window connects them.

    A page that has the keyboard's first stop sets it as its focus proxy: the window gives it the focus.
    """

    screen_chosen = Signal(str)
    sync_asked = Signal()
    undo_asked = Signal()
    import_asked = Signal()
    import_history_asked = Signal()
    export_asked = Signal()
    export_history_asked = Signal()
    client_sheet_asked = Signal(str)  # one of menus.CLIENT_SHEETS
    guide_asked = Signal()
    files_dropped = Signal(object)  # list[Path]
    notice_acted = Signal(str)  # the `action` of the notice whose button was pressed
    close_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        presenter: WindowPresenter,
        screens: Sequence[Screen],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording, self.presenter = theme, wording, presenter
        self._pages = {screen.key: screen.page for screen in screens}
        self._may_close = False
        self._notice_action = ""
        self._key_sheet: KeySheet | None = None
        self._guide_sheet: GuideSheet | None = None
        self.setWindowTitle(wording.text("app.name"))
        self.setMinimumSize(*LEAST)
        self.resize(*OPENS_AT)
        self.setAcceptDrops(True)
        whole = QWidget(self)
        whole.setProperty("surface", "page")
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._sidebar = self._make_sidebar(screens)
        layout.addWidget(self._sidebar)
        layout.addLayout(self._make_middle(screens), 1)
        self.setCentralWidget(whole)
        self._veil = DropVeil(theme, wording, self)
        self._actions = WindowActions(self, wording, [(s.key, s.text) for s in screens])
        self._connect()
        self.show_clients()
        self.show_sync()

    @property
    def current_screen(self) -> str:
        return self._sidebar.current

    def show_screen(self, key: str) -> None:
        """Bring a screen to the front and give it the keyboard. Raises KeyError for one that is not there."""
        page = self._pages[key]
        is_other = self._stack.currentWidget() is not page or not self._sidebar.current
        self._sidebar.show_chosen(key)
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_other:
            self.screen_chosen.emit(key)

    def set_badge(self, key: str, count: int) -> None:
        """How many things wait on a screen; none, no badge."""
        self._sidebar.set_badge(key, self._wording.integer(count) if count else "")

    def show_notice(self, data: NoticeData) -> None:
        """Say something above the screen until it is closed or another takes its place."""
        self._notice_action = data.action
        self._around_notice.setContentsMargins(PAGE_MARGIN, NOTICE_MARGIN, PAGE_MARGIN, 0)
        self._notice.show_notice(data.severity, data.title, data.text, data.button)

    def hide_notice(self) -> None:
        self._notice.hide()
        self._around_notice.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)

    def show_keys(self) -> None:
        """Open the sheet of keys; it closes by Escape or ✕."""
        if self._key_sheet is None:
            self._key_sheet = KeySheet(self._theme, self._wording, self, len(self._pages))
            self._key_sheet.closed.connect(self._on_keys_closed)
            self._key_sheet.open_sheet()

    def show_guide(self, markdown: str) -> None:
        """Open the user guide; it closes by Escape or ✕."""
        from kontali_desktop.ui.main_window.guide_sheet import GuideSheet  # noqa: PLC0415 - few open it, and it paints late

        if self._guide_sheet is None:
            self._guide_sheet = GuideSheet(self._theme, self._wording, self, markdown)
            self._guide_sheet.closed.connect(self._on_guide_closed)
            self._guide_sheet.open_sheet()

    def show_clients(self) -> None:
        clients, chosen = self.presenter.clients, self.presenter.client_id
        text = self._wording.text
        if not clients:
            self._selector.set_entries(((ALL, text("window.no_client")),), ALL)
            return
        entries = [(ALL, text("window.all_clients")), *((str(c.id), c.name) for c in clients)]
        self._selector.set_entries(entries, ALL if chosen is None else str(chosen))

    def show_sync(self) -> None:
        self._foot.show_status(self.presenter.sync)

    def come_forward(self) -> None:
        """Before the other windows of the desktop, as large as it was; where the desktop forbids that, it calls."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)

    def allow_close(self) -> None:
        """Everything is stored: the next close is not held back."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """The first close only asks; whoever owns the loop closes in order and then lets it go."""
        if self._may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._veil.isVisible():
            self._veil.cover()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            for field in self.findChildren(QLineEdit):
                field.setAcceptDrops(False)  # it would take the files' addresses as text
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _make_sidebar(self, screens: Sequence[Screen]) -> Sidebar:
        text = self._wording.text
        self._selector = SelectorButton(
            self._theme, text("window.no_client"), IconName.BUILDINGS, name=text("window.client")
        )
        self._selector.setObjectName("client_selector")
        entries = [NavEntry(s.key, s.text, s.icon, f"Ctrl+{n}") for n, s in enumerate(screens, 1)]
        sidebar = Sidebar(self._theme, entries, self._selector, name=text("nav.name"))
        self._foot = SyncFoot(self._theme, self._wording)
        sidebar.footer.addWidget(self._foot)
        return sidebar

    def _make_middle(self, screens: Sequence[Screen]) -> QVBoxLayout:
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self._around_notice = around = QVBoxLayout()
        around.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        self._notice = Notice(self._theme, close_name=self._wording.text("common.close"))
        self._notice.setObjectName("window_notice")
        self._notice.button.setObjectName("window_notice_button")
        around.addWidget(self._notice)
        middle.addLayout(around)
        self._stack = QStackedWidget(self)
        for screen in screens:
            self._stack.addWidget(screen.page)
        middle.addWidget(self._stack, 1)
        return middle

    def _connect(self) -> None:
        self._sidebar.chosen.connect(self.show_screen)
        self._selector.chosen.connect(self._on_client_chosen)
        self._foot.sync_asked.connect(self.sync_asked)
        self._foot.help_asked.connect(self.guide_asked)
        self._notice.acted.connect(self._on_notice_acted)
        self._notice.dismissed.connect(self.hide_notice)
        self._actions.screen_chosen.connect(self.show_screen)
        self._actions.sync_asked.connect(self.sync_asked)
        self._actions.undo_asked.connect(self.undo_asked)
        self._actions.import_asked.connect(self.import_asked)
        self._actions.import_history_asked.connect(self.import_history_asked)
        self._actions.export_asked.connect(self.export_asked)
        self._actions.export_history_asked.connect(self.export_history_asked)
        self._actions.client_sheet_asked.connect(self.client_sheet_asked)
        self._actions.keys_asked.connect(self.show_keys)
        self._actions.guide_asked.connect(self.guide_asked)
        self._actions.quit_asked.connect(self.close)
        self.presenter.clients_changed.connect(self.show_clients)
        self.presenter.sync_changed.connect(self.show_sync)
        self.presenter.notice.connect(self.show_notice)
        question = QShortcut(QKeySequence("?"), self)
        question.activated.connect(self.show_keys)

    def _on_client_chosen(self, key: str) -> None:
        self.presenter.choose_client(None if key == ALL else ClientId(int(key)))

    def _on_notice_acted(self) -> None:
        action, self._notice_action = self._notice_action, ""
        self.hide_notice()
        self.notice_acted.emit(action)

    def _on_keys_closed(self) -> None:
        self._key_sheet = None

    def _on_guide_closed(self) -> None:
        self._guide_sheet = None
