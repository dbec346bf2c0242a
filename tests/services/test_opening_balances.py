"""This year's books open with what last year's left: the same invoices must not stand there twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.services.import_models import FileResult
from kontali_desktop.services.store_documents import DocumentLedger
from tests.adapters.files.saf_t_books import Entry, Holder, SafT, payment, sale
from tests.services.conftest import Office
from tests.services.test_import_files import open_items
from tests.support import orgnr
from tests.support import payment as bank_payment

PARTY = "310000048"
OPENING = "inngående saldo"
NEW = sale("1", "2026-02-01", "10", 700_00, "2001")


def row(number: str, amount: str, remaining: str = "", kind: str = "invoice", day: str = "2025-11-20") -> str:
    return f"customer;{kind};{number};Part AS;{PARTY};;;{day};2025-12-04;NOK;{amount};{remaining or amount}\n"


def books(folder: Path, *entries: Entry, opening: int, name: str = "regnskap.xml") -> Path:
    posted = sum(row_.amount for entry in entries for row_ in entry.rows if row_.account == "1500")
    holder = Holder("10", "Part AS", opening, opening + posted, orgnr=PARTY)
    path = folder / name
    path.write_bytes(SafT((entries,), (holder,), orgnr=orgnr(1)).data())
    return path


@pytest.fixture
def known(office: Office, tmp_path: Path) -> Office:
    """Last year left two invoices open, 1,500 together."""
    office.client()
    listed = open_items(tmp_path / "fjoraret.csv", row("1001", "1000,00"), row("1002", "900,00", "500,00"))
    assert take(office, listed).added == 2
    return office


def take(office: Office, *paths: Path, is_complete: bool = False) -> FileResult:
    return office.importing.run(None, list(paths), is_complete=is_complete).files[-1]


def stored(office: Office) -> dict[str, ReportedDocument]:
    with office.storage.reading() as work:
        return {d.reported.number: d.reported for d in work.documents.load_of_client(office.client().id)}


def rests(office: Office) -> dict[str, int]:
    return {number: document.remaining for number, document in stored(office).items()}


@pytest.mark.parametrize("is_complete", [False, True])
def test_a_balance_that_restates_what_is_known_adds_nothing(
    known: Office, tmp_path: Path, *, is_complete: bool
) -> None:
    result = take(known, books(tmp_path, NEW, opening=1500_00), is_complete=is_complete)
    assert (result.added, result.unchanged, result.closed, result.doubts) == (1, 1, 0, ())
    assert rests(known) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00}
    again = take(known, books(tmp_path, NEW, opening=1500_00), is_complete=is_complete)
    assert (again.added, again.updated, again.closed) == (0, 0, 0)
    assert rests(known) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00}


def test_the_order_of_the_files_does_not_matter(office: Office, tmp_path: Path) -> None:
    office.client()
    listed = open_items(tmp_path / "fjoraret.csv", row("1001", "1000,00"), row("1002", "900,00", "500,00"))
    take(office, books(tmp_path, NEW, opening=1500_00), listed)
    assert rests(office) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00}


def test_a_credit_note_counts_against_the_invoices(office: Office, tmp_path: Path) -> None:
    office.client()
    take(office, open_items(tmp_path / "a.csv", row("1001", "1000,00"), row("77", "300,00", kind="credit_note")))
    assert take(office, books(tmp_path, NEW, opening=700_00)).unchanged == 1
    assert rests(office) == {"1001": 1000_00, "77": 300_00, "2001": 700_00}


def test_a_balance_of_the_amount_of_one_invoice_is_that_invoice(known: Office, tmp_path: Path) -> None:
    """The other was paid before the year ended, which no file has told."""
    result = take(known, books(tmp_path, NEW, opening=1000_00))
    assert (result.added, result.unchanged, result.doubts) == (1, 1, ())
    assert OPENING not in rests(known)


def test_a_balance_that_was_paid_settles_what_it_restates(known: Office, tmp_path: Path) -> None:
    paid = payment("2", "2026-01-20", "10", 1500_00)
    result = take(known, books(tmp_path, NEW, paid, opening=1500_00))
    assert (result.added, result.updated, result.doubts) == (2, 1, ())  # the invoice, and the payment's posting
    assert rests(known) == {"1001": 0, "1002": 0, "2001": 700_00}


def test_a_balance_that_was_partly_paid_leaves_them_open_and_says_so(known: Office, tmp_path: Path) -> None:
    paid = payment("2", "2026-01-20", "10", 200_00)
    result = take(known, books(tmp_path, NEW, paid, opening=1500_00))
    assert [doubt.why for doubt in result.doubts] == ["opening_partly"]
    assert result.doubts[0].facts == {"counterparty": "Part AS", "amount": "1500.00", "remaining": "1300.00"}
    assert rests(known) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00}


def test_a_balance_that_is_not_what_is_known_is_kept_and_said(known: Office, tmp_path: Path) -> None:
    prepared = known.importing.prepare(None, [books(tmp_path, NEW, opening=1234_00)])
    foreseen = known.importing.preview(prepared).files[0]
    assert [doubt.why for doubt in foreseen.doubts] == ["opening_unclear"]
    assert foreseen.doubts[0].facts["numbers"] == "1001, 1002"
    known.importing.store(prepared)
    assert rests(known) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00, OPENING: 1234_00}
    again = take(known, books(tmp_path, NEW, opening=1234_00))
    assert (again.added, again.doubts) == (0, ())


def test_a_balance_of_a_party_of_whom_nothing_is_known_is_an_open_item(office: Office, tmp_path: Path) -> None:
    office.client()
    result = take(office, books(tmp_path, NEW, opening=1500_00))
    assert (result.added, result.doubts) == (2, ())
    assert rests(office) == {OPENING: 1500_00, "2001": 700_00}


def test_another_partys_invoices_and_this_years_are_not_what_a_balance_restates(office: Office, tmp_path: Path) -> None:
    office.client()
    other = row("1001", "1500,00").replace("Part AS", "Annen AS").replace(PARTY, "210000007")
    take(office, open_items(tmp_path / "a.csv", other, row("2002", "1500,00", day="2026-01-10")))
    result = take(office, books(tmp_path, NEW, opening=1500_00))
    assert (result.added, result.doubts) == (2, ())


def test_a_balance_that_came_before_its_invoices_is_said_and_is_gone_when_the_books_come_again(
    office: Office, tmp_path: Path
) -> None:
    office.client()
    regnskap = books(tmp_path, NEW, opening=1500_00)
    take(office, regnskap)
    listed = open_items(tmp_path / "fjoraret.csv", row("1001", "1000,00"), row("1002", "900,00", "500,00"))
    late = take(office, listed)
    assert [(doubt.why, doubt.facts["number"]) for doubt in late.doubts] == [("opening_known", "1001")]
    take(office, regnskap)
    assert rests(office) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00, OPENING: 0}
    assert take(office, listed).doubts == ()
    take(office, regnskap)
    assert rests(office) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00, OPENING: 0}


def test_this_years_invoice_beside_a_balance_is_no_doubt(office: Office, tmp_path: Path) -> None:
    office.client()
    take(office, books(tmp_path, NEW, opening=1500_00))
    assert take(office, open_items(tmp_path / "a.csv", row("2002", "90,00", day="2026-02-10"))).doubts == ()


def undated(number: str, amount: str, due: str) -> str:
    return row(number, amount).replace(";2025-11-20;2025-12-04;", f";;{due};")


@pytest.mark.parametrize(("due", "is_known"), [("2025-12-04", True), ("2026-02-14", False)])
def test_an_undated_invoice_of_the_balances_amount_is_it_only_where_it_was_due_before(
    office: Office, tmp_path: Path, due: str, *, is_known: bool
) -> None:
    """The same amount may be invoiced every month: what was owed when the year began must not be lost for that."""
    office.client()
    take(office, open_items(tmp_path / "a.csv", undated("1001", "1500,00", due)))
    result = take(office, books(tmp_path, NEW, opening=1500_00))
    assert (OPENING in rests(office), [doubt.why for doubt in result.doubts]) == (
        (False, []) if is_known else (True, ["opening_unclear"])
    )


def test_what_is_left_of_a_balance_is_known_too(known: Office, tmp_path: Path) -> None:
    """One of last year's invoices was paid in the books, and a list has told so."""
    take(known, open_items(tmp_path / "januar.csv", row("1001", "1000,00", "0,00")))
    paid = payment("2", "2026-01-20", "10", 1000_00)
    result = take(known, books(tmp_path, NEW, paid, opening=1500_00))
    assert (result.unchanged, result.doubts) == (1, ())
    assert rests(known) == {"1001": 0, "1002": 500_00, "2001": 700_00}


