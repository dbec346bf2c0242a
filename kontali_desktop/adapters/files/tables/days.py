"""Days in any style: `31.12.2026`, `2026-12-31`, `31.12.26`, `20261231`, `31. des. 2026`, Excel's serial numbers."""

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
_NAMED = re.compile(r"(\d{1,2})[. -]*([a-zæøåä]{3,9})[. ,-]*(\d{4}|\d\d)", re.ASCII | re.IGNORECASE)
_NAME_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII | re.IGNORECASE)
# By the month's number, each in Norwegian, Danish, Swedish and English; their beginnings will do.
_MONTHS = (
    ("januar", "january", "januari"), ("februar", "february", "februari"), ("mars", "marts", "march"), ("april",),
    ("mai", "maj", "may"), ("juni", "june"), ("juli", "july"), ("august", "augusti"), ("september",),
    ("oktober", "october"), ("november",), ("desember", "december"),
)  # fmt: skip
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


def european(style: DayStyle) -> DayStyle:
    """The style of a table whose writer puts the day first, where its days do not speak against it."""
    return DayStyle(True) if style.is_day_first is None else style


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
        named = _with_month_by_name(plain)
        if named:
            return date(*named)
        if _SERIAL.fullmatch(plain):
            return EXCEL_FIRST_DAY + timedelta(days=int(plain.split(".")[0]))
    except ValueError:
        pass  # a month or day that the calendar does not have
    raise not_understood(where, Reason.DATE_NOT_UNDERSTOOD, value=text)


def is_day(text: str) -> bool:
    """Whether the text is written as a day, serial numbers left out, for they look like amounts."""
    plain = _without_time(text)
    is_in_numbers = _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain) or _COMPACT.fullmatch(plain)
    return bool(is_in_numbers) or _with_month_by_name(plain) is not None


def _with_month_by_name(plain: str) -> tuple[int, int, int] | None:
    """Year, month and day."""
    found = _NAMED.fullmatch(plain)
    day, name, year = found.groups() if found else ("", "", "")
    if found is None:
        found = _NAME_FIRST.fullmatch(plain)
        name, day, year = found.groups() if found else ("", "", "")
    lowered = name.casefold()
    months = (at for at, names in enumerate(_MONTHS, 1) if any(full.startswith(lowered) for full in names))
    month = next(months, 0) if lowered else 0
    return (_year(year), month, int(day)) if month else None


def _year(text: str) -> int:
    return int(text) if len(text) > len("26") else _CENTURY + int(text)


def _year_last(found: re.Match[str], style: DayStyle, where: str) -> date:
    first, mark, second, year = int(found.group(1)), found.group(2), int(found.group(3)), found.group(4)
    is_day_first = True if mark == "." else style.is_day_first
    if is_day_first is None and first != second:
        raise not_understood(where, Reason.DATE_AMBIGUOUS, value=found.group(0))
    day, month = (second, first) if is_day_first is False else (first, second)
    return date(_year(year), month, day)


def _without_time(text: str) -> str:
    plain = text.strip()
    found = _WITH_TIME.fullmatch(plain) if len(plain) <= _LONGEST else None
    return found.group(1) if found else plain
