"""What holds for every test: no screen, no network but loopback, no data of the user's, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import private_session

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication
    from PySide6.QtCore import QEventLoop as QtEventLoop

LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def pytest_configure(config: pytest.Config) -> None:
    home = tempfile.TemporaryDirectory(prefix="kontali-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    _isolate_environment(Path(home.name))
    sys.addaudithook(_refuse_other_hosts)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the benchmarks to the command that prints them."""
    if not config.getoption("-m"):
        measured = [item for item in items if item.get_closest_marker("benchmark")]
        config.hook.pytest_deselected(items=measured)
        items[:] = [item for item in items if item not in measured]


def pytest_asyncio_loop_factories(item: pytest.Item) -> Mapping[str, LoopFactory]:
    """A test with a window runs on Qt's loop, as the program does; any other on asyncio's own."""
    if {"qtbot", "qapp"}.intersection(getattr(item, "fixturenames", ())):
        return {"qasync": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


@pytest.fixture(scope="session")
def secret_service() -> Iterator[None]:
    """A real keychain service, unlocked and empty at first, that this process and its children find."""
    if private_session.MARK in os.environ:
        yield
        return
    if not private_session.is_possible():
        pytest.skip("dbus and gnome-keyring are not installed")
    before = dict(os.environ)
    with private_session.private_session() as variables:
        os.environ.update(variables)
        yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def no_warning_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = _Memory(logging.WARNING)
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    expected = request.node.get_closest_marker("logs_warnings") is not None
    if bool(handler.lines) != expected:
        found = "\n".join(["Warnings in the log:", *handler.lines])
        pytest.fail("The expected warning was not logged." if expected else found)


@pytest.fixture(autouse=True, scope="module")
def what_others_left_is_looked_through_once() -> None:
    """Else each test with a window looks through all that the tests before it left, a second and more each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_stays_on_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (`runtime/garbage.py`): a thread of a test's server must not be the end of a Qt object."""
    if not {"qtbot", "qapp"}.intersection(request.fixturenames):
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """A thread that is no daemon holds the program open at exit."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while left := [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]:
        if time.monotonic() > deadline:
            pytest.fail(f"Threads left behind: {left}")
        left[0].join(0.05)


@pytest.fixture(autouse=True)
def no_window_left_behind() -> Iterator[None]:
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
        for window in left:
            window.close()
        if left:
            pytest.fail(f"Windows left open: {left}")


class _Memory(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


def _isolate_environment(home: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("KONTALI_", "DNB_")) and name not in (private_session.MARK, "KONTALI_PICTURES"):
            del os.environ[name]
    if not Path(os.environ.get("SSL_CERT_FILE", "/")).exists():
        del os.environ["SSL_CERT_FILE"]
    for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    if "XDG_RUNTIME_DIR" not in os.environ:  # Qt warns when there is none
        (home / "run").mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(home / "run")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"


def _refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        raise RuntimeError(f"A test reached for the network: {address}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _qt_loop() -> asyncio.AbstractEventLoop:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    application = QApplication.instance() or QApplication([])
    QApplication.setQuitOnLastWindowClosed(False)
    loop: asyncio.AbstractEventLoop = QEventLoop(_Turns(application))
    return loop


class _Turns:
    """What qasync asks of an application, answered with a loop of Qt's for each turn.

    The program runs its application once, a test session many times; after the web engine was in use
    a second `QApplication.exec` ends in a segmentation fault.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._turn: QtEventLoop | None = None

    def exec(self) -> int:
        from PySide6.QtCore import QEventLoop

        self._turn = QEventLoop()
        return self._turn.exec()

    def exit(self) -> None:
        if self._turn is not None:
            self._turn.exit()

    def eventDispatcher(self) -> QAbstractEventDispatcher:  # noqa: N802  # Qt names it
        return self._application.eventDispatcher()
