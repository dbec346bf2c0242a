"""Whose sub-ledger a line of a voucher goes on."""

from __future__ import annotations

from dataclasses import dataclass

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherLine

_SIDES = {LineRole.CUSTOMER: Side.CUSTOMER, LineRole.SUPPLIER: Side.SUPPLIER}
_BY_ACCOUNT = (("15", Side.CUSTOMER), ("24", Side.SUPPLIER))  # NS 4102: receivables and payables


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or supplier as far as the voucher knows them; at least one of number, orgnr and name is there."""

    side: Side
    number: str
    orgnr: str
    name: str


def party_of(line: VoucherLine, voucher: Voucher) -> Party | None:
    """The customer or supplier of a line on a control account; None for other lines."""
    side = _side_of(line, voucher)
    if side is None or not (line.counterparty_number or line.counterparty_orgnr or line.counterparty):
        return None
    return Party(side, line.counterparty_number, line.counterparty_orgnr, line.counterparty)


def _side_of(line: VoucherLine, voucher: Voucher) -> Side | None:
    """An overpayment stays on the account of the documents beside it; alone, its account tells the side."""
    if line.role is not LineRole.OVERPAYMENT:
        return _SIDES.get(line.role)
    beside = next((_SIDES[o.role] for o in voucher.lines if o.role in _SIDES and o.account == line.account), None)
    return beside or next((side for start, side in _BY_ACCOUNT if line.account.startswith(start)), None)
