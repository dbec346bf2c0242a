"""Gross amounts divided into net and VAT."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.out.vat import VatSplit, split
from kontali_desktop.domain.errors import UnknownVatCode
from kontali_desktop.domain.vouchers import LineRole, VoucherLine
from tests.adapters.files.out.made_vouchers import VAT_CODES


def line(amount: int, code: str, account: str = "6800") -> VoucherLine:
    return VoucherLine(account, amount, LineRole.POSTING, vat_code=code)


@pytest.mark.parametrize(
    ("amount", "code", "expected"),
    [
        (12_500, "1", VatSplit(10_000, 2_500, (("2710", 2_500),))),
        (-12_500, "3", VatSplit(-10_000, -2_500, (("2700", -2_500),))),
        (11_500, "11", VatSplit(10_000, 1_500, (("2710", 1_500),))),
        (11_200, "13", VatSplit(10_000, 1_200, (("2710", 1_200),))),
        (11_111, "12", VatSplit(10_000, 1_111, (("2710", 1_111),))),
        (10_000, "86", VatSplit(10_000, 2_500, (("2710", 2_500), ("2700", -2_500)))),
        (10_000, "87", VatSplit(10_000, 2_500, (("6800", 2_500), ("2700", -2_500)))),
        (2_500, "14", VatSplit(2_500, 2_500)),
        (10_000, "52", VatSplit(10_000, 0)),
        (10_000, "", VatSplit(10_000, 0)),
        (3, "1", VatSplit(2, 1, (("2710", 1),))),  # 0.6 øre
        (-3, "1", VatSplit(-2, -1, (("2710", -1),))),
    ],
)
def test_known_divisions(amount: int, code: str, expected: VatSplit) -> None:
    assert split(line(amount, code), 1) == expected


@given(amount=st.integers(-(10**15), 10**15), code=VAT_CODES)
def test_the_parts_are_the_whole_and_a_reversal_is_its_exact_opposite(amount: int, code: str) -> None:
    there, back = split(line(amount, code), 1), split(line(-amount, code), 1)
    assert there.net + sum(part for _, part in there.postings) == amount
    assert (back.net, back.tax) == (-there.net, -there.tax)
    assert back.postings == tuple((account, -part) for account, part in there.postings)


def test_a_code_that_is_no_standard_code_is_refused_with_its_voucher() -> None:
    with pytest.raises(UnknownVatCode) as caught:
        split(line(100, "C1"), 7)
    assert caught.value.parameters == {"code": "C1", "number": 7}
