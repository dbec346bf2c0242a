"""GBAT10, by the columns of Mamut's page (from 0) and the sums that Tripletex asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from kontali_desktop.adapters.files.out.gbat10 import write_gbat10
from kontali_desktop.domain.errors import UnknownVatCode
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherFile, VoucherLine
from tests.adapters.files.out.made_vouchers import EVERYTHING, INCOMING, OUTGOING, POSTED, REVERSAL, file_of, files

LENGTHS = {
    0: 6,
    1: 8,
    2: 8,
    3: 3,
    4: 2,
    5: 4,
    7: 5,
    8: 15,
    9: 9,
    10: 9,
    11: 30,
    15: 25,
    16: 30,
    19: 20,
    20: 100,
    21: 100,
}


def rows_of(file: VoucherFile) -> list[list[str]]:
    text = write_gbat10(file).decode()
    assert text.endswith("\r\n") or not text
    return [line.split(";") for line in text.split("\r\n")[:-1]]


def test_a_payment_of_an_invoice() -> None:
    bank, fee, customer = rows_of(file_of(INCOMING))
    assert bank[:9] == ["GBAT10", "1", "20260212", "9", "2", "2026", "1920", "1", "3438.75"]
    assert bank[19:22] == ["15030000009", "Overføring", "Overføring"]
    assert bank[26:] == ["T", "3438.75"]
    assert (fee[6], fee[8]) == ("7770", "61.25")
    assert customer[6:12] == ["1500", "1", "-3500.00", "10001", "", "Kunde ÆØÅ AS"]
    assert customer[15:17] == ["10234", "0012345678902"]
    assert customer[20] == "Kunde ÆØÅ AS 10234 0012345678902"


def test_a_supplier_stands_in_the_column_of_suppliers() -> None:
    row = rows_of(file_of(OUTGOING))[1]
    assert (row[9], row[10], row[11], row[15]) == ("", "", "Supplier Ltd", "INV-7")
    numbered = VoucherLine("2400", 0, LineRole.SUPPLIER, counterparty="Supplier", counterparty_number="20001")
    (row,) = rows_of(file_of(Voucher(1, date(2026, 1, 1), "", (numbered,))))
    assert (row[9], row[10]) == ("", "20001")


def test_vat_in_the_amount_is_a_row_that_systems_which_compute_vat_leave_out() -> None:
    _, cost, vat = rows_of(file_of(POSTED))
    assert (cost[6], cost[7], cost[8], cost[26], cost[27]) == ("6800", "101", "100.00", "T", "125.00")
    assert (vat[6], vat[7], vat[8], vat[26], vat[27]) == ("2710", "1", "25.00", "F", "0.00")


@pytest.mark.parametrize(("code", "written"), [("", "1"), ("0", "1"), ("1", "101"), ("3", "3"), ("86", "86")])
def test_vat_codes(code: str, written: str) -> None:
    line = VoucherLine("6800", 0, LineRole.POSTING, vat_code=code)
    assert rows_of(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))[0][7] == written


def test_an_unknown_vat_code_is_refused() -> None:
    line = VoucherLine("6800", 0, LineRole.POSTING, vat_code="K1")
    with pytest.raises(UnknownVatCode):
        write_gbat10(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))


@given(file=files())
def test_net_and_gross_each_sum_to_nothing_in_each_voucher_and_no_cell_is_too_long(file: VoucherFile) -> None:
    rows = rows_of(file)
    for voucher in file.vouchers:
        own = [row for row in rows if row[1] == str(voucher.number)]
        assert len(own) >= len(voucher.lines)
        assert sum(Decimal(row[8]) for row in own) == 0
        assert sum(Decimal(row[27]) for row in own) == 0
    for row in rows:
        assert len(row) == 28
        assert all(len(row[column]) <= most for column, most in LENGTHS.items())
        assert not any(row[column].startswith(("=", "+", "-", "@")) for column in (11, 15, 16, 20, 21))


def test_invoice_number_and_kid_are_in_the_description_however_long_the_words_are() -> None:
    line = VoucherLine("1500", 0, LineRole.CUSTOMER, text="ord " * 40, document_number="10234", kid="0012345678902")
    (row,) = rows_of(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))
    assert row[20].endswith(" 10234 0012345678902")


def test_a_voucher_that_takes_another_back_says_which_on_every_row() -> None:
    texts = [row[20] for row in rows_of(file_of(REVERSAL))]
    assert texts == [
        "Tilbakeføring av bilag 1: Overføring",
        "Tilbakeføring av bilag 1: Kunde ÆØÅ AS 10234",
        "Tilbakeføring av bilag 1: Kunde ÆØÅ AS 10234 0012345678902",
    ]


@pytest.mark.parametrize("number", ["10234", "157", "F" * 25])
def test_which_voucher_is_taken_back_stays_however_long_the_words_are(number: str) -> None:
    line = VoucherLine("1500", 0, LineRole.CUSTOMER, text="ord " * 40, document_number=number, kid="0012345678902")
    (row,) = rows_of(file_of(Voucher(158, date(2026, 1, 1), "", (line,), reverses=157)))
    assert row[20].startswith("Tilbakeføring av bilag 157: ord ")
    assert row[20].endswith(f" ord… {number} 0012345678902")


def test_an_invoice_number_is_never_cut_but_the_words_end_after_a_whole_one() -> None:
    numbers = [str(number) for number in range(51200, 51230)]
    text = f"Bryggen Arkitekter AS {', '.join(numbers)}"
    bank = VoucherLine("1920", 0, LineRole.BANK)
    named = VoucherLine("1500", 0, LineRole.CUSTOMER, document_number="51200")
    lost = VoucherLine("1500", 0, LineRole.CUSTOMER, document_number="51229")
    alike = VoucherLine("1500", 0, LineRole.CUSTOMER, document_number="5120")
    rows = rows_of(file_of(Voucher(1, date(2026, 1, 1), text, (bank, named, lost, alike))))
    whole = f"Bryggen Arkitekter AS {', '.join(numbers[:11])}…"
    assert len(f"{whole}, {numbers[11]}") > 100
    assert [row[20] for row in rows[:2]] == [whole, whole]
    assert rows[2][20] == f"Bryggen Arkitekter AS {', '.join(numbers[:10])}… 51229"
    assert rows[3][20] == f"Bryggen Arkitekter AS {', '.join(numbers[:10])}… 5120"


@pytest.mark.parametrize("text", ["x" * 100, "=" + "x" * 99, "-1 " * 40, "x" * 300])
def test_no_apostrophe_or_long_word_pushes_a_reference_over_the_edge(text: str) -> None:
    line = VoucherLine("1500", 0, LineRole.CUSTOMER, text=text, kid="0012345678902")
    (row,) = rows_of(file_of(Voucher(1, date(2026, 1, 1), "", (line,))))
    assert row[20].endswith("… 0012345678902")
    assert 85 < len(row[20]) <= 100


def test_nothing_to_write_is_an_empty_file() -> None:
    assert write_gbat10(file_of()) == b""
    assert len(rows_of(EVERYTHING)) == 12
