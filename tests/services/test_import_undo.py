"""An import is looked at before it is stored, and taken back as one."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.errors import DocumentSettled, ImportUndone, UnknownImport
from kontali_desktop.domain.ids import ImportId
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.services.import_history import ImportUndo
from kontali_desktop.services.import_models import ImportChoices, ImportReport, ReadFile
from kontali_desktop.services.ports import FileContent
from kontali_desktop.services.store_import import StoreImport
from tests.adapters.files.camt_writer import camt054, paid
from tests.adapters.files.ocr_writer import Ocr, OcrPayment
from tests.adapters.files.settlement_writers import Paid, vipps
from tests.adapters.files.writers import Ehf, Entry
from tests.services.conftest import Office
from tests.services.test_import_files import open_items, row
from tests.support import invoice, payment


def texts(office: Office) -> list[str]:
    return sorted(item.transaction.reported.text for item in office.everything())


def take(office: Office, *paths: Path) -> ImportReport:
    return office.importing.run(None, paths)


def undo(office: Office, report: ImportReport) -> tuple[int, int, int]:
    assert report.import_id is not None
    undone = office.imports.undo(report.import_id)
    return undone.lines, undone.documents, undone.matches


def numbers(office: Office) -> dict[str, int]:
    with office.storage.reading() as work:
        return {d.reported.number: d.open_amount for d in work.documents.load_of_client(None)}


def test_a_preview_tells_what_would_come_and_stores_nothing(office: Office, tmp_path: Path) -> None:
    office.client()
    file = open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"), row("2", "x", "1"))
    prepared = office.importing.prepare(None, [file])
    preview = office.importing.preview(prepared)
    assert (preview.files[0].added, len(preview.files[0].refused)) == (1, 1)
    assert numbers(office) == {}
    assert office.imports.load(None) == ()
    assert office.importing.store(prepared).files == preview.files
    assert numbers(office) == {"1": 100_00}


def test_an_import_is_taken_back_as_one(office: Office, tmp_path: Path) -> None:
    office.client()
    first = take(office, open_items(tmp_path / "a.csv", row("1", "100.00", "100.00")))
    second = take(office, open_items(tmp_path / "b.csv", row("1", "100.00", "40.00"), row("2", "50.00", "50.00")))
    assert numbers(office) == {"1": 40_00, "2": 50_00}
    assert undo(office, second) == (0, 1, 0)
    assert numbers(office) == {"1": 100_00}
    assert undo(office, first) == (0, 1, 0)
    assert numbers(office) == {}
    assert take(office, tmp_path / "b.csv").files[0].added == 2


def test_what_another_import_told_of_too_stays(office: Office, tmp_path: Path) -> None:
    office.client()
    first = take(office, open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"), row("2", "50.00", "50.00")))
    second = take(office, open_items(tmp_path / "b.csv", row("1", "100.00", "100.00")))
    assert undo(office, first) == (0, 1, 0)
    assert numbers(office) == {"1": 100_00}
    assert undo(office, second) == (0, 1, 0)
    assert numbers(office) == {}


def test_what_a_bank_connection_saw_too_stays(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client)
    report = take(office, statement(tmp_path / "a.xml", account.number, ("10.00", "fra fil"), ("20.00", "bare i fil")))
    assert texts(office) == ["bare i fil", "fra fil"]
    office.receive(account, payment(10_00, "fra fil"))
    assert undo(office, report) == (1, 0, 0)
    assert texts(office) == ["fra fil"]


def test_matches_on_what_goes_are_undone_with_it(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client)
    office.hold(client, invoice("55201", 100_00))
    report = take(office, statement(tmp_path / "a.xml", account.number, ("100.00", "faktura 55201")))
    office.propose.run()
    office.review.accept(office.item("faktura 55201").id)
    assert office.open_amount("55201") == 0
    assert undo(office, report) == (1, 0, 1)
    assert office.open_amount("55201") == 100_00
    assert texts(office) == []
    take(office, tmp_path / "a.xml")
    assert texts(office) == ["faktura 55201"]
    office.propose.run()
    office.review.accept(office.item("faktura 55201").id)
    assert office.open_amount("55201") == 0


def test_an_import_is_taken_back_once(office: Office, tmp_path: Path) -> None:
    office.client()
    report = take(office, open_items(tmp_path / "a.csv", row("1", "100.00", "100.00")))
    undo(office, report)
    with pytest.raises(ImportUndone):
        undo(office, report)
    with pytest.raises(UnknownImport):
        office.imports.undo(ImportId(99))
    (record,) = office.imports.load(None)
    assert record.undone_at == office.clock.now()
    assert [file.name for file in record.files] == ["a.csv"]


def statement(path: Path, account: str, *entries: tuple[str, str], closing: str = "") -> Path:
    """A camt.053 of one account with credits of one day, and its closing balance."""
    balance = closing and (
        f'<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="NOK">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-02-12</Dt></Dt></Bal>"
    )
    rows = "".join(
        f'<Ntry><Amt Ccy="NOK">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>2026-02-12</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
        f"</NtryDtls></Ntry>"
        for amount, text in entries
    )
    path.write_text(
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>NOK</Ccy></Acct>{balance}{rows}"
        "</Stmt></BkToCstmrStmt></Document>",
        "utf-8",
    )
    return path


def balances(office: Office, account: BankAccount) -> list[int]:
    with office.storage.reading() as work:
        return [balance.amount for balance in work.accounts.load_balances(account.id)]


def test_a_balance_that_another_import_told_too_stays(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client())
    first = take(office, statement(tmp_path / "a.xml", account.number, ("10.00", "en"), closing="90.00"))
    second = take(office, statement(tmp_path / "b.xml", account.number, ("10.00", "to"), closing="90.00"))
    undo(office, first)
    assert balances(office, account) == [90_00]
    undo(office, second)
    assert balances(office, account) == []


def test_a_balance_that_was_told_anew_comes_back_to_what_was_told_before(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client())
    former = [
        take(office, statement(tmp_path / name, account.number, ("10.00", name), closing="90.00"))
        for name in ("a.xml", "b.xml")
    ]
    anew = take(office, statement(tmp_path / "c.xml", account.number, ("10.00", "tre"), closing="95.00"))
    assert balances(office, account) == [95_00]
    undo(office, anew)
    assert balances(office, account) == [90_00]
    undo(office, former[0])
    assert balances(office, account) == [90_00]
    undo(office, former[1])
    assert balances(office, account) == []


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_balances_told_by_four_imports_are_what_the_latest_that_stands_told(
    office: Office, tmp_path: Path, order: tuple[int, ...]
) -> None:
    account = office.account(office.client())
    told = ["90.00", "95.00", "95.00", "90.00"]
    reports = [
        take(office, statement(tmp_path / f"{n}.xml", account.number, ("10.00", str(n)), closing=closing))
        for n, closing in enumerate(told)
    ]
    standing = set(range(4))
    for place in order:
        undo(office, reports[place])
        standing.remove(place)
        latest = [int(told[max(standing)].replace(".", ""))] if standing else []
        assert balances(office, account) == latest


def test_a_line_that_an_import_took_over_is_its_former_sources_again(office: Office, tmp_path: Path) -> None:
    """So that what the former source says next is its own again, and no more than that."""
    account = office.account(office.client())
    office.receive(account, payment(10_00, "FRA CSV"), source="bank-csv")
    report = take(office, statement(tmp_path / "a.xml", account.number, ("10.00", "fra fil")))
    assert texts(office) == ["fra fil"]
    assert undo(office, report) == (0, 0, 0)
    assert texts(office) == ["FRA CSV"]
    office.receive(account, payment(10_00, "FRA MT940"), source="mt940")
    assert texts(office) == ["FRA MT940"]


def test_undone_in_any_order_what_still_stands_is_what_was_told_last(office: Office, tmp_path: Path) -> None:
    office.client()
    listed = [("a", "100.00"), ("b", "60.00"), ("c", "30.00")]
    _, second, third = (take(office, open_items(tmp_path / n, row("1", "100.00", rest))) for n, rest in listed)
    undo(office, second)
    assert numbers(office) == {"1": 30_00}
    undo(office, third)
    assert numbers(office) == {"1": 100_00}


def test_what_a_later_list_says_again_stays_when_the_first_to_say_it_is_undone(office: Office, tmp_path: Path) -> None:
    office.client()
    listed = [("a", "100.00", "1"), ("b", "60.00", "1"), ("c", "60.00", "2")]
    files = [
        open_items(tmp_path / n, row("1", "100.00", rest), row(other, "100.00", rest)) for n, rest, other in listed
    ]
    _, second, third = (take(office, file) for file in files)
    undo(office, second)
    assert numbers(office) == {"1": 60_00, "2": 60_00}
    undo(office, third)
    assert numbers(office) == {"1": 100_00}


def test_what_names_a_document_that_went_is_not_proposed(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client())
    report = take(office, open_items(tmp_path / "a.csv", row("55201", "100.00", "100.00")))
    office.receive(account, payment(100_00, "faktura 55201"))
    office.propose.run()
    assert office.item("faktura 55201").proposal is not None
    undo(office, report)
    assert office.item("faktura 55201").proposal is None


def test_a_rejected_match_given_back_cannot_be_accepted_once_its_document_went(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client())
    report = take(office, open_items(tmp_path / "a.csv", row("55201", "100.00", "100.00")))
    office.receive(account, payment(100_00, "faktura 55201"))
    office.propose.run()
    office.review.reject(office.item("faktura 55201").id)
    undo(office, report)
    office.review.undo()
    with pytest.raises(DocumentSettled):
        office.review.accept(office.item("faktura 55201").id)


def test_files_of_one_import_may_tell_of_the_same_known_line(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client()).number
    take(office, statement(tmp_path / "a.xml", account, ("10.00", "x")))
    take(
        office,
        statement(tmp_path / "b.xml", account, ("10.00", "x"), ("20.00", "y")),
        statement(tmp_path / "c.xml", account, ("10.00", "x"), ("30.00", "z")),
    )
    assert texts(office) == ["x", "y", "z"]


def test_a_sum_that_two_imports_told_of_stays_until_both_are_undone(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client).number
    entry = Entry("30.00", booked="2026-01-05", reference="S1", payments=(paid("10.00", "9001"), paid("20.00", "9002")))
    notified, giro = tmp_path / "a.xml", tmp_path / "b.txt"
    notified.write_bytes(camt054(entry, accounts=(f"<Othr><Id>{account}</Id></Othr>",)))
    payments = tuple(OcrPayment(amount, kid, day="050126") for amount, kid in ((10_00, "9001"), (20_00, "9002")))
    giro.write_bytes(Ocr((payments,), account).data())
    first, second = take(office, notified), take(office, giro)
    assert second.files[0].unchanged == 1
    for report, left in ((first, 1), (second, 0)):
        undo(office, report)
        with office.storage.reading() as work:
            assert len(work.batches.load(client.id)) == left


def test_postings_that_two_imports_told_of_stay_until_both_are_undone(office: Office) -> None:
    client = office.client()
    last_year, this_year = (LedgerPosting("1920", date(year, 1, 5), 10_00, "B/1", "1") for year in (2025, 2026))

    def told(*postings: LedgerPosting) -> ImportId:
        with office.storage.writing() as work:
            import_id = work.imports.begin(client.id, office.clock.now(), "person")
            content = FileContent("saf-t", postings=postings)
            storing = StoreImport(work, client, office.clock.now(), import_id, ImportChoices())
            storing.store([ReadFile(0, Path("a"), str(import_id), content)], is_whole=True)
            work.commit()
        return import_id

    first, second = told(last_year, this_year), told(this_year)
    left = []
    for import_id in (first, second):
        office.imports.undo(import_id)
        with office.storage.reading() as work:
            left.append(work.ledger.load(client.id))
    assert left == [(this_year,), ()]


def test_a_whole_list_taken_back_leaves_no_closing_to_undo(office: Office, tmp_path: Path) -> None:
    office.client()
    take(office, open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"), row("2", "50.00", "50.00")))
    lists = open_items(tmp_path / "b.csv", row("2", "50.00", "50.00"))
    report = office.importing.run(None, [lists], is_complete=True)
    assert numbers(office) == {"1": 0, "2": 50_00}
    undo(office, report)
    assert numbers(office) == {"1": 100_00, "2": 50_00}
    with office.storage.reading() as work:
        assert work.matches.latest_undoable() is None
        assert work.events.load(None, 1)[0].code == "import.undone"  # and none that says that 0 were opened again
        assert "documents.reopened" not in {event.code for event in work.events.load(None, 100)}


def test_an_undone_list_leaves_no_difference_to_what_was_matched(office: Office, tmp_path: Path) -> None:
    account = office.account(office.client())
    take(office, open_items(tmp_path / "a.csv", row("55201", "100.00", "100.00")))
    office.receive(account, payment(100_00, "faktura 55201"))
    office.propose.run()
    if office.item("faktura 55201").decision is None:
        office.review.accept(office.item("faktura 55201").id)
    report = take(office, open_items(tmp_path / "b.csv", row("55201", "50.00", "50.00")))
    told = []
    for _ in range(2):
        with office.storage.reading() as work:
            (document,) = work.documents.load_of_client(None)
        told.append((document.reported.amount, document.difference, document.matched_in_books))
        if len(told) == 1:
            undo(office, report)
    assert told == [(100_00, 50_00, 50_00), (100_00, 0, 0)]


def test_the_log_says_all_that_an_undone_import_took_out_and_set_back(office: Office, tmp_path: Path) -> None:
    """A settlement has neither lines nor documents; a list may have changed what another brought."""
    office.client()
    (tmp_path / "vipps.csv").write_bytes(vipps(Paid(), Paid(order="1002", payout="2000002")))
    take(office, open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"), row("3", "70.00", "70.00")))
    lists = open_items(tmp_path / "b.csv", row("1", "100.00", "40.00"), row("2", "50.00", "50.00"))
    report = take(office, lists, tmp_path / "vipps.csv")
    assert report.import_id is not None
    foreseen = office.imports.foresee_undo(report.import_id)
    undone = office.imports.undo(report.import_id)
    assert undone == foreseen == ImportUndo(0, 1, 0, batches=2, restored=1)
    with office.storage.reading() as work:
        facts = work.events.load(None, 1)[0].facts
    assert facts == {
        "files": "2", "file": "b.csv", "lines": "0", "documents": "1", "batches": "2", "postings": "0", "matches": "0",
        "restored": "1",
    }  # fmt: skip
    assert undo(office, take(office, open_items(tmp_path / "c.csv", row("3", "70.00", "70.00")))) == (0, 0, 0)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_list_that_is_undone_leaves_an_invoice_that_came_after_it_as_the_invoice_says(
    office: Office, tmp_path: Path, order: tuple[int, int]
) -> None:
    """An old list told that it was paid: without the list nobody has."""
    client = office.client()
    listed = open_items(tmp_path / "a.csv", row("10234", "12500.00", "0.00"))
    ehf = tmp_path / "b.xml"
    ehf.write_bytes(
        Ehf("Invoice", "10234", ("Klient 1 AS", client.orgnr), ("Bryggen Arkitekter AS", ""), "12500.00").data()
    )
    reports = [take(office, listed), take(office, ehf)]
    assert reports[1].files[0].added == 0
    assert numbers(office) == {"10234": 0}
    left = []
    for place in order:
        undo(office, reports[place])
        left.append(numbers(office))
    assert left == [{"10234": 12500_00 if order[0] == 0 else 0}, {}]
