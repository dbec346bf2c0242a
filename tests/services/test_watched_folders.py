"""Files that come to lie in a client's folder are taken in by themselves, once, when they are whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.finder import FolderFinder
from kontali_desktop.services.import_models import ReadProgress
from kontali_desktop.services.watched_folders import WatchedFolders
from tests.services.conftest import Office
from tests.services.test_import_files import open_items, row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inn").mkdir()
    return tmp_path / "inn"


@pytest.fixture
def watched(office: Office, folder: Path) -> WatchedFolders:
    client = office.client()
    settings = replace(office.clients.load_settings(client.id), watched_folder=str(folder))
    office.clients.save_settings(client.id, settings)
    return watcher(office)


def watcher(office: Office) -> WatchedFolders:
    return WatchedFolders(office.storage, office.importing, FolderFinder(), office.propose)


def added(watched: WatchedFolders) -> list[int]:
    return [sum(f.added for f in r.report.files) for r in watched.look() if r.report]


def test_a_file_is_taken_once_it_no_longer_grows(watched: WatchedFolders, office: Office, folder: Path) -> None:
    file = open_items(folder / "a.csv", row("1", "100.00", "100.00"))
    assert added(watched) == []
    open_items(file, row("1", "100.00", "100.00"), row("2", "50.00", "50.00"))
    assert added(watched) == []
    assert added(watched) == [2]
    assert added(watched) == []
    assert office.open_amount("2") == 50_00
    assert file.exists()


def test_what_was_taken_in_before_is_passed_over_after_a_restart(
    watched: WatchedFolders, office: Office, folder: Path
) -> None:
    open_items(folder / "a.csv", row("1", "100.00", "100.00"))
    watched.look()
    assert added(watched) == [1]
    again = watcher(office)
    again.look()
    assert again.look() == ()


def assert_refused_once(watched: WatchedFolders, office: Office) -> None:
    """Told of, and not again by a program that is started anew."""
    watched.look()
    (told,) = watched.look()
    assert told.report is not None
    assert told.report.is_all_refused
    again = watcher(office)
    again.look()
    assert again.look() == ()


def test_a_refused_file_is_told_of_once(watched: WatchedFolders, office: Office, folder: Path) -> None:
    open_items(folder / "a.csv", row("1", "x", "y"))
    assert_refused_once(watched, office)


def test_a_folder_that_is_gone_is_told_of_once(watched: WatchedFolders, folder: Path) -> None:
    folder.rmdir()
    assert [r.is_missing for r in watched.look()] == [True]
    assert watched.look() == ()
    folder.mkdir()
    assert watched.look() == ()
    folder.rmdir()
    assert [r.is_missing for r in watched.look()] == [True]


def test_a_broken_file_is_told_of_once_too(watched: WatchedFolders, office: Office, folder: Path) -> None:
    (folder / "broken.xml").write_text('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1')
    assert_refused_once(watched, office)


def test_what_was_broken_off_is_looked_at_again(watched: WatchedFolders, folder: Path) -> None:
    def break_off(_: ReadProgress) -> None:
        raise InterruptedError

    open_items(folder / "a.csv", row("1", "100.00", "100.00"))
    watched.look()
    with pytest.raises(InterruptedError):
        watched.look(break_off)
    assert added(watched) == [1]
