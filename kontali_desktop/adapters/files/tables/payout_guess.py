"""Whether an unexplained table is a payment provider's settlement report, by its headings and by its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from kontali_desktop.adapters.files.tables.days import is_day
from kontali_desktop.adapters.files.tables.numbers import is_amount, minor_of, style_of
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood

Rows = Sequence[Sequence[str]]
Told = tuple[tuple[str, str], ...]  # as a ColumnMapping's columns
_VAT = ("mva", "moms", "vat", "mwst", "tax")  # what is net of VAT and what is not are no fee apart
_MOST_AMOUNTS = 8
_LEAST_ROWS = 2


def is_settlement(told: Told) -> bool:
    """By what the headings say: a payout with amounts and what was kept of them, or whole, fee and rest by name."""
    fields = {field for field, _ in told}
    amounts = fields & {"gross", "net"}
    if fields & {"payout_date", "payout"} and amounts and (fields & {"fee", "kind"} or len(amounts) > 1):
        return True
    named = {field: heading.casefold() for field, heading in told}
    is_whole_named = any(word in named.get("gross", "") for word in ("brutto", "gross"))
    return "fee" in fields and ("net" in fields or is_whole_named)


def by_figures(headings: Sequence[str], rows: Rows, told: Told) -> Told | None:
    """Three columns of which the first less the second is the third in every row: whole, fee and what is paid out.

    `told` is what the headings say of the other columns. None where there are no such three.
    """
    found = next(_sums(headings, rows), None)
    if found is None:
        return None
    others = tuple(pair for pair in told if pair[0] not in ("gross", "fee", "net") and pair[1] not in found)
    return (*others, *zip(("gross", "fee", "net"), found, strict=True))


def with_payout_day(headings: Sequence[str], rows: Rows, told: Told) -> Told:
    """Where no heading says when it was paid out, the first column of days is it."""
    if {"payout_date", "payout"} & {field for field, _ in told}:
        return told
    for column, heading in enumerate(headings):
        cells = [row[column] for row in rows if row[column]]
        if cells and all(is_day(cell) for cell in cells):
            return (("payout_date", heading), *(pair for pair in told if pair[1] != heading))
    return told


def _sums(headings: Sequence[str], rows: Rows) -> Iterator[tuple[str, str, str]]:
    amounts = {column: values for column in range(len(headings)) if (values := _amounts(rows, column))}
    if len(amounts) > _MOST_AMOUNTS:
        return
    for whole, fee, rest in permutations(amounts, 3):
        figures = list(zip(amounts[whole], amounts[fee], amounts[rest], strict=True))
        is_vat = any(word in headings[fee].casefold() for word in _VAT)
        if not is_vat and any(_is_sum(figures, sign) for sign in (1, -1)):
            yield headings[whole], headings[fee], headings[rest]


def _is_sum(figures: Sequence[tuple[int, int, int]], sign: int) -> bool:
    """Whether the fee, written with this sign, makes the rest of the whole; one is kept, and less than half of it."""
    is_kept = any(fee for _, fee, _ in figures)
    return is_kept and all(whole - sign * fee == rest and 2 * abs(fee) < abs(whole) for whole, fee, rest in figures)


def _amounts(rows: Rows, column: int) -> list[int]:
    """The column's amounts in hundredths, or nothing where some row has none: no sum is tested by half."""
    cells = [row[column] for row in rows]
    if len(cells) < _LEAST_ROWS or not all(is_amount(cell) and not is_day(cell) for cell in cells):
        return []
    style = style_of(cells)
    try:
        return [minor_of(cell, NOK, style, "") for cell in cells]
    except FileNotUnderstood:
        return []
