"""Damage that knows what a file is made of: elements, rows and columns, records, the parts of a workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from random import Random

from tests.benchmarks.fuzzing.mutations import PLAIN, Damage
from tests.benchmarks.fuzzing.words import EVERYTHING, MARKUP, NAMESPACES

_TAG = re.compile(rb"<(/?)([\w:.-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_NAMESPACE = re.compile(rb"xmlns(?::\w+)?=\"([^\"]*)\"")
_SEPARATORS = (b";", b",", b"\t", b"|")


def _elements(data: bytes) -> list[tuple[int, int, int, int]]:
    """Where each element begins and ends, and its content in between; broken ones are left out."""
    open_: list[tuple[bytes, int, int]] = []
    found = []
    for tag in _TAG.finditer(data):
        closing, name, _, empty = tag.groups()
        if empty:
            found.append((tag.start(), tag.end(), tag.end(), tag.end()))
        elif not closing:
            open_.append((name, tag.start(), tag.end()))
        elif open_ and open_[-1][0] == name:
            _, start, inner = open_.pop()
            found.append((start, inner, tag.start(), tag.end()))
    return found


def damage_elements(rng: Random, data: bytes) -> bytes:
    """An element dropped, doubled, moved, emptied, wrapped in itself, or given to another's place."""
    elements = _elements(data)
    if len(elements) < 2:
        return data
    start, inner, last, end = rng.choice(elements)
    whole = data[start:end]
    match rng.randrange(6):
        case 0:
            changed = b""
        case 1:
            changed = whole * rng.choice((2, 3, 31))
        case 2:
            changed = data[start:inner] + data[last:end]
        case 3:
            depth = rng.choice((1, 5, 300))
            changed = data[start:inner] * depth + whole + data[last:end] * depth
        case 4:
            changed = data[start:inner] + rng.choice(EVERYTHING).encode(errors="replace") + data[last:end]
        case _:
            other, _, _, stop = rng.choice(elements)
            changed = data[other:stop]
    return data[:start] + changed + data[end:]


def damage_namespace(rng: Random, data: bytes) -> bytes:
    found = [match.span(1) for match in _NAMESPACE.finditer(data)]
    if not found:
        return data
    start, end = rng.choice(found)
    return data[:start] + rng.choice(NAMESPACES).encode() + data[end:]


def insert_markup(rng: Random, data: bytes) -> bytes:
    places = [match.end() for match in _TAG.finditer(data)] or [0]
    place = rng.choice(places) if rng.random() < 0.7 else rng.randrange(len(data) + 1)
    return data[:place] + rng.choice(MARKUP).encode() + data[place:]


def damage_rows(rng: Random, data: bytes) -> bytes:
    """Lines dropped, doubled, turned round, mixed."""
    rows = data.splitlines(keepends=True)
    if not rows:
        return data
    place = rng.randrange(len(rows))
    match rng.randrange(5):
        case 0:
            del rows[place]
        case 1:
            rows[place:place] = [rows[place]] * rng.choice((1, 2, 200))
        case 2:
            rows.reverse()
        case 3:
            rng.shuffle(rows)
        case _:
            rows.insert(place, rng.choice((b"\r\n", b"Sum;;;\r\n", b";;;;;;;;;;;;;\r\n", b'"\r\n', b"x\r\n")))
    return b"".join(rows)


def damage_columns(rng: Random, data: bytes) -> bytes:
    """A column dropped, doubled, moved or renamed, or cells of one row alone; by what seems to part them."""
    separator = max(_SEPARATORS, key=data.count)
    rows = [line.split(separator) for line in data.splitlines()]
    width = max(map(len, rows), default=0)
    if not width:
        return data
    first, second = rng.randrange(width), rng.randrange(width)
    chosen = [rng.choice(rows)] if rng.random() < 0.4 else rows
    kind = rng.randrange(4)
    for row in chosen:
        if max(first, second) >= len(row):
            continue
        if kind == 0:
            del row[first]
        elif kind == 1:
            row.insert(second, row[first])
        elif kind == 2:
            row[first], row[second] = row[second], row[first]
        else:
            row[first] = rng.choice(EVERYTHING).encode(errors="replace")
    separator = rng.choice(_SEPARATORS) if rng.random() < 0.1 else separator
    return b"\r\n".join(separator.join(row) for row in rows)


def damage_record(rng: Random, data: bytes) -> bytes:
    """Some characters of one fixed-width record or tagged line are changed, and it keeps its length, or not."""
    rows = data.splitlines(keepends=True)
    if not rows:
        return data
    place = rng.randrange(len(rows))
    row = bytearray(rows[place])
    start = rng.randrange(len(row) + 1)
    text = bytes(rng.choice(b"0123456789 -NYABCD:/,.\xe6\xff") for _ in range(rng.choice((1, 2, 6, 11))))
    row[start : start + (len(text) if rng.random() < 0.8 else 0)] = text
    rows[place] = bytes(row)
    return b"".join(rows)


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def damage_workbook(rng: Random, data: bytes) -> bytes:
    """A part of the archive damaged, dropped, doubled, given another name, or made to unpack into very much."""
    try:
        parts = unpacked(data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        struct.error,
    ):
        parts = []
    if not parts:
        return rng.choice(PLAIN)(rng, data)
    place = rng.randrange(len(parts))
    match rng.randrange(8):
        case 0:
            del parts[place]
        case 1:
            parts.append(parts[place])
        case 2:
            parts[place] = (rng.choice(("../x", " ", "/", "xl/workbook.xml", "x" * 300)), parts[place][1])
        case 3:
            parts[place] = (parts[place][0], b"<row><c><v>1</v></c></row>" * rng.choice((1, 60_000)))
        case _:
            damage = rng.choice((damage_elements, damage_elements, damage_namespace, insert_markup, *PLAIN))
            parts[place] = (parts[place][0], damage(rng, parts[place][1]))
    return packed(parts, rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def packed(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive that says nothing of when it was made, so that it is the same at every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            free = name
            while free in archive.namelist():
                free += "_"
            archive.writestr(zipfile.ZipInfo(free), content, method)
    return out.getvalue()


XML: tuple[Damage, ...] = (damage_elements, damage_elements, damage_elements, damage_namespace, insert_markup)
ROWS: tuple[Damage, ...] = (damage_rows, damage_columns, damage_columns)
RECORDS: tuple[Damage, ...] = (damage_rows, damage_record, damage_record)
BY_FORMAT: dict[str, tuple[Damage, ...]] = {
    "ehf": XML,
    "camt.053": XML,
    "camt.054": XML,
    "saf-t": XML,
    "ocr": RECORDS,
    "mt940": RECORDS,
    "settlement": ROWS,
    "bank-csv": ROWS,
    "open-items-csv": ROWS,
    "xlsx": (damage_workbook,) * 20,
    "xls": (),
}
