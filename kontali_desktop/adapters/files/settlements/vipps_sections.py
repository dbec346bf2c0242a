"""Vipps' settlement report as CSV in sections, each line led by the name of its section.

The sections and their columns are those of `settlements/csv/settlement-report.csv` in Vipps' own examples
(github.com/vippsas/vipps-developers). A report may hold the same sections twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import (
    Payout,
    Settlement,
    columns_named,
    settlement_of,
    whole_and_fee,
)
from kontali_desktop.adapters.files.settlements.vipps import PROVIDER
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width
from kontali_desktop.adapters.files.tables.grid import Grid, Row
from kontali_desktop.adapters.files.tables.layout import Columns, table_at
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

_PAYOUT, _PAYMENT = "SettlementInfo", "TransactionInfo"
_COMMON = {
    "SettlementDate": "payout_date", "SettlementID": "payout", "Gross": "gross", "Currency": "currency", "Fee": "fee",
    "Net": "net",
}  # fmt: skip
_NEEDED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {_PAYOUT: {**_COMMON, "SettlementAccount": "account"}, _PAYMENT: {**_COMMON, "TransactionId": "transaction"}}
)
_MAY_HAVE = {"Refund": "refund", "OrderID": "order", "SaleUnitNumber": "unit"}
_AMOUNTS = ("gross", "fee", "refund", "net")
_DAYS = ("payout_date",)


def is_headings(row: Row) -> bool:
    """Whether the row heads a section of payouts or payments."""
    return _section_at(row) is not None


def read(grid: Grid) -> Settlement:
    """The payouts of the report; one of which a line cannot be read is refused whole."""
    payouts: dict[tuple[str, str], Payout] = {}
    not_taken: list[RefusedRow] = []
    later: list[Cells] = []
    for cells in _lines(grid):
        try:
            check_width(cells)
            if cells.row.cell(0) == _PAYOUT:
                payout = _payout(cells)
                payouts.setdefault((cells.text("unit"), payout.reference), payout)
            else:
                later.append(cells)
        except FileNotUnderstood as error:
            not_taken.append(refused(error, cells.row))
    for cells in later:
        found = payouts.get((cells.text("unit"), cells.text("payout")))
        if found is None:
            not_taken.append(refused(not_understood(cells.heading("payout"), Reason.NOT_PAID_OUT), cells.row))
            continue
        try:
            _take(cells, found)
        except FileNotUnderstood as error:
            found.faults.append((error, cells.row))
    return settlement_of(list(payouts.values()), not_taken, may_stand_alone=False)


def _section_at(row: Row) -> Columns | None:
    needed = _NEEDED.get(row.cell(0))
    return columns_named(row.cells, needed, _MAY_HAVE) if needed else None


def _lines(grid: Grid) -> list[Cells]:
    """The lines of both sections, each once."""
    found: dict[tuple[str, ...], Cells] = {}
    for section, columns in _sections(grid):
        for cells in cells_of(table_at(section, 0), columns, _AMOUNTS, _DAYS):
            found.setdefault(cells.row.cells, cells)
    return list(found.values())


def _sections(grid: Grid) -> Iterator[tuple[Grid, Columns]]:
    """Each section's headings with its own lines alone, so that many sections take no longer than one long one."""
    headed = [(at, columns) for at, row in enumerate(grid.rows) if (columns := _section_at(row)) is not None]
    ends = [*(at for at, _ in headed[1:]), len(grid.rows)]
    for (at, columns), end in zip(headed, ends, strict=True):
        name = grid.rows[at].cell(0)
        until = next((place for place in range(at + 1, end) if grid.rows[place].cell(0) != name), end)
        yield Grid(grid.rows[at:until], grid.is_excel), columns


def _payout(cells: Cells) -> Payout:
    currency = currency_of(cells.needed("currency"), cells.heading("currency"))
    cells.needed("payout_date")
    return Payout(
        PROVIDER,
        cells.needed("payout"),
        cells.day("payout_date"),
        currency,
        _amount(cells, "net", currency),
        account_number_of(cells.text("account")),
        rows=[cells.row],
    )


def _take(cells: Cells, payout: Payout) -> None:
    currency = currency_of(cells.needed("currency"), cells.heading("currency"))
    if currency != payout.currency:
        raise not_understood(
            cells.heading("currency"), Reason.CURRENCY_DIFFERS, found=currency, expected=payout.currency
        )
    fee, refund = cells.amount("fee", currency) or 0, cells.amount("refund", currency) or 0
    gross, net = _amount(cells, "gross", currency), _amount(cells, "net", currency)
    whole, kept = whole_and_fee(gross, fee, refund, net, currency)
    payout.add(PaymentPart(whole, reference=cells.text("order") or cells.text("transaction")), kept)


def _amount(cells: Cells, name: str, currency: str) -> int:
    cells.needed(name)
    return cells.amount(name, currency) or 0
