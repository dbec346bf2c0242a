"""Excel workbooks whose bytes are the same each time they are written."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter import Workbook

from kontali_desktop.domain.money import decimals_of

MOST_ROWS = 1_000_000  # of the 1,048,576 a sheet has
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_bytes(created: datetime, fill: Callable[[Workbook], None]) -> bytes:
    """A workbook with its time of making set; XlsxWriter dates the parts of the archive 1 January 1980."""
    target = io.BytesIO()
    with Workbook(target, _OPTIONS) as workbook:
        moment = created.astimezone(UTC) if created.tzinfo else created
        workbook.set_properties({"created": moment.replace(tzinfo=None, microsecond=0)})
        fill(workbook)
    return target.getvalue()


def number_of(minor: int, currency: str) -> Decimal:
    """The amount in whole units, exact."""
    return Decimal(minor).scaleb(-decimals_of(currency))
