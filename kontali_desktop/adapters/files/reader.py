"""Reads a file of any of the formats."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from kontali_desktop.adapters.files import camt053, camt054, ehf, mt940, ocr, open_items_csv, table_files
from kontali_desktop.adapters.files.detect import Format, format_of
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.saf_t import reader as saf_t
from kontali_desktop.adapters.files.safe_xml import HEAD_SIZE
from kontali_desktop.adapters.files.settlements import vipps_xml
from kontali_desktop.adapters.files.source import Source, from_declaration
from kontali_desktop.domain.tables import ColumnMapping, TableSample
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.os_errors import os_reason
from kontali_desktop.services.ports import Attachment, FileContent

MEGABYTE = 1_000_000
LIMITS_MB = {
    Format.EHF: 50,
    Format.OPEN_ITEMS_CSV: 50,
    Format.CAMT053: 500,
    Format.CAMT054: 500,
    Format.OCR: 50,
    Format.SAF_T: 1000,
    Format.MT940: 50,
    Format.SETTLEMENT: 50,
    Format.BANK_CSV: 50,
}
_TABLE = Format.BANK_CSV  # whose limit holds for every table: which one it is shows only when it is read
_NOTHING = b" \t\r\n\xef\xbb\xbf\xff\xfe"  # blanks and byte order marks
NO_MAPPINGS: Mapping[str, ColumnMapping] = MappingProxyType({})


class FormatReader:
    """Tells a file's format by its content and reads it for one client."""

    def read(
        self, path: Path, client_orgnr: str, mappings: Mapping[str, ColumnMapping] = NO_MAPPINGS
    ) -> FileContent | None:
        """None where the format is not known. Raises FileNotUnderstood where it is known, or the file cannot be opened.

        `where` is the place inside the file, or its name where the file as a whole is meant; `format` goes with it
        where that much is known.
        """
        try:
            with _opened(path) as file:
                return _read(file, path, client_orgnr, mappings)
        except OSError as error:
            raise not_understood(path.name, Reason.CANNOT_OPEN, detail=os_reason(error)) from error

    def sample(self, path: Path) -> TableSample | None:
        """None where the file is no table of ours to explain. Raises FileNotUnderstood."""
        try:
            with _opened(path) as file:
                head = file.read(HEAD_SIZE)
                if format_of(head) is not None:
                    return None
                _refuse_too_big(path, _TABLE)
                return table_files.sample_table(file, head)
        except OSError as error:
            raise not_understood(path.name, Reason.CANNOT_OPEN, detail=os_reason(error)) from error

    def attachments(self, path: Path) -> tuple[Attachment, ...]:
        """None of the formats but EHF has any. Raises FileNotUnderstood."""
        try:
            with _opened(path) as file:
                if format_of(file.read(HEAD_SIZE)) is not Format.EHF:
                    return ()
                _refuse_too_big(path, Format.EHF)
                file.seek(0)
                return ehf.read_attachments(file.read())
        except OSError as error:
            raise not_understood(path.name, Reason.CANNOT_OPEN, detail=os_reason(error)) from error


def _opened(path: Path) -> IO[bytes]:
    """Raises OSError, also for a pipe or a device: it has no end."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return path.open("rb")


def _read(file: IO[bytes], path: Path, client_orgnr: str, mappings: Mapping[str, ColumnMapping]) -> FileContent | None:
    head = file.read(HEAD_SIZE)
    if not head.strip(_NOTHING):
        raise not_understood(path.name, Reason.EMPTY)
    found = format_of(from_declaration(head))
    source = Source(file, head, client_orgnr, mappings)
    if found is None:
        return _table(source, path)
    try:
        _refuse_too_big(path, found)
        return _READERS[found](source)
    except FileNotUnderstood as error:
        error.format = str(found)
        raise


def _table(source: Source, path: Path) -> FileContent | None:
    if not table_files.may_be_table(source.head):
        return None
    _refuse_too_big(path, _TABLE)
    return table_files.read_table(source)


def _refuse_too_big(path: Path, found: Format) -> None:
    size, limit = path.stat().st_size, LIMITS_MB[found]
    if size > limit * MEGABYTE:
        raise not_understood(path.name, Reason.TOO_BIG, size_mb=-(-size // MEGABYTE), limit_mb=limit)


def _camt053(source: Source) -> FileContent:
    return camt053.read_statements(source.rewound())


def _camt054(source: Source) -> FileContent:
    return camt054.read_notifications(source.rewound())


def _ocr(source: Source) -> FileContent:
    return ocr.read_ocr(source.data())


def _ehf(source: Source) -> FileContent:
    found = ehf.read_ehf(source.data(), source.client_orgnr)
    return FileContent(
        Format.EHF, documents=(found.document,), refused=found.remarks, has_attachments=found.has_attachments
    )


def _saf_t(source: Source) -> FileContent:
    """The program's own archive has only payments, which are known here: as books each would be a credit note."""
    books = saf_t.read_books(source.rewound(), source.client_orgnr)
    if books.is_own_archive:
        return FileContent(Format.SAF_T)
    return FileContent(
        Format.SAF_T,
        documents=books.documents,
        postings=books.postings,
        refused=books.refused,
        is_list=True,
        doubts=books.doubts,
    )


def _open_items_csv(source: Source) -> FileContent:
    documents, refused, head = open_items_csv.read_open_items(source.data())
    return FileContent(Format.OPEN_ITEMS_CSV, documents=documents, refused=refused, is_list=True, refused_head=head)


def _mt940(source: Source) -> FileContent:
    statements, refused = mt940.read_statements(source.data())
    return FileContent(Format.MT940, statements=statements, refused=refused)


def _settlement(source: Source) -> FileContent:
    return table_files.payouts(vipps_xml.read(source.data()))


_READERS: Mapping[Format, Callable[[Source], FileContent]] = {
    Format.CAMT053: _camt053,
    Format.CAMT054: _camt054,
    Format.OCR: _ocr,
    Format.EHF: _ehf,
    Format.MT940: _mt940,
    Format.OPEN_ITEMS_CSV: _open_items_csv,
    Format.SAF_T: _saf_t,
    Format.SETTLEMENT: _settlement,
}
