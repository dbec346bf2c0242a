"""Lists of open items of any accounting system: the guess, the mapping, the signs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.tables import ColumnMapping, TableKind, headings_key
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.tables.workbooks import Value, Xlsx
from tests.adapters.files.writers import HEADER, ROW

CUSTOMERS = "Kundenr;Kundenavn;Fakturanr;Fakturadato;Forfallsdato;Beløp;Restbeløp;KID"
ROWS = (
    "10001;A AS;500;01.09.2026;15.09.2026;1.250,00;250,00;0012",
    "10001;A AS;501;02.09.2026;16.09.2026;-100,00;-100,00;",
    ";;;;Sum;1.150,00;150,00;",
)
INVOICE, CREDIT_NOTE = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE


def explained(tmp_path: Path, data: bytes, **changes: str) -> FileContent:
    """Read with the guess as the person's mapping."""
    path = tmp_path / "file"
    path.write_bytes(data)
    sample = FormatReader().sample(path)
    assert sample is not None
    side = changes.get("side", sample.guess.side)
    mapping = ColumnMapping(sample.guess.kind, sample.guess.columns, side)
    content = FormatReader().read(path, "", {sample.key: mapping})
    assert content is not None
    for row in content.refused:
        assert set(row.facts) == FACTS[Reason(row.why)]
    return content


def table(header: str, *rows: str) -> bytes:
    return "\n".join([header, *rows]).encode()


