"""Reads files for one client, asks what they leave open, shows what would come, stores it, and says what came of it.

Without widgets.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import AccountId, ClientId, ImportId
from kontali_desktop.domain.tables import ColumnMapping
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.accounts import Accounts
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.file_storage import ImportRecord
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_history import ImportHistory
from kontali_desktop.services.import_models import ImportChoices, ImportReport, PreparedImport, ReadProgress
from kontali_desktop.services.propose_matches import MatchReport, ProposeMatches
from kontali_desktop.ui.import_files.steps import (
    AccountQuestion,
    ChooseClient,
    Comparing,
    ExplainColumns,
    Imported,
    ImportProblem,
    Matching,
    NoClient,
    Previewed,
    Reading,
    Step,
    Storing,
)

WORK, TRIAL = "import files", "try columns"
Work = Callable[[], Coroutine[Any, Any, None]]

AGAIN = "preview again"


@dataclass(frozen=True, slots=True)
class ImportServices:
    """What importing needs of the program."""

    import_files: ImportFiles
    propose: ProposeMatches
    clients: Clients
    accounts: Accounts
    history: ImportHistory


class _Stopped(Exception):
    """The person stopped the reading; nothing is stored yet."""


class ImportPresenter(QObject):
    """One import at a time. `step_changed` carries a `Step`, or None when it is over.

    `files_wanted` asks whoever has a window to let the person choose files; `tried` says what a table becomes by the
    columns that are chosen just now; `undo_wanted` and `rows_wanted` are for the history to fulfil.
    """

    step_changed = Signal(object)
    files_wanted = Signal()
    tried = Signal(object)  # a MappingTrial
    data_changed = Signal()
    wants_screen = Signal(str)
    undo_wanted = Signal(object)  # an ImportId
    rows_wanted = Signal(object)  # an ImportedFile
    _read = Signal(object, object)  # from the reading thread: the client, how far

    def __init__(self, services: ImportServices, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._client_id: ClientId | None = None
        self._paths: tuple[Path, ...] = ()
        self._step: Step | None = None
        self._stop = threading.Event()
        self._prepared: PreparedImport | None = None
        self._choices = ImportChoices()
        self._skipped: set[Path] = set()
        self._preview: Previewed | None = None
        self._mapping: ColumnMapping | None = None
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
        self._begin(lambda: self._import(wanted))

    def choose_client(self, client_id: ClientId) -> None:
        """The answer to `ChooseClient`."""
        if isinstance(self._step, ChooseClient):
            self._begin(lambda: self._import(client_id))

    def try_again(self) -> None:
        """The way out of `ImportProblem`."""
        if isinstance(self._step, ImportProblem):
            self.import_paths(self._paths)

    def cancel(self) -> None:
        """Close what is shown, or stop the reading; what is being stored just now is let finish."""
        if isinstance(self._step, Reading | Comparing):
            self._stop.set()
            self._tasks.cancel(WORK)  # a large file's reading ends behind, and nobody waits for it
        elif isinstance(self._step, ExplainColumns) and self._preview is not None:
            self._show(self._preview)
        elif not isinstance(self._step, Storing | Matching):
            self._show(None)

    # The columns of a table

    def ask_columns(self, path: Path) -> None:
        """From the preview: explain a table that was left out, or anew."""
        preview = self._preview
        found = [question for question in (preview.tables if preview else ()) if question.path == path]
        if preview is not None and found and not self.is_busy:
            self._show(ExplainColumns(preview.client, found[0]))

    def try_mapping(self, mapping: ColumnMapping) -> None:
        """What the table would become; `tried` answers for the last one asked about."""
        self._mapping = mapping
        if isinstance(self._step, ExplainColumns):
            self._tasks.start(TRIAL, self._try)

    def explain(self, mapping: ColumnMapping) -> None:
        """Remember the answer and read everything again by it."""
        step = self._step
        if isinstance(step, ExplainColumns):
            self._begin(lambda: self._explain(step, mapping))

    def skip_table(self) -> None:
        """Go on without the table."""
        step = self._step
        if isinstance(step, ExplainColumns):
            self._skipped.add(step.question.path)
            self._begin(lambda: self._go_on(step.client))

    # The preview

    def set_complete(self, *, is_complete: bool) -> None:
        self._choose(replace(self._choices, is_complete=is_complete))

    def choose_account(self, path: Path, account_id: AccountId | None) -> None:
        """Whose account the file is of; None takes an answer back."""
        accounts = {key: value for key, value in self._choices.accounts.items() if key != path}
        numbers = {key: value for key, value in self._choices.numbers.items() if key != path}
        if account_id is not None:
            accounts[path] = account_id
        self._choose(replace(self._choices, accounts=accounts, numbers=numbers))

    def choose_number(self, path: Path, number: str) -> None:
        """The file is of an account that the client does not have yet."""
        accounts = {key: value for key, value in self._choices.accounts.items() if key != path}
        self._choose(replace(self._choices, accounts=accounts, numbers={**self._choices.numbers, path: number}))

    def store(self) -> None:
        """The answer "Importer" to a preview that holds."""
        step = self._step
        if isinstance(step, Previewed) and step.is_current:
            self._begin(lambda: self._store(step.client))

    # The result

    def show_review(self) -> None:
        self._show(None)
        self.wants_screen.emit("review")

    def ask_undo(self) -> None:
        if isinstance(self._step, Imported) and self._step.record is not None:
            self.undo_wanted.emit(self._step.record.id)

    def on_undone(self, import_id: ImportId) -> None:
        """A result that stands no more is not shown."""
        if isinstance(self._step, Imported) and self._step.report.import_id == import_id:
            self._show(None)

    def add_client(self) -> None:
        """The way out of `NoClient`: where a client is added, with or without its bank."""
        self._show(None)
        self.wants_screen.emit("settings")

    # Behind

    def _begin(self, work: Work) -> None:
        self._tasks.start(WORK, lambda: self._guarded(work))

    async def _guarded(self, work: Work) -> None:
        self._stop = stop = threading.Event()  # its own: the thread of a cancelled reading may still run
        try:
            await work()
        except _Stopped:
            self._show(None)
        except KontaliError as error:
            self._show(ImportProblem(error))
        except BaseException:
            self._show(None)  # cancelled, or a bug that is told elsewhere: its sheet could never be closed
            raise
        finally:
            stop.set()  # a thread that outlives its task, because the program closes, reads no further

    async def _import(self, client_id: ClientId | None) -> None:
        clients = await asyncio.to_thread(self._services.clients.load_all)
        client = _chosen(clients, client_id)
        if client is None:
            self._show(ChooseClient(clients) if clients else NoClient())
            return
        self._choices, self._skipped = ImportChoices(), set()
        await self._read_files(client)

    async def _read_files(self, client: Client) -> None:
        self._preview = None
        self._show(Reading(client))
        self._prepared = await asyncio.to_thread(self._prepare, client, self._stop)
        await self._go_on(client)

    async def _go_on(self, client: Client) -> None:
        """Ask about the next table that nobody has explained, else say what would come."""
        prepared = self._prepared
        if prepared is None:
            return
        unexplained = await asyncio.to_thread(self._services.import_files.questions, prepared)
        asked = next((question for question in unexplained if question.path not in self._skipped), None)
        if asked is not None:
            self._show(ExplainColumns(client, asked))
            return
        self._show(Comparing(client))
        explained = await asyncio.to_thread(self._services.import_files.explained, prepared)
        accounts = await asyncio.to_thread(self._account_questions, prepared)
        report = await asyncio.to_thread(self._services.import_files.preview, prepared, self._choices)
        has_list = any(read.content.is_list for read in prepared.read)
        tables = unexplained + explained
        preview = Previewed(client, report, self._choices, accounts, tables, has_list)
        if report.is_all_refused and not (accounts or tables):
            await self._store(client)  # nothing to choose: what was refused is in the log, and why is said
        else:
            self._show_preview(preview)

    def _account_questions(self, prepared: PreparedImport) -> tuple[AccountQuestion, ...]:
        """In a thread of its own."""
        mine = self._services.accounts.load(prepared.client.id)
        asked = []
        for read in prepared.read:
            currencies = {s.currency for s in read.content.statements if not s.account_number}
            if currencies:
                asked.append(AccountQuestion(read.path, tuple(a for a in mine if a.currency in currencies)))
        return tuple(asked)

    async def _explain(self, step: ExplainColumns, mapping: ColumnMapping) -> None:
        explain = self._services.import_files.explain
        await asyncio.to_thread(explain, step.client.id, step.question.sample.key, mapping)
        await self._read_files(step.client)

    async def _try(self) -> None:
        """The last mapping asked about; those in between are passed over."""
        done: ColumnMapping | None = None
        while isinstance(self._step, ExplainColumns) and self._mapping is not None and self._mapping != done:
            step, done = self._step, self._mapping
            trial = await asyncio.to_thread(self._services.import_files.try_mapping, step.client, step.question, done)
            if done == self._mapping and self._step == step:
                self.tried.emit(trial)

    def _choose(self, choices: ImportChoices) -> None:
        preview = self._preview
        if preview is None or not isinstance(self._step, Previewed) or choices == self._choices:
            return
        self._choices = choices
        self._show_preview(replace(preview, choices=choices, is_current=False))
        # By its own name: the work that showed the preview may not have ended yet. The newest answer is what counts.
        self._tasks.start(AGAIN, self._preview_again, replace=True)

    async def _preview_again(self) -> None:
        prepared, preview = self._prepared, self._preview
        if prepared is None or preview is None:
            return
        choices = self._choices
        try:
            report = await asyncio.to_thread(self._services.import_files.preview, prepared, choices)
        except KontaliError as error:
            self._show(ImportProblem(error))
            return
        if isinstance(self._step, Previewed) and self._prepared is prepared:
            self._show_preview(replace(preview, report=report, choices=choices, is_current=True))

    async def _store(self, client: Client) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self._show(Storing(client))
        report = await asyncio.to_thread(self._services.import_files.store, prepared, self._choices)
        self._prepared = self._preview = None  # large; nobody needs it any more
        match = None
        if has_news(report):
            self._show(Matching(client))
            match = await self._match(client)
        record = await asyncio.to_thread(self._record, client, report)
        self._show(Imported(client, report, match, record))

    async def _match(self, client: Client) -> MatchReport:
        """The files are stored whatever becomes of the matching, so the other screens are told in any case."""
        try:
            return await asyncio.to_thread(self._services.propose.run, client.id)
        finally:
            self.data_changed.emit()

    def _record(self, client: Client, report: ImportReport) -> ImportRecord | None:
        if report.import_id is None:
            return None
        return next((r for r in self._services.history.load(client.id) if r.id == report.import_id), None)

    def _prepare(self, client: Client, stop: threading.Event) -> PreparedImport:
        """In a thread of its own."""

        def on_progress(progress: ReadProgress) -> None:
            if stop.is_set():
                raise _Stopped
            self._read.emit(client, progress)

        return self._services.import_files.prepare(client.orgnr, self._paths, on_progress=on_progress)

    def _on_read(self, client: Client, progress: ReadProgress) -> None:
        if isinstance(self._step, Reading) and progress.path is not None and self._step.client == client:
            self._show(Reading(client, progress.path.name, progress.done, progress.total))

    def _show_preview(self, preview: Previewed) -> None:
        self._preview = preview
        self._show(preview)

    def _show(self, step: Step | None) -> None:
        if step is None:
            self._prepared = self._preview = None
        if step != self._step:
            self._step = step
            self.step_changed.emit(step)


def has_news(report: ImportReport) -> bool:
    """Whether anything was stored that was not there before, or closed."""
    return any(file.added or file.updated or file.closed for file in report.files)


def _chosen(clients: tuple[Client, ...], client_id: ClientId | None) -> Client | None:
    if client_id is not None:
        return next((c for c in clients if c.id == client_id), None)
    return clients[0] if len(clients) == 1 else None
