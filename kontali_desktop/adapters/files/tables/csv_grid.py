"""Text with any separator between its cells, as a grid."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.grid import MOST_CELLS, Grid, Row

SEPARATORS = (";", "\t", "|", ",")  # a comma last, for it also stands inside amounts
_LOOKED_AT = 60
_LEAST_COLUMNS = 2
_MOST_RESTARTS = 100  # after an open quote the next line is tried again, and each try may look far ahead
_TELLS_SEPARATOR = "sep="  # Excel's own first line for a separator that is not the country's


def csv_grid(text: str, separator: str) -> Grid:
    """The rows; an open or wrong quote spoils its own line only. Raises FileNotUnderstood where there are too many."""
    return Grid(tuple(row for row in _rows(_lines(text), separator) if not row.is_blank))


def separator_of(text: str) -> str:
    """What stands between the cells: the mark by which most first lines have the same number of cells, or none."""
    lines = _lines(text[: 64 * 1024])[:_LOOKED_AT]
    if lines and _tells_separator(lines[0]):
        told = lines[0][len(_TELLS_SEPARATOR) : len(_TELLS_SEPARATOR) + 1]
        return told if told in SEPARATORS else ""
    best, most = "", (0, 0)
    for separator in SEPARATORS:
        widths = Counter(len(row.cells) for row in _rows(lines, separator) if not row.is_blank)
        wide = [(count, width) for width, count in widths.items() if width >= _LEAST_COLUMNS]
        if wide and max(wide) > most:
            best, most = separator, max(wide)
    return best


def _tells_separator(line: str) -> bool:
    return line[: len(_TELLS_SEPARATOR)].casefold() == _TELLS_SEPARATOR


def _lines(text: str) -> list[str]:
    lines = io.StringIO(text, newline="").readlines()
    return lines if "\r" not in text else _parted(lines)


def _parted(lines: list[str]) -> list[str]:
    """Also where a lone carriage return ends the lines, as old programs write them."""
    if len(lines) > 1:
        return lines
    return [f"{line}\n" for line in lines[0].split("\r")] if lines else []


def _rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    at = 1 if lines and _tells_separator(lines[0]) else 0
    cells = restarts = 0
    while at < len(lines):
        for row in _until_broken(lines, at, separator):
            cells += len(row.cells)
            if cells > MOST_CELLS:
                raise not_understood(f"line {row.line}", Reason.OVERLOADED)
            yield row
            at = row.line - 1 + row.raw.count("\n") if row.is_broken else len(lines)
            restarts += row.is_broken
        if restarts > _MOST_RESTARTS:
            yield from (Row(at + i + 1, (), line, is_broken=True) for i, line in enumerate(lines[at:]))
            return


def _until_broken(lines: Sequence[str], start: int, separator: str) -> Iterator[Row]:
    """The rows from a line on, the last one being the first whose quotes are broken."""
    reader = csv.reader(iter(lines[start:]), delimiter=separator, strict=True)
    begun = 0
    while True:
        try:
            cells = tuple(map(_plain, next(reader)))
        except StopIteration:
            return
        except csv.Error:
            yield Row(start + begun + 1, (), lines[start + begun], is_broken=True)
            return
        yield Row(start + begun + 1, cells, _ended("".join(lines[start + begun : start + reader.line_num])))
        begun = reader.line_num


def _plain(cell: str) -> str:
    """The text; one that was to stay text in Excel is written as a formula: ="0012"."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"') and len(text) > len('="'):
        return text[2:-1].strip()
    return text


def _ended(raw: str) -> str:
    return raw if raw.endswith("\n") else f"{raw}\n"
