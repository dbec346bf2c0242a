"""Owns the tasks a screen starts: one at a time under each name, none left when the screen goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError

Work = Callable[[], Coroutine[Any, Any, None]] | Coroutine[Any, Any, None]
OnBug = Callable[[BaseException], None]


class TaskOwner(QObject):
    """`finished` comes last and always, so that a screen can go back to rest.

    Before it comes `failed` with the `KontaliError` for what was to be expected, or a call of `on_bug` for what was
    not; for a cancelled task neither. A task that was replaced says nothing more.
    """

    started = Signal(str)
    failed = Signal(str, object)
    finished = Signal(str)

    def __init__(self, on_bug: OnBug, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._named: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self, name: str, work: Work, *, replace: bool = False) -> bool:
        """Start the work and say whether it was: not where the name runs already (unless replaced) or all is closing.

        `work` is a coroutine, or a function that makes one and is not called when nothing is started.
        """
        self._settle(name)
        if self._closed or (self.is_running(name) and not replace):
            if asyncio.iscoroutine(work):
                work.close()
            return False
        self.cancel(name)
        coroutine = work() if callable(work) else work
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._named[name] = task
        self._all.add(task)
        task.add_done_callback(partial(self._done, name))
        self.started.emit(name)
        return True

    def cancel(self, name: str) -> None:
        """Ask the task to stop; `finished` comes when it has."""
        task = self._named.get(name)
        if task is not None:
            task.cancel()

    def is_running(self, name: str) -> bool:
        return name in self._named

    async def close(self) -> None:
        """Cancel everything, wait until it has stopped, and start nothing more."""
        self._closed = True
        for task in self._all:
            task.cancel()
        await asyncio.gather(*self._all, return_exceptions=True)

    def _settle(self, name: str) -> None:
        """Work that did its last step is told of now: what a person does about what it showed must not be lost."""
        task = self._named.get(name)
        if task is not None and task.done():
            self._done(name, task)

    def _done(self, name: str, task: asyncio.Task[None]) -> None:
        if task not in self._all:
            return  # told already
        self._all.remove(task)
        current = self._named.get(name) is task
        if current:
            del self._named[name]
        error = None if task.cancelled() else task.exception()
        expected = _expected(error)
        if error is not None and expected is None:
            self._on_bug(error)
        if current and expected is not None:
            self.failed.emit(name, expected)
        if current:
            self.finished.emit(name)


def _expected(error: BaseException | None) -> KontaliError | None:
    """The failure to show, also where a task group wrapped it; None where anything else is in it too."""
    if isinstance(error, KontaliError):
        return error
    if isinstance(error, BaseExceptionGroup):
        found = [_expected(inner) for inner in error.exceptions]
        return found[0] if all(found) else None
    return None
