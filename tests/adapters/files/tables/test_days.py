"""Days in every style."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.adapters.files.tables.days import EXCEL_FIRST_DAY, DayStyle, day_of, day_style_of, is_day
from kontali_desktop.services.errors import FileNotUnderstood

NO_STYLE = DayStyle()
SURE = ("%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%y", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%Y.%m.%d")


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(SURE))
def test_any_day(day: date, pattern: str) -> None:
    assert day_of(day.strftime(pattern), NO_STYLE, "x") == day


@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_any_serial_number(day: date) -> None:
    assert day_of(str((day - EXCEL_FIRST_DAY).days), NO_STYLE, "x") == day
    assert day_of(f"{(day - EXCEL_FIRST_DAY).days}.5", NO_STYLE, "x") == day


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y"]),
)
def test_a_table_of_days_is_read_right_or_refused(days: list[date], pattern: str) -> None:
    texts = [day.strftime(pattern) for day in days]
    style = day_style_of(texts)
    for text, day in zip(texts, days, strict=True):
        if style.is_day_first is None and day.day != day.month:
            with pytest.raises(FileNotUnderstood) as caught:
                day_of(text, style, "x")
            assert caught.value.parameters["why"] == Reason.DATE_AMBIGUOUS
        else:
            assert day_of(text, style, "x") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31. jan. 2026", date(2026, 1, 31)),
        ("1 mai 26", date(2026, 5, 1)),
        ("17-Oct-2026", date(2026, 10, 17)),
        ("3.des.2026", date(2026, 12, 3)),
        ("Mar 5, 2026", date(2026, 3, 5)),
        ("5 juni 2026", date(2026, 6, 5)),
        ("5 JUL 2026", date(2026, 7, 5)),
    ],
)
def test_months_by_their_names(text: str, day: date) -> None:
    assert is_day(text)
    assert day_of(text, NO_STYLE, "x") == day


def test_the_whole_table_decides_which_number_is_the_month() -> None:
    assert day_of("03/04/2026", day_style_of(["31/12/2025", "03/04/2026"]), "x") == date(2026, 4, 3)
    assert day_of("03/04/2026", day_style_of(["12/31/2025", "03/04/2026"]), "x") == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "31. feb. 2026",
        "5. foo 2026",
        "mai 2026",
        "31.02.2026",
        "2026-13-01",
        "12.2026",
        "x",
        "",
        "1.1.1",
        "99999",
        "20261301",
        " " * 99 + "1",
    ],
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        day_of(text, NO_STYLE, "x")
    assert caught.value.parameters["why"] == Reason.DATE_NOT_UNDERSTOOD
