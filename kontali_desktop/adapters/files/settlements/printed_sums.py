"""The sums that a report prints among its rows, held against them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.cells import Cells
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.errors import FileNotUnderstood

_ADDED = ("gross", "fee", "net")


def check_printed_sums(
    lines: Sequence[Cells], is_sum: Callable[[Cells], bool], currency_of: Callable[[Cells], str]
) -> None:
    """Each printed sum must be that of the rows above it, of all or of those since the sum before.

    Where a row cannot be read, or rows are of several currencies, there is nothing to hold a sum against. Raises
    FileNotUnderstood.
    """
    try:
        currencies = {currency_of(cells) for cells in lines if not is_sum(cells)}
        if len(currencies) != 1:
            return
        currency = currencies.pop()
        differing = [one for field in _ADDED if (one := _differing(lines, is_sum, field, currency)) is not None]
    except FileNotUnderstood:
        return  # told when the row is read
    for where, told, found in differing:
        raise not_understood(
            where,
            Reason.PRINTED_SUM_DIFFERS,
            told=f"{plain_amount(told, currency)} {currency}",
            found=f"{plain_amount(found, currency)} {currency}",
        )


def _differing(
    lines: Sequence[Cells], is_sum: Callable[[Cells], bool], field: str, currency: str
) -> tuple[str, int, int] | None:
    """Where the first printed sum stands that is none of its rows', what it says, and what they make."""
    whole = since = 0
    for cells in lines:
        amount = cells.amount(field, currency)
        if not is_sum(cells):
            whole, since = whole + (amount or 0), since + (amount or 0)
            continue
        if amount is not None and amount not in (whole, since):
            return f"line {cells.row.line}, {cells.heading(field)}", amount, whole
        since = 0
    return None
