"""What the headless export and import say beside their answer."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from kontali_desktop.adapters.files.out.writer import VoucherWriter
from kontali_desktop.cli.books import import_
from kontali_desktop.cli.door import Door, Services
from kontali_desktop.cli.export import export
from kontali_desktop.services.export import ExportVouchers
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.wording.wording import Wording
from tests.services.conftest import Office, office
from tests.services.test_export import Desk
from tests.services.test_import_files import open_items, row
from tests.support import invoice
from tests.ui.program import wording

__all__ = ["office"]


@dataclass
class Some:
    """The services that these two verbs ask for."""

    wording: Wording
    export: ExportVouchers
    import_files: ImportFiles


def door(office: Office, *, is_json: bool) -> Door:
    made = ExportVouchers(office.storage, VoucherWriter(), office.clock, "1.0")
    return Door(
        cast("Services", Some(wording(), made, office.importing)),
        is_json,
        browser=lambda _seconds: pytest.fail("no browser"),
    )


def written(door: Door, out: Path, format_: str) -> int:
    return export(door, argparse.Namespace(client=None, format=format_, since=None, until=None, out=out))


@pytest.mark.parametrize("is_json", [False, True])
def test_what_was_written_in_another_layout_is_warned_of(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_json: bool
) -> None:
    desk = Desk(office)
    desk.settle(100_00, invoice("1", 100_00))
    desk.settle(200_00, invoice("2", 200_00))
    mine = door(office, is_json=is_json)
    assert written(mine, tmp_path / "a.csv", "csv") == 0
    first = capsys.readouterr()
    assert first.err == ""
    assert written(mine, tmp_path / "b.csv", "gbat10") == 0
    second = capsys.readouterr()
    assert second.err == (
        "2 av bilagene er skrevet ut før, som CSV (regneark). Leses de inn to ganger, bokføres de to ganger.\n"
    )
    if is_json:
        assert json.loads(first.out)["exported_elsewhere"] == {"count": 0, "formats": []}
        assert json.loads(second.out)["exported_elsewhere"] == {"count": 2, "formats": ["csv"]}


def test_a_list_that_closes_nothing_is_told_as_a_doubt_and_no_row_of_it_is_refused(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.client()
    (tmp_path / "tom.csv").write_bytes(b"")
    paths = [open_items(tmp_path / "liste.csv", row("1", "10", "10")), tmp_path / "tom.csv"]
    given = argparse.Namespace(client=None, paths=paths, complete=True)
    assert import_(door(office, is_json=True), given) == 3
    said = capsys.readouterr()
    listed, empty = json.loads(said.out)["files"]
    assert said.err.startswith("liste.csv: ")
    assert "ikke lukket" in said.err
    assert (listed["status"], listed["refused"]) == ("imported", [])
    assert "ikke lukket" in listed["doubts"][0]["why"]
    assert (empty["status"], empty["format"]) == ("refused", None)
    import_(door(office, is_json=False), given)
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if "ikke lukket" in line] == [told[1]]
    assert [line for line in told if "tom" in line] == [told[-1]]  # its one reason is said once


def test_the_reason_for_a_whole_file_comes_first_and_each_reason_once(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that is wrong is not why a file without an account is left out."""
    office.client()
    (tmp_path / "dnb.csv").write_text(
        "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto\n"
        "05.02.2026;Husleie;05.02.2026;;812,50\n31.02.2026;Gebyr;06.02.2026;75,00;\n",
        "utf-8",
    )
    given = argparse.Namespace(client=None, paths=[tmp_path / "dnb.csv"], complete=False)
    assert import_(door(office, is_json=False), given) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("dnb.csv: Filen sier ikke hvilken bankkonto den gjelder")
    assert rest == ["  Linje 3, Dato: «31.02.2026» er ikke en dato."]
