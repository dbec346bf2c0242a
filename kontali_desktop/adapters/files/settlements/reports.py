"""Finds which provider's report a table is, by its headings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kontali_desktop.adapters.files.settlements import (
    adyen,
    klarna,
    shopify,
    stripe,
    sumup,
    vipps,
    vipps_sections,
    zettle,
)
from kontali_desktop.adapters.files.settlements.payout import Settlement
from kontali_desktop.adapters.files.tables.grid import Grid
from kontali_desktop.adapters.files.tables.layout import HEADER_WITHIN, table_at

_TABLES = (vipps, stripe, zettle, sumup, shopify, adyen)
_SECTIONS = (vipps_sections, klarna)


def reader_for(grid: Grid) -> Callable[[], Settlement] | None:
    """What reads this table, of text or Excel, where it is a settlement report; None where it is none."""
    for at, row in enumerate(grid.rows[:HEADER_WITHIN]):
        for layout in _TABLES:
            columns = layout.columns_in(row)
            if columns is not None:
                return partial(layout.read, table_at(grid, at), columns)
        for sections in _SECTIONS:
            if sections.is_headings(row):
                return partial(sections.read, grid)
    return None