def test_a_table_nobody_has_explained_asks_for_its_mapping(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(table(CUSTOMERS, *ROWS))
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(path, "")
    assert caught.value.parameters["why"] == Reason.MAPPING_NEEDED
    sample = FormatReader().sample(path)
    assert sample is not None
    assert sample.headings == tuple(CUSTOMERS.split(";"))
    assert sample.rows[0] == tuple(ROWS[0].split(";"))
    assert sample.guess == ColumnMapping(
        TableKind.OPEN_ITEMS,
        (
            ("number", "Fakturanr"),
            ("counterparty", "Kundenavn"),
            ("counterparty_number", "Kundenr"),
            ("kid", "KID"),
            ("issue_date", "Fakturadato"),
            ("due_date", "Forfallsdato"),
            ("remaining", "Restbeløp"),
            ("amount", "Beløp"),
        ),
        "customer",
    )


def test_the_remembered_mapping_reads_it(tmp_path: Path) -> None:
    content = explained(tmp_path, table(CUSTOMERS, *ROWS))
    assert (content.format, content.is_list, content.refused) == ("open-items-csv", True, ())
    assert content.documents == (
        ReportedDocument(
            side=Side.CUSTOMER,
            kind=INVOICE,
            number="500",
            counterparty="A AS",
            amount=125_000,
            remaining=25_000,
            counterparty_number="10001",
            kid="0012",
            issue_date=date(2026, 9, 1),
            due_date=date(2026, 9, 15),
        ),
        ReportedDocument(
            side=Side.CUSTOMER,
            kind=CREDIT_NOTE,
            number="501",
            counterparty="A AS",
            amount=10_000,
            remaining=10_000,
            counterparty_number="10001",
            issue_date=date(2026, 9, 2),
            due_date=date(2026, 9, 16),
        ),
    )


def test_a_mapping_is_found_again_by_its_headings_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(
        table("Kundereskontro", "", CUSTOMERS.upper().replace(";", "\t"), *(row.replace(";", "\t") for row in ROWS))
    )
    columns = (("number", "FAKTURANR"), ("counterparty", "KUNDENAVN"), ("amount", "BELØP"))
    key = headings_key(CUSTOMERS.split(";"))
    content = FormatReader().read(path, "", {key: ColumnMapping(TableKind.OPEN_ITEMS, columns, "supplier")})
    assert content is not None
    assert [(d.side, d.number, d.amount) for d in content.documents] == [
        ("supplier", "500", 125_000),
        ("supplier", "501", 10_000),
    ]


@pytest.mark.parametrize(
    ("header", "fields", "side"),
    [
        (
            "INVOICE NO;INVOICE DATE;DUE DATE;CUSTOMER NAME;AMOUNT",
            {"number", "issue_date", "due_date", "counterparty", "amount"},
            "customer",
        ),
        (
            "Leverandør;Fakturanummer;Forfall;Utestående",
            {"counterparty", "number", "due_date", "remaining"},
            "supplier",
        ),
        ("Bilagsnr;Dato;Navn;Saldo;Valuta", {"number", "issue_date", "counterparty", "remaining", "currency"}, ""),
        (
            "Supplier name;Invoice number;Due;Original amount;Outstanding",
            {"counterparty", "number", "due_date", "amount", "remaining"},
            "supplier",
        ),
    ],
)
def test_headings_of_accounting_systems_are_guessed(tmp_path: Path, header: str, fields: set[str], side: str) -> None:
    path = tmp_path / "file"
    row = ";".join(
        "01.09.2026" if "Dat" in h or "DATE" in h or h in ("Forfall", "Due") else "12,50" for h in header.split(";")
    )
    path.write_bytes(table(header, row))
    sample = FormatReader().sample(path)
    assert sample is not None
    assert (sample.guess.kind, {field for field, _ in sample.guess.columns}, sample.guess.side) == (
        TableKind.OPEN_ITEMS,
        fields,
        side,
    )


SUPPLIERS = "Leverandør;Fakturanummer;Forfall;Beløp;Utestående"


@pytest.mark.parametrize(
    ("amounts", "kinds"),
    [
        (("-100", "-200", "50"), [INVOICE, INVOICE, CREDIT_NOTE]),
        (("100", "200", "-50"), [INVOICE, INVOICE, CREDIT_NOTE]),
    ],
)
def test_a_supplier_ledger_may_write_what_it_owes_with_a_minus(
    tmp_path: Path, amounts: tuple[str, ...], kinds: list[DocumentKind]
) -> None:
    rows = [f"L AS;{number};01.09.2026;{amount};{amount}" for number, amount in enumerate(amounts)]
    content = explained(tmp_path, table(SUPPLIERS, *rows))
    assert [document.kind for document in content.documents] == kinds
    assert [document.amount for document in content.documents] == [10_000, 20_000, 5000]


def test_what_remains_is_all_that_is_known(tmp_path: Path) -> None:
    content = explained(
        tmp_path, table("Kunde;Fakturanummer;Forfall;Rest", "A;1;01.09.2026;12,50", "B;2;01.09.2026;-5")
    )
    assert [(d.kind, d.amount, d.remaining) for d in content.documents] == [
        (INVOICE, 1250, 1250),
        (CREDIT_NOTE, 500, 500),
    ]


def test_side_and_kind_of_each_row(tmp_path: Path) -> None:
    header = "Reskontrotype;Type;Navn;Fakturanummer;Forfallsdato;Beløp"
    rows = [
        "Kunde;Faktura;A;1;01.09.2026;10",
        "Leverandør;Kreditnota;B;2;01.09.2026;20",
        "Kunde;Betaling;C;3;01.09.2026;30",
    ]
    content = explained(tmp_path, table(header, *rows))
    assert [(d.side, d.kind) for d in content.documents] == [(Side.CUSTOMER, INVOICE), (Side.SUPPLIER, CREDIT_NOTE)]
    assert [(row.where, row.why) for row in content.refused] == [("line 4, Type", Reason.VALUE_NOT_KNOWN)]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (";A;500;;01.09.2026;x;;", "Beløp", Reason.AMOUNT_NOT_UNDERSTOOD),
        (";A;;;01.09.2026;10,00;;", "Fakturanr", Reason.FIELD_MISSING),
        (";;500;;01.09.2026;10,00;;", "Kundenavn", Reason.FIELD_MISSING),
        (";A;500;;01.19.2026;10,00;;", "Forfallsdato", Reason.DATE_NOT_UNDERSTOOD),
        (";A;500;;01.09.2026;10,00;20,00;", "Restbeløp", Reason.REMAINING_ABOVE_AMOUNT),
        (";A;500;;01.09.2026;10,00;-5,00;", "Restbeløp", Reason.SIGN_UNCLEAR),
        (";A;500;;01.09.2026;10,00;;1,2E+20", "KID", Reason.NUMBER_ROUNDED),
        (";A;499;;01.09.2026;11,00;;", "Fakturanr", Reason.DUPLICATE_IN_FILE),
    ],
)
def test_a_bad_row_is_refused_with_its_column(tmp_path: Path, row: str, column: str, reason: Reason) -> None:
    good = ";A;499;;01.09.2026;10,00;;"
    content = explained(tmp_path, table(CUSTOMERS, good, row))
    assert [(found.where, found.why, found.raw) for found in content.refused] == [
        (f"line 3, {column}", reason, f"{row}\n")
    ]
    assert [document.number for document in content.documents] == ["499"]
    assert content.refused_head == f"{CUSTOMERS}\n"


ITEM = "10001;{};{};01.09.2026;15.09.2026;100,00;100,00;"


@pytest.mark.parametrize(
    "name", ["Summit Norge AS", "Summa Bygg AS", "Total Norge AS", "Sum AS", "Balance Helse AS", "Totalrenhold AS"]
)
@pytest.mark.parametrize(
    "row", ["10001;{};;01.09.2026;15.09.2026;100,00;100,00;", "{};;;46266;;100,00;100,00;", "{};;;;2026-09-15;;100,00;"]
)
def test_an_item_without_a_number_is_refused_and_never_taken_for_a_sum(tmp_path: Path, name: str, row: str) -> None:
    content = explained(tmp_path, table(CUSTOMERS, ITEM.format("A AS", "500"), row.format(name)))
    assert [(found.where, found.why) for found in content.refused] == [
        ("line 3, Fakturanr", Reason.FIELD_MISSING),
    ]


