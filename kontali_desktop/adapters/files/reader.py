"""Reads a file of any of the formats."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from kontali_desktop.adapters.files import camt053, ehf, open_items_csv
from kontali_desktop.adapters.files.detect import Format, format_of
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import HEAD_SIZE
from kontali_desktop.services.ports import FileContent

MEGABYTE = 1_000_000
LIMITS_MB = {Format.EHF: 50, Format.OPEN_ITEMS_CSV: 50, Format.CAMT053: 500}


class FormatReader:
    """Tells a file's format by its content and reads it for one client."""

    def read(self, path: Path, client_orgnr: str) -> FileContent | None:
        """None where the format is not known. Raises FileNotUnderstood where it is known, or the file cannot be opened.

        `where` is the place inside the file, or its name where the file as a whole is meant.
        """
        try:
            with path.open("rb") as file:
                return _read(file, path, client_orgnr)
        except OSError as error:
            raise not_understood(path.name, Reason.CANNOT_OPEN, detail=error.strerror or str(error)) from error


def _read(file: IO[bytes], path: Path, client_orgnr: str) -> FileContent | None:
    size = path.stat().st_size
    head = file.read(HEAD_SIZE)
    found = format_of(head)
    if found is None:
        return None
    limit = LIMITS_MB[found]
    if size > limit * MEGABYTE:
        raise not_understood(path.name, Reason.TOO_BIG, size_mb=-(-size // MEGABYTE), limit_mb=limit)
    if found is Format.CAMT053:
        file.seek(0)
        statements, refused = camt053.read_statements(file)
        return FileContent(found, statements=statements, refused=refused)
    data = head + file.read()
    if found is Format.EHF:
        return FileContent(found, documents=(ehf.read_document(data, client_orgnr),))
    documents, refused = open_items_csv.read_open_items(data)
    return FileContent(found, documents=documents, refused=refused)
