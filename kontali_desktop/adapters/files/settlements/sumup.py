"""SumUp's "Transactions" report as CSV: a row for each sale, and one more when the sale is paid out.

The headings, the types `Sale` and `Payout`, the statuses and that `Payout` and `Fee` make `Total` are those that two
programs of SumUp's customers read (the headings of SumUp's English report are listed in a script by Ken Bailey, 2023,
for OSM; a summary for each `Payout ID` is made by another in nushell). SumUp writes the headings in the shop's
language: in another one the columns are explained by a person. The report names no currency: NOK.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import (
    Payout,
    Settlement,
    columns_named,
    read_payouts,
    whole_and_fee,
)
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.payment_parts import PaymentPart

PROVIDER = "sumup"
_NEEDED = {
    "Transaction ID": "order", "Transaction type": "kind", "Total": "gross", "Fee": "fee", "Payout": "net",
    "Payout date": "payout_date", "Payout ID": "payout",
}  # fmt: skip
_MAY_HAVE = {"Status": "status", "Description": "text", "Reference": "reference"}
_AMOUNTS = ("gross", "fee", "net")
_DAYS = ("payout_date",)
_SALE, _PAYOUT = "sale", "payout"
_NEVER_PAID = frozenset({"failed", "cancelled"})


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    return columns_named(row.cells, _NEEDED, _MAY_HAVE)


def read(table: Table, columns: Columns) -> Settlement:
    """A payout is the rows of type `Payout` with its number; a sale without such a row is not paid out yet."""
    lines = list(cells_of(table, columns, _AMOUNTS, _DAYS))
    sold = {cells.text("order"): cells for cells in lines if _kind(cells) == _SALE}
    paid = {cells.text("order") for cells in lines if _kind(cells) == _PAYOUT}
    payouts: dict[str, Payout] = {}
    return read_payouts(
        (cells for cells in lines if not _is_told_elsewhere(cells, paid)),
        payouts,
        lambda cells: _payout_of(cells, payouts),
        lambda cells, payout: _take(cells, payout, sold),
        table.head,
    )


def _is_told_elsewhere(cells: Cells, paid: AbstractSet[str]) -> bool:
    """A sale whose own row tells the payout, or one that never came about."""
    is_paid = _kind(cells) == _SALE and cells.text("order") in paid
    return is_paid or cells.text("status").casefold() in _NEVER_PAID


def _kind(cells: Cells) -> str:
    return cells.text("kind").casefold()


def _payout_of(cells: Cells, payouts: dict[str, Payout]) -> Payout:
    if _kind(cells) == _SALE or not cells.text("payout"):
        raise not_understood(cells.heading("payout"), Reason.NOT_PAID_OUT)
    return payouts.setdefault(cells.text("payout"), Payout(PROVIDER, cells.text("payout"), None))


def _take(cells: Cells, payout: Payout, sold: Mapping[str, Cells]) -> None:
    if _kind(cells) != _PAYOUT:
        allowed = f"{_SALE}, {_PAYOUT}"
        raise not_understood(cells.heading("kind"), Reason.VALUE_NOT_KNOWN, value=cells.text("kind"), allowed=allowed)
    cells.needed("payout_date")
    payout.booking_date = cells.day("payout_date")
    fee = cells.amount("fee", NOK) or 0
    whole, kept = whole_and_fee(_amount(cells, "gross"), fee, 0, _amount(cells, "net"), NOK)
    sale = sold.get(cells.text("order"))
    text = cells.text("text") or (sale.text("text") if sale else "")
    payout.add(PaymentPart(whole, text=text, reference=cells.text("reference") or cells.text("order")), kept)


def _amount(cells: Cells, name: str) -> int:
    cells.needed(name)
    return cells.amount(name, NOK) or 0