def test_a_balance_looks_at_its_own_partys_documents_only(office: Office) -> None:
    """There are as many balances as parties."""
    looked: list[str] = []

    class Watched(str):
        __slots__ = ()

        def __bool__(self) -> bool:
            looked.append(self)
            return True

    def document(number: str, party: str, day: date) -> ReportedDocument:
        return ReportedDocument(
            Side.CUSTOMER, DocumentKind.INVOICE, number, party, 100, 100, counterparty_orgnr=party, issue_date=day
        )

    parties = [f"Part {place}" for place in range(50)]
    with office.storage.writing() as work:
        ledger = DocumentLedger(work, office.client().id, office.clock.now())
        for party in parties:
            ledger.take(document(party, Watched(party), date(2025, 11, 1)), "csv", is_list=True)
        for party in parties:
            stored, _ = ledger.take_opening(document(OPENING, party, date(2026, 1, 1)), "saft")
            assert stored.unchanged == 1
    assert looked == parties


def test_what_is_left_of_a_balance_is_left_of_the_one_invoice_that_it_is(office: Office, tmp_path: Path) -> None:
    office.client()
    take(office, open_items(tmp_path / "a.csv", row("1001", "1500,00")))
    regnskap = books(tmp_path, NEW, payment("2", "2026-01-20", "10", 200_00), opening=1500_00)
    first = take(office, regnskap)
    assert (first.added, first.updated, first.doubts) == (2, 1, ())
    assert rests(office) == {"1001": 1300_00, "2001": 700_00}
    again = take(office, regnskap)
    assert (again.added, again.updated, again.doubts) == (0, 0, ())
    assert rests(office) == {"1001": 1300_00, "2001": 700_00}


