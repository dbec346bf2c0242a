"""Adyen's settlement details report, as CSV or Excel: one batch, or several, each closed by its `MerchantPayout`.

The headings are those of docs.adyen.com, "Settlement details report", in its standard columns before the change of
platform (`Net Currency`, `Creation Date`) and after it (`Currency`, `Booking Date`), as several public importers read
them. Debit is what Adyen takes from the merchant, credit what the merchant gets; (GC) is the buyer's currency, (NC)
that of the payout.
"""

from __future__ import annotations

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import Payout, Settlement, columns_named, read_payouts
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.payment_parts import PaymentPart

PROVIDER = "adyen"
_NEEDED = {
    "Type": "kind", "Batch Number": "payout", "Net Currency|Currency": "currency", "Net Debit (NC)": "net_debit",
    "Net Credit (NC)": "net_credit", "Creation Date|Booking Date": "payout_date",
}  # fmt: skip
_MAY_HAVE = {
    "Merchant Reference": "order", "Psp Reference": "reference", "Gross Currency|Gross": "gross_currency",
    "Gross Debit (GC)": "gross_debit", "Gross Credit (GC)": "gross_credit",
}  # fmt: skip
_AMOUNTS = ("net_debit", "net_credit", "gross_debit", "gross_credit")
_DAYS = ("payout_date",)
_PAYOUT = "merchantpayout"
_FEES = frozenset({"fee", "invoicededuction", "misccosts"})
_SALES = frozenset({"settled", "refunded"})


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    return columns_named(row.cells, _NEEDED, _MAY_HAVE)


def read(table: Table, columns: Columns) -> Settlement:
    """A payout is a batch and its rows; a batch that was not paid out yet is refused until it is."""
    payouts: dict[tuple[str, str], Payout] = {}
    lines = list(cells_of(table, columns, _AMOUNTS, _DAYS))
    paid = {cells.text("payout") for cells in lines if _kind(cells) == _PAYOUT}

    def payout_of(cells: Cells) -> Payout:
        number = cells.needed("payout")
        if number not in paid:
            raise not_understood(cells.heading("payout"), Reason.NOT_PAID_OUT)
        currency = currency_of(cells.needed("currency").upper(), cells.heading("currency"))
        return payouts.setdefault((number, currency), Payout(PROVIDER, f"batch {number}", None, currency))

    return read_payouts(lines, payouts, payout_of, _take, table.head)


def _kind(cells: Cells) -> str:
    return "".join(cells.text("kind").split()).casefold()


def _take(cells: Cells, payout: Payout) -> None:
    net = _credited(cells, "net", payout.currency)
    kind = _kind(cells)
    if kind == _PAYOUT:
        payout.told = (payout.told or 0) - net
        payout.booking_date = cells.day("payout_date")
        return
    if kind in _FEES:
        payout.fee += net
        return
    is_in_own = cells.text("gross_currency").upper() == payout.currency and _has_any(cells, "gross")
    whole = _credited(cells, "gross", payout.currency) if is_in_own else net
    text = "" if kind in _SALES else cells.text("kind")
    payout.add(PaymentPart(whole, text=text, reference=cells.text("order") or cells.text("reference")), net - whole)


def _credited(cells: Cells, name: str, currency: str) -> int:
    credit, debit = (cells.amount(f"{name}_{side}", currency) or 0 for side in ("credit", "debit"))
    return credit - debit


def _has_any(cells: Cells, name: str) -> bool:
    return any(cells.text(f"{name}_{side}") for side in ("credit", "debit"))
