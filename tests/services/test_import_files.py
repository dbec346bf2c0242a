"""Files in: known again, whatever their order and number; what the books and matches settle never counts twice."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kontali_desktop.domain.errors import ClientNeeded, NothingToUndo, UnknownClient
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


def test_matches_above_what_the_books_say_are_a_difference_until_undone(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client)
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("55201", "100.00", "100.00"))])
    office.receive(account, payment(100_00, "faktura 55201", "Bryggen Arkitekter AS"))
    office.propose.run()
    office.review.accept(office.item("faktura 55201").id)
    lower = open_items(tmp_path / "b.csv", row("55201", "80.00", "80.00"))
    assert office.importing.run(None, [lower]).files[0].updated == 1
    assert (difference_on(office), office.open_amount("55201")) == ((100_00, 20_00), 0)
    again = office.importing.run(None, [lower]).files[0]
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    office.review.undo()
    assert (difference_on(office), office.open_amount("55201")) == ((80_00, 0), 80_00)


def difference_on(office: Office) -> tuple[int, int]:
    with office.storage.reading() as work:
        (document,) = work.documents.load_of_client(None)
    return document.reported.amount, document.difference


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
    whole = [open_items(tmp_path / "b.csv", row("2", "20", "20"))]
    report = office.importing.run(None, whole, is_complete=True)
    assert [office.open_amount(n) for n in ("1", "2", "9")] == [0, 20_00, 5_00]
    assert [file.closed for file in report.files] == [1]
    assert [file.closed for file in office.importing.run(None, whole, is_complete=True).files] == [0]


def test_what_a_whole_list_closed_can_be_opened_again(office: Office, tmp_path: Path) -> None:
    office.client()
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "10", "7"), row("2", "20", "20"))])
    office.importing.run(None, [open_items(tmp_path / "b.csv", row("2", "20", "20"))], is_complete=True)
    assert office.open_amount("1") == 0
    assert office.review.undo() == ()
    assert office.open_amount("1") == 7_00
    with pytest.raises(NothingToUndo):
        office.review.undo()


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


def test_a_refused_file_is_in_the_event_log(office: Office, tmp_path: Path) -> None:
    office.client()
    (tmp_path / "bad.xml").write_text("<Invoice", "utf-8")
    office.importing.run(None, [tmp_path / "bad.xml"])
    with office.storage.reading() as work:
        event = work.events.load(None, 1)[0]
    assert (event.code, event.facts["file"]) == ("file.refused", "bad.xml")


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


@pytest.mark.parametrize(
    "other", [row("1", "10", "mye"), row("1", "10,00", "11,00")], ids=["a row not understood", "more left than owed"]
)
def test_a_list_with_a_refused_row_is_not_whole_and_closes_nothing(office: Office, tmp_path: Path, other: str) -> None:
    """The invoice is in the list; only its row could not be read."""
    office.client()
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "10", "10"), row("2", "20", "20"))])
    report = office.importing.run(None, [open_items(tmp_path / "b.csv", other, row("2", "20", "20"))], is_complete=True)
    assert office.open_amount("1") == 10_00
    assert len(report.files[0].refused) == 1
    assert [doubt.why for doubt in report.files[0].doubts] == ["not_closed"]
    assert report.is_partly_refused


def test_a_list_that_closes_nothing_has_no_refused_row_of_its_own(office: Office, tmp_path: Path) -> None:
    office.client()
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "10", "10"), row("2", "20", "20"))])
    (tmp_path / "rest.csv").write_text("not a list at all", "utf-8")
    files = [open_items(tmp_path / "b.csv", row("2", "20", "20")), tmp_path / "rest.csv"]
    listed, other = office.importing.run(None, files, is_complete=True).files
    assert (listed.status, listed.refused, [doubt.why for doubt in listed.doubts]) == ("imported", (), ["not_closed"])
    assert other.status == "refused"


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_told_as_empty(office: Office, tmp_path: Path, content: bytes) -> None:
    office.client()
    folder = tmp_path / "mappe"
    folder.mkdir()
    for file in (tmp_path / "tom.csv", folder / "tom.csv"):
        file.write_bytes(content)
    named, found = office.importing.run(None, [tmp_path / "tom.csv", folder]).files
    assert (named.status, named.format, [row_.why for row_ in named.refused]) == ("refused", "", ["empty"])
    assert found.status == "ignored"


def test_a_refused_file_keeps_the_format_that_was_known(office: Office, tmp_path: Path) -> None:
    """One that is cut off or another company's is told as what it is, and not as an unknown format."""
    office.client()
    whole = writers.Camt().text().encode()
    (tmp_path / "kuttet.xml").write_bytes(whole[: len(whole) * 2 // 3])
    (tmp_path / "annen.xml").write_text(writers.Ehf(supplier=("Annen AS", "310000048")).text(), "utf-8")
    cut, other = office.importing.run(None, [tmp_path / "kuttet.xml", tmp_path / "annen.xml"]).files
    assert (cut.status, cut.format, [row_.why for row_ in cut.refused]) == ("refused", "camt.053", ["xml_truncated"])
    assert (other.status, other.format, [row_.why for row_ in other.refused]) == ("refused", "ehf", ["other_company"])
    assert "format" not in other.refused[0].facts


def test_a_refused_file_beside_the_list_closes_nothing(office: Office, tmp_path: Path) -> None:
    office.client()
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "10", "10"), row("2", "20", "20"))])
    (tmp_path / "rest.csv").write_text("not a list at all", "utf-8")
    files = [open_items(tmp_path / "b.csv", row("2", "20", "20")), tmp_path / "rest.csv"]
    office.importing.run(None, files, is_complete=True)
    assert office.open_amount("1") == 10_00