@pytest.mark.parametrize("paid", [1000_00, 200_00])
def test_a_balance_that_is_one_of_two_invoices_comes_again_as_the_same(
    known: Office, tmp_path: Path, paid: int
) -> None:
    """Its invoice is known again by what was left of it, or is paid, and then there is nothing more to know."""
    regnskap = books(tmp_path, NEW, payment("2", "2026-01-20", "10", paid), opening=1000_00)
    found = {"1001": 1000_00 - paid, "1002": 500_00, "2001": 700_00}
    assert take(known, regnskap).doubts == ()
    assert rests(known) == found
    again = take(known, regnskap)
    assert (again.added, again.updated, again.doubts) == (0, 0, ())
    assert rests(known) == found


def test_a_balance_that_was_paid_by_what_was_matched_here_is_no_doubt(known: Office, tmp_path: Path) -> None:
    account = known.account(known.client())
    known.receive(account, bank_payment(500_00, "faktura 1002"))
    known.propose.run()
    assert known.item("faktura 1002").decision is None  # it was proposed, and a person accepts it
    known.review.accept(known.item("faktura 1002").id)
    regnskap = books(tmp_path, NEW, payment("2", "2026-01-20", "10", 500_00), opening=1500_00)
    result = take(known, regnskap)
    assert result.doubts == ()
    assert rests(known) == {"1001": 1000_00, "1002": 0, "2001": 700_00}
    assert take(known, regnskap).doubts == ()


def test_books_that_do_not_agree_with_themselves_are_taken_with_a_doubt_and_close_nothing(
    known: Office, tmp_path: Path
) -> None:
    holder = Holder("10", "Part AS", 0, 900_00, orgnr=PARTY)
    path = tmp_path / "regnskap.xml"
    path.write_bytes(SafT(((NEW,),), (holder,), orgnr=orgnr(1)).data())
    report = known.importing.run(None, [path], is_complete=True)
    (result,) = report.files
    assert (result.status, result.refused, report.is_partly_refused) == ("imported", (), False)
    assert [doubt.why for doubt in result.doubts] == ["balance_differs", "not_closed"]
    assert rests(known) == {"1001": 1000_00, "1002": 500_00, "2001": 700_00}
    with known.storage.reading() as work:
        event = next(e for e in work.events.load(None, 9) if e.code == "file.imported")
    assert (event.facts["refused"], event.facts["doubts"]) == ("0", "2")
