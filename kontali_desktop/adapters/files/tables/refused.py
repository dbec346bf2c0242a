"""Rows that were not taken."""

from __future__ import annotations

from kontali_desktop.adapters.files.reasons import refused_row
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow


def refused(error: FileNotUnderstood, row: Row) -> RefusedRow:
    """The row by its line, with the column that the error names, and as it can be saved again."""
    column = str(error.parameters["where"])
    told = refused_row(error, f"line {row.line}, {column}" if column else f"line {row.line}")
    return RefusedRow(told.where, told.why, told.facts, row.raw)
