"""The data: alike for a seed, adding up, complete in its ways of paying, and append-only."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.demo_bank.control.truth import truth_of
from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.books import Books, World
from kontali_desktop.demo_bank.world.documents import Kind, Side
from kontali_desktop.demo_bank.world.numbers import account_number, kid, national_id, organisation_number
from kontali_desktop.demo_bank.world.ways.table import WAYS
from kontali_desktop.domain import check_digits

TODAY = date(2026, 11, 25)
SEEDS = st.integers(0, 10_000)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))


@pytest.fixture(scope="module")
def books() -> Books:
    return World(34, TODAY).books(TODAY)


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_numbers_have_valid_check_digits(seed: int) -> None:
    world = World(seed, TODAY)
    company, person = world.company, world.person
    assert check_digits.is_organisation_number(company.organisation_number)
    assert company.organisation_number[0] in "23"
    assert all(check_digits.is_account_number(own.number) for own in company.accounts)
    assert check_digits.is_national_id(person.national_id)
    assert 81 <= int(person.national_id[2:4]) <= 92
    assert (len(person.code), person.code.isdigit()) == (6, True)


@given(SEEDS, DAYS, st.integers(0, 70))
@settings(max_examples=15, deadline=None)
def test_later_day_only_adds(seed: int, founded: date, later: int) -> None:
    world = World(seed, founded)
    first, second = world.books(founded), world.books(founded + timedelta(days=later))
    assert World(seed, founded).books(founded) == first
    for account, rows in first.booked.items():
        assert second.booked[account][: len(rows)] == rows
    assert set(first.documents) <= set(second.documents)


@given(SEEDS, DAYS)
@settings(max_examples=15, deadline=None)
def test_sums_hold_for_every_seed_and_day(seed: int, today: date) -> None:
    books = World(seed, today).books(today)
    for own in books.company.accounts:
        balance = own.opening
        for row in books.booked[own.number]:
            balance += row.entry.amount
            assert row.balance == balance
            assert dates.is_bank_day(row.entry.booking_date)
        assert books.balance_on(own.number, today) == balance
        assert min(row.balance for row in books.booked[own.number]) > 0
    numbers = [(d.side, d.party.name if d.side is Side.SUPPLIER else "", d.number) for d in books.documents]
    assert len(numbers) == len(set(numbers))
    rows = [row.entry for own in books.booked.values() for row in own]
    assert len({entry.reference() for entry in rows}) == len(rows)
    recent = [e for e in rows if e.booking_date > today - timedelta(days=90)]
    assert 330 <= len(recent) <= 470


def test_other_seed_is_another_company() -> None:
    assert len({World(seed, TODAY).company.organisation_number for seed in range(20)}) == 20


def test_every_way_of_paying_is_there(books: Books) -> None:
    found = {row.entry.scenario for rows in books.booked.values() for row in rows}
    assert {way.name for way in WAYS} - {"unpaid", "supplier_unpaid"} <= found
    assert {"card", "parking", "wages", "withheld_tax", "vat", "rent", "loan", "bank_fee", "transfer"} <= found


def test_most_payments_of_documents_name_what_they_pay(books: Books) -> None:
    paying = [r.entry for rows in books.booked.values() for r in rows if r.entry.settles]
    numbers = {d.kid or d.number for d in books.documents} | {d.number for d in books.documents}
    named = [e for e in paying if e.kid in numbers or any(s.number in e.text for s in e.settles)]
    assert 0.6 <= len(named) / len(paying) <= 0.85


def test_settlements_explain_the_amount(books: Books) -> None:
    """Only entries with a reason differ from what they settle."""
    for entry in truth_of(books).values():
        if entry["kind"] == "documents" and not entry["why"]:
            assert entry["residual"] == 0, entry
    reasons = Counter(e["why"] for e in truth_of(books).values() if e.get("residual"))
    assert {"fee", "reminder", "interest", "rounding"} <= set(reasons)


def test_no_document_is_settled_beyond_its_amount(books: Books) -> None:
    put: Counter[tuple[Side, str, str]] = Counter()
    for rows in books.booked.values():
        for row in rows:
            for s in row.entry.settles:
                put[s.side, s.counterparty, s.number] += abs(s.amount)
    for document in books.documents:
        assert put[document.side, document.party.name, document.number] <= document.amount


def test_parking_twins_are_alike_in_all_but_their_reference(books: Books) -> None:
    parked = [r.entry for rows in books.booked.values() for r in rows if r.entry.scenario == "parking"]
    twins = [
        (a, b) for a, b in itertools.combinations(parked, 2) if (a.booking_date, a.text) == (b.booking_date, b.text)
    ]
    assert len(twins) >= 3
    for a, b in twins:
        assert (a.amount, a.information, a.value_date) == (b.amount, b.information, b.value_date)
        assert a.reference() != b.reference()


def test_transfers_stand_on_both_accounts(books: Books) -> None:
    truth = truth_of(books)
    transfers = {ref: e for ref, e in truth.items() if e["kind"] == "transfer"}
    assert len(transfers) >= 12
    for ref, entry in transfers.items():
        other = transfers[str(entry["pair"])]
        assert other["pair"] == ref
        assert (other["amount"], other["booked"]) == (-int(str(entry["amount"])), entry["booked"])
        assert other["account_own"] != entry["account_own"]


def test_something_is_reserved_on_most_days() -> None:
    world = World(34, TODAY)
    counts = [sum(map(len, world.books(TODAY + timedelta(days=d)).pending.values())) for d in range(14)]
    assert sum(count > 0 for count in counts) >= 12


def test_documents_of_all_kinds_and_currencies(books: Books) -> None:
    kinds = Counter((d.side, d.kind) for d in books.documents)
    assert all(kinds[side, kind] >= 3 for side in Side for kind in Kind)
    assert {"NOK", "EUR"} <= {d.currency for d in books.documents}
    assert all(d.credited_number for d in books.documents if d.kind is Kind.CREDIT_NOTE)
    assert all(d.amount > 0 and d.net * d.vat_percent % 100 == 0 for d in books.documents)


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    easter = dates.easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "easter"), [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5))]
)
def test_easter_of_known_years(year: int, easter: date) -> None:
    assert dates.easter_sunday(year) == easter


def test_kid_has_the_check_digit_of_its_modulus() -> None:
    assert (kid("12345678", 10), kid("12345678", 11)) == ("123456782", "123456785")


def test_drawn_numbers_are_the_same_for_a_seed() -> None:
    def draw() -> list[str]:
        rng = Random(7)
        return [account_number(rng, "1503"), organisation_number(rng), national_id(rng)]

    assert draw() == draw()
