"""Any provider's settlement report with one row a payment, by the meaning that a person gave its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import Payout, Settlement, read_payouts, whole_and_fee
from kontali_desktop.adapters.files.settlements.printed_sums import check_printed_sums
from kontali_desktop.adapters.files.settlements.running_balance import Movement, MovementKind, payouts_of
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, is_total
from kontali_desktop.adapters.files.tables.days import is_day
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.money import NOK, plain_amount
from kontali_desktop.domain.payment_parts import UNNAMED_PROVIDER, PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood

_AMOUNTS = ("gross", "fee", "net", "payout_sum")
_DAYS = ("payout_date",)
_FEE = re.compile(r"gebyr|avgift|afgift|gebühr|kommisjon|provisjon|\bfees?\b|\bcommission", re.IGNORECASE)
_PAYOUT = re.compile(r"utbetal|udbetal|auszahlung|\bpay-?outs?\b|\bwithdrawal|til bank|to bank", re.IGNORECASE)


def read_settlement_table(table: Table, columns: Columns) -> Settlement:
    """The payouts, each the sum of its payments less its fees.

    A payout is known by its reference, else by its day. Of gross, fee and net what is missing is worked out from the
    others. Where a column tells which rows are payouts and nothing else tells them apart, a payout is what came since
    the one before it. Raises FileNotUnderstood where the mapping leaves out what is needed, and where a sum that the
    report prints is not the sum of its rows: then none of it can be trusted.
    """
    _refuse_missing(table, columns)
    if _is_statement(table, columns):
        one_amount = columns.get("net") or columns["gross"]
        return payouts_of(table, {**columns, "net": one_amount}, UNNAMED_PROVIDER, NOK, _movement)
    lines = list(cells_of(table, columns, _AMOUNTS, _DAYS))
    rows = [cells for cells in lines if not _is_sum(cells)]
    check_printed_sums(lines, _is_sum, _currency)
    sign = _sign_of_fees(rows)
    payouts: dict[tuple[str, str], Payout] = {}
    return read_payouts(
        rows,
        payouts,
        lambda cells: _payout_of(cells, payouts),
        lambda cells, payout: _take(cells, payout, sign),
        table.head,
    )


def _refuse_missing(table: Table, columns: Columns) -> None:
    missing = [] if {"payout_date", "payout"} & columns.keys() else ["payout_date"]
    missing += [] if {"gross", "net"} & columns.keys() else ["net"]
    if missing:
        raise not_understood(f"line {table.header.line}", Reason.COLUMNS_MISSING, columns=", ".join(missing))


def _is_statement(table: Table, columns: Columns) -> bool:
    """Whether rows of one amount each, payouts among them, have only their order to tell what was paid out when."""
    if "payout" in columns or "fee" in columns or {"gross", "net"} <= columns.keys():
        return False
    return any(_PAYOUT.search(row.cell(place)) for row in table.rows for place in columns.get("kind", ()))


def _movement(cells: Cells) -> Movement:
    word = cells.text("kind")
    if _PAYOUT.search(word):
        return Movement(MovementKind.PAYOUT)
    return Movement(MovementKind.FEE if _FEE.search(word) else MovementKind.PAYMENT, cells.text("text"))


def _is_sum(cells: Cells) -> bool:
    """A sum below its rows, whose name may stand in the column of the day or of the payout."""
    first = next((cell for cell in cells.row.cells if cell), "")
    is_named_first = cells.text("payout") in ("", " ".join(first.split()))
    return is_named_first and is_total(cells) and not is_day(cells.text("payout_date"))


def _currency(cells: Cells) -> str:
    return currency_of(cells.text("currency").upper() or NOK, cells.heading("currency"))


def _payout_of(cells: Cells, payouts: dict[tuple[str, str], Payout]) -> Payout:
    by = "payout" if "payout" in cells.columns else "payout_date"
    if not cells.text(by):
        raise not_understood(cells.heading(by), Reason.NOT_PAID_OUT)
    day = cells.day("payout_date")
    reference = cells.text("payout")
    currency = _currency(cells)
    payout = Payout(UNNAMED_PROVIDER, reference, day, currency)
    return payouts.setdefault((reference or str(day), currency), payout)


def _take(cells: Cells, payout: Payout, sign: int) -> None:
    payout.booking_date = cells.day("payout_date") or payout.booking_date
    _tell(cells, payout, cells.amount("payout_sum", payout.currency))
    whole, kept = _whole_and_kept(cells, payout.currency, sign)
    word = cells.text("kind")
    if _PAYOUT.search(word):
        _tell(cells, payout, abs(whole + kept))
    elif _FEE.search(word):
        payout.fee += whole + kept
    else:
        part = PaymentPart(
            whole,
            counterparty=cells.text("counterparty"),
            text=cells.text("text"),
            reference=cells.text("order"),
        )
        payout.add(part, kept)


def _tell(cells: Cells, payout: Payout, told: int | None) -> None:
    """The report's own sum of the payout, which its rows may repeat."""
    if told is None:
        return
    if payout.told not in (None, told):
        first = plain_amount(payout.told or 0, payout.currency)
        again = plain_amount(told, payout.currency)
        where = cells.heading("payout_sum" if "payout_sum" in cells.columns else "kind")
        raise not_understood(where, Reason.PAYOUT_DIFFERS, reference=payout.name, parts=first, payout=again)
    payout.told = told


def _whole_and_kept(cells: Cells, currency: str, sign: int) -> tuple[int, int]:
    """The payment and its fee; they make what was paid out of it."""
    gross, fee, net = (cells.amount(field, currency) for field in ("gross", "fee", "net"))
    kept = sign * (fee or 0)
    if gross is not None and net is not None:
        return whole_and_fee(gross, fee, 0, net, currency) if fee is not None else (gross, net - gross)
    if gross is not None:
        return gross, kept
    if net is not None:
        return net - kept, kept
    if fee is None:
        cells.needed("gross" if "gross" in cells.columns else "net")
    return 0, kept


def _sign_of_fees(rows: Iterable[Cells]) -> int:
    """With which sign a fee counts: reports write what they keep with a minus or without."""
    signs = list(chain.from_iterable(_fee_signs(cells) for cells in rows))
    return 1 if signs.count(-1) > signs.count(1) else -1


def _fee_signs(cells: Cells) -> Sequence[int]:
    """The sign of a payment's fee; those of refunds are turned, and say nothing."""
    try:
        currency = _currency(cells)
        fee = cells.amount("fee", currency) or 0
        whole = cells.amount("gross", currency) or cells.amount("net", currency) or 0
    except FileNotUnderstood:
        return ()  # told when the row is read
    return () if not fee or whole < 0 else (1 if fee > 0 else -1,)
