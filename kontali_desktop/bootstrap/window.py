"""The program with its window: loop, theme, screens, timer, and the order of closing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from kontali_desktop.adapters.system.log_file import log_to_file, redacted
from kontali_desktop.bootstrap.application import Application, make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.first_paint import first_paint
from kontali_desktop.bootstrap.screen import has_screen
from kontali_desktop.bootstrap.screens import Screens
from kontali_desktop.cli.options import chosen_directory, common_options
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.runtime.closing import Phase
from kontali_desktop.runtime.crash import CrashReport, CrashReporter
from kontali_desktop.runtime.heartbeat import Heartbeat
from kontali_desktop.runtime.loop import Lifetime
from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason
from kontali_desktop.ui.theme import Scheme, Theme, apply_theme
from kontali_desktop.ui.widgets.notice import NoticeData, Severity

if TYPE_CHECKING:
    import argparse

    from kontali_desktop.adapters.system.instance_lock import InstanceLock
    from kontali_desktop.services.ports import SandboxDetails
    from kontali_desktop.ui.main_window.window import MainWindow

COPY = "copy"  # what the button of a bug's notice does


class Program:
    """One run of the window over one data directory."""

    def __init__(self, app: Application, core: Core, lock: InstanceLock | None = None) -> None:
        self.app = app
        self.core = core
        self._lock = lock
        self._crash_details = ""
        self.crash = CrashReporter(redacted, app)
        self.lifetime = Lifetime(app, self.crash)
        app.quit_asked.connect(self.lifetime.quit)
        self._logging_to: logging.Handler | None = None
        self.theme: Theme = apply_theme(app, _scheme(core.settings.get("theme", Scheme.SYSTEM)))
        self.screens = self._make_screens("overview")
        self._heartbeat = Heartbeat(lambda: True, self._each_minute)

    @property
    def window(self) -> MainWindow:
        return self.screens.window

    def run(self, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """Show the window, and `then` go on with something else; returns when everything is closed."""
        self.crash.install()
        self.crash.crashed.connect(self._show_crash)
        closing = self.lifetime.closing
        closing.add(Phase.TIMERS, "heartbeat", self._heartbeat.stop)
        closing.add(Phase.TASKS, "screens", self._close_screens)
        closing.add(Phase.CONNECTIONS, "core", self.core.close)
        self.window.show()
        self.lifetime.run(lambda: self._start(then))
        self.window.allow_close()
        self.window.close()
        self.crash.uninstall()
        if self._logging_to is not None:
            logging.getLogger().removeHandler(self._logging_to)
            self._logging_to.close()
        if self._lock is not None:
            self._lock.release()

    async def _start(self, then: Callable[[], Awaitable[None]] | None) -> None:
        """After the first paint: the database is opened in a thread, then the schedule is asked."""
        await first_paint(self.window)
        try:
            self._logging_to = log_to_file(self.core.paths.logs)
        except OSError as error:
            self._say(StorageUnwritable(path=str(self.core.paths.logs), detail=os_reason(error)))
        self.screens.refresh()
        self.screens.warm_up()
        self._heartbeat.start()
        if self._lock is not None:
            self._answer_the_door(self._lock.name)
        if then is not None:
            await then()

    def _answer_the_door(self, name: str) -> None:
        """Who starts the program again over the same books gets this window."""
        from kontali_desktop.runtime.doorbell import Doorbell

        doorbell = Doorbell(name, self.lifetime)
        doorbell.rung.connect(self._come_forward)
        self.lifetime.closing.add(Phase.TIMERS, "doorbell", doorbell.close)

    def _show_guide(self) -> None:
        from kontali_desktop.adapters.system.resources import resource_path

        guide = resource_path(f"guide/{self.core.wording.language}.md")
        self.window.show_guide(guide.read_text("utf-8"))

    def _come_forward(self) -> None:
        self.window.come_forward()

    def _say(self, error: KontaliError) -> None:
        words = self.core.wording.error(error)
        self.window.show_notice(NoticeData(Severity.NEGATIVE, words.message, words.text))

    def _each_minute(self) -> None:
        self.screens.connections.sync_due()
        self.screens.folder_watch.look()

    async def _close_screens(self) -> None:
        await self.screens.close()

    def _make_screens(self, first: str) -> Screens:
        screens = Screens(self.core, self.theme, self.crash.report)
        screens.window.close_asked.connect(self.lifetime.quit)
        screens.window.guide_asked.connect(self._show_guide)
        screens.window.notice_acted.connect(self._on_notice)
        screens.language_chosen.connect(lambda _language: QTimer.singleShot(0, self._change_language))
        screens.window.show_screen(first)
        return screens

    def _change_language(self) -> None:
        """The same place in a new window; what was being decided is stored first."""
        self.lifetime.start("language", self._rebuild)

    async def _rebuild(self) -> None:
        old = self.screens
        await old.close()
        self.core.forget_wording()
        self.screens = self._make_screens(old.window.current_screen)
        self.window.setGeometry(old.window.geometry())
        self.window.show()
        old.window.allow_close()
        old.window.close()
        old.window.deleteLater()
        self.screens.refresh()

    def say_how_to_sign_in(self, bank: SandboxDetails) -> None:
        """The demo bank's made person, to be typed on its pages."""
        text = self.core.wording.text
        said = text("demo.sign_in", person=bank.person, code=bank.code, password=bank.password)
        self.window.show_notice(NoticeData(Severity.INFO, text("demo.title"), f"{said} {text('demo.shadow')}"))

    def _show_crash(self, report: CrashReport) -> None:
        """A bug is said where the person is; its trace can be copied and is in the log."""
        text = self.core.wording.text
        self._crash_details = report.details
        self.window.show_notice(
            NoticeData(Severity.NEGATIVE, text("crash.title"), text("crash.text"), text("crash.copy"), COPY)
        )

    def _on_notice(self, action: str) -> None:
        if action == COPY:
            self.app.clipboard().setText(self._crash_details)


def _scheme(stored: str) -> Scheme:
    return Scheme(stored) if stored in list(Scheme) else Scheme.SYSTEM


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """What is given without a verb; what is not understood of it is refused by the whole door, with all its usage."""
    given, rest = common_options().parse_known_args(arguments)
    if not rest:
        return given
    from kontali_desktop.cli.arguments import parser  # the verbs, which a window that opens does without

    return parser().parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Open the window and return when it is closed."""
    given = _options(arguments)
    language = getattr(given, "language", "")
    try:
        core = Core(chosen_directory(given), language=language)
    except KontaliError as error:
        from kontali_desktop.bootstrap.cannot_start import say_why  # rare, and the window opens the sooner without

        say_why(error, language, on_screen=has_screen())
        return 1
    if not has_screen():
        print(core.wording.text("cli.no_screen"), file=sys.stderr)
        return 1
    from kontali_desktop.bootstrap.only_window import lock_window

    lock = lock_window(core)
    if isinstance(lock, int):
        return lock
    Program(make_application(), core, lock).run()
    return 0
