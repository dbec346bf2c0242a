"""Vipps MobilePay's settlement report as a table.

The columns are those of "CSV settlement file contents" in Vipps MobilePay's developer documentation, Settlements
(developer.vippsmobilepay.com/docs/settlements); each row repeats its settlement's number, day and sum (`Oppgjørssum`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import (
    Payout,
    Settlement,
    columns_named,
    settlement_of,
    whole_and_fee,
)
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.money import NOK, plain_amount
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

PROVIDER = "vipps"
_NEEDED = {
    "Brutto": "gross", "Gebyr": "fee", "Netto": "net", "Oppgjørs-ID": "payout", "Oppgjørsdato": "payout_date",
    "Oppgjørssum": "payout_sum",
}  # fmt: skip
_MAY_HAVE = {
    "Vippsnummer": "unit", "Transaksjons-ID": "transaction", "Ordre-ID": "order", "Oppgjørskonto": "account",
    "Fornavn": "name", "Etternavn": "name", "Melding": "text",
}  # fmt: skip
_AMOUNTS = ("gross", "fee", "net", "payout_sum")
_DAYS = ("payout_date",)


def columns_in(row: Row) -> Columns | None:
    """The columns where these are the headings, else None."""
    return columns_named(row.cells, _NEEDED, _MAY_HAVE)


def read(table: Table, columns: Columns) -> Settlement:
    """Amounts are in NOK: the Norwegian layout names no currency."""
    payouts: dict[tuple[str, str], Payout] = {}
    not_taken: list[RefusedRow] = []
    for cells in cells_of(table, columns, _AMOUNTS, _DAYS):
        try:
            check_width(cells)
            payout = payouts.setdefault(_own(cells, payouts), Payout(PROVIDER, cells.text("payout"), None))
        except FileNotUnderstood as error:
            not_taken.append(refused(error, cells.row))
            continue
        payout.rows.append(cells.row)
        try:
            _take(cells, payout)
        except FileNotUnderstood as error:
            payout.faults.append((error, cells.row))
    for payout in payouts.values():
        if payout.told is None and not payout.faults:
            heading = table.headings[columns["payout_sum"][0]]
            payout.faults.append((not_understood(heading, Reason.FIELD_MISSING, field=heading), payout.rows[0]))
    return settlement_of(list(payouts.values()), not_taken, table.head)


def _own(cells: Cells, payouts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Sale unit and number, for each unit counts its own; a row without a unit goes with those above it."""
    unit, number = cells.text("unit"), cells.needed("payout")
    above = (own for own in reversed(list(payouts)) if own[1] == number)
    return (unit, number) if unit else next(above, (unit, number))


def _take(cells: Cells, payout: Payout) -> None:
    """In Excel only a row below the payments ("Til utbetaling netto") tells the payout's sum and account."""
    told = cells.amount("payout_sum", NOK)
    if told is not None and payout.told not in (None, told):
        first = plain_amount(payout.told or 0)
        raise not_understood(
            cells.heading("payout_sum"),
            Reason.PAYOUT_DIFFERS,
            reference=payout.reference,
            parts=first,
            payout=plain_amount(told),
        )
    payout.told = payout.told if told is None else told
    cells.needed("payout_date")
    payout.booking_date = cells.day("payout_date")
    payout.account_number = account_number_of(cells.text("account")) or payout.account_number
    if told is not None and not cells.text("gross") and not cells.text("net"):
        return
    fee = cells.amount("fee", NOK) or 0
    whole, kept = whole_and_fee(_amount(cells, "gross"), fee, 0, _amount(cells, "net"), NOK)
    part = PaymentPart(
        whole,
        counterparty=cells.text("name"),
        text=cells.text("text"),
        reference=cells.text("order") or cells.text("transaction"),
    )
    payout.add(part, kept)


def _amount(cells: Cells, name: str) -> int:
    cells.needed(name)
    return cells.amount(name, NOK) or 0
