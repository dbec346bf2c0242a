"""Files in: known again, whatever their order and number; what the books and matches settle never counts twice."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kontali_desktop.domain.errors import ClientNeeded, UnknownClient
from tests.adapters.files import writers
from tests.services.conftest import Office
from tests.support import orgnr, payment

HEADER = (
    "side;kind;number;counterparty;counterparty_orgnr;counterparty_account;kid;issue_date;due_date;currency;amount;"
    "remaining\n"
)


def row(number: str, amount: str, remaining: str, name: str = "Bryggen Arkitekter AS", side: str = "customer") -> str:
    return f"{side};invoice;{number};{name};;;;2026-01-29;2026-02-12;NOK;{amount};{remaining}\n"


def open_items(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def test_importing_the_same_again_adds_nothing(office: Office, tmp_path: Path) -> None:
    office.client()
    file = open_items(tmp_path / "poster.csv", row("1", "100.00", "100.00"), row("2", "50.00", "50.00"))
    assert office.importing.run(None, [file]).files[0].added == 2
    again = office.importing.run(None, [file]).files[0]
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


def test_a_list_tells_what_remains(office: Office, tmp_path: Path) -> None:
    office.client()
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"))])
    report = office.importing.run(None, [open_items(tmp_path / "b.csv", row("1", "100.00", "40.00"))])
    assert report.files[0].updated == 1
    assert office.open_amount("1") == 40_00


def test_what_was_matched_here_is_not_subtracted_again_once_the_books_show_it(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client)
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("55201", "100.00", "100.00"))])
    office.receive(account, payment(60_00, "a konto faktura 55201", "Bryggen Arkitekter AS"))
    office.propose.run()
    office.review.accept(office.item("a konto faktura 55201").id)
    assert office.open_amount("55201") == 40_00
    office.importing.run(None, [open_items(tmp_path / "b.csv", row("55201", "100.00", "40.00"))])
    assert office.open_amount("55201") == 40_00
    office.importing.run(None, [open_items(tmp_path / "c.csv", row("55201", "100.00", "0.00"))])
    assert office.open_amount("55201") == 0


def test_a_whole_list_closes_what_it_does_not_name_on_its_own_side(office: Office, tmp_path: Path) -> None:
    office.client()
    office.importing.run(
        None,
        [
            open_items(
                tmp_path / "a.csv", row("1", "10", "10"), row("2", "20", "20"), row("9", "5", "5", side="supplier")
            )
        ],
    )
    office.importing.run(None, [open_items(tmp_path / "b.csv", row("2", "20", "20"))], is_complete=True)
    assert [office.open_amount(n) for n in ("1", "2", "9")] == [0, 20_00, 5_00]


def test_the_order_of_the_files_changes_nothing(tmp_path: Path, office: Office) -> None:
    client = office.client()
    ehf = tmp_path / "faktura.xml"
    ehf.write_bytes(writers.Ehf(number="1", supplier=("Vi AS", client.orgnr), payable="100.00").data())
    files = [ehf, open_items(tmp_path / "a.csv", row("1", "100.00", "30.00", "Kunde AS"))]
    found = set()
    for number, order in enumerate(permutations(files), 2):
        other = office.client(number)
        ehf.write_bytes(writers.Ehf(number="1", supplier=("Vi AS", other.orgnr), payable="100.00").data())
        office.importing.run(other.orgnr, order)
        with office.storage.reading() as work:
            found.add(
                tuple(sorted((d.reported.number, d.open_amount) for d in work.documents.load_of_client(other.id)))
            )
    assert len(found) == 1


def test_one_bad_file_does_not_stop_the_rest(office: Office, tmp_path: Path) -> None:
    office.client()
    (tmp_path / "bad.xml").write_text("<Invoice", "utf-8")
    (tmp_path / "letter.txt").write_text("Hei", "utf-8")
    good = open_items(tmp_path / "good.csv", row("1", "10.00", "10.00"))
    report = office.importing.run(None, [tmp_path / "bad.xml", tmp_path / "letter.txt", good])
    assert [f.status for f in report.files] == ["refused", "refused", "imported"]
    assert report.is_partly_refused
    assert not report.is_all_refused
    assert [f.status for f in office.importing.run(None, [tmp_path]).files] != []


def test_an_unknown_file_inside_a_folder_is_ignored(office: Office, tmp_path: Path) -> None:
    office.client()
    (tmp_path / "letter.txt").write_text("Hei", "utf-8")
    open_items(tmp_path / "good.csv", row("1", "10.00", "10.00"))
    statuses = {f.path.name: f.status for f in office.importing.run(None, [tmp_path]).files}
    assert (statuses["letter.txt"], statuses["good.csv"]) == ("ignored", "imported")


def test_whose_files_they_are_must_be_clear(office: Office, tmp_path: Path) -> None:
    office.client(1)
    office.client(2)
    with pytest.raises(ClientNeeded):
        office.importing.run(None, [])
    with pytest.raises(UnknownClient):
        office.importing.run(orgnr(3), [])
