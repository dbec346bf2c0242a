"""The lock on a connection's tokens, with real processes on both sides."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.connection_lock import FileConnectionLock
from kontali_desktop.services.errors import ConnectionBusy

HOLDS = """
import asyncio, sys
from pathlib import Path
from kontali_desktop.adapters.system.connection_lock import FileConnectionLock
async def main():
    async with FileConnectionLock(Path(sys.argv[1])).hold("bank/1"):
        print("held", flush=True)
        sys.stdin.readline()
asyncio.run(main())
"""


@contextmanager
def other_process(directory: Path) -> Iterator[subprocess.Popen[str]]:
    """Holds the lock of `bank/1` until a line is written to it, or it is killed."""
    command = [sys.executable, "-c", HOLDS, str(directory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


async def test_another_process_is_waited_for(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        async with FileConnectionLock(tmp_path, wait=10).hold("bank/1"):
            pass


async def test_another_process_is_not_waited_for_without_end(tmp_path: Path) -> None:
    with other_process(tmp_path):
        started = time.monotonic()
        with pytest.raises(ConnectionBusy) as busy:
            async with FileConnectionLock(tmp_path, wait=0.3).hold("bank/1"):
                pytest.fail("both hold it")
        assert 0.3 <= time.monotonic() - started < 5
        assert busy.value.parameters == {"connection": "bank/1"}
        async with FileConnectionLock(tmp_path, wait=0).hold("bank/2"):
            pass  # another connection is another lock


async def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        process.kill()
        async with FileConnectionLock(tmp_path, wait=10).hold("bank/1"):
            pass


async def test_one_at_a_time_within_a_process_too(tmp_path: Path) -> None:
    lock, holders, most = FileConnectionLock(tmp_path), 0, 0

    async def work() -> None:
        nonlocal holders, most
        async with lock.hold("bank/1"):
            holders += 1
            most = max(most, holders)
            await asyncio.sleep(0)
            holders -= 1

    await asyncio.gather(*(work() for _ in range(5)))
    assert (holders, most) == (0, 1)


async def test_it_is_let_go_of_after_an_error_and_a_cancelled_wait(tmp_path: Path) -> None:
    lock = FileConnectionLock(tmp_path, wait=10)
    with pytest.raises(ZeroDivisionError):
        async with lock.hold("bank/1"):
            raise ZeroDivisionError

    async def wait_for_it() -> None:
        async with lock.hold("bank/1"):
            pytest.fail("it was held")

    async with lock.hold("bank/1"):
        waiting = asyncio.ensure_future(wait_for_it())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with FileConnectionLock(tmp_path, wait=0).hold("bank/1"):
        pass
