"""Cycles die on the main thread, by the collector's own thresholds."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.runtime.garbage import GarbageCollector


class Cycle:
    died_in: threading.Thread | None = None

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        Cycle.died_in = threading.current_thread()


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    before = gc.isenabled()
    made = GarbageCollector(interval_ms=5)
    made.start()
    yield made
    made.stop()
    assert gc.isenabled()
    if not before:
        gc.disable()


def test_a_worker_s_cycles_are_collected_on_the_main_thread(collector: GarbageCollector, qtbot: QtBot) -> None:
    seen: list[weakref.ref[Cycle]] = []
    kept: list[list[int]] = []

    def work() -> None:
        seen.append(weakref.ref(Cycle()))
        kept.extend([number] for number in range(3 * gc.get_threshold()[0]))  # would set off Python's own

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen[0]() is not None
    qtbot.waitUntil(lambda: seen[0]() is None)
    assert Cycle.died_in is threading.main_thread()
