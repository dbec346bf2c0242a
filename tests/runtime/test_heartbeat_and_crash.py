"""The heartbeat asks and acts; a crash is logged, told once and redacted."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kontali_desktop.runtime.crash import CrashReport, CrashReporter
from kontali_desktop.runtime.heartbeat import Heartbeat
from kontali_desktop.runtime.loop import make_loop


async def test_it_asks_at_once_and_again(qtbot: QtBot) -> None:
    asked: list[int] = []
    acted: list[int] = []
    often = asyncio.Event()

    def is_due() -> bool:
        asked.append(1)
        if len(asked) == 4:
            often.set()
        return len(asked) == 2

    heart = Heartbeat(is_due, lambda: acted.append(len(asked)), interval_ms=5)
    heart.start()
    assert asked == [1]
    await asyncio.wait_for(often.wait(), 5)
    await heart.stop()
    assert acted == [2]
    count = len(asked)
    await asyncio.sleep(0.03)
    assert len(asked) == count


@pytest.fixture
def crash(qapp: QApplication) -> Iterator[CrashReporter]:
    reporter = CrashReporter(lambda text: text.replace("hemmelig", "***"))
    reporter.install()
    yield reporter
    reporter.uninstall()


def reports(crash: CrashReporter) -> list[CrashReport]:
    told: list[CrashReport] = []
    crash.crashed.connect(told.append)
    return told


@pytest.mark.logs_warnings("a bug is logged")
def test_what_a_slot_raises_is_told_with_its_trace(crash: CrashReporter, qtbot: QtBot) -> None:
    told = reports(crash)

    def slot() -> None:
        raise ValueError("token hemmelig")

    with qtbot.captureExceptions():
        crash.install()  # pytest-qt has put its own hook there
        QTimer.singleShot(0, slot)
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].summary == "ValueError: token ***"
    assert "in slot" in told[0].details
    assert "hemmelig" not in told[0].details


@pytest.mark.logs_warnings("a bug is logged")
def test_what_a_thread_raises_is_told(crash: CrashReporter, qtbot: QtBot) -> None:
    told = reports(crash)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].summary.startswith("ZeroDivisionError")


@pytest.mark.logs_warnings("a bug is logged")
def test_what_nobody_awaited_is_told(crash: CrashReporter, qapp: QApplication) -> None:
    told = reports(crash)
    loop = make_loop(qapp, crash)

    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0.01)

    loop.run_until_complete(main())
    loop.close()
    assert [report.summary for report in told] == ["ZeroDivisionError: division by zero"]


@pytest.mark.logs_warnings("a bug is logged")
def test_a_bug_in_the_crash_dialog_does_not_go_round(crash: CrashReporter) -> None:
    told: list[CrashReport] = []

    def dialog(report: CrashReport) -> None:
        told.append(report)
        crash.report(RuntimeError("the dialog broke"))

    crash.crashed.connect(dialog)
    crash.report(ValueError("first"))
    assert [report.summary for report in told] == ["ValueError: first"]


def test_hooks_are_given_back(qapp: QApplication) -> None:
    before = (sys.excepthook, threading.excepthook)
    reporter = CrashReporter(str)
    reporter.install()
    assert (sys.excepthook, threading.excepthook) != before
    reporter.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
