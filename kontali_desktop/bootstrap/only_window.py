"""One window a data directory: a second start brings the first one's window forward and ends."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from kontali_desktop.adapters.system.instance_lock import InstanceLock
from kontali_desktop.bootstrap.screen import has_screen
from kontali_desktop.services.errors import AlreadyOpen, StorageUnwritable

if TYPE_CHECKING:
    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.domain.errors import KontaliError

PATIENCE: Final = 5.0  # seconds: the other one answers when it is open, and lets go when it has closed
PAUSE: Final = 0.1


def lock_window(core: Core) -> InstanceLock | int:
    """The lock that the window holds while it is open, or the exit code where another window has it already.

    An icon pressed twice, or again just after the window was closed, meets one that is opening or closing: it is
    waited for.
    """
    lock = InstanceLock(core.paths)
    until = time.monotonic() + (PATIENCE if has_screen() else 0)
    try:
        return _taken(core, lock, until)
    except StorageUnwritable as error:
        return _say(core, error)


def _taken(core: Core, lock: InstanceLock, until: float) -> InstanceLock | int:
    while not lock.take():
        if has_screen() and _rings(lock):
            print(core.wording.text("cli.window_shown"), file=sys.stderr)
            return 0
        if time.monotonic() >= until:
            return _say(core, AlreadyOpen(path=str(core.paths.root)))
        time.sleep(PAUSE)
    return lock


def _rings(lock: InstanceLock) -> bool:
    from kontali_desktop.runtime.doorbell import ring

    return ring(lock.name)


def _say(core: Core, error: KontaliError) -> int:
    from kontali_desktop.bootstrap.cannot_start import say_why

    say_why(error, core.wording.language, on_screen=has_screen())
    return 1
