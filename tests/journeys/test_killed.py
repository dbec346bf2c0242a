"""The program is killed in the middle of its work: the database is whole, and the next run brings all of it, once."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from subprocess import Popen, TimeoutExpired

import pytest

from tests.demo_bank.running import RunningBank, running
from tests.journeys.headless import Headless

pytestmark = pytest.mark.usefixtures("secret_service")
KILLS = 6
Rows = list[tuple[object, ...]]


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[RunningBank]:
    with running(state=tmp_path / "bank") as bank:
        yield bank


@pytest.fixture
def program(tmp_path: Path, bank: RunningBank) -> Headless:
    headless = Headless(tmp_path / "data", {"KONTALI_DEMO_BANK_URL": bank.base})
    company = bank.said["company"]
    headless.run("client", "add", "--name", company["name"], "--orgnr", company["orgnr"])
    return headless


def stored(program: Headless) -> tuple[Rows, Rows]:
    """Transactions and documents, from a database that passes its own checks."""
    with closing(sqlite3.connect(program.data_dir / "kontali.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        lines = connection.execute(
            "SELECT account_id, booking_date, amount_minor, ordinal FROM bank_transactions WHERE status = 'booked' "
            "ORDER BY 1, 2, 3, 4"
        ).fetchall()
        documents = connection.execute("SELECT side, kind, number, amount_minor FROM documents ORDER BY 1, 2, 3")
        return lines, documents.fetchall()


def keep(program: Headless, folder: Path) -> None:
    folder.mkdir()
    for file in program.data_dir.glob("kontali.sqlite*"):
        shutil.copy2(file, folder)


def put_back(program: Headless, folder: Path) -> None:
    for file in program.data_dir.glob("kontali.sqlite*"):
        file.unlink()
    for file in folder.iterdir():
        shutil.copy2(file, program.data_dir)


def kill_at_its_commit(program: Headless, process: Popen[str]) -> None:
    """As soon as the journal is seen to grow: some of the work is on the disk, perhaps all, perhaps not."""
    journal = program.data_dir / "kontali.sqlite-wal"
    while process.poll() is None:
        with suppress(FileNotFoundError):  # it comes and goes
            if journal.stat().st_size > 64 * 1024:
                break
    process.kill()
    process.communicate()


def kill_within(process: Popen[str], seconds: float) -> None:
    try:
        process.communicate(timeout=seconds)
    except TimeoutExpired:
        process.kill()
        process.communicate()


def test_a_killed_fetch_is_whole_or_nothing(program: Headless, bank: RunningBank, tmp_path: Path) -> None:
    bank.fault(path="*/transactions", kind="answer", status=503, times=0)
    program.connect(bank, code=1)
    bank.control("DELETE", "faults")
    keep(program, tmp_path / "before")
    program.run("sync")
    whole = stored(program)
    assert len(whole[0]) > 300
    for number in range(KILLS):
        put_back(program, tmp_path / "before")
        if number % 2:
            kill_at_its_commit(program, program.start("sync"))
        else:
            kill_within(program.start("sync"), random.uniform(0.3, 3.0))
        assert stored(program)[0] in ([], whole[0])
        program.run("sync")
        assert stored(program) == whole
        assert sum(a["added"] + a["updated"] for a in program.run("sync")[0]["accounts"]) == 0


def test_a_killed_import_is_whole_or_nothing(program: Headless, bank: RunningBank, tmp_path: Path) -> None:
    keep(program, tmp_path / "before")
    program.run("import", bank.said["invoices"])
    whole = stored(program)
    assert len(whole[1]) > 200
    for number in range(KILLS):
        put_back(program, tmp_path / "before")
        if number % 2:
            kill_at_its_commit(program, program.start("import", bank.said["invoices"]))
        else:
            kill_within(program.start("import", bank.said["invoices"]), random.uniform(0.2, 2.0))
        assert stored(program)[1] in ([], whole[1])
        program.run("import", bank.said["invoices"])
        assert stored(program) == whole
        assert sum(f["added"] + f["updated"] for f in program.run("import", bank.said["invoices"])["files"]) == 0
