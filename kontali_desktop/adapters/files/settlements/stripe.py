"""Stripe's itemized payout reconciliation report and itemized balance change from activity.

The columns are those of docs.stripe.com/reports/payout-reconciliation and docs.stripe.com/reports/balance
("Available columns"; report types `payout_reconciliation.itemized.5` and `balance_change_from_activity.itemized.3`).
Which of them a report has is the user's choice, so only those without which no payout can be told are needed.
The export of all transactions in Stripe's dashboard has headings of its own ("Transfer" is the payout), which are those
that several public importers read.
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
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart

PROVIDER = "stripe"
_NEEDED = {
    "automatic_payout_id": "payout", "automatic_payout_effective_at|automatic_payout_effective_at_utc": "payout_date",
    "currency": "currency", "gross": "gross", "fee": "fee", "net": "net",
}  # fmt: skip
_MAY_HAVE = {
    "reporting_category": "category", "invoice_number": "number", "source_id": "source", "charge_id": "source",
    "balance_transaction_id": "source", "customer_name": "name", "customer_description": "name_else",
    "description": "text",
}  # fmt: skip
_DASHBOARD_NEEDED = {
    "Transfer": "payout", "Transfer Date (UTC)": "payout_date", "Currency": "currency", "Amount": "gross",
    "Fee": "fee", "Net": "net", "Type": "category", "Source": "source",
}  # fmt: skip
_DASHBOARD_MAY_HAVE = {"Description": "text"}
_METADATA = ("payment_metadata[", "(metadata)")  # the shop's own fields, such as its order number
_FEES = frozenset(
    {"fee", "network_cost", "tax", "stripe_fee", "tax_fee"}
)  # docs.stripe.com/reports/reporting-categories
_PAYOUTS = frozenset({"payout", "payout_reversal"})
_AMOUNTS = ("gross", "fee", "net")
_DAYS = ("payout_date",)


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    columns = columns_named(row.cells, _NEEDED, _MAY_HAVE)
    columns = columns or columns_named(row.cells, _DASHBOARD_NEEDED, _DASHBOARD_MAY_HAVE)
    if columns is None:
        return None
    begins, ends = _METADATA
    told = enumerate(cell.casefold() for cell in row.cells)
    metadata = [place for place, cell in told if cell.startswith(begins) or cell.endswith(ends)]
    return {**columns, "text": (*columns.get("text", ()), *columns.get("number", ()), *metadata)}


def read(table: Table, columns: Columns) -> Settlement:
    """One batch a payout and currency: a payout is the sum of its rows' `net`, each of which is `gross` less `fee`."""
    payouts: dict[tuple[str, str], Payout] = {}
    lines = cells_of(table, columns, _AMOUNTS, _DAYS)
    return read_payouts(lines, payouts, lambda cells: _payout_of(cells, payouts), _take, table.head)


def _payout_of(cells: Cells, payouts: dict[tuple[str, str], Payout]) -> Payout:
    reference = cells.text("payout")
    if not reference:
        raise not_understood(cells.heading("payout"), Reason.NOT_PAID_OUT)
    currency = currency_of(cells.needed("currency").upper(), cells.heading("currency"))
    return payouts.setdefault((reference, currency), Payout(PROVIDER, reference, None, currency))


def _take(cells: Cells, payout: Payout) -> None:
    cells.needed("payout_date")
    payout.booking_date = cells.day("payout_date")
    category = cells.text("category").casefold()
    fee = cells.amount("fee", payout.currency) or 0
    gross, net = (_amount(cells, name, payout.currency) for name in ("gross", "net"))
    whole, kept = whole_and_fee(gross, fee, 0, net, payout.currency)
    source = next((cells.row.cell(place) for place in cells.columns.get("source", ()) if cells.row.cell(place)), "")
    if category in _PAYOUTS or source == payout.reference:  # it was called a transfer once
        payout.told = (payout.told or 0) - net
        return
    part = PaymentPart(
        whole,
        PartKind.FEE if category in _FEES else PartKind.PAYMENT,
        counterparty=cells.text("name") or cells.text("name_else"),
        text=cells.text("text"),
        reference=cells.text("number") or source,
    )
    payout.add(part, kept)


def _amount(cells: Cells, name: str, currency: str) -> int:
    cells.needed(name)
    return cells.amount(name, currency) or 0
