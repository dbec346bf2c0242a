"""Dates and times, local and near."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kontali_desktop.wording.wording import Wording

WINTER = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_days(nb: Wording, en: Wording) -> None:
    day = date(2026, 2, 12)
    assert (nb.day(day), nb.short_day(day)) == ("12.02.2026", "12.02")
    assert (en.day(day), en.short_day(day)) == ("12 Feb 2026", "12 Feb")
    assert nb.long_day(date(2026, 11, 24)) == "tirsdag 24. november 2026"
    assert en.long_day(date(2026, 11, 24)) == "Tuesday 24 November 2026"
    assert nb.weekday(date(2026, 11, 23)) == "mandag 23.11"


def test_times_are_local_in_winter_and_summer(nb: Wording) -> None:
    assert nb.time(WINTER) == "04:00"
    assert nb.time(SUMMER) == "05:00"
    assert nb.instant(WINTER) == "24.11.2026 04:00"
    assert nb.exact(SUMMER) == "01.07.2026 05:00:00 (UTC+02:00)"


def test_near_times_have_words(nb: Wording, en: Wording) -> None:
    def at(day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=UTC)

    assert nb.relative(WINTER, NINE) == "i natt 04:00"
    assert nb.relative(at(25, 3), NINE) == "i morgen 04:00"
    assert nb.relative(at(25, 3), at(24, 20)) == "i natt 04:00"
    assert nb.relative(at(24, 11, 31), NINE) == "i dag 12:31"
    assert nb.relative(at(23, 21), NINE) == "i går 22:00"
    assert nb.relative(at(23, 3), NINE) == "i går 04:00"
    assert nb.relative(at(17, 21), NINE) == "17.11 22:00"
    assert nb.relative(datetime(2025, 11, 17, 21, tzinfo=UTC), NINE) == "17.11.2025 22:00"
    assert en.relative(WINTER, NINE) == "last night 04:00"
    assert en.relative(at(25, 3), at(24, 20)) == "tonight 04:00"


def test_days_left(nb: Wording, en: Wording) -> None:
    today = date(2026, 11, 24)
    assert nb.days_left(date(2027, 4, 21), today) == "148 dager igjen"
    assert nb.days_left(date(2026, 11, 25), today) == "1 dag igjen"
    assert nb.days_left(today, today) == "siste dag i dag"
    assert nb.days_left(date(2026, 11, 17), today) == "utløpt for 7 dager siden"
    assert nb.days_left_short(date(2026, 12, 6), today) == "12 dager"
    assert nb.days_left_short(date(2026, 11, 17), today) == "utløpt 17.11"
    assert en.days_left(date(2026, 11, 17), today) == "expired 7 days ago"


def test_durations(nb: Wording) -> None:
    assert [nb.duration(s) for s in (1, 59, 300, 600, 7_200)] == [
        "1 sekund",
        "59 sekunder",
        "5 minutter",
        "10 minutter",
        "2 timer",
    ]
