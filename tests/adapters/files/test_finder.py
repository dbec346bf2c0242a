"""Folders opened into files."""

from __future__ import annotations

from pathlib import Path

from kontali_desktop.adapters.files.finder import FolderFinder
from kontali_desktop.services.ports import FileFinder


def test_files_come_once_in_a_fixed_order(tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    (folder / "under").mkdir(parents=True)
    named = tmp_path / "a.xml"
    for path in (named, folder / "c", folder / "b", folder / "under" / "a"):
        path.touch()
    (folder / "rundt").symlink_to(folder, target_is_directory=True)
    finder: FileFinder = FolderFinder()
    assert list(finder.find([named, folder, folder / "b"])) == [
        (named, True),
        (folder / "b", False),
        (folder / "c", False),
        (folder / "under" / "a", False),
    ]


def test_what_is_missing_comes_too(tmp_path: Path) -> None:
    assert list(FolderFinder().find([tmp_path / "borte"])) == [(tmp_path / "borte", True)]


def test_a_name_that_is_too_long_comes_too(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 5000)
    assert list(FolderFinder().find([path])) == [(path, True)]
