"""An export from what is chosen to the saved file, without widgets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import AmountNotUnderstood, KontaliError
from kontali_desktop.domain.ids import ClientId, DocumentId
from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.documents import Documents
from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.export import ExportFile, ExportPreview, ExportVouchers
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.save_file import save_whole
from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.export.periods import is_backwards
from kontali_desktop.ui.export.steps import Foreseen, NotWritten, SaveWish, Step, Written, file_name
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

OPENING, LOOKING, VALUING, WRITING, AGAIN = (
    f"{work} export" for work in ("open", "foresee", "value for", "write", "repeat")
)


@dataclass(frozen=True, slots=True)
class ExportServices:
    """What an export needs of the program."""

    export: ExportVouchers
    clients: Clients
    documents: Documents


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """Why a document's value was not taken."""

    document: DocumentId
    text: str


class ExportPresenter(QObject):
    """`step_changed` carries the step, or None when nothing is shown; `where_wanted` a SaveWish."""

    step_changed = Signal(object)
    where_wanted = Signal(object)
    history_wanted = Signal()
    value_refused = Signal(object)  # a ValueProblem
    data_changed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        services: ExportServices,
        tasks: TaskOwner,
        wording: Wording,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._wording, self._clock = services, tasks, wording, clock
        self._client_id: ClientId | None = None
        self.step: Step | None = None
        tasks.failed.connect(self._on_failed)

    # What is chosen

    def show_client(self, client_id: ClientId | None) -> None:
        """The window's client; for all of them the person chooses one."""
        self._client_id = client_id

    def begin(self) -> None:
        """What the command "Eksporter bilag…" does."""
        self._tasks.start(OPENING, self._open)

    def close(self) -> None:
        for name in (OPENING, LOOKING):
            self._tasks.cancel(name)
        self._show(None)

    def choose_client(self, client_id: ClientId) -> None:
        step = self._chosen
        client = next((c for c in step.clients if c.id == client_id), None) if step is not None else None
        if step is not None and client is not None:
            self._look(replace(step, client=client))

    def choose_format(self, format_: str) -> None:
        step = self._chosen
        if step is not None:
            self._look(replace(step, format=format_))

    def choose_period(self, period: Period) -> None:
        step = self._chosen
        if step is not None and step.period != period:
            self._look(replace(step, period=period))

    def give_value(self, document: DocumentId, text: str) -> None:
        """What a document in another currency is booked at, as the person typed it."""
        try:
            amount = self._wording.parse_amount(text)
        except AmountNotUnderstood as error:
            self._refuse_value(document, error)
        else:
            self._tasks.start(f"{VALUING} {document}", lambda: self._value(document, amount))

    def ask_history(self) -> None:
        """The earlier ones, in this one's place."""
        self.close()
        self.history_wanted.emit()

    # Out

    def ask_where(self) -> None:
        """The primary button: a new file, or the latest one where nothing is new."""
        step = self._chosen
        if step is None or step.client is None or self._tasks.is_running(WRITING):
            return
        if step.has_new:
            self.where_wanted.emit(self._wish(step))
        elif step.is_repeatable and step.latest is not None:
            self.repeat(step.latest)

    def repeat(self, record: ExportRecord) -> None:
        """Write an earlier file again."""
        self._tasks.start(AGAIN, lambda: self._repeat(record))

    def ask_where_else(self) -> None:
        """After a file could not be saved."""
        if isinstance(self.step, NotWritten):
            self.where_wanted.emit(self.step.wish)

    def write(self, wish: SaveWish, path: Path) -> None:
        self._tasks.start(WRITING, lambda: self._write(wish, path))

    # Behind

    @property
    def _chosen(self) -> Foreseen | None:
        return self.step if isinstance(self.step, Foreseen) else None

    def _show(self, step: Step | None) -> None:
        self.step = step
        self.step_changed.emit(step)

    def _look(self, step: Foreseen) -> None:
        """Show what is chosen at once, and what it brings when it is known."""
        self._show(replace(step, preview=None, latest=None, problem=None))
        if step.client is None or is_backwards(step.period):
            self._tasks.cancel(LOOKING)
        else:
            self._tasks.start(LOOKING, self._foresee, replace=True)

    async def _open(self) -> None:
        clients = await asyncio.to_thread(self._services.clients.load_all)
        text = self._wording.text
        if not clients:
            self.notice.emit(NoticeData(Severity.INFO, text("export.no_client"), text("export.no_client_text")))
            return
        only = clients[0] if len(clients) == 1 else None
        client = next((c for c in clients if c.id == self._client_id), only)
        formats = self._services.export.formats()
        latest = await asyncio.to_thread(self._services.export.history, client.id, 1) if client is not None else ()
        usual = next((record.format for record in latest if record.format in formats), formats[0])
        self._look(Foreseen(clients, client, formats, usual, ALL_TIME))

    async def _foresee(self) -> None:
        step = self._chosen
        if step is None or step.client is None:
            return
        preview, latest = await asyncio.to_thread(self._read, step, step.client.id)
        now = self._chosen
        if now is not None:
            self._show(replace(now, preview=preview, latest=latest))

    def _read(self, step: Foreseen, client_id: ClientId) -> tuple[ExportPreview, ExportRecord | None]:
        export = self._services.export
        return export.preview(client_id, step.format, step.period), _latest(export.history(client_id), step)

    async def _value(self, document: DocumentId, amount: int) -> None:
        try:
            await asyncio.to_thread(self._services.documents.set_booked_value, document, amount)
        except AmountNotUnderstood as error:
            self._refuse_value(document, error)
            return
        self.data_changed.emit()
        self._tasks.start(LOOKING, self._foresee, replace=True)

    def _refuse_value(self, document: DocumentId, error: KontaliError) -> None:
        words = self._wording.error(error)
        self.value_refused.emit(ValueProblem(document, f"{words.message} {words.action}".strip()))

    def _wish(self, step: Foreseen) -> SaveWish:
        client = step.client
        if client is None:
            raise ValueError(step)
        return SaveWish(client, step.format, step.period, self._name(client, step.format, step.period))

    def _name(self, client: Client, format_: str, period: Period) -> str:
        suffix = self._services.export.suffix(format_)
        return file_name(client, self._wording.text(f"export.file_word.{format_}"), period, self._clock.today(), suffix)

    async def _repeat(self, record: ExportRecord) -> None:
        clients = await asyncio.to_thread(self._services.clients.load_all)
        client = next(c for c in clients if c.id == record.client_id)
        period = Period(record.since, record.until or record.at.date())
        name = self._name(client, record.format, period)
        self.where_wanted.emit(SaveWish(client, record.format, period, name, record.id))

    async def _write(self, wish: SaveWish, path: Path) -> None:
        made = await asyncio.to_thread(self._made, wish)
        try:
            await asyncio.to_thread(save_whole, path, made.content)
        except FileNotWritten as error:
            self._show(NotWritten(error, replace(wish, export_id=made.export_id)))
        else:
            self._show(Written(made, path, wish.client))
        self.data_changed.emit()

    def _made(self, wish: SaveWish) -> ExportFile:
        export = self._services.export
        if wish.export_id is not None:
            return export.again(wish.export_id)
        return export.run(wish.client.orgnr, wish.format, wish.period)

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if not name.startswith((OPENING, LOOKING, VALUING, WRITING, AGAIN)):
            return
        words = self._wording.error(error)
        told = NoticeData(Severity.NEGATIVE, words.message, words.text)
        step = self._chosen
        if step is None:
            self.notice.emit(told)
        else:
            self._show(replace(step, problem=told))


def _latest(records: tuple[ExportRecord, ...], step: Foreseen) -> ExportRecord | None:
    """The newest of this layout and period, else of this layout."""
    same = [r for r in records if r.format == step.format]
    asked = (step.period.since, step.period.until)
    return next((r for r in same if (r.since, r.until) == asked), same[0] if same else None)
