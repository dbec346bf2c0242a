"""The owner of tasks: one a name, three outcomes, nothing left after closing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.runtime.task_owner import TaskOwner


@dataclass
class Seen:
    """What the owner said, in order."""

    said: list[str] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)

    def listen(self) -> TaskOwner:
        owner = TaskOwner(self.bugs.append)
        owner.started.connect(lambda name: self.said.append(f"started {name}"))
        owner.failed.connect(lambda name, error: self.said.append(f"failed {name} {error.code}"))
        owner.finished.connect(lambda name: self.said.append(f"finished {name}"))
        return owner


@pytest.fixture
def seen(qapp: QApplication) -> Seen:
    return Seen()


async def fail(error: BaseException) -> None:
    raise error


async def until_rest(owner: TaskOwner, name: str) -> None:
    if owner.is_running(name):
        ended = asyncio.Event()
        owner.finished.connect(lambda which: ended.set() if which == name else None)
        await asyncio.wait_for(ended.wait(), 5)


async def test_work_that_ends_well(seen: Seen) -> None:
    owner = seen.listen()
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    assert owner.start("sync", work())
    assert owner.is_running("sync")
    await until_rest(owner, "sync")
    assert done.is_set()
    assert seen.said == ["started sync", "finished sync"]


async def test_an_expected_failure_is_told(seen: Seen) -> None:
    owner = seen.listen()
    owner.start("sync", lambda: fail(KontaliError()))
    await until_rest(owner, "sync")
    assert seen.said == ["started sync", "failed sync error", "finished sync"]
    assert not seen.bugs


async def test_an_expected_failure_in_a_task_group_is_told(seen: Seen) -> None:
    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(KontaliError()))

    owner = seen.listen()
    owner.start("sync", work)
    await until_rest(owner, "sync")
    assert seen.said == ["started sync", "failed sync error", "finished sync"]


@pytest.mark.parametrize("error", [ValueError("a bug"), ExceptionGroup("", [KontaliError(), ValueError("a bug")])])
async def test_a_bug_is_reported_as_one(seen: Seen, error: Exception) -> None:
    owner = seen.listen()
    owner.start("sync", lambda: fail(error))
    await until_rest(owner, "sync")
    assert seen.said == ["started sync", "finished sync"]
    assert seen.bugs == [error]


async def test_cancelling_says_nothing_but_that_it_ended(seen: Seen) -> None:
    owner = seen.listen()
    owner.start("sync", asyncio.sleep(60))
    await asyncio.sleep(0)
    owner.cancel("sync")
    await until_rest(owner, "sync")
    assert seen.said == ["started sync", "finished sync"]
    assert not seen.bugs


async def test_a_name_that_runs_is_not_started_twice(seen: Seen) -> None:
    owner = seen.listen()
    owner.start("sync", asyncio.sleep(60))
    assert not owner.start("sync", asyncio.sleep(60))  # and the coroutine is closed: no warning
    called: list[bool] = []

    async def work() -> None:
        called.append(True)

    assert not owner.start("sync", work)
    assert owner.start("match", asyncio.sleep(60))
    await owner.close()
    assert not called
    assert seen.said.count("started sync") == 1


async def test_a_replaced_task_says_nothing_more(seen: Seen) -> None:
    owner = seen.listen()
    ended: list[str] = []

    async def first() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("first")

    owner.start("search", first)
    await asyncio.sleep(0)

    async def work() -> None:
        ended.append("second")

    assert owner.start("search", work, replace=True)
    await until_rest(owner, "search")
    await asyncio.sleep(0)
    assert sorted(ended) == ["first", "second"]
    assert seen.said == ["started search", "started search", "finished search"]


async def test_closing_waits_for_what_cleans_up_and_starts_nothing_more(seen: Seen) -> None:
    cleaned: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            cleaned.append(True)

    owner = seen.listen()
    owner.start("sync", work)
    await asyncio.sleep(0)
    await owner.close()
    assert cleaned == [True]
    assert not owner.start("sync", work)


async def test_work_may_begin_at_once_after_the_last_step_of_the_same_name(seen: Seen) -> None:
    """A key pressed on what the last step showed comes before the loop tells that the work has ended."""
    owner = seen.listen()
    loop = asyncio.get_running_loop()
    started = loop.create_future()

    async def second() -> None:
        pass

    async def first() -> None:
        loop.call_soon(lambda: started.set_result(owner.start("import", second)))
        raise KontaliError

    owner.start("import", first)
    assert await asyncio.wait_for(started, 5)
    await until_rest(owner, "import")
    failed = f"failed import {KontaliError().code}"
    assert seen.said == ["started import", failed, "finished import", "started import", "finished import"]
