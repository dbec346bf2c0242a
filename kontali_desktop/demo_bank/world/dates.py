"""Norwegian bank days: what falls on a holiday or in a weekend is booked on the next one."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
_FRIDAY = 4
_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
_AFTER_EASTER = (-3, -2, 1, 39, 50)  # Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday


def easter_sunday(year: int) -> date:
    """The Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {easter_sunday(year) + timedelta(days=days) for days in _AFTER_EASTER})


def is_bank_day(day: date) -> bool:
    return day.weekday() <= _FRIDAY and day not in holidays(day.year)


def on_or_after(day: date) -> date:
    while not is_bank_day(day):
        day += ONE_DAY
    return day


def on_or_before(day: date) -> date:
    while not is_bank_day(day):
        day -= ONE_DAY
    return day


def bank_days_after(day: date, count: int) -> date:
    for _ in range(count):
        day = on_or_after(day + ONE_DAY)
    return day


def bank_days_before(day: date, count: int) -> date:
    for _ in range(count):
        day = on_or_before(day - ONE_DAY)
    return day


def last_of_month(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from the one of `first` to the one of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = last_of_month(month) + ONE_DAY
