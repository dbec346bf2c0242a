"""Takes files in for one client, finds proposals, and says what came of it. Without widgets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.import_files import ImportFiles, ImportReport, ReadProgress
from kontali_desktop.services.propose_matches import MatchReport, ProposeMatches
from kontali_desktop.ui.import_files.steps import (
    ChooseClient,
    Imported,
    ImportProblem,
    Matching,
    NoClient,
    Reading,
    Step,
    Storing,
)

WORK = "import files"


@dataclass(frozen=True, slots=True)
class ImportServices:
    """What importing needs of the program."""

    import_files: ImportFiles
    propose: ProposeMatches
    clients: Clients


class _Stopped(Exception):
    """The person stopped the reading; nothing is stored yet."""


class ImportPresenter(QObject):
    """One import at a time. `step_changed` carries a `Step`, or None when it is over.

    `files_wanted` asks whoever has a window to let the person choose files.
    """

    step_changed = Signal(object)
    files_wanted = Signal()
    data_changed = Signal()
    wants_screen = Signal(str)
    wants_connect = Signal(object)
    _read = Signal(object, object)  # from the reading thread: the client, how far

    def __init__(self, services: ImportServices, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._client_id: ClientId | None = None
        self._paths: tuple[Path, ...] = ()
        self._step: Step | None = None
        self._stop = threading.Event()
        self._read.connect(self._on_read)

    @property
    def step(self) -> Step | None:
        return self._step

    @property
    def is_busy(self) -> bool:
        return self._tasks.is_running(WORK)

    def show_client(self, client_id: ClientId | None) -> None:
        """Whose files the next ones are; None where all clients are shown."""
        self._client_id = client_id

    def begin(self) -> None:
        """What the command "Importer…" does."""
        if not self.is_busy:
            self.files_wanted.emit()

    def import_paths(self, paths: Iterable[Path], client_id: ClientId | None = None) -> None:
        """Take in files and folders, chosen or dropped: for one client, else for the window's, else it is asked."""
        given = tuple(paths)
        if not given or self.is_busy:
            return
        self._paths = given
        wanted = client_id if client_id is not None else self._client_id
        self._tasks.start(WORK, lambda: self._guarded(wanted))

    def choose_client(self, client_id: ClientId) -> None:
        """The answer to `ChooseClient`."""
        if isinstance(self._step, ChooseClient):
            self._tasks.start(WORK, lambda: self._guarded(client_id))

    def try_again(self) -> None:
        """The way out of `ImportProblem`."""
        if isinstance(self._step, ImportProblem):
            self.import_paths(self._paths)

    def cancel(self) -> None:
        """Close what is shown, or stop the reading; what is being stored just now is let finish."""
        if isinstance(self._step, Reading):
            self._stop.set()
        elif not isinstance(self._step, Storing | Matching):
            self._show(None)

    def show_review(self) -> None:
        self._show(None)
        self.wants_screen.emit("review")

    def connect_bank(self) -> None:
        """The way out of `NoClient`: the bank names the client."""
        self._show(None)
        self.wants_connect.emit(None)

    async def _guarded(self, client_id: ClientId | None) -> None:
        try:
            await self._import(client_id)
        except _Stopped:
            self._show(None)
        except KontaliError as error:
            self._show(ImportProblem(error))
        finally:
            self._stop.set()  # a thread that outlives its task, because the program closes, reads no further

    async def _import(self, client_id: ClientId | None) -> None:
        clients = await asyncio.to_thread(self._services.clients.load_all)
        client = _chosen(clients, client_id)
        if client is None:
            self._show(ChooseClient(clients) if clients else NoClient())
            return
        self._stop.clear()
        self._show(Reading(client))
        report = await asyncio.to_thread(self._run, client)
        match = None
        if has_news(report):
            self._show(Matching(client))
            match = await self._match(client)
        self._show(Imported(client, report, match))

    async def _match(self, client: Client) -> MatchReport:
        """The files are stored whatever becomes of the matching, so the other screens are told in any case."""
        try:
            return await asyncio.to_thread(self._services.propose.run, client.id)
        finally:
            self.data_changed.emit()

    def _run(self, client: Client) -> ImportReport:
        """In a thread of its own."""

        def on_progress(progress: ReadProgress) -> None:
            if self._stop.is_set():
                raise _Stopped
            self._read.emit(client, progress)

        return self._services.import_files.run(client.orgnr, self._paths, on_progress=on_progress)

    def _on_read(self, client: Client, progress: ReadProgress) -> None:
        if not isinstance(self._step, Reading):
            return
        if progress.path is None:
            self._show(Storing(client))
        else:
            self._show(Reading(client, progress.path.name, progress.done, progress.total))

    def _show(self, step: Step | None) -> None:
        if step != self._step:
            self._step = step
            self.step_changed.emit(step)


def has_news(report: ImportReport) -> bool:
    """Whether anything was stored that was not there before."""
    return any(file.added or file.updated for file in report.files)


def _chosen(clients: tuple[Client, ...], client_id: ClientId | None) -> Client | None:
    if client_id is not None:
        return next((c for c in clients if c.id == client_id), None)
    return clients[0] if len(clients) == 1 else None
