"""Damaged files imported into a real database: a refused one leaves nothing, and none adds anything twice."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kontali_desktop.adapters.files.finder import FolderFinder
from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.adapters.system.clock import SystemClock
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.documents import Side
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_models import REFUSED, FileResult, ImportChoices
from tests.adapters.files.writers import ACCOUNT, CLIENT
from tests.benchmarks.figures import Figure
from tests.benchmarks.fuzzing.inputs import Inputs

# What was asked of the program is remembered, whatever came of it.
_REMEMBERED = frozenset({"events", "imported_files", "imports", "import_sightings"})
_STEP = 97  # so that the formats and damages of the whole run are all among these


class HalfStored(Exception):
    """An import left what it must not leave."""


def stored_whole(count: int, seed: str, folder: Path) -> Figure:
    """So many damaged files, each imported twice; seconds of one import."""
    started = time.perf_counter()
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    with SqlStorage(folder / "kontali.sqlite", SystemClock().now()) as storage:
        office = Importer(storage)
        inputs = Inputs(seed)
        for number in range(0, count * _STEP, _STEP):
            made = inputs.make(number)
            path = folder / f"{number}-{made.format}"
            path.write_bytes(made.data)
            try:
                outcomes[office.twice(path)] += 1
            except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
                faults.append(f"input {number} ({made.format}): {type(fault).__name__}: {str(fault)[:300]}")
            path.unlink()
    print(f"imported twice: {dict(outcomes)}")
    broken = f"{len(faults)} not stored whole:\n" + "\n".join(faults[:20]) if faults else ""
    seconds = (time.perf_counter() - started) / max(1, 2 * count)
    return Figure(f"{count:,} damaged files imported twice, each", (seconds,), not_measured=broken)


class Importer:
    """A client's imports, and how many rows each table has."""

    def __init__(self, storage: SqlStorage) -> None:
        clock = SystemClock()
        self._path = storage.path
        self._client = _client(storage, clock)
        self._importing = ImportFiles(storage, FormatReader(), FolderFinder(), clock)

    def twice(self, path: Path) -> str:
        """The status of the first import. Raises HalfStored, and whatever an import must not raise."""
        self._explain(path)
        before = self._counts()
        first = self._imported(path)
        after = self._counts()
        if first.status == REFUSED and after != before:
            raise HalfStored(f"refused, and yet {_difference(before, after)}")
        again = self._imported(path)
        if again.added:
            raise HalfStored(f"added {again.added} again")
        if self._counts() != after:
            raise HalfStored(f"again, and now {_difference(after, self._counts())}")
        return first.status

    def _explain(self, path: Path) -> None:
        """Columns that nobody has explained are what they are guessed to be."""
        prepared = self._importing.prepare(None, [path])
        for question in self._importing.questions(prepared):
            guess = question.sample.guess
            mapping = replace(guess, side=guess.side or Side.CUSTOMER)
            self._importing.explain(self._client.id, question.sample.key, mapping)

    def _imported(self, path: Path) -> FileResult:
        before = self._counts()
        try:
            prepared = self._importing.prepare(None, [path])
            report = self._importing.store(prepared, ImportChoices(numbers={path: ACCOUNT}))
        except Exception:
            if self._counts() != before:
                raise HalfStored(f"broke, and yet {_difference(before, self._counts())}") from None
            raise
        return report.files[0]

    def _counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self._path)) as database:
            return {name: _count(database, name) for name in _tables(database) if name not in _REMEMBERED}


def _client(storage: SqlStorage, clock: SystemClock) -> Client:
    with storage.writing() as work:
        client = work.clients.add(CLIENT, "Klient AS", clock.now())
        work.commit()
    return client


def _tables(database: sqlite3.Connection) -> Iterator[str]:
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    yield from [name for (name,) in database.execute(names)]


def _count(database: sqlite3.Connection, table: str) -> int:
    """A list that says again what is known is remembered as a change of nothing, with what it would say alone."""
    said = "json_remove({}, '$.alone')"
    only = f" WHERE {said.format('before')} <> {said.format('after')}" if table == "import_changes" else ""
    (count,) = database.execute(f'SELECT count(*) FROM "{table}"{only}').fetchone()  # noqa: S608 - the schema's own names
    return int(count)


def _difference(before: dict[str, int], after: dict[str, int]) -> str:
    changed = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
    return ", ".join(f"{name} {change:+}" for name, change in changed.items())
