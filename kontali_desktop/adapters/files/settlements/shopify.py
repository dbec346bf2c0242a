"""Shopify Payments' export of the transactions in its payouts, as CSV.

The headings are those that several public importers of this export read (`payment_transactions_export`, 2026, with and
without `Payout ID`), and so are the types `charge` and `refund`, the status `paid`, and that `Fee` and `Net` make
`Amount`. Without a number, a payout is known by its day.
"""

from __future__ import annotations

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
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.payment_parts import PaymentPart

PROVIDER = "shopify"
_NEEDED = {
    "Type": "kind", "Order": "order", "Payout Status": "status", "Payout Date": "payout_date", "Amount": "gross",
    "Fee": "fee", "Net": "net", "Currency": "currency",
}  # fmt: skip
_MAY_HAVE = {"Payout ID": "payout"}
_AMOUNTS = ("gross", "fee", "net")
_DAYS = ("payout_date",)
_PAID = frozenset({"paid", "in_transit"})
_PAYOUT = "payout"
_SALES = frozenset({"charge", "refund"})


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    return columns_named(row.cells, _NEEDED, _MAY_HAVE)


def read(table: Table, columns: Columns) -> Settlement:
    """A payout and currency is the sum of its rows' `Net`; what is not paid out yet is refused until it is."""
    payouts: dict[tuple[str, str], Payout] = {}
    lines = cells_of(table, columns, _AMOUNTS, _DAYS)
    return read_payouts(lines, payouts, lambda cells: _payout_of(cells, payouts), _take, table.head)


def _payout_of(cells: Cells, payouts: dict[tuple[str, str], Payout]) -> Payout:
    if cells.text("status").casefold() not in _PAID:
        raise not_understood(cells.heading("status"), Reason.NOT_PAID_OUT)
    cells.needed("payout_date")
    day, reference = cells.day("payout_date"), cells.text("payout")
    currency = currency_of(cells.needed("currency").upper(), cells.heading("currency"))
    return payouts.setdefault((reference or str(day), currency), Payout(PROVIDER, reference, day, currency))


def _take(cells: Cells, payout: Payout) -> None:
    fee = cells.amount("fee", payout.currency) or 0
    gross, net = (_amount(cells, name, payout.currency) for name in ("gross", "net"))
    whole, kept = whole_and_fee(gross, fee, 0, net, payout.currency)
    kind = cells.text("kind").casefold()
    if kind == _PAYOUT:
        payout.told = (payout.told or 0) - net
        return
    payout.add(PaymentPart(whole, text="" if kind in _SALES else kind, reference=cells.text("order")), kept)


def _amount(cells: Cells, name: str, currency: str) -> int:
    cells.needed(name)
    return cells.amount(name, currency) or 0