@pytest.mark.parametrize("name", ["Summit Norge AS", "Totalrenhold AS", "Antallet AS", "Summersol AS", "Iallfall AS"])
def test_a_name_that_begins_as_a_sum_does_is_an_item_without_a_day_too(tmp_path: Path, name: str) -> None:
    content = explained(tmp_path, table(CUSTOMERS, ITEM.format("A AS", "500"), f"{name};;;;;100,00;100,00;"))
    assert [found.why for found in content.refused] == [Reason.FIELD_MISSING]


@pytest.mark.parametrize(
    "name",
    ["Sum", "SUM:", "Sum A AS", "Summer", "Summert", "Summering", "Totalt", "Total", "Totalsum", "I alt", "Til sammen"],
)
def test_sums_by_each_word_are_passed_over(tmp_path: Path, name: str) -> None:
    content = explained(tmp_path, table(CUSTOMERS, ITEM.format("A AS", "500"), f"{name};;;;;100,00;100,00;"))
    assert (len(content.documents), content.refused) == (1, ())


def test_a_mapping_that_leaves_out_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(table(CUSTOMERS, *ROWS))
    for kind, columns, missing in (
        (TableKind.OPEN_ITEMS, (("number", "Fakturanr"),), "counterparty, side, amount"),
        (TableKind.BANK, (("text", "Kundenavn"),), "booking_date, amount"),
    ):
        with pytest.raises(FileNotUnderstood) as caught:
            FormatReader().read(path, "", {headings_key(CUSTOMERS.split(";")): ColumnMapping(kind, columns)})
        assert (caught.value.parameters["why"], caught.value.parameters["columns"]) == (Reason.COLUMNS_MISSING, missing)


def test_a_bank_that_nobody_knows_is_read_by_its_mapping(tmp_path: Path) -> None:
    content = explained(
        tmp_path, table("Postert,Hva,Kroner", '2026-09-03,KIWI,"-163,80"', '2026-09-03,"A, B","1.000,00"')
    )
    assert content.format == "bank-csv"
    assert [line.amount for line in content.statements[0].transactions] == [-16_380, 100_000]


def test_days_of_no_named_bank_are_never_guessed(tmp_path: Path) -> None:
    content = explained(tmp_path, table("Dato;Tekst;Beløp;Saldo", "01/02/2026;A;-1,00;9,00", "03/03/2026;B;-2,00;7,00"))
    assert [(row.where, row.why) for row in content.refused] == [("line 2, Dato", Reason.DATE_AMBIGUOUS)]
    assert [line.amount for line in content.statements[0].transactions] == [-200]


def test_our_own_list_as_excel(tmp_path: Path) -> None:
    path = tmp_path / "file"
    values: list[Value] = [*ROW.split(";")[:7], date(2026, 1, 2), date(2026, 1, 16), "NOK", 1250.5, 250.5]
    path.write_bytes(Xlsx([[HEADER.split(";"), values, [*values[:2], "", *values[3:]]]]).data())
    content = FormatReader().read(path, "")
    csv = tmp_path / "csv"
    csv.write_text(f"{HEADER}\n{ROW}\n")
    same = FormatReader().read(csv, "")
    assert content is not None
    assert same is not None
    assert (content.format, content.documents, content.is_list) == ("open-items-xlsx", same.documents, True)
    assert [(row.where, row.why) for row in content.refused] == [("line 3, number", Reason.FIELD_MISSING)]
    csv.write_text(content.refused_head + content.refused[0].raw.replace("invoice;;", "invoice;1001;"))
    again = FormatReader().read(csv, "")
    assert again is not None
    assert again.documents == same.documents


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(table("Kunde;Fakturanummer;Dato;Beløp;Beløp;", "A;1;01.09.2026;10;20;"))
    sample = FormatReader().sample(path)
    assert sample is not None
    assert sample.headings == ("Kunde", "Fakturanummer", "Dato", "Beløp", "Beløp (5)")


@pytest.mark.parametrize(
    "data", [b"Kjaere alle; her er listen\nvennlig hilsen; meg\n", b"a;b\n1;2\n", b"\0\1\2;3", b"x" * 200_000]
)
def test_what_is_no_table_of_days_and_amounts_is_not_known(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert FormatReader().read(path, "") is None
    assert FormatReader().sample(path) is None


def test_an_empty_file_has_no_columns_to_explain(tmp_path: Path) -> None:
    path = tmp_path / "tom.csv"
    path.touch()
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(path, "")
    assert caught.value.parameters["why"] == "empty"
    assert FormatReader().sample(path) is None