def test_twins_on_both_parts_of_a_parted_statement_are_both_kept(office: Office, tmp_path: Path) -> None:
    office.client()
    file = tmp_path / "utskrift.xml"
    parted = writers.Camt(accounts=(f"<IBAN>NO35{writers.ACCOUNT}</IBAN>",) * 2).text()
    first, second = parted.split("</Stmt>", 1)
    file.write_text(first + "</Stmt>" + second.replace("<Id>S</Id>", "<Id>S2</Id>").replace("250.00", "200.00", 1))
    assert office.importing.run(None, [file]).files[0].added == 2
    again = office.importing.run(None, [file]).files[0]
    assert (again.added, again.updated) == (0, 0)


def test_the_same_statement_twice_in_a_file_counts_once(office: Office, tmp_path: Path) -> None:
    office.client()
    file = tmp_path / "utskrift.xml"
    file.write_bytes(writers.Camt(accounts=(f"<IBAN>NO35{writers.ACCOUNT}</IBAN>",) * 2).data())
    assert office.importing.run(None, [file]).files[0].added == 1


def test_a_statement_of_another_company_is_refused(office: Office, tmp_path: Path) -> None:
    office.client()
    file = tmp_path / "utskrift.xml"
    other = f"<Nm>Annen AS</Nm><Id><OrgId><Othr><Id>{orgnr(2)}</Id></Othr></OrgId></Id>"
    file.write_text(writers.Camt().text().replace("<Nm>Klient AS</Nm>", other))
    report = office.importing.run(None, [file])
    assert report.is_all_refused
    assert report.files[0].refused[0].why == "other_owner"
    assert office.everything() == []


def test_an_organisation_number_that_agrees_goes_before_a_name_that_does(office: Office, tmp_path: Path) -> None:
    office.client()
    number = orgnr(7)
    numbered = row("1", "10", "10", "Y AS").replace("Y AS;", f"Y AS;{number}", 1)
    told = row("1", "10", "4", "X AS").replace("X AS;", f"X AS;{number}", 1)
    office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "10", "10", "X AS"), numbered)])
    report = office.importing.run(None, [open_items(tmp_path / "b.csv", told)])
    assert (report.files[0].added, report.files[0].updated) == (0, 1)
    with office.storage.reading() as work:
        found = {d.reported.counterparty: d.open_amount for d in work.documents.load_of_client(None)}
    assert found == {"X AS": 10_00, "Y AS": 4_00}


def test_a_statement_of_which_no_line_is_taken_leaves_no_account(office: Office, tmp_path: Path) -> None:
    """A damaged file may name an account that nobody has."""
    office.client()
    path = tmp_path / "konto.xml"
    path.write_bytes(writers.Camt((writers.Entry(booked="2026-02-30"),)).data())
    (result,) = office.importing.run(None, [path]).files
    assert (result.status, result.added, len(result.refused)) == ("refused", 0, 1)
    assert office.accounts.load() == ()


def test_another_kind_of_document_is_told_where_it_was_named(office: Office, tmp_path: Path) -> None:
    office.client()
    folder = tmp_path / "mappe"
    folder.mkdir()
    order = b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
    for file in (tmp_path / "ordre.xml", folder / "annen.xml"):
        file.write_bytes(order)
    named, found = office.importing.run(None, [tmp_path / "ordre.xml", folder]).files
    assert (named.status, [row_.why for row_ in named.refused]) == ("refused", ["other_document"])
    assert found.status == "ignored"
