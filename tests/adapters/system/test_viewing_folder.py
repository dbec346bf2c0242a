"""Copies to look at lie where nobody else reads them, and are gone afterwards."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
from kontali_desktop.services.errors import AttachmentNotOpened


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def folder(temporary: Path) -> Iterator[PrivateViewingFolder]:
    made = PrivateViewingFolder()
    yield made
    made.close()
    assert list(temporary.iterdir()) == []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps the user's own temporary folder private by its lists")
def test_only_this_user_reads_it(folder: PrivateViewingFolder, temporary: Path) -> None:
    path = folder.put("faktura.pdf", b"%PDF-1.7")
    assert path.read_bytes() == b"%PDF-1.7"
    assert mode(path) == 0o600
    for above in (path.parent, path.parent.parent):
        assert mode(above) == 0o700
    assert path.parent.parent.parent == temporary


def test_each_keeps_its_name_and_the_same_is_the_same(folder: PrivateViewingFolder) -> None:
    one, other = folder.put("faktura.pdf", b"1"), folder.put("faktura.pdf", b"2")
    assert (one.name, other.name) == ("faktura.pdf", "faktura.pdf")
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")
    assert folder.put("faktura.pdf", b"1") == one
    one.unlink()
    assert folder.put("faktura.pdf", b"1").read_bytes() == b"1"


def test_nothing_is_made_before_the_first_file(temporary: Path) -> None:
    PrivateViewingFolder().close()
    assert list(temporary.iterdir()) == []


def test_after_closing_all_is_gone(temporary: Path) -> None:
    folder = PrivateViewingFolder()
    folder.put("faktura.pdf", b"1")
    folder.close()
    assert list(temporary.iterdir()) == []


def test_what_cannot_be_written_is_said(folder: PrivateViewingFolder) -> None:
    with pytest.raises(AttachmentNotOpened) as caught:
        folder.put("missing/faktura.pdf", b"1")
    assert caught.value.parameters["name"] == "missing/faktura.pdf"
