"""Days in any style: `31.12.2026`, `2026-12-31`, `31.12.26`, `2026/12/31`, `20261231`, Excel's serial numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kontali_desktop.adapters.files.reasons import Reason, not_understood

_WITH_TIME = re.compile(r"(.*?\d)(?:T|\s+)\d{1,2}[:.]\d\d(?:[:.]\d\d)?.*", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?", re.ASCII)  # 1954 to 2119
EXCEL_FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel's own calendar, whose 1900 has a 29 February
FIRST_DAY_1904 = date(1904, 1, 1)  # and of workbooks from old Macintoshes
_CENTURY = 2000
_LAST_MONTH = 12
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class DayStyle:
    """Whether 03/04/2026 is in April, in March, or the table does not tell; with dots the day always comes first."""

    is_day_first: bool | None = None


def day_style_of(texts: Iterable[str]) -> DayStyle:
    """The style that the days of a table show: a number above twelve is no month."""
    firsts: set[bool] = set()
    for text in texts:
        found = _YEAR_LAST.fullmatch(_without_time(text))
        if found and found.group(2) != ".":
            first, second = int(found.group(1)), int(found.group(3))
            firsts |= {True} if first > _LAST_MONTH else set()
            firsts |= {False} if second > _LAST_MONTH else set()
    return DayStyle(firsts.pop() if len(firsts) == 1 else None)


def day_of(text: str, style: DayStyle, where: str) -> date:
    """The calendar day, without regard to a time beside it. Raises FileNotUnderstood."""
    plain = _without_time(text)
    try:
        found = _YEAR_FIRST.fullmatch(plain)
        if found:
            return date(int(found.group(1)), int(found.group(3)), int(found.group(4)))
        found = _YEAR_LAST.fullmatch(plain)
        if found:
            return _year_last(found, style, where)
        found = _COMPACT.fullmatch(plain)
        if found:
            return date(*(int(part) for part in found.groups()))
        if _SERIAL.fullmatch(plain):
            return EXCEL_FIRST_DAY + timedelta(days=int(plain.split(".")[0]))
    except ValueError:
        pass  # a month or day that the calendar does not have
    raise not_understood(where, Reason.DATE_NOT_UNDERSTOOD, value=text)


def is_day(text: str) -> bool:
    """Whether the text is written as a day, serial numbers left out, for they look like amounts."""
    plain = _without_time(text)
    return bool(_YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain) or _COMPACT.fullmatch(plain))


def _year_last(found: re.Match[str], style: DayStyle, where: str) -> date:
    first, mark, second, year = int(found.group(1)), found.group(2), int(found.group(3)), found.group(4)
    is_day_first = True if mark == "." else style.is_day_first
    if is_day_first is None and first != second:
        raise not_understood(where, Reason.DATE_AMBIGUOUS, value=found.group(0))
    day, month = (second, first) if is_day_first is False else (first, second)
    return date(int(year) if len(year) > len("26") else _CENTURY + int(year), month, day)


def _without_time(text: str) -> str:
    plain = text.strip()
    found = _WITH_TIME.fullmatch(plain) if len(plain) <= _LONGEST else None
    return found.group(1) if found else plain
