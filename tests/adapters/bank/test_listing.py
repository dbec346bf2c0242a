"""A listing cut into its rows: each as it was sent, and a name for the place where one is no listing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.bank.berlin_group.listing import Listing
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.services.errors import AnswerNotUnderstood

TEXTS = st.text() | st.sampled_from(['},{"id":', '"}],"booked":[{"id":"', "\\", "\\\\ud800", '{"id":1}'])
ROWS = st.lists(
    st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS) | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
)


def split(body: bytes | str) -> Listing:
    return Listing.split("The bank", "answer", body if isinstance(body, bytes) else body.encode())


def texts(listing: Listing) -> dict[str, list[str]]:
    return {status.value: [str(raw, "utf-8") for raw in rows] for status, rows in listing.rows}


@given(booked=ROWS, pending=ROWS, indent=st.sampled_from([None, 2]), is_ascii=st.booleans())
def test_each_row_is_kept_as_it_was_written(
    booked: list[Any], pending: list[Any], indent: int | None, *, is_ascii: bool
) -> None:
    """Spaces, the order of the fields, and how a number was written."""
    written = {
        name: [json.dumps(row, indent=indent, ensure_ascii=is_ascii) for row in rows]
        for name, rows in (("booked", booked), ("pending", pending))
    }
    lists = {name: " ,\n".join(rows) for name, rows in written.items()}
    report = ", ".join(f'"{name}" : [ {rows} ]' for name, rows in lists.items())
    listing = split(f'{{"account": {{"booked": []}}, "transactions": {{{report}, "_links": {{}}}}}}')
    assert texts(listing) == written


def test_what_is_read_besides_the_rows() -> None:
    listing = split(
        '\ufeff{"balances": [{"balanceType": "x"}], "links": {"next": "2"}, "new": 1e400, "transactions":'
        ' {"booked": null, "_links": {"next": {"href": "1"}}, "new": {}}}'
    )
    assert listing.answer.fields == {"balances": [{"balanceType": "x"}], "links": {"next": "2"}}
    assert listing.report.fields == {"_links": {"next": {"href": "1"}}}
    assert texts(listing) == {"booked": [], "pending": []}


def test_half_a_character_is_made_unknown_and_nothing_else_is() -> None:
    """A text cut in the middle of an emoji; what only looks like one stays."""
    row = r'{"a":"cut \ud83d","b":"\ude00 cut","c":"\ud83d\ude00","d":"\\ud83d","e":"\u00e5","f":"\\\ud83d"}'
    listing = split(f'{{"transactions": {{"booked": [{row}]}}}}')
    (text,) = texts(listing)["booked"]
    assert text == r'{"a":"cut \ufffd","b":"\ufffd cut","c":"\ud83d\ude00","d":"\\ud83d","e":"\u00e5","f":"\\\ufffd"}'
    assert listing.row(BookingStatus.BOOKED, 0, text).text("c") == "😀"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("", "answer"),
        ("<html>", "answer"),
        ("[]", "answer"),
        ('{"transactions": {"booked": []}} x', "answer"),
        ('{"transactions": {"booked": [NaN]}}', "answer"),
        ('{"transactions": {"booked": [' + "[" * 100_000, "answer"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + ', "transactions": {"booked": []}}', "answer"),
        ("{}", "answer.transactions"),
        ('{"transactions": []}', "answer.transactions"),
        ('{"transactions": {}}', "answer.transactions.booked"),
        ('{"transactions": {"booked": {}}}', "answer.transactions.booked"),
        ('{"transactions": {"booked": [], "pending": 1}}', "answer.transactions.pending"),
        (b'{"transactions": {"booked": [], "_links": "\xff"}}', "answer"),
    ],
)
def test_where_it_is_no_listing(body: bytes | str, where: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as refused:
        split(body)
    assert refused.value.parameters == {"service": "The bank", "where": where}


@pytest.mark.parametrize("text", ["3", "[]", "null", '{"a": "\\ud83d', "{"])
def test_a_row_that_is_none_is_named(text: str) -> None:
    listing = split('{"transactions": {"booked": []}}')
    with pytest.raises(AnswerNotUnderstood) as refused:
        listing.row(BookingStatus.PENDING, 7, text)
    assert refused.value.parameters["where"] == "answer.transactions.pending[7]"
