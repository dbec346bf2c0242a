"""What holds for every layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kontali_desktop.adapters.files.out.writer import VoucherWriter
from kontali_desktop.domain.errors import UnbalancedVoucher, UnknownExportFormat
from kontali_desktop.domain.vouchers import Voucher
from kontali_desktop.services.voucher_storage import VoucherWriter as Port
from tests.adapters.files.out.made_vouchers import EVERYTHING, INCOMING, file_of

WRITER: Port = VoucherWriter()
FORMATS = VoucherWriter().formats()


def test_the_layouts() -> None:
    assert FORMATS == ("csv", "xlsx", "saft", "gbat10", "poweroffice")
    assert [VoucherWriter().suffix(format_) for format_ in FORMATS] == [".csv", ".xlsx", ".xml", ".csv", ".xlsx"]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_vouchers_give_the_same_bytes(format_: str) -> None:
    assert WRITER.write(format_, EVERYTHING) == WRITER.write(format_, replace(EVERYTHING))
    assert WRITER.write(format_, EVERYTHING) != WRITER.write(format_, file_of(INCOMING))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_voucher_out_of_balance_is_never_written(format_: str) -> None:
    first, *others = INCOMING.lines
    crooked = replace(INCOMING, lines=(replace(first, amount=first.amount + 1), *others))
    with pytest.raises(UnbalancedVoucher) as caught:
        WRITER.write(format_, file_of(crooked))
    assert caught.value.parameters == {"number": 1, "sum": "0.01"}
    with pytest.raises(UnbalancedVoucher):
        WRITER.write(format_, file_of(Voucher(5, date(2026, 1, 1), "", ())))


@pytest.mark.parametrize("format_", FORMATS)
def test_no_vouchers_are_a_file_too(format_: str) -> None:
    assert isinstance(WRITER.write(format_, file_of()), bytes)


def test_another_layout_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownExportFormat) as caught:
        WRITER.write("pdf", EVERYTHING)
    assert caught.value.parameters == {"format": "pdf", "known": "csv, xlsx, saft, gbat10, poweroffice"}
