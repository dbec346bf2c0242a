"""The test on the client's own decisions without widgets: run in a thread, stopped when asked, saved as a table."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId, TransactionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.finishing import to_the_end
from kontali_desktop.services.own_data_test import OwnDataReport, OwnDataTest
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.save_file import save_whole
from kontali_desktop.ui.own_data.report_table import report_table
from kontali_desktop.ui.own_data.state import USUAL, Phase, State
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

OPENING, RUNNING, SAVING = "open own data", "test on own data", "save own data"
_NOT_IN_NAMES = re.compile(r"[^\w.]+")
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class OwnDataServices:
    """What the test needs of the program."""

    testing: OwnDataTest
    clients: Clients
    clock: Clock


class OwnDataPresenter(QObject):
    """`changed` carries the State, or None when nothing is shown; `wrong_shown` the report whose misses are."""

    changed = Signal(object)
    wrong_shown = Signal(object)
    where_wanted = Signal(str)  # a file's name
    line_wanted = Signal(object, object)  # a TransactionId and its ClientId
    notice = Signal(object)

    def __init__(
        self, services: OwnDataServices, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._wording = services, tasks, wording
        self.state: State | None = None
        tasks.failed.connect(self._on_failed)

    def begin(self, client_id: ClientId | None = None) -> None:
        """What the command "Test på egne data…" does; None for the first client."""
        self._tasks.start(OPENING, lambda: self._open(client_id), replace=True)

    def close(self) -> None:
        """A test that runs is stopped."""
        self._tasks.cancel(RUNNING)
        self._show(None)

    def choose_client(self, client_id: ClientId) -> None:
        self.begin(client_id)

    def run(self, most: str) -> None:
        """Hide as many as was typed, and match again."""
        state = self.state
        if state is None or state.is_running:
            return
        number = _whole_number(most)
        if number is None:
            self._show(replace(state, most=most, problem=self._wording.text("own_data.not_a_number"), report=None))
            return
        self._show(replace(state, most=most, problem="", phase=Phase.READING, report=None, told=""))
        self._tasks.start(RUNNING, lambda: self._run(state.client.id, number), replace=True)

    def stop(self) -> None:
        """The answer is not waited for; nothing was written."""
        state = self.state
        if state is not None and state.is_running:
            self._tasks.cancel(RUNNING)
            self._show(replace(state, phase=None, told=self._wording.text("own_data.stopped")))

    def show_wrong(self) -> None:
        if self.state is not None and self.state.report is not None:
            self.wrong_shown.emit(self.state.report)

    def show_line(self, transaction_id: TransactionId) -> None:
        """On its own screen; the sheets go."""
        state = self.state
        if state is not None:
            self.close()
            self.line_wanted.emit(transaction_id, state.client.id)

    def ask_where(self) -> None:
        state = self.state
        if state is not None and state.report is not None:
            name = _NOT_IN_NAMES.sub("-", state.client.name).strip("-.") or state.client.orgnr
            word = self._wording.text("own_data.file_word")
            self.where_wanted.emit(f"{name}-{word}-{self._services.clock.today()}.csv")

    def save(self, path: Path) -> None:
        state = self.state
        if state is not None and state.report is not None:
            report = state.report
            self._tasks.start(SAVING, lambda: self._save(report, path))

    async def _open(self, client_id: ClientId | None) -> None:
        state = await asyncio.to_thread(self._read, client_id)
        if state is not None:
            self._tasks.cancel(RUNNING)
            self._show(state)
            return
        text = self._wording.text
        self.notice.emit(NoticeData(Severity.INFO, text("rules.no_client"), text("own_data.no_client_text")))

    def _read(self, client_id: ClientId | None) -> State | None:
        clients = self._services.clients.load_all()
        client = next((c for c in clients if c.id == client_id), clients[0] if clients else None)
        if client is None:
            return None
        available = self._services.testing.count(client.id)
        return State(clients, client, available, str(min(USUAL, available) or USUAL))

    async def _run(self, client_id: ClientId, most: int) -> None:
        testing = self._services.testing
        past = await to_the_end(asyncio.to_thread(testing.read, client_id, most))
        self._update(phase=Phase.MATCHING, lines=len(past.truth))
        report = await asyncio.to_thread(testing.answer, past)
        self._update(phase=None, report=report)

    async def _save(self, report: OwnDataReport, path: Path) -> None:
        text = self._wording.text
        try:
            await asyncio.to_thread(save_whole, path, report_table(report, self._wording).encode("utf-8-sig"))
        except FileNotWritten as error:
            words = self._wording.error(error)
            self._update(told=f"{words.message} {words.action}")
        else:
            self._update(told=text("own_data.saved", file=path.name))

    def _update(self, **now: object) -> None:
        if self.state is not None:
            self._show(replace(self.state, **now))  # type: ignore[arg-type] # fields of State, by name

    def _show(self, state: State | None) -> None:
        self.state = state
        self.changed.emit(state)

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name not in (OPENING, RUNNING, SAVING):
            return
        words = self._wording.error(error)
        if self.state is None:
            self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
        else:
            self._update(phase=None, told=words.line)


def _whole_number(text: str) -> int | None:
    """From one up; None for anything else."""
    digits = "".join(text.split())
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(digits) or None if is_number else None
