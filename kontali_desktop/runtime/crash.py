"""Bugs: each one goes to the log with its trace and to whoever shows the crash dialog."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What "copy details" copies: a line to recognise it by, and the trace."""

    summary: str
    details: str


class CrashReporter(QObject):
    """Takes what nobody caught, in coroutines, slots and threads; `redact` removes secrets from the details."""

    crashed = Signal(object)  # a CrashReport

    def __init__(self, redact: Callable[[str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._redact = redact
        self._hooks_before = (sys.excepthook, threading.excepthook)
        self._reporting = False

    def install(self) -> None:
        """Take over the hooks for what nobody caught."""
        self._hooks_before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._hooks_before

    def report(self, error: BaseException) -> None:
        """Log a bug and tell; a bug while telling is only logged, or it would never end."""
        log.error("bug: %s", type(error).__name__, exc_info=error)
        if self._reporting:
            return
        self._reporting = True
        try:
            self.crashed.emit(self._make(error))
        finally:
            self._reporting = False

    def loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For `loop.set_exception_handler`."""
        del loop
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error)
        else:
            log.error("loop: %s", context.get("message"))

    def _make(self, error: BaseException) -> CrashReport:
        summary = "".join(traceback.format_exception_only(error)).strip()
        details = "".join(traceback.format_exception(error))
        return CrashReport(summary=self._redact(summary), details=self._redact(details))

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)
        self._hooks_before[0](kind, error, trace)  # standard error says it too, where there is no window to do so

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)
