"""Excel workbooks (.xlsx, ECMA-376 part 1, SpreadsheetML), each sheet as a grid.

Read here rather than by a library: one that lays out the whole sheet falls over a file with a cell in its last corner,
and a number is taken as the file writes it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import parsed, streamed
from kontali_desktop.adapters.files.tables.days import EXCEL_FIRST_DAY, FIRST_DAY_1904
from kontali_desktop.adapters.files.tables.grid import MOST_CELLS, Grid, Row, semicolon_line
from kontali_desktop.adapters.files.tables.zip_parts import ZipParts, broken

WORKBOOK = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_BUILT_IN_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))  # ECMA-376 part 1, 18.8.30
_NOT_THE_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MOST_COLUMNS = 1_000
_EXCEL_DIGITS = 15  # more of a number is not kept by Excel, and not shown
_MOST_DAYS = 200_000
_SURE_DECIMALS = 3  # 1.125 as text could be a thousand; as a number it is not


@dataclass(frozen=True, slots=True)
class _Book:
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    first_day: date


def xlsx_grids(parts: ZipParts) -> Iterator[Grid]:
    """The sheets in their order. Raises FileNotUnderstood where the workbook is broken or too big."""
    workbook = parsed(parts.data(WORKBOOK) or _missing())
    is_1904 = any(pr.get("date1904") in ("1", "true") for pr in workbook.iterfind("{*}workbookPr"))
    book = _Book(
        _shared_texts(parts),
        _date_styles(parts.data("xl/styles.xml")),
        FIRST_DAY_1904 if is_1904 else EXCEL_FIRST_DAY,
    )
    places = _places(parts.data("xl/_rels/workbook.xml.rels"))
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        place = places.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", "")
        if place in parts and sheet.get("state") in (None, "visible"):
            yield Grid(tuple(_rows(parts.data(place), book)), is_excel=True)


def _missing() -> bytes:
    raise broken()


def _places(relations: bytes) -> dict[str, str]:
    """Where each sheet lies in the archive, by the id of its relation."""
    if not relations:
        return {}
    targets = {str(r.get("Id")): str(r.get("Target")) for r in parsed(relations).iterfind("{*}Relationship")}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in targets.items()}


def _shared_texts(parts: ZipParts) -> tuple[str, ...]:
    data = parts.data("xl/sharedStrings.xml")
    texts = []
    for item in streamed(io.BytesIO(data), ("{*}si",)) if data else ():
        texts.append(_text(item))
        _forget(item)
    return tuple(texts)


def _text(item: etree._Element) -> str:
    """The text of a string with its differently formatted runs; phonetic readings (`rPh`) do not belong to it."""
    runs = item.xpath("./*[local-name()='t'] | ./*[local-name()='r']/*[local-name()='t']")
    return "".join(run.text or "" for run in runs).strip()  # type: ignore[union-attr]  # the path finds elements only


def _date_styles(styles: bytes) -> frozenset[int]:
    """The cell styles, by number, that show a number as a day."""
    if not styles:
        return frozenset()
    root = parsed(styles)
    own = {f.get("numFmtId"): f.get("formatCode") or "" for f in root.iterfind("{*}numFmts/{*}numFmt")}
    return frozenset(
        place
        for place, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if _is_date_format(style.get("numFmtId") or "0", own)
    )


def _is_date_format(number: str, own: dict[str | None, str]) -> bool:
    if number not in own:
        return number.isdecimal() and int(number) in _BUILT_IN_DATES
    pattern = _NOT_THE_DATE.sub("", own[number]).lower()
    return "d" in pattern or "y" in pattern


def _rows(data: bytes, book: _Book) -> Iterator[Row]:
    line = cells = 0
    for row in streamed(io.BytesIO(data), ("{*}row",)):
        told = row.get("r") or ""
        line = int(told) if told.isdecimal() else line + 1
        texts = _texts(row, book)
        _forget(row)
        cells += len(texts)
        if cells > MOST_CELLS:
            raise not_understood(f"line {line}", Reason.OVERLOADED)
        if any(texts):
            yield Row(line, texts, semicolon_line(texts))


def _texts(row: etree._Element, book: _Book) -> tuple[str, ...]:
    texts: list[str] = []
    for cell in row.iterfind("{*}c"):
        place = _CELL.fullmatch(cell.get("r") or "")
        column = _column(place.group(1)) if place else len(texts)
        text = _cell_text(cell, book)
        if text and column >= _MOST_COLUMNS:  # an empty one may be formatted out to the last column
            raise not_understood(f"line {row.get('r') or '1'}", Reason.OVERLOADED)
        if text:
            texts.extend([""] * (column + 1 - len(texts)))
            texts[column] = text
        elif not place:
            texts.append("")
    return tuple(texts)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell_text(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _text(inline)
    value = (cell.findtext("{*}v") or "").strip()
    if kind == "s":
        return book.texts[int(value)] if value.isdecimal() and int(value) < len(book.texts) else ""
    style = cell.get("s") or "0"
    if kind == "n" and style.isdecimal() and int(style) in book.date_styles:
        return day_text(value, book.first_day) or number_text(value)
    return number_text(value) if kind == "n" else value


def day_text(value: str, first_day: date) -> str:
    """The day of a serial number as 2026-12-31, or nothing where it is a time alone or outside the calendar."""
    try:
        days = int(float(value))
    except (ValueError, OverflowError):
        return ""
    return (first_day + timedelta(days=days)).isoformat() if 0 < days < _MOST_DAYS else ""


def number_text(value: str) -> str:
    """The shortest decimal number that is meant: 35.8 for 35.799999999999997, for Excel keeps fifteen digits."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - what is not itself is no number
        return value
    if number == int(number):
        return str(int(number)) if abs(number) < 10**_EXCEL_DIGITS else repr(number)
    text = repr(number)
    digits = text.lstrip("-0.").replace(".", "")
    shown = f"{number:.{_EXCEL_DIGITS}g}" if len(digits) > _EXCEL_DIGITS else text
    part = shown.partition(".")[2]
    return f"{shown}0" if len(part) == _SURE_DECIMALS else shown


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
