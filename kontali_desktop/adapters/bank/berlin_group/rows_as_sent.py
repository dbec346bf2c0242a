"""Rows cut out of the bank's own text, so that each is kept as it came without being written anew."""

from __future__ import annotations

from collections.abc import Sequence

from kontali_desktop.adapters.bank.berlin_group.payload import JsonObject, scan_value


def cut_rows(text: str, name: str, rows: Sequence[JsonObject]) -> list[str] | None:
    """The text of each object of the list `name` in compact JSON; None where they cannot be told apart for certain.

    Objects that all begin with one key are parted by `},{"key":`. No text holds that, for its quotation marks would be
    escaped; a list inside a row could, and where there is one each part is read again.
    """
    keys = {next(iter(row), "") for row in rows}
    key = keys.pop() if len(keys) == 1 else ""
    head = f'{{"{key}":'
    begin = text.find(f'"{name}":[{head}') + len(name) + 4
    if begin < len(name) + 4 or not (key.isascii() and key.isalnum()):
        return None
    parts = text[begin + len(head) :].split(f"}},{head}", len(rows) - 1)
    cut = [f"{head}{part}}}" for part in parts[:-1]]
    rest = head + parts[-1]
    try:
        last, end = scan_value(rest, 0)
    except (ValueError, StopIteration):
        return None
    cut.append(rest[:end])
    if rest[end : end + 1] != "]" or len(cut) != len(rows) or last != rows[-1]:
        return None
    has_lists = any("[" in row for row in cut)
    return None if has_lists and not all(map(_is_text_of, cut, rows)) else cut


def _is_text_of(part: str, row: JsonObject) -> bool:
    try:
        return scan_value(part, 0) == (row, len(part))
    except (ValueError, StopIteration):
        return False
