"""The plain CSV and the plain workbook hold all there is to know of a voucher, and no formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from hypothesis import given

from kontali_desktop.adapters.files.out.cells import neutralised, restored
from kontali_desktop.adapters.files.out.csv_vouchers import write_csv
from kontali_desktop.adapters.files.out.xlsx_vouchers import write_xlsx
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.workbook import workbook_grids
from kontali_desktop.domain.money import decimals_of
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherFile, VoucherLine
from tests.adapters.files.out.made_vouchers import EVERYTHING, TEXTS, file_of, files

Record = dict[str, str]


def records_of(data: bytes) -> list[Record]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";", strict=True))


def minor_of(text: str, currency: str) -> int:
    assert len(text.partition(",")[2]) == decimals_of(currency)
    return int(text.replace(",", ""))


def line_of(record: Record) -> VoucherLine:
    own, currency = record["currency_amount"], record["currency"]
    return VoucherLine(
        account=restored(record["account"]),
        amount=minor_of(record["amount"], "NOK"),
        role=LineRole(record["role"]),
        text=restored(record["text"]),
        vat_code=restored(record["vat_code"]),
        currency=currency,
        currency_amount=minor_of(own, currency) if own else None,
        counterparty=restored(record["counterparty"]),
        counterparty_number=restored(record["counterparty_number"]),
        counterparty_orgnr=restored(record["counterparty_orgnr"]),
        document_number=restored(record["document_number"]),
        kid=restored(record["kid"]),
    )


def read_csv(data: bytes) -> tuple[Voucher, ...]:
    vouchers = []
    for number, group in groupby(records_of(data), key=itemgetter("voucher")):
        records = list(group)
        first = records[0]
        vouchers.append(
            Voucher(
                number=int(number),
                date=date.fromisoformat(first["date"]),
                text=restored(first["voucher_text"]),
                lines=tuple(line_of(record) for record in records),
                transaction_reference=restored(first["transaction_reference"]),
                bank_account=restored(first["bank_account"]),
                reverses=int(first["reverses"]) if first["reverses"] else None,
            )
        )
    return tuple(vouchers)


@given(file=files())
def test_what_is_written_is_read_again(file: VoucherFile) -> None:
    assert read_csv(write_csv(file)) == file.vouchers


@given(file=files())
def test_no_cell_is_a_formula(file: VoucherFile) -> None:
    for record in records_of(write_csv(file)):
        for name, cell in record.items():
            if name not in ("amount", "currency_amount"):
                assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r")), (name, cell)


@given(text=TEXTS)
def test_what_was_neutralised_comes_back(text: str) -> None:
    assert restored(neutralised(text)) == text


def test_excel_with_norwegian_settings_opens_it_as_it_stands() -> None:
    data = write_csv(EVERYTHING)
    assert data.startswith(b"\xef\xbb\xbfclient_orgnr;voucher;date;line;account;amount;")
    assert ";1;2026-02-12;2;7770;61,25;fee;" in data.decode("utf-8-sig")
    assert ";-3500,00;customer;" in data.decode("utf-8-sig")


def rows_of(data: bytes) -> list[Row]:
    (grid,) = workbook_grids(io.BytesIO(data))
    return list(grid.rows)


def test_the_workbook_has_the_same_rows_with_numbers_dates_and_texts() -> None:
    head, *rows = rows_of(write_xlsx(EVERYTHING))
    records = [dict(zip(head.cells, row.cells, strict=False)) for row in rows]
    expected = records_of(write_csv(EVERYTHING))
    assert len(records) == len(expected) == 11
    for record, plain in zip(records, expected, strict=True):
        assert Decimal(str(record["amount"])) == Decimal(plain["amount"].replace(",", "."))
        assert {n: record.get(n, "") for n in ("voucher", "date", "kid", "account", "reverses", "counterparty")} == {
            n: plain[n] for n in ("voucher", "date", "kid", "account", "reverses", "counterparty")
        }


def test_a_workbook_has_no_formula_even_where_a_text_looks_like_one() -> None:
    line = VoucherLine("1920", 0, LineRole.BANK, text='=HYPERLINK("http://example.org")')
    data = write_xlsx(file_of(Voucher(1, date(2026, 1, 1), "https://example.org", (line,))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "<t>'=HYPERLINK(" in texts


def test_a_workbook_is_dated_by_its_vouchers_and_not_by_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(EVERYTHING))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").decode().count("2026-03-05T10:30:00Z") == 2


def test_a_text_longer_than_a_cell_of_excel_is_cut_and_not_lost() -> None:
    line = VoucherLine("1920", 0, LineRole.BANK, text="x" * 40_000)
    _, row = rows_of(write_xlsx(file_of(Voucher(1, date(2026, 1, 1), "", (line,)))))
    assert row.cells[7] == "x" * 32_767
