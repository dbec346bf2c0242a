"""Texts in the cells of a table, so that no spreadsheet takes them for formulas.

Source: OWASP, "CSV Injection": cells that begin with = + - @, a tab or a carriage return.
"""

from __future__ import annotations

import re

_MARK = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", _MARK)
_SPACES = " \u00a0"  # LibreOffice passes over them before it looks for a formula
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def neutralised(text: str) -> str:
    """An apostrophe before what would be a formula, and before an apostrophe, so that it can be taken away again."""
    first = text.lstrip(_SPACES)[:1]
    return _MARK + text if first in _STARTS and first else text


def restored(cell: str) -> str:
    """The text that was neutralised."""
    return cell.removeprefix(_MARK)


def flat(text: str, longest: int) -> str:
    """A text for a layout that knows no quoting, cut to length."""
    return neutralised(plain(text))[:longest].rstrip()


def plain(text: str) -> str:
    """No line breaks, semicolons or quotation marks."""
    return _BREAKS.sub(" ", text).replace(";", ",").replace('"', "'").strip()
