"""Zettle's account statement (the Excel file "Account Statement Report"): every movement with the balance after it.

The headings and the words of a payout and a fee are those of a whole statement in Danish that BornHack keeps as test
data (github.com/bornhack/bornhack-website, `src/testdata/Zettle-Account-Statement-Report-20230901-20250903.xlsx`, and
the columns that `src/economy/utils.py` names, as of September 2025). Zettle writes the headings in the reader's
language: a statement in another one has no published headings, and is read by the columns that a person explains.
The statement names no currency: Zettle pays out in the money of the shop's country, here NOK.
"""

from __future__ import annotations

from kontali_desktop.adapters.files.settlements.payout import Settlement, columns_named
from kontali_desktop.adapters.files.settlements.running_balance import Movement, MovementKind, payouts_of
from kontali_desktop.adapters.files.tables.cells import Cells
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.headings import plain
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.domain.money import NOK

PROVIDER = "zettle"
_NEEDED = {
    "Afregningsdato": "payout_date", "Betalingsdato": "paid_date", "Reference": "order", "Type": "text",
    "Netto": "net", "Saldo": "balance_after",
}  # fmt: skip
_PAYOUTS = frozenset({plain("Udbetaling til bankkonto")})
_PAYMENTS = frozenset({plain("Kortbetaling")})
_FEES = frozenset({plain("Gebyr"), plain("Bonus fra betalingsgebyr")})  # the bonus gives fees back


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    return columns_named(row.cells, _NEEDED, {})


def read(table: Table, columns: Columns) -> Settlement:
    """A payout is made of what came since the one before it; what came after the last is not paid out yet."""
    return payouts_of(table, columns, PROVIDER, NOK, _movement)


def _movement(cells: Cells) -> Movement:
    word = plain(cells.text("text"))
    if word in _PAYOUTS:
        return Movement(MovementKind.PAYOUT)
    if word in _FEES:
        return Movement(MovementKind.FEE)
    return Movement(MovementKind.PAYMENT, "" if word in _PAYMENTS else cells.text("text"))
