"""A client's folder is looked into, and what came of it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import pytest_asyncio

from kontali_desktop.domain.clients import Client
from kontali_desktop.services.watched_folders import WatchedFolders
from kontali_desktop.ui.import_files.watching import LOOK, FolderWatch
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from tests.ui.import_files.importing import Importing, good, partly
from tests.ui.program import wording
from tests.ui.waiting import until


@dataclass
class Watching:
    """`made` counts how often the watching service was asked for."""

    one: Importing
    notices: list[NoticeData] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        core = self.one.program.core
        self.watch = FolderWatch(self._make, core.clients, self.one.program.tasks, wording())
        self.watch.notice.connect(self.notices.append)
        self.watch.data_changed.connect(lambda: self.changes.append(True))

    def _make(self) -> WatchedFolders:
        self.made += 1
        return self.one.program.core.watched_folders

    def set_folder(self, client: Client, folder: Path) -> None:
        clients = self.one.program.core.clients
        clients.save_settings(client.id, replace(clients.load_settings(client.id), watched_folder=str(folder)))

    async def minutes(self, number: int = 1) -> None:
        for _ in range(number):
            self.watch.look()
            await until(lambda: not self.one.program.tasks.is_running(LOOK))


@pytest_asyncio.fixture
async def watching(one: Importing) -> AsyncIterator[Watching]:
    yield Watching(one)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inn").mkdir()
    return tmp_path / "inn"


async def test_files_are_taken_in_and_said_once(watching: Watching, folder: Path) -> None:
    client = watching.one.client()
    watching.set_folder(client, folder)
    good(folder)
    partly(folder)
    await watching.minutes(3)
    (notice,) = watching.notices
    assert (notice.title, notice.severity) == ("2 filer hentet fra mappen", Severity.WARNING)
    assert notice.text.startswith("Klient 1 AS: 2 filer lest inn")
    assert notice.action == "import_history"
    assert watching.changes == [True]
    assert sorted(watching.one.documents(client)) == ["10234", "10235"]
    with watching.one.program.core.storage.reading() as work:
        assert [record.actor for record in work.imports.load(client.id, 9)] == ["program"]


async def test_without_a_folder_nothing_is_made(watching: Watching) -> None:
    watching.one.client()
    await watching.minutes(2)
    assert (watching.made, watching.notices) == (0, [])


async def test_a_missing_folder_is_said_once(watching: Watching, folder: Path) -> None:
    gone = folder / "borte"
    watching.set_folder(watching.one.client(), gone)
    await watching.minutes(3)
    (notice,) = watching.notices
    assert notice.title == "Mappen som overvåkes, finnes ikke"
    assert str(gone) in notice.text
    assert notice.action == "settings"
    assert watching.changes == []
