"""The whole life of a loop in a process of its own: start, signal or quit, order of closing, exit."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

PROGRAM = """
import asyncio, gc, os, signal, sys
from PySide6.QtCore import QCoreApplication, QTimer
from kontali_desktop.runtime.closing import Phase
from kontali_desktop.runtime.crash import CrashReporter
from kontali_desktop.runtime.heartbeat import Heartbeat
from kontali_desktop.runtime.loop import Lifetime
from kontali_desktop.runtime.task_owner import TaskOwner

app = QCoreApplication([])
crash = CrashReporter(lambda text: text)
crash.install()
life = Lifetime(app, crash)

def closer(word):
    async def close():
        print("closed", word, flush=True)
    return close

async def long_work():
    try:
        await asyncio.sleep(60)
    finally:
        print("work stopped", flush=True)

async def forgotten():
    try:
        await asyncio.sleep(60)
    finally:
        print("forgotten stopped", flush=True)

async def start():
    owner = TaskOwner(crash.report)
    beat = Heartbeat(lambda: False, lambda: None)
    life.closing.add(Phase.STORAGE, "engine", closer("engine"))
    life.closing.add(Phase.TASKS, "tasks", owner.close)
    life.closing.add(Phase.CONNECTIONS, "demo bank", closer("demo bank"))
    life.closing.add(Phase.CONNECTIONS, "http", closer("http"))
    life.closing.add(Phase.TIMERS, "timer", beat.stop)
    life.closing.add(Phase.TIMERS, "timers", closer("timers"))
    beat.start()
    owner.start("long", long_work)
    life.other = asyncio.create_task(forgotten())
    await asyncio.to_thread(lambda: None)
    print("ready", "collector", gc.isenabled(), flush=True)
    ENDING

life.run(start)
print("after", "collector", gc.isenabled(), flush=True)
"""

ORDER = [
    "ready collector False",
    "closed timers",
    "work stopped",
    "closed http",
    "closed demo bank",
    "closed engine",
    "forgotten stopped",
    "after collector True",
]

ENDINGS = {
    "quit": "life.quit()",
    "quit twice": "life.quit(); life.quit()",
    "SIGTERM": "os.kill(os.getpid(), signal.SIGTERM)",
    "SIGINT": "os.kill(os.getpid(), signal.SIGINT)",
}


def run(ending: str) -> subprocess.CompletedProcess[str]:
    program = textwrap.dedent(PROGRAM).replace("ENDING", ending)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("ending", ENDINGS)
def test_everything_is_closed_in_order(ending: str) -> None:
    ended = run(ENDINGS[ending])
    assert ended.stdout.splitlines() == ORDER
    assert (ended.returncode, ended.stderr) == (0, "")


def test_what_fails_while_closing_does_not_hold_up_the_rest() -> None:
    broken = "async def broken(): 1 / 0\n    life.closing.add(Phase.TASKS, 'broken', broken); life.quit()"
    ended = run(broken)
    assert ended.stdout.splitlines() == ORDER
    assert "could not close broken" in ended.stderr


def test_a_start_that_fails_closes_too_and_is_not_hidden() -> None:
    ended = run("raise ValueError('no such thing')")
    assert ended.stdout.splitlines() == ORDER[:-1]
    assert "no such thing" in ended.stderr
