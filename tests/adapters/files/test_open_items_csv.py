"""The list of open items: encodings, columns, amounts, and rows that are refused one by one."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.writers import ACCOUNT, HEADER, ROW, csv_text

EXPECTED = ReportedDocument(
    side=Side.CUSTOMER,
    kind=DocumentKind.INVOICE,
    number="1001",
    counterparty="Kunde Æøå AS",
    amount=125_050,
    remaining=25_050,
    counterparty_orgnr="210000007",
    counterparty_account=ACCOUNT,
    kid="12345678",
    issue_date=date(2026, 1, 2),
    due_date=date(2026, 1, 16),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_a_row_in_each_encoding(take: Take, encoding: str) -> None:
    content = take(csv_text(ROW).encode(encoding))
    assert (content.format, content.documents, content.refused) == ("open-items-csv", (EXPECTED,), ())


def test_columns_in_any_order_with_others_between(take: Take) -> None:
    cells = dict(zip(HEADER.split(";"), ROW.split(";"), strict=True)) | {"annet": "x", "account": ACCOUNT}
    cells |= {"due_date": "16.01.2026", "counterparty": '"Kunde Æøå AS"', "amount_nok": "7,00"}
    names = sorted(cells, reverse=True)
    (document,) = take(csv_text(";".join(cells[n] for n in names), header=";".join(names)).encode()).documents
    assert (document.payee_account, document.amount_nok, document.due_date) == (ACCOUNT, 700, date(2026, 1, 16))


@pytest.mark.parametrize("header", [HEADER, HEADER.removesuffix(";remaining")])
def test_without_a_remaining_all_is_open(take: Take, header: str) -> None:
    row = ";".join([*ROW.split(";")[:-1], ""][: len(header.split(";"))])
    (document,) = take(csv_text(row, header=header).encode()).documents
    assert document.remaining == document.amount == 125_050


@pytest.mark.parametrize("written", ["1.250,50", "1 250,50", "1\N{NO-BREAK SPACE}250,50", "1,250.50", "kr 1250,50"])
def test_thousands_as_spreadsheets_part_them(take: Take, written: str) -> None:
    content = take(csv_text(ROW.replace("1250,50", written)).encode())
    assert (content.documents, content.refused) == ((EXPECTED,), ())


def test_an_amount_that_is_none_is_told_as_it_stands(take: Take) -> None:
    (row,) = take(csv_text(ROW.replace("1250,50", "12.50,00"), ROW.replace("1001", "1002")).encode()).refused
    assert row.facts == {"value": "12.50,00"}


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("customer", "kunde", "side", Reason.VALUE_NOT_KNOWN),
        ("invoice", "", "kind", Reason.FIELD_MISSING),
        ("1001", " ", "number", Reason.FIELD_MISSING),
        ("1250,50", "-1250,50", "amount", Reason.AMOUNT_NEGATIVE),
        ("1250,50", "1.250,50-", "amount", Reason.AMOUNT_NEGATIVE),
        ("1250,50", "12.50,00", "amount", Reason.AMOUNT_NOT_UNDERSTOOD),
        ("1250,50", "1.250", "amount", Reason.AMOUNT_NOT_UNDERSTOOD),
        ("1250,50", "12x", "amount", Reason.AMOUNT_NOT_UNDERSTOOD),
        ("250.50", "9999", "remaining", Reason.REMAINING_ABOVE_AMOUNT),
        ("2026-01-02", "2026-02-30", "issue_date", Reason.DATE_NOT_UNDERSTOOD),
        ("2026-01-02", "31.02.2026", "issue_date", Reason.DATE_NOT_UNDERSTOOD),
        ("NOK", "kr", "currency", Reason.CURRENCY_NOT_UNDERSTOOD),
        ("Kunde Æøå AS", "En;To", "", Reason.WRONG_NUMBER_OF_CELLS),
        ("Kunde Æøå AS", '"En" To', "", Reason.QUOTES_BROKEN),
    ],
)
def test_a_bad_row_is_refused_and_the_rest_goes_in(take: Take, old: str, new: str, column: str, reason: Reason) -> None:
    bad = ROW.replace(old, new, 1) if old != "250.50" else ROW.removesuffix(old) + new
    content = take(csv_text(bad, "", ROW.replace("1001", "1002")).encode())
    assert [(row.where, row.why) for row in content.refused] == [(f"line 2, {column}" if column else "line 2", reason)]
    assert [document.number for document in content.documents] == ["1002"]


def test_the_same_document_twice(take: Take) -> None:
    other = ROW.replace("1250,50", "1300")
    content = take(csv_text(ROW, ROW, other).encode())
    assert content.documents == (EXPECTED,)
    (row,) = content.refused
    assert (row.where, row.why) == ("line 4, number", Reason.DUPLICATE_IN_FILE)
    assert row.facts == {"number": "1001", "first": "line 2"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (csv_text(header=HEADER.replace("kid;", "").replace(";due_date", "")), Reason.COLUMNS_MISSING),
        (csv_text(header=f"{HEADER};amount"), Reason.COLUMN_TWICE),
        (csv_text(ROW).replace(",", ".").replace(";", ","), Reason.WRONG_SEPARATOR),
        (csv_text(header=HEADER.replace(";", "\t")), Reason.WRONG_SEPARATOR),
    ],
)
def test_a_file_that_is_refused_whole(refuse: Refuse, text: str, reason: Reason) -> None:
    assert refuse(text.encode()) is reason


def test_utf16_that_is_cut_off(refuse: Refuse) -> None:
    assert refuse(csv_text(ROW).encode("utf-16")[:-1]) is Reason.WRONG_ENCODING
