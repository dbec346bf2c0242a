"""Stores decisions one after the other, in the order they were made, while the person goes on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.review_models import QueueItem

TASK = "store decisions"


@dataclass(slots=True, eq=False)
class Step:
    """A decision or an undo on its way to the database.

    `before` are the items it changed, as they were; `undoes` is the step that an undo takes back, None for one of an
    earlier session.
    """

    run: Callable[[], tuple[TransactionId, ...]]
    before: tuple[QueueItem, ...] = ()
    proposal: Proposal | None = None
    is_undo: bool = False
    undoes: Step | None = None
    is_refused: bool = False
    touched: tuple[TransactionId, ...] = field(default=())


class DecisionWriter(QObject):
    """`stored` or `refused` for each step, `rested` when none is left."""

    stored = Signal(object)
    refused = Signal(object, object)
    rested = Signal()

    def __init__(self, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._steps: deque[Step] = deque()
        self._current: Step | None = None
        self._idle: list[asyncio.Future[None]] = []
        tasks.finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        return self._current is not None or bool(self._steps)

    def put(self, step: Step) -> None:
        self._steps.append(step)
        self._tasks.start(TASK, self._drain)

    async def finish(self) -> None:
        """Return once everything that was decided is stored."""
        while self.is_busy:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._idle.append(future)
            await future

    async def _drain(self) -> None:
        while self._steps:
            self._current = self._steps.popleft()
            try:
                await self._store(self._current)
            finally:
                self._current = None
        self.rested.emit()
        self._wake()

    async def _store(self, step: Step) -> None:
        if step.undoes is not None and step.undoes.is_refused:
            return  # what it would take back was never stored; an older decision must not go in its place
        try:
            step.touched = await asyncio.to_thread(step.run)
        except KontaliError as error:
            step.is_refused = True
            self.refused.emit(step, error)
        else:
            self.stored.emit(step)

    def _on_finished(self, name: str) -> None:
        """A step that came between the last look and the task's end, or after a bug, still gets its turn."""
        if name != TASK:
            return
        if self._steps:
            self._tasks.start(TASK, self._drain)
        else:
            self._wake()

    def _wake(self) -> None:
        idle, self._idle = self._idle, []
        for future in idle:
            if not future.done():
                future.set_result(None)
