"""A file that is about to be read, as the formats get it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from kontali_desktop.domain.tables import ColumnMapping

_DECLARATION = b"<?xml"


def from_declaration(head: bytes) -> bytes:
    """Without blanks before XML's declaration, which must come first, though some writers put a line before it."""
    begun = head.lstrip(b" \t\r\n")
    return begun if begun.startswith(_DECLARATION) else head


@dataclass(frozen=True, slots=True)
class Source:
    """`head` is the file's beginning, read already; `mappings` are the client's remembered ones by headings."""

    file: IO[bytes]
    head: bytes
    client_orgnr: str
    mappings: Mapping[str, ColumnMapping]

    def rewound(self) -> IO[bytes]:
        """The file from its first byte, for formats that are read as a stream; XML from its declaration."""
        self.file.seek(len(self.head) - len(from_declaration(self.head)))
        return self.file

    def data(self) -> bytes:
        """All of it, for formats that are read whole."""
        return self.rewound().read()
