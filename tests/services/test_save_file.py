"""A file saved whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.save_file import save_whole


def test_the_new_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    path = tmp_path / "bilag.csv"
    for content in (b"gammel", b"ny"):
        save_whole(path, content)
        assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["bilag.csv"]


@pytest.mark.parametrize("place", ["finnes ikke/bilag.csv", "mappe"])
def test_what_cannot_be_saved_leaves_nothing(tmp_path: Path, place: str) -> None:
    (tmp_path / "mappe").mkdir()
    with pytest.raises(FileNotWritten) as told:
        save_whole(tmp_path / place, b"ny")
    assert told.value.parameters["path"] == str(tmp_path / place)
    assert [file.name for file in tmp_path.iterdir()] == ["mappe"]
