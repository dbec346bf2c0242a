"""Looks into the clients' folders each minute and says what came of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.import_models import ImportReport, ReadProgress
from kontali_desktop.services.watched_folders import WatchedFolders, WatchReport
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOOK = "look into folders"
SHOW_IMPORTS, SHOW_SETTINGS = "import_history", "settings"  # what the notice's button does


class _Closing(Exception):
    """The program closes; nothing of this look is stored."""


class FolderWatch(QObject):
    """`make_watched` is called once a client has a folder."""

    data_changed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        make_watched: Callable[[], WatchedFolders],
        clients: Clients,
        tasks: TaskOwner,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_watched = make_watched
        self._clients = clients
        self._tasks, self._wording = tasks, wording
        self._failed_before = ""
        tasks.failed.connect(self._on_failed)

    def look(self) -> None:
        """Not while the last look still goes on."""
        self._tasks.start(LOOK, self._look)

    async def _look(self) -> None:
        stop = threading.Event()
        try:
            reports = await asyncio.to_thread(self._look_now, stop)
        finally:
            stop.set()
        self._failed_before = ""
        taken = [(watch, watch.report) for watch in reports if watch.report is not None]
        missing = [watch for watch in reports if watch.is_missing]
        if taken:
            self.notice.emit(self._taken(taken))
            self.data_changed.emit()
        elif missing:
            self.notice.emit(self._missing(missing))

    def _look_now(self, stop: threading.Event) -> tuple[WatchReport, ...]:
        """In a thread of its own."""

        def on_progress(_progress: ReadProgress) -> None:
            if stop.is_set():
                raise _Closing

        clients = self._clients.load_all()
        if not any(self._clients.load_settings(client.id).watched_folder for client in clients):
            return ()
        return self._make_watched().look(on_progress)

    def _taken(self, taken: list[tuple[WatchReport, ImportReport]]) -> NoticeData:
        text = self._wording.text
        told = [
            text("import.watch.result", client=watch.client.name, result=self._wording.import_result(report))
            for watch, report in taken
        ]
        is_whole = not any(report.is_partly_refused for _, report in taken)
        count = sum(len(report.files) for _, report in taken)
        return NoticeData(
            Severity.POSITIVE if is_whole else Severity.WARNING,
            self._wording.plural("import.watch.fetched", count),
            "\n".join(told),
            text("import.watch.show"),
            SHOW_IMPORTS,
        )

    def _missing(self, missing: list[WatchReport]) -> NoticeData:
        text = self._wording.text
        told = [
            text("import.watch.missing_text", folder=str(watch.folder), client=watch.client.name) for watch in missing
        ]
        button = text("import.watch.settings")
        return NoticeData(Severity.WARNING, text("import.watch.missing"), "\n".join(told), button, SHOW_SETTINGS)

    def _on_failed(self, _name: str, error: KontaliError) -> None:
        """Once, not each minute."""
        if error.code != self._failed_before:
            self._failed_before = error.code
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.WARNING, words.message, words.text))
