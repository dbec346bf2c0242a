"""Importing without widgets."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.ui.import_files.steps import (
    ChooseClient,
    Comparing,
    Imported,
    ImportProblem,
    Matching,
    NoClient,
    Previewed,
    Reading,
    Storing,
)
from tests.ui.import_files.importing import Importing, good, open_items, partly, row
from tests.ui.waiting import until


async def test_the_only_client_gets_the_files_and_the_proposals(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    done = await one.take_in(good(tmp_path))
    assert (done.client, done.report.files[0].added) == (client, 1)
    assert done.match is not None
    assert done.match.proposed + done.match.auto_accepted == 1
    assert one.changes == [True]
    kinds = [type(step) for step in one.steps]
    assert [k for n, k in enumerate(kinds) if kinds[n - 1] is not k] == [
        Reading,
        Comparing,
        Previewed,
        Storing,
        Matching,
        Imported,
    ]
    read = [step for step in one.steps if isinstance(step, Reading)]
    assert (read[-1].file, read[-1].done, read[-1].total) == ("poster.csv", 0, 1)


async def test_the_same_again_changes_nothing_and_matches_nothing(one: Importing, tmp_path: Path) -> None:
    one.client()
    await one.take_in(good(tmp_path))
    one.presenter.cancel()
    assert one.presenter.step is None
    again = await one.take_in(good(tmp_path))
    assert (again.report.files[0].unchanged, again.match) == (1, None)
    assert one.changes == [True]


async def test_of_several_clients_one_is_asked_for(one: Importing, tmp_path: Path) -> None:
    first, second = one.client(1), one.client(2)
    one.presenter.import_paths([good(tmp_path)])
    step = await one.reach(ChooseClient)
    assert step.clients == (first, second)
    one.presenter.choose_client(second.id)
    await one.reach(Previewed)
    one.presenter.store()
    done = await one.reach(Imported)
    assert done.client == second
    assert (one.documents(first), one.documents(second)) == ([], ["10234"])


async def test_the_windows_client_is_not_asked_for(one: Importing, tmp_path: Path) -> None:
    first, second = one.client(1), one.client(2)
    one.presenter.show_client(second.id)
    assert (await one.take_in(good(tmp_path))).client == second
    assert one.documents(first) == []


async def test_without_a_client_there_is_a_way_to_one(one: Importing, tmp_path: Path) -> None:
    wishes: list[object] = []
    one.presenter.wants_screen.connect(wishes.append)
    one.presenter.import_paths([good(tmp_path)])
    await one.reach(NoClient)
    one.presenter.add_client()
    assert (wishes, one.presenter.step) == (["settings"], None)


async def test_what_is_refused_does_not_stop_the_rest(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    letter = tmp_path / "brev.txt"
    letter.write_text("Hei", "utf-8")
    done = await one.take_in(letter, partly(tmp_path), good(tmp_path))
    assert [f.status for f in done.report.files] == ["refused", "imported", "imported"]
    assert len(done.report.files[1].refused) == 2
    assert sorted(one.documents(client)) == ["10234", "10235"]


async def test_stopped_while_reading_nothing_is_stored(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    files = [good(tmp_path, f"{number}.csv") for number in range(40)]

    def stop_at_the_first(step: object) -> None:
        if isinstance(step, Reading):
            one.presenter.cancel()

    one.presenter.step_changed.connect(stop_at_the_first)
    one.presenter.import_paths(files)
    await until(lambda: not one.presenter.is_busy, one.steps)
    assert one.presenter.step is None
    assert one.documents(client) == []
    assert one.changes == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no files that are read for as long as one likes")
def reading_takes(path: Path, orgnr: str) -> float:
    started = time.monotonic()
    FormatReader().read(path, orgnr)
    return time.monotonic() - started


async def test_nobody_waits_for_a_file_that_is_read_for_long(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    rows = (row(str(number), "Bryggen Arkitekter AS", "1250,00", "1250,00") for number in range(100_000))
    slow = open_items(tmp_path / "treg.csv", *rows)  # whose reading takes its seconds
    one.presenter.import_paths([slow, good(tmp_path)])
    await until(lambda: isinstance(one.presenter.step, Reading) and one.presenter.step.file == slow.name)
    one.presenter.cancel()
    started = time.monotonic()
    await until(lambda: not one.presenter.is_busy)
    assert one.presenter.step is None
    assert time.monotonic() - started < await asyncio.to_thread(reading_takes, slow, client.orgnr)
    assert (await one.take_in(good(tmp_path, "b.csv"))).client == client


async def test_a_database_that_cannot_be_read_is_a_problem_with_a_way_out(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    database = sqlite3.connect(one.program.core.storage.path)
    database.execute("ALTER TABLE documents RENAME TO elsewhere")  # what a damaged file may come to
    database.commit()
    one.presenter.import_paths([good(tmp_path)])
    problem = await one.reach(ImportProblem)
    assert problem.error.code == "storage_unwritable"
    database.execute("ALTER TABLE elsewhere RENAME TO documents")
    database.commit()
    database.close()
    one.presenter.try_again()
    await one.reach(Previewed)
    one.presenter.store()
    await one.reach(Imported)
    assert one.documents(client) == ["10234"]


async def test_while_one_import_runs_there_is_no_other(one: Importing, tmp_path: Path) -> None:
    client = one.client()
    one.presenter.import_paths([good(tmp_path)])
    one.presenter.import_paths([partly(tmp_path)])
    preview = await one.reach(Previewed)
    assert [file.path.name for file in preview.report.files] == ["poster.csv"]
    assert one.documents(client) == []


async def test_what_breaks_leaves_nothing_that_cannot_be_closed(
    one: Importing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug after the files were stored: it is told once, and no sheet waits for work that runs no more."""
    client = one.client()

    def breaks(_client_id: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(one.program.core.propose, "run", breaks)
    one.presenter.import_paths([good(tmp_path)])
    await one.reach(Previewed)
    one.presenter.store()
    await until(lambda: bool(one.program.bugs), "the bug is told")
    assert [type(bug) for bug in one.program.bugs] == [ZeroDivisionError]
    one.program.bugs.clear()
    assert one.presenter.step is None
    assert one.documents(client) == ["10234"]
    assert one.changes == [True]


async def test_the_answer_counts_from_the_moment_the_preview_is_shown(one: Importing, tmp_path: Path) -> None:
    """The work that showed it has done its last step, but nobody has been told that it ended."""
    client = one.client()
    loop = asyncio.get_running_loop()

    def answer(step: object) -> None:
        if isinstance(step, Previewed):
            loop.call_soon(one.presenter.store)

    one.presenter.step_changed.connect(answer)
    one.presenter.import_paths([good(tmp_path)])
    await one.reach(Imported)
    assert one.documents(client) == ["10234"]
