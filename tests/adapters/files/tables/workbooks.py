"""Writes small workbooks by hand, apart from the program: .xlsx as zipped XML, .xls as records in a compound file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FIRST_DAY = date(1899, 12, 30)
Value = str | int | float | date | None
Sheet = Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out: what is shown, and how."""

    shown: str
    formula: str = "1+1"


@dataclass(frozen=True)
class Xlsx:
    """`styles` is put in as it stands; style 1 is a date. `parts` come on top of, or instead of, the usual ones."""

    sheets: Sequence[Sequence[Sequence[Value | Formula]]]
    is_1904: bool = False
    is_shared: bool = True
    has_places: bool = True
    hidden: frozenset[int] = frozenset()
    parts: dict[str, bytes] = field(default_factory=dict)

    def data(self) -> bytes:
        texts: list[str] = []
        parts = {f"xl/worksheets/s{n}.xml": self._sheet(rows, texts) for n, rows in enumerate(self.sheets)}
        book = "".join(
            f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}" state="{"hidden" if n in self.hidden else "visible"}"/>'
            for n in range(len(self.sheets))
        )
        pr = '<workbookPr date1904="1"/>' if self.is_1904 else ""
        book = f"{pr}<sheets>{book}</sheets>"
        parts["xl/workbook.xml"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{book}</workbook>'
        parts["xl/_rels/workbook.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}">'
            + "".join(f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in range(len(self.sheets)))
            + "</Relationships>"
        )
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{"".join(texts)}</sst>'
        formats = '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy;@"/></numFmts>'
        styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 4))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{_MAIN}">{formats}<cellXfs>{styles}</cellXfs></styleSheet>'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in ({n: t.encode() for n, t in parts.items()} | self.parts).items():
                archive.writestr(name, text)
        return out.getvalue()

    def _sheet(self, rows: Sequence[Sequence[Value | Formula]], texts: list[str]) -> str:
        lines = []
        for line, row in enumerate(rows, 1):
            cells = "".join(self._cell(value, line, column, texts) for column, value in enumerate(row))
            lines.append(f'<row r="{line}">{cells}</row>' if self.has_places else f"<row>{cells}</row>")
        return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'

    def _cell(self, value: Value | Formula, line: int, column: int, texts: list[str]) -> str:
        place = f' r="{chr(ord("A") + column)}{line}"' if self.has_places else ""
        if value is None:
            return "" if self.has_places else "<c/>"
        if isinstance(value, Formula):
            return f"<c{place}><f>{value.formula}</f><v>{value.shown}</v></c>"
        if isinstance(value, str) and self.is_shared:
            texts.append(f'<si><t xml:space="preserve">{escape(value)}</t></si>')
            return f'<c{place} t="s"><v>{len(texts) - 1}</v></c>'
        if isinstance(value, str):
            return f'<c{place} t="inlineStr"><is><r><t>{escape(value)}</t></r></is></c>'
        if isinstance(value, date):
            first = date(1904, 1, 1) if self.is_1904 else FIRST_DAY
            return f'<c{place} s="{1 + column % 2}"><v>{(value - first).days}</v></c>'
        return f'<c{place} s="3"><v>{value!r}</v></c>'


def xls(rows: Sheet) -> bytes:
    """BIFF8 with one sheet ([MS-XLS]): texts, numbers, and days as numbers with the built-in format 14."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += _record(0x0204, struct.pack("<HHHHB", line, column, 0, len(text) // 2, 1) + text)
            elif value is not None:
                number = (value - FIRST_DAY).days if isinstance(value, date) else value
                style = 1 if isinstance(value, date) else 0
                sheet += _record(0x0203, struct.pack("<HHHd", line, column, style, number))
    sheet += _record(0x000A, b"")
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(
        0x0042, struct.pack("<H", 1200)
    )
    font = _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 1, 0) + b"A")
    styles = b"".join(_record(0x00E0, struct.pack("<HHH", 0, f, 0) + bytes(14)) for f in (0, 14))
    name = b"\x01\x00S"
    offset = len(begin + font + styles) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    return _compound("Workbook", begin + font + styles + bound + _record(0x000A, b"") + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file ([MS-CFB]) that holds one stream, long enough not to be a small one."""
    size = 512
    stream = stream.ljust(max(4096, -(-len(stream) // size) * size), b"\0")
    count = len(stream) // size
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end, *range(3, 2 + count), end]
    fat = b"".join(struct.pack("<I", entry) for entry in chain).ljust(size, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<I", free) * 108
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry(name, 2, free, 2, len(stream))
    return header + fat + entries.ljust(size, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIII", len(text), kind, 1, none, none, child, start, length, 0)
