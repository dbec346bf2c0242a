"""The parts of a zip archive from strangers, measured before they are read."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO

from kontali_desktop.adapters.files.reasons import Reason, not_understood

MOST_UNPACKED = 300_000_000
_MOST_PARTS = 2_000
_PIECE = 1 << 20
_ANY_SIZE = 1 << 62
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class ZipParts:
    """An archive whose parts hold together no more than `MOST_UNPACKED` bytes, counted and not as the archive says.

    Every call may raise FileNotUnderstood.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._left = MOST_UNPACKED
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise broken() from error
        self._parts = {part.filename.lstrip("/"): part for part in self._zip.infolist()}
        if len(self._parts) > _MOST_PARTS:
            raise not_understood("line 1", Reason.OVERLOADED)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def data(self, name: str) -> bytes:
        """A part whole; nothing where the archive has none of this name."""
        part = self._parts.get(name)
        if part is None:
            return b""
        if part.flag_bits & 1:
            raise not_understood("line 1", Reason.LOCKED)
        part.file_size = _ANY_SIZE  # read to the real end: the size that the archive tells may be a lie
        pieces = []
        try:
            with self._zip.open(part) as opened:
                while piece := opened.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise not_understood("line 1", Reason.OVERLOADED)
                    pieces.append(piece)
        except _BROKEN as error:
            raise broken() from error
        return b"".join(pieces)


def broken() -> Exception:
    """What to raise where a spreadsheet cannot be unpacked or taken apart."""
    return not_understood("line 1", Reason.SPREADSHEET_BROKEN)
