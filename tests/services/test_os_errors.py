"""What the operating system refuses is told in the person's language; its own words are in the log."""

from __future__ import annotations

import errno
import logging
from pathlib import Path

import pytest

from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.os_errors import os_reason
from kontali_desktop.services.save_file import save_whole
from tests.services.conftest import Office


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EACCES, "no_access"),
        (errno.EPERM, "no_access"),
        (errno.ENOENT, "missing"),
        (errno.EISDIR, "is_folder"),
        (errno.EROFS, "read_only"),
        (errno.ENAMETOOLONG, "name_too_long"),
        (errno.EBUSY, "in_use"),
        (errno.ECHILD, "other"),
        (None, "other"),
    ],
)
def test_an_error_of_the_system_is_a_code_and_its_words_are_logged(
    number: int | None, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = OSError("strange") if number is None else OSError(number, "The system's own words")
    with caplog.at_level(logging.INFO):
        assert os_reason(error) == f"os.{code}"
    assert str(error) in caplog.text


def test_a_file_that_another_program_holds_on_windows_is_in_use() -> None:
    error = PermissionError(errno.EACCES, "x")
    error.winerror = 32  # type: ignore[attr-defined]  # only Windows' own errors have one
    assert os_reason(error) == "os.in_use"


@pytest.mark.parametrize(
    ("place", "code"), [("finnes ikke/a.csv", "missing"), ("mappe", "is_folder"), (f"{'x' * 300}.csv", "name_too_long")]
)
def test_a_file_that_cannot_be_saved_says_why(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "mappe").mkdir()
    with pytest.raises(FileNotWritten) as told:
        save_whole(tmp_path / place, b"ny")
    assert told.value.parameters["detail"] == f"os.{code}"


@pytest.mark.parametrize(("name", "code"), [("borte.csv", "missing"), (f"{'x' * 300}.csv", "name_too_long")])
def test_a_file_that_cannot_be_read_says_why(office: Office, tmp_path: Path, name: str, code: str) -> None:
    office.client()
    (result,) = office.importing.run(None, [tmp_path / name]).files
    assert [(row.why, row.facts) for row in result.refused] == [("cannot_open", {"detail": f"os.{code}"})]
