"""Text files in the encodings that Norwegian accounting systems write."""

from __future__ import annotations

import codecs

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


def decoded(data: bytes) -> str | None:
    """The text: UTF-8 if it is that, else Windows-1252 or ISO-8859-1; None where the marked encoding does not hold."""
    marked = _marked_encoding(data)
    if marked:
        try:
            return data.decode(marked)
        except UnicodeDecodeError:
            return None
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
