"""One loop for Qt and asyncio, from the first coroutine to the last thing closed."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import qasync
from PySide6.QtCore import QCoreApplication, QObject

from kontali_desktop.runtime.closing import Closing
from kontali_desktop.runtime.garbage import GarbageCollector
from kontali_desktop.runtime.stop_signals import StopSignals
from kontali_desktop.runtime.task_owner import TaskOwner

if TYPE_CHECKING:
    from kontali_desktop.runtime.crash import CrashReporter

log = logging.getLogger(__name__)

WORKERS = 4
# While a worker computes, the window waits up to this long for its turn, many times over for one key (5 ms by default).
SWITCH_SECONDS = 0.0005


class Lifetime(QObject):
    """Runs until `quit`: by the window, by the desktop (Cmd+Q, log-out) or by a signal."""

    def __init__(self, app: QCoreApplication, crash: CrashReporter) -> None:
        super().__init__()
        self.closing = Closing()
        self._app = app
        self._crash = crash
        self._quitting = asyncio.Event()
        self._own = TaskOwner(crash.report, self)

    def start(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Work of the program itself, such as building the window anew; it ends before anything is closed."""
        self._own.start(name, work)

    def quit(self) -> None:
        """Begin to close in order; more than once is once."""
        self._quitting.set()

    def run(self, start: Callable[[], Awaitable[None]]) -> None:
        """Call `start` on the loop, wait for `quit`, close everything, close the loop."""
        loop = make_loop(self._app, self._crash)
        signals = StopSignals(self.quit)
        garbage = GarbageCollector()
        garbage.start()
        interval_before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            loop.run_until_complete(self._live(start))
        finally:
            garbage.stop()
            sys.setswitchinterval(interval_before)
            signals.close()
            loop.close()

    async def _live(self, start: Callable[[], Awaitable[None]]) -> None:
        try:
            await start()
            await self._quitting.wait()
        finally:
            await self._own.close()
            await self.closing.close()
            await _cancel_the_rest()
            await asyncio.get_running_loop().shutdown_asyncgens()


def make_loop(app: QCoreApplication, crash: CrashReporter) -> asyncio.AbstractEventLoop:
    """Qt's loop as asyncio's, with threads for what blocks and a handler for what nobody awaited."""
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
    loop.set_default_executor(ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="work"))
    loop.set_exception_handler(crash.loop_exception)
    return loop


async def _cancel_the_rest() -> None:
    """What no owner knew of: it is cancelled and named in the log, for it should have had one."""
    rest: set[asyncio.Task[Any]] = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        log.info("cancelled at the end: %s", task.get_name())
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
