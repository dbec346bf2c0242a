"""Text files in the encodings that Norwegian accounting systems write."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _marked_encoding(data: bytes) -> str:
    """The encoding that a byte order mark or the place of the zero bytes gives away, or nothing."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" and data[1:2] != b"\0" else ""


def beginning_of(head: bytes) -> str:
    """The first characters of a file, to look at only: what is not ASCII may come out wrong."""
    return head.decode(_marked_encoding(head) or "latin-1", errors="replace")


# A letter of DOS's Nordic code pages inside a word, or å and ø at its end; elsewhere they are quotes and daggers.
_DOS_LETTER = re.compile(rb"(?<=[A-Za-z])(?:[\x84\x8e\x8f\x91\x94\x99\x9d](?=[A-Za-z])|[\x86\x9b](?![\x80-\xff]))")
_WINDOWS_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[a-z])")
_ENCODED_TWICE = re.compile("\u00c3[\u0080-\u00bf\u2013-\u203a\u0152-\u017e\u02c6\u02dc\u20ac\u2122]")  # Ã¥ for å


def decoded(data: bytes) -> str | None:
    """The text: UTF-8 if it is that, else Windows-1252, ISO-8859-1 or, where its letters are, DOS's code page 865.

    Text that was taken for Windows-1252 once and saved as UTF-8 gets its letters back. None where the marked encoding
    does not hold.
    """
    text = _decoded(data)
    return _decoded_again(text) if text and _ENCODED_TWICE.search(text) else text


def _decoded_again(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _decoded(data: bytes) -> str | None:
    marked = _marked_encoding(data)
    if marked:
        try:
            return data.decode(marked)
        except UnicodeDecodeError:
            return None
    is_dos = _DOS_LETTER.search(data) is not None and _WINDOWS_LETTER.search(data) is None
    for encoding in ("utf-8", "cp865") if is_dos else ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
