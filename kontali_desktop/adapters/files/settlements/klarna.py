"""Klarna's settlement report as CSV: a head with the payout's totals, and its transactions below.

The totals, the types and the signs are those of docs.klarna.com, "Settlement reports" (Calculation of settlement
amount); the other columns those of Klarna's Settlements API, whose CSV report this is: Transaction,
Payout, and PayoutSummary, which calls the currency `settlement_currency`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import Names, Payout, Settlement, columns_named, settlement_of
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width
from kontali_desktop.adapters.files.tables.grid import Grid, Row
from kontali_desktop.adapters.files.tables.layout import table_at
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

PROVIDER = "klarna"
# Totals that no transaction tells of, with the sign that they have in the sum.
_ONLY_TOTALS = MappingProxyType({"total_tax_amount": -1, "total_fee_correction_amount": 1, "total_repay_amount": -1})
_HEAD_NEEDED: Names = MappingProxyType(
    {
        "total_settlement_amount": "sum", "payment_reference": "payout", "payout_date": "payout_date",
        "currency_code|settlement_currency": "currency",
    }
)  # fmt: skip
_HEAD_MAY_HAVE: Names = MappingProxyType({name: name for name in _ONLY_TOTALS})
_BODY_NEEDED: Names = MappingProxyType({"type": "type", "amount": "amount", "order_id": "order"})
_BODY_MAY_HAVE: Names = MappingProxyType(
    {
        "payment_reference": "payout", "merchant_reference1": "reference", "merchant_reference2": "text",
        "short_order_id": "text",
    }
)  # fmt: skip
_SIGNS: Mapping[str, int] = MappingProxyType(
    {
        "SALE": 1, "RETURN": -1, "REVERSAL": -1, "FEE": -1, "FEE_REFUND": 1, "TAX": -1, "CHARGE": -1, "CREDIT": 1,
        "HOLDBACK": -1, "RELEASE": 1,
    }
)  # fmt: skip
_SIGNED = frozenset({"COMMISSION", "CORRECTION", "REVERSAL_MERCHANT_PROTECTION"})  # may be either way, as written
_FEES = frozenset({"FEE", "FEE_REFUND", "TAX", "COMMISSION"})


def is_headings(row: Row) -> bool:
    """Whether the row heads the totals."""
    return columns_named(row.cells, _HEAD_NEEDED, _HEAD_MAY_HAVE) is not None


def read(grid: Grid) -> Settlement:
    """The payouts of the report; a transaction without a payment reference belongs to the report's only payout."""
    payouts: dict[str, Payout] = {}
    not_taken: list[RefusedRow] = []
    for cells in _under(grid, _HEAD_NEEDED, _HEAD_MAY_HAVE, ("sum", *_ONLY_TOTALS)):
        try:
            check_width(cells)
            payout = _payout(cells)
            payouts.setdefault(payout.reference, payout)
        except FileNotUnderstood as error:
            not_taken.append(refused(error, cells.row))
    for cells in _under(grid, _BODY_NEEDED, _BODY_MAY_HAVE, ("amount",)):
        only = next(iter(payouts)) if len(payouts) == 1 else ""
        found = payouts.get(cells.text("payout") or only)
        if found is None:
            not_taken.append(refused(not_understood(cells.heading("payout"), Reason.NOT_PAID_OUT), cells.row))
            continue
        try:
            check_width(cells)
            _take(cells, found)
        except FileNotUnderstood as error:
            found.faults.append((error, cells.row))
    return settlement_of(list(payouts.values()), not_taken, may_stand_alone=False)


def _under(grid: Grid, needed: Names, may_have: Names, amounts: Iterable[str]) -> Iterable[Cells]:
    """The rows under the headings that have these columns, until other headings."""
    for at, row in enumerate(grid.rows):
        columns = columns_named(row.cells, needed, may_have)
        if columns is None:
            continue
        for cells in cells_of(table_at(grid, at), columns, amounts, ("payout_date",)):
            if _is_any_headings(cells.row):
                break
            yield cells
        return


def _is_any_headings(row: Row) -> bool:
    return is_headings(row) or columns_named(row.cells, _BODY_NEEDED, _BODY_MAY_HAVE) is not None


def _payout(cells: Cells) -> Payout:
    currency = currency_of(cells.needed("currency").upper(), cells.heading("currency"))
    for needed in ("sum", "payout_date"):
        cells.needed(needed)
    payout = Payout(PROVIDER, cells.needed("payout"), cells.day("payout_date"), currency, rows=[cells.row])
    payout.told = cells.amount("sum", currency)
    for name, sign in _ONLY_TOTALS.items():
        amount = sign * abs(cells.amount(name, currency) or 0)
        payout.extras += [PaymentPart(amount, PartKind.FEE, text=name)] if amount else []
    return payout


def _take(cells: Cells, payout: Payout) -> None:
    kind = cells.needed("type").upper()
    cells.needed("amount")
    amount = cells.amount("amount", payout.currency) or 0
    if kind in _SIGNS:
        amount = _SIGNS[kind] * abs(amount)
    elif kind not in _SIGNED:
        allowed = ", ".join(sorted({*_SIGNS, *_SIGNED}))
        raise not_understood(cells.heading("type"), Reason.VALUE_NOT_KNOWN, value=kind, allowed=allowed)
    if kind in _FEES:
        payout.fee += amount
        return
    text = cells.text("text") if kind in ("SALE", "RETURN") else f"{kind} {cells.text('text')}".strip()
    payout.add(PaymentPart(amount, text=text, reference=cells.text("reference") or cells.text("order")))
