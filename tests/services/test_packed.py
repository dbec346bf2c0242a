"""Packed lines and sums are what was put in, some days at a time, and small."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.identity import likeness
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services import packed
from kontali_desktop.services.packed import BatchPacker, LinePacker, PackedLines, joined_lines
from kontali_desktop.services.store_listing import store_listing
from tests.services.conftest import Office
from tests.support import payment

FIRST = date(2026, 1, 1)
TEXTS = st.text(max_size=20)
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))
LINES = st.builds(
    ReportedTransaction,
    status=st.sampled_from(BookingStatus),
    booking_date=st.none() | DAYS,
    value_date=st.none() | DAYS,
    amount=st.integers(-(10**18), 10**18),
    currency=st.sampled_from(["NOK", "EUR"]),
    counterparty=TEXTS,
    counterparty_account=TEXTS,
    kid=TEXTS,
    text=TEXTS,
    entry_reference=TEXTS,
    bank_transaction_id=TEXTS,
    end_to_end_id=TEXTS,
    bank_transaction_code=TEXTS,
    balance_after=st.none() | st.integers(),
    raw=TEXTS,
)
PARTS = st.builds(
    PaymentPart, st.integers(-(10**18), 10**18), st.sampled_from(PartKind), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS
)
BATCHES = st.builds(
    PaymentBatch,
    st.integers(),
    st.lists(PARTS, max_size=4).map(tuple),
    TEXTS,
    TEXTS,
    st.none() | DAYS,
    TEXTS,
    TEXTS,
)


def packed_lines(lines: list[ReportedTransaction]) -> PackedLines:
    packer = LinePacker()
    for line in lines:
        packer.add(line)
    return packer.packed()


def a_year(count: int) -> list[ReportedTransaction]:
    return [
        replace(payment(100 + place % 7, f"Faktura {place}"), booking_date=FIRST + timedelta(days=place * 365 // count))
        for place in range(count)
    ]


@given(st.lists(LINES, max_size=30))
def test_lines_come_by_days_and_otherwise_as_they_were(lines: list[ReportedTransaction]) -> None:
    listing = packed_lines(lines)
    assert list(listing) == sorted(lines, key=lambda line: line.booking_date or date.min)
    assert len(listing) == len(lines)
    assert listing == packed_lines(lines)
    assert [listing[place] for place in range(len(lines))] == list(listing[:])


@given(st.lists(LINES, max_size=12), st.lists(LINES, max_size=12))
def test_two_listings_of_an_account_are_one(
    first: list[ReportedTransaction], second: list[ReportedTransaction]
) -> None:
    together = joined_lines((packed_lines(first), packed_lines(second)))
    assert list(together) == list(packed_lines(first + second))
    assert joined_lines((tuple(first), packed_lines(second))) == (*first, *packed_lines(second))


@given(st.lists(BATCHES, max_size=12))
def test_sums_with_their_parts_come_as_they_were(batches: list[PaymentBatch]) -> None:
    packer = BatchPacker()
    for batch in batches:
        packer.add(batch)
    assert list(packer.packed()) == batches
    assert len(packer.packed()) == len(batches)


def test_there_is_no_line_beyond_the_last() -> None:
    listing = packed_lines(a_year(3))
    assert listing[-1] == listing[2]
    for place in (3, -4):
        with pytest.raises(IndexError):
            listing[place]


@pytest.mark.parametrize("most_waiting", [1, 100, 10_000])
def test_no_day_is_ever_parted_unless_it_is_huge(monkeypatch: pytest.MonkeyPatch, most_waiting: int) -> None:
    monkeypatch.setattr(packed, "_MOST_WAITING", most_waiting)
    monkeypatch.setattr(packed, "_ENOUGH", 50)
    lines = a_year(1000)
    shares = list(packed_lines(lines[::2] + lines[1::2]).by_days())
    assert Counter(line for share in shares for line in share) == Counter(lines)
    days = [{line.booking_date for line in share} for share in shares]
    assert len(shares) > 10
    assert sum(map(len, days)) == len(set().union(*days))


def test_a_huge_day_is_parted_but_never_between_lines_that_may_be_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_MOST_AT_ONCE", 100)
    monkeypatch.setattr(packed, "_ENOUGH", 200)
    lines = [replace(line, booking_date=FIRST) for line in a_year(1000)]
    shares = list(packed_lines(lines).by_days())
    assert Counter(line for share in shares for line in share) == Counter(lines)
    alike = [{likeness(line) for line in share} for share in shares]
    assert len(alike) > 3
    assert sum(map(len, alike)) == len(set().union(*alike))


def test_a_packed_listing_is_stored_as_a_plain_one_is(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_ENOUGH", 20)
    account = office.account(office.client())
    lines = a_year(200)
    twins = lines + lines[:5]
    office.receive(account, *twins, source="camt.053")
    with office.storage.writing() as work:
        again = joined_lines((packed_lines(twins[100:]), packed_lines(twins[:100])))
        stored = store_listing(work, account.id, again, "camt.053", office.clock.now())
        work.commit()
    assert (stored.fetched, stored.added, stored.unchanged) == (205, 0, 205)
    assert len(office.everything()) == 205
