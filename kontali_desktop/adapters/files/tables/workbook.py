"""Excel files of every kind, told apart by their content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.grid import Grid
from kontali_desktop.adapters.files.tables.xls_grid import LOCKED, xls_grids
from kontali_desktop.adapters.files.tables.xlsx_grid import WORKBOOK, xlsx_grids
from kontali_desktop.adapters.files.tables.zip_parts import ZipParts
from kontali_desktop.services.errors import FileNotUnderstood

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0", LOCKED))
_BINARY_WORKBOOK = "xl/workbook.bin"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(head: bytes) -> bool:
    """Whether the file is packed as Excel packs its own; other programs do so too."""
    return head.startswith((_ZIP, _COMPOUND))


def workbook_grids(file: IO[bytes]) -> Iterable[Grid]:
    """The sheets, none where the file is another program's. Raises FileNotUnderstood."""
    file.seek(0)
    if file.read(len(_ZIP)) == _ZIP:
        return _zipped(file)
    file.seek(0)
    data = file.read()
    return xls_grids(data) if any(stream in data for stream in _STREAMS) else ()


def _zipped(file: IO[bytes]) -> Iterable[Grid]:
    try:
        parts = ZipParts(file)
    except FileNotUnderstood:
        file.seek(0)
        if b"xl/" in file.read():
            raise
        return ()
    if WORKBOOK in parts:
        return xlsx_grids(parts)
    if _BINARY_WORKBOOK in parts:
        raise not_understood("line 1", Reason.SPREADSHEET_KIND, kind="xlsb")
    if parts.data("mimetype").startswith(_OPEN_DOCUMENT):
        raise not_understood("line 1", Reason.SPREADSHEET_KIND, kind="ods")
    return ()
