"""PowerOffice Go's voucher import."""

from __future__ import annotations

import io
from datetime import date

import pytest

from kontali_desktop.adapters.files.out.poweroffice import COLUMNS, write_poweroffice
from kontali_desktop.adapters.files.tables.workbook import workbook_grids
from kontali_desktop.domain.errors import UnknownVatCode
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherFile, VoucherLine
from tests.adapters.files.out.made_vouchers import EVERYTHING, INCOMING, OUTGOING, POSTED, REVERSAL, file_of
from tests.adapters.files.writers import OTHER


def records_of(file: VoucherFile) -> list[dict[str, str]]:
    (grid,) = workbook_grids(io.BytesIO(write_poweroffice(file)))
    mark, head, *rows = grid.rows
    assert mark.cells == ("[Vouchers]",)
    assert head.cells == COLUMNS
    return [{name: row.cell(place) for place, name in enumerate(COLUMNS)} for row in rows]


def test_a_customer_with_a_number_stands_instead_of_the_account() -> None:
    bank, fee, customer = records_of(file_of(INCOMING))
    assert (bank["VoucherNo"], bank["PostingDate"], bank["Account"], bank["VAT"]) == ("1", "12022026", "1920", "0")
    assert float(bank["Amount"]) == 3438.75
    assert (fee["Account"], float(fee["Amount"])) == ("7770", 61.25)
    assert (customer["Account"], customer["CustomerNo"], customer["SupplierNo"]) == ("", "10001", "")
    assert (customer["InvoiceNo"], customer["CID"]) == ("10234", "0012345678902")
    assert (customer["ContactName"], customer["OrganizationNo"]) == ("Kunde ÆØÅ AS", OTHER)


def test_a_foreign_amount_stands_beside_the_kroner_and_an_invoice_number_with_letters_in_the_text() -> None:
    _, supplier, _ = records_of(file_of(OUTGOING))
    assert (supplier["Currency"], float(supplier["CurrencyAmount"]), supplier["Account"]) == ("EUR", 100.0, "2400")
    assert (supplier["InvoiceNo"], supplier["Description"]) == ("", "Supplier Ltd INV-7")


def test_amounts_are_gross_with_the_standard_vat_code() -> None:
    cost = records_of(file_of(POSTED))[1]
    assert (cost["VAT"], float(cost["Amount"])) == ("1", 125.0)


def test_debit_equals_credit() -> None:
    for number in ("1", "2", "3", "4"):
        amounts = [float(r["Amount"]) for r in records_of(EVERYTHING) if r["VoucherNo"] == number]
        assert round(sum(amounts), 2) == 0
        assert amounts


def test_an_unknown_vat_code_is_refused() -> None:
    line = VoucherLine("6800", 0, LineRole.POSTING, vat_code="C1")
    with pytest.raises(UnknownVatCode):
        write_poweroffice(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))


def test_a_voucher_that_takes_another_back_says_which_on_every_row() -> None:
    texts = [record["Description"] for record in records_of(file_of(REVERSAL))]
    assert texts == [
        "Tilbakeføring av bilag 1: Overføring",
        "Tilbakeføring av bilag 1: Kunde ÆØÅ AS 10234",
        "Tilbakeføring av bilag 1: Kunde ÆØÅ AS 10234",
    ]


@pytest.mark.parametrize(("text", "written"), [("=1+1", "'=1+1"), ('a; "b"', 'a; "b"')])
def test_what_would_be_a_formula_is_a_text_and_nothing_else_is_changed(text: str, written: str) -> None:
    line = VoucherLine("6800", 0, LineRole.POSTING, text=text)
    (record,) = records_of(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))
    assert record["Description"] == written


def test_a_text_longer_than_a_cell_is_cut_after_a_whole_word() -> None:
    line = VoucherLine("6800", 0, LineRole.POSTING, text="51202, " * 5000, document_number="INV-7")
    (record,) = records_of(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))
    assert record["Description"].endswith(" 51202… INV-7")
