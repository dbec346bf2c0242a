"""Rows cut out of the bank's own text, so that each is kept as it came without being written anew."""

from __future__ import annotations

from collections.abc import Sequence

from kontali_desktop.adapters.bank.berlin_group.payload import JsonObject, scan_value


def cut_rows(text: str, name: str, rows: Sequence[JsonObject]) -> list[str] | None:
    """The text of each object of the list `name` in compact JSON; None where they cannot be told apart for certain.

    Objects that all begin with one key are parted by `},{"key":`. No text holds that, for its quotation marks would be
    escaped; a list inside a row could, and then the last row is not found where it should be.
    """
    keys = {next(iter(row), "") for row in rows}
    key = keys.pop() if len(keys) == 1 else ""
    head = f'{{"{key}":'
    begin = text.find(f'"{name}":[{head}')
    if begin < 0 or not (key.isascii() and key.isalnum()):
        return None
    parts = text[begin + len(name) + 4 + len(head) :].split(f"}},{head}", len(rows) - 1)
    cut = [f"{head}{part}}}" for part in parts[:-1]]
    rest = head + parts[-1]
    try:
        last, end = scan_value(rest, 0)
    except (ValueError, StopIteration):
        return None
    cut.append(rest[:end])
    is_whole = rest[end : end + 1] == "]" and len(cut) == len(rows) and last == rows[-1]
    return cut if is_whole else None
