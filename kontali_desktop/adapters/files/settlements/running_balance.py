"""Statements of a provider's own account: payments and fees run up a balance that a payout empties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import pairwise

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements.payout import Payout, Settlement, settlement_of
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width, is_total
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

_AMOUNTS = ("net", "balance_after")
_DAYS = ("payout_date",)


class MovementKind(Enum):
    """What a row of such a statement is."""

    PAYMENT = auto()  # a refund is a negative one
    FEE = auto()
    PAYOUT = auto()


@dataclass(frozen=True, slots=True)
class Movement:
    """What a row is, and the text that its part gets."""

    kind: MovementKind
    text: str = ""


Reading = Callable[[Cells], Movement]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row; `fault` says why it could not be read, and the rest is empty then."""

    cells: Cells
    fault: FileNotUnderstood | None = None
    movement: Movement = Movement(MovementKind.PAYMENT)
    day: date | None = None
    amount: int = 0
    balance: int | None = None

    @property
    def is_payout(self) -> bool:
        return self.fault is None and self.movement.kind is MovementKind.PAYOUT


def payouts_of(table: Table, columns: Columns, provider: str, currency: str, reading: Reading) -> Settlement:
    """Each payout with what came since the one before it, whichever end of the statement is the newest.

    What came after the last payout is refused as not paid out yet. The columns are `payout_date`, `net` and, where
    there are such, `balance_after`, `order` and `counterparty`.
    """
    lines = [_line(cells, currency, reading) for cells in cells_of(table, columns, _AMOUNTS, _DAYS)]
    lines = [line for line in lines if line.fault is None or not is_total(line.cells)]
    if _is_newest_first(lines):
        lines.reverse()
    payouts: list[Payout] = []
    payout = Payout(provider, "", None, currency)
    for line in lines:
        payout.rows.append(line.cells.row)
        if line.fault is not None:
            payout.faults.append((line.fault, line.cells.row))
        elif line.is_payout:
            payout.told, payout.booking_date = -line.amount, line.day
            payouts.append(payout)
            payout = Payout(provider, "", None, currency)
        elif line.movement.kind is MovementKind.FEE:
            payout.fee += line.amount
        else:
            payout.add(_part(line))
    waiting = lines[len(lines) - len(payout.rows) :]
    return settlement_of(payouts, [_not_paid_out(line) for line in waiting], table.head)


def _line(cells: Cells, currency: str, reading: Reading) -> _Line:
    try:
        check_width(cells)
        for needed in ("payout_date", "net"):
            cells.needed(needed)
        amount = cells.amount("net", currency) or 0
        return _Line(
            cells, None, reading(cells), cells.day("payout_date"), amount, cells.amount("balance_after", currency)
        )
    except FileNotUnderstood as error:
        return _Line(cells, error)


def _part(line: _Line) -> PaymentPart:
    return PaymentPart(
        line.amount,
        counterparty=line.cells.text("counterparty"),
        text=line.movement.text,
        reference=line.cells.text("order"),
    )


def _not_paid_out(line: _Line) -> RefusedRow:
    error = line.fault or not_understood(line.cells.heading("payout_date"), Reason.NOT_PAID_OUT)
    return refused(error, line.cells.row)


def _is_newest_first(lines: Sequence[_Line]) -> bool:
    """As the balances say; without them the days; within one day a payout at the top is its last movement."""
    read = [line for line in lines if line.fault is None]
    pairs = list(pairwise(read))
    down = sum(_follows(later, earlier) for later, earlier in pairs)
    up = sum(_follows(later, earlier) for earlier, later in pairs)
    if down != up:
        return down > up
    days = [line.day for line in read if line.day is not None]
    if days and days[0] != days[-1]:
        return days[0] > days[-1]
    return bool(read) and read[0].is_payout


def _follows(later: _Line, earlier: _Line) -> bool:
    if later.balance is None or earlier.balance is None:
        return False
    return later.balance == earlier.balance + later.amount
