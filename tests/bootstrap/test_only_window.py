"""Two starts over one data directory: the second brings the first one's window forward and touches nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.instance_lock import InstanceLock
from kontali_desktop.adapters.system.paths import data_paths

FIRST = """
import sys
from pathlib import Path
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.only_window import lock_window
from kontali_desktop.bootstrap.window import Program
core = Core(Path(sys.argv[1]), language="nb")
program = Program(make_application(), core, lock_window(core))
forward = program.window.come_forward

def came_forward():
    forward()
    print("forward", program.window.isVisible(), program.window.isMinimized(), flush=True)

program.window.come_forward = came_forward

async def then():
    program.window.showMinimized()
    print("open", flush=True)

program.run(then)
"""
SECOND = """
import sys
from pathlib import Path
from kontali_desktop.bootstrap import only_window
from kontali_desktop.bootstrap.core import Core
rings = only_window._rings

def told(lock):
    heard = rings(lock)
    print("somebody answers" if heard else "nobody answers", flush=True)
    return heard

only_window._rings, only_window.PATIENCE = told, 30
given = only_window.lock_window(Core(Path(sys.argv[1]), language="nb"))
sys.exit(given if isinstance(given, int) else 7)
"""
ANSWER = """
import sys
from PySide6.QtCore import QCoreApplication
from kontali_desktop.runtime.doorbell import Doorbell
app = QCoreApplication([])
doorbell = Doorbell(sys.argv[1])
doorbell.rung.connect(app.quit)
app.exec()
"""
ENVIRONMENT = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":99"}


@contextmanager
def open_window(directory: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", FIRST, str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kontali_desktop", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=ENVIRONMENT | environment,
    )


def test_a_second_start_brings_the_first_window_forward(tmp_path: Path) -> None:
    with open_window(tmp_path) as first:
        for verb in ([], ["demo"]):
            (tmp_path / "demo.txt").touch()  # the demo's own directory, for the demo opens no other
            second = start("--data-dir", str(tmp_path), "--language", "nb", *verb)
            assert (second.returncode, second.stderr) == (0, "Kontali er allerede åpent. Vinduet er hentet fram.\n")
            assert first.stdout is not None
            assert first.stdout.readline() == "forward True False\n"


def test_a_journey_puts_nothing_away_under_an_open_window(tmp_path: Path) -> None:
    (tmp_path / "demo.txt").touch()
    with open_window(tmp_path):
        kept = tmp_path / "kept"
        kept.touch()
        second = start("--data-dir", str(tmp_path), "demo", "--pictures", str(tmp_path / "pictures"), DISPLAY="")
        assert second.returncode == 1
        assert "Kontali er allerede åpent." in second.stderr
        assert kept.exists()


def test_a_window_that_died_is_in_nobodys_way(tmp_path: Path) -> None:
    lock = InstanceLock(data_paths(tmp_path))
    with open_window(tmp_path) as first:
        assert not lock.take()
        first.kill()
        first.wait()
        assert lock.take()
        lock.release()


@pytest.mark.parametrize("is_opening", [True, False])
def test_a_window_that_opens_or_closes_is_waited_for(tmp_path: Path, *, is_opening: bool) -> None:
    """The icon was pressed twice, or again when the window had just gone."""
    lock = InstanceLock(data_paths(tmp_path))
    assert lock.take()
    with subprocess.Popen(
        [sys.executable, "-c", SECOND, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as second:
        try:
            assert second.stdout is not None
            assert second.stdout.readline() == "nobody answers\n"
            if is_opening:
                with subprocess.Popen([sys.executable, "-c", ANSWER, lock.name], env=ENVIRONMENT) as answering:
                    assert second.wait(20) == 0
                    assert answering.wait(20) == 0
            else:
                lock.release()
                assert second.wait(20) == 7
        finally:
            second.kill()
    lock.release()


def test_two_names_of_one_directory_are_one(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "books")
    first, second = (InstanceLock(data_paths(tmp_path / name)) for name in ("books", "link"))
    assert first.name == second.name
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()
