"""A payout while its rows are gathered, and the proof that they add up to what was paid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.tables.cells import Cells, check_width
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.headings import plain
from kontali_desktop.adapters.files.tables.layout import Columns
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.domain.money import NOK, plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a report says. `head` stands before the refused rows' `raw` where these can stand in a file of their own."""

    batches: tuple[PaymentBatch, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    head: str = ""


@dataclass(slots=True)
class Payout:
    """Amounts are signed minor units; `told` is the report's own sum, None where it has none besides its rows.

    `fee` gathers what was kept of the single payments, `extras` what only the report's head tells of.
    """

    provider: str
    reference: str
    booking_date: date | None
    currency: str = NOK
    told: int | None = None
    account_number: str = ""
    fee: int = 0
    parts: list[PaymentPart] = field(default_factory=list)
    extras: list[PaymentPart] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[tuple[FileNotUnderstood, Row]] = field(default_factory=list)

    def add(self, part: PaymentPart, fee: int = 0) -> None:
        """A payment before its fee; `fee` is negative where it was kept."""
        self.fee += fee
        if part.amount:
            self.parts.append(part)

    @property
    def name(self) -> str:
        """What it is called in a reason: its reference, else its day."""
        return self.reference or (f"{self.booking_date:%d.%m.%Y}" if self.booking_date else "")

    @property
    def raw(self) -> str:
        return "".join(row.raw for row in self.rows)

    def closed(self, *, may_stand_alone: bool = True) -> tuple[PaymentBatch | None, list[RefusedRow]]:
        """The batch, or why there is none: one row that cannot be read spoils its payout, for the sum would differ.

        With gross settlement the fees are invoiced apart, and the payments alone make the sum.
        """
        raw = self.raw if may_stand_alone else ""
        if self.faults:
            rows = [refused(error, row) for error, row in self.faults]
            return None, [_with_raw(row, raw if place == 0 else "") for place, row in enumerate(rows)]
        kept = [PaymentPart(self.fee, PartKind.FEE)] if self.fee else []
        ways = ([*self.parts, *kept], [*self.parts, *kept, *self.extras], self.parts)
        told = self.told if self.told is not None else _sum(ways[0])
        for parts in ways:
            if parts and _sum(parts) == told:
                return self._batch(told, parts), []
        return None, [_with_raw(self._differs(_sum(ways[0]), told), raw)]

    def _batch(self, amount: int, parts: Sequence[PaymentPart]) -> PaymentBatch:
        return PaymentBatch(
            amount=amount,
            parts=tuple(parts),
            currency=self.currency,
            account_number=self.account_number,
            booking_date=self.booking_date,
            reference=self.reference,
            provider=self.provider,
        )

    def _differs(self, parts: int, told: int) -> RefusedRow:
        error = not_understood(
            "",
            Reason.PAYOUT_DIFFERS,
            reference=self.name,
            parts=f"{plain_amount(parts, self.currency)} {self.currency}",
            payout=f"{plain_amount(told, self.currency)} {self.currency}",
        )
        return refused_row(error, f"line {self.rows[0].line}" if self.rows else "")


def read_payouts(
    lines: Iterable[Cells],
    payouts: Mapping[Any, Payout],
    payout_of: Callable[[Cells], Payout],
    take: Callable[[Cells, Payout], None],
    head: str,
) -> Settlement:
    """Row by row into `payouts`, which `payout_of` finds or makes a row's payout in, and `take` tells it the row.

    A row that cannot be read spoils its payout also where no more than the payout's number could be read of it.
    """
    unread: list[tuple[FileNotUnderstood, Cells]] = []
    for cells in lines:
        try:
            check_width(cells)
            payout = payout_of(cells)
        except FileNotUnderstood as error:
            unread.append((error, cells))
            continue
        payout.rows.append(cells.row)
        try:
            take(cells, payout)
        except FileNotUnderstood as error:
            payout.faults.append((error, cells.row))
    not_taken: list[RefusedRow] = []
    for fault, cells in unread:
        spoiled = [payout for payout in payouts.values() if _may_be_of(cells, payout)]
        for payout in spoiled:
            payout.rows.append(cells.row)
            payout.faults.append((fault, cells.row))
        not_taken += [] if spoiled else [refused(fault, cells.row)]
    return settlement_of(list(payouts.values()), not_taken, head)


def _may_be_of(cells: Cells, payout: Payout) -> bool:
    if payout.reference:
        return payout.reference == cells.text("payout")
    try:
        return payout.booking_date is not None and payout.booking_date == cells.day("payout_date")
    except FileNotUnderstood:
        return False


def settlement_of(
    payouts: Sequence[Payout], not_taken: Sequence[RefusedRow], head: str = "", *, may_stand_alone: bool = True
) -> Settlement:
    """The payouts that add up, and what was refused, in the file's order."""
    batches: list[PaymentBatch] = []
    rows = list(not_taken) if may_stand_alone else [_with_raw(row, "") for row in not_taken]
    for payout in payouts:
        batch, faults = payout.closed(may_stand_alone=may_stand_alone)
        batches += [batch] if batch else []
        rows += faults
    return Settlement(tuple(batches), tuple(rows), head if may_stand_alone else "")


def columns_named(cells: Sequence[str], needed: Names, may_have: Names) -> Columns | None:
    """The columns by field: a name may give alternatives with `|`; None where one that is needed is missing."""
    places = {plain(cell): place for place, cell in reversed(list(enumerate(cells)))}
    found: dict[str, tuple[int, ...]] = {}
    for names in (needed, may_have):
        for alternatives, name in names.items():
            place = next((places[plain(one)] for one in alternatives.split("|") if plain(one) in places), None)
            if place is not None:
                found[name] = (*found.get(name, ()), place)
            elif names is needed:
                return None
    return found


def whole_and_fee(gross: int, fee: int, refund: int, net: int, currency: str) -> tuple[int, int]:
    """The payment and its fee, signed so that they make `net`; reports write fees and refunds with either sign.

    Raises FileNotUnderstood where they cannot.
    """
    for whole in (gross, gross + refund, gross - refund):
        if abs(net - whole) == abs(fee):
            return whole, net - whole
    figures = {"gross": gross + refund, "fee": fee, "net": net}
    told = {name: plain_amount(figure, currency) for name, figure in figures.items()}
    raise not_understood("", Reason.PAYMENT_DIFFERS, **told)


def _sum(parts: Sequence[PaymentPart]) -> int:
    return sum(part.amount for part in parts)


def _with_raw(row: RefusedRow, raw: str) -> RefusedRow:
    return RefusedRow(row.where, row.why, row.facts, raw)
