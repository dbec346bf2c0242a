"""Rows cut out of the bank's own text: the very rows, or none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.bank.berlin_group.rows_as_sent import cut_rows

TEXTS = st.text() | st.sampled_from(['},{"id":', '"}],"booked":[{"id":"', "\\", '{"id":1}'])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": TEXTS}, optional={"text": TEXTS, "inner": st.lists(st.fixed_dictionaries({"id": TEXTS}))}
    ),
    max_size=6,
)


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(booked=ROWS, pending=ROWS)
def test_what_is_cut_is_each_row_as_it_was_written(
    booked: list[dict[str, object]], pending: list[dict[str, object]]
) -> None:
    text = compact({"account": {}, "transactions": {"booked": booked, "pending": pending, "_links": {}}})
    for name, rows in (("booked", booked), ("pending", pending)):
        cut = cut_rows(text, name, rows)
        assert cut is None or cut == [compact(row) for row in rows]
    begins_alike = all(next(iter(row)) == "id" for row in booked)
    if booked and begins_alike and not any("inner" in row for row in booked):
        assert cut_rows(text, "booked", booked) is not None


@pytest.mark.parametrize(
    "text",
    [
        '{"booked": [{"id": 1}, {"id": 2}]}',
        '{"booked":[{"id":1},{"no":2}]}',
        '{"booked":[{"id":1,"inner":[{"id":3},{"id":4}]},{"id":2}]}',
        '{"booked":[{"id":1,"inner":[{"id":3},{"id":2}]}]}',
        '{"booked":[{"id":1},{"id":2},{"id":3}]}',
        '{"booked":[{"id":1},\n{"id":2}]}',
        "",
    ],
)
def test_where_they_cannot_be_told_apart_there_is_none(text: str) -> None:
    assert cut_rows(text, "booked", [{"id": 1}, {"id": 2}]) is None
