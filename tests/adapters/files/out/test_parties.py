"""Whose sub-ledger a line is on."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.out.parties import Party, party_of
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherLine


def line(account: str, role: LineRole, name: str = "Navn AS") -> VoucherLine:
    return VoucherLine(account, 100, role, counterparty=name)


def side_of(wanted: VoucherLine, *beside: VoucherLine) -> Side | None:
    party = party_of(wanted, Voucher(1, date(2026, 1, 1), "", (wanted, *beside)))
    return party.side if party else None


@pytest.mark.parametrize(
    ("account", "side"), [("1500", Side.CUSTOMER), ("2400", Side.SUPPLIER), ("2900", None), ("1920", None)]
)
def test_an_overpayment_alone_goes_by_its_account(account: str, side: Side | None) -> None:
    assert side_of(line(account, LineRole.OVERPAYMENT)) == side


def test_an_overpayment_goes_with_the_documents_on_the_same_account() -> None:
    own_account = line("1385", LineRole.OVERPAYMENT)
    assert side_of(own_account, line("1385", LineRole.CUSTOMER)) is Side.CUSTOMER
    assert side_of(own_account, line("2400", LineRole.SUPPLIER)) is None


def test_other_lines_and_lines_without_any_name_have_no_party() -> None:
    assert side_of(line("6800", LineRole.POSTING)) is None
    assert side_of(line("1500", LineRole.CUSTOMER, name="")) is None
    numbered = VoucherLine("1500", 1, LineRole.CUSTOMER, counterparty_number="7")
    assert party_of(numbered, Voucher(1, date(2026, 1, 1), "", (numbered,))) == Party(Side.CUSTOMER, "7", "", "")
