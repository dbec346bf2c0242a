"""Dates as people write them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.ui.widgets.date_field import DateField, DateNotUnderstood, parse_day

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    "text", ["31.12.2025", " 31.12.25 ", "311225", "31122025", "2025-12-31", "31/12-2025", "31 12 2025"]
)
def test_the_same_day_in_many_ways(text: str) -> None:
    assert parse_day(text) == date(2025, 12, 31)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_shown_is_read_again(day: date) -> None:
    assert parse_day(f"{day:%d.%m.%Y}") == parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["31.13.2025", "32.12.2025", "29.02.2025", "i fjor", "12.2025", "1.1.1", "31.12.20255"]
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(DateNotUnderstood):
        parse_day(text)


def test_nothing_is_an_answer() -> None:
    assert parse_day("  ") is None


def test_a_day_to_come_is_wrong_where_a_reason_is_given(qtbot: QtBot) -> None:
    strict, free = DateField("Dag", "", "ikke en dato", "ikke kommet ennå"), DateField("Dag", "", "ikke en dato")
    for field in (strict, free):
        qtbot.addWidget(field)
        field.setText("31.12.2999")
    assert (strict.problem, free.problem) == ("ikke kommet ennå", "")
    assert strict.accessibleDescription() == "ikke kommet ennå"
