"""Identity of transactions: the same line is never stored twice, and two true twins are both kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.identity import is_changed, leads, likeness, merge, pair_listing
from kontali_desktop.domain.ids import AccountId, TransactionId

DAY = date(2026, 2, 12)


def line(amount: int = -4900, day: date = DAY, text: str = "", reference: str = "") -> ReportedTransaction:
    return ReportedTransaction(BookingStatus.BOOKED, day, day, amount, text=text, entry_reference=reference)


def stored(*lines: ReportedTransaction) -> list[BankTransaction]:
    ordinals: Counter[object] = Counter()
    out = []
    for number, reported in enumerate(lines, 1):
        ordinals[likeness(reported)] += 1
        out.append(BankTransaction(TransactionId(number), AccountId(1), ordinals[likeness(reported)], reported))
    return out


lines = st.builds(
    line,
    amount=st.sampled_from([-4900, -4900, 100, 250]),
    day=st.sampled_from([DAY, DAY + timedelta(days=1)]),
    text=st.sampled_from(["EASYPARK", "EASYPARK AS", "Faktura 1", ""]),
    reference=st.sampled_from(["", "a", "b", "c"]),
)
listings = st.lists(lines, max_size=12)


@given(listings)
def test_the_same_listing_again_adds_nothing_and_changes_nothing(listing: list[ReportedTransaction]) -> None:
    pairing = pair_listing(stored(*listing), listing)
    assert pairing.new == ()
    assert len(pairing.known) == len(listing)
    assert sorted(map(repr, (o.reported for o, _ in pairing.known))) == sorted(map(repr, (n for _, n in pairing.known)))


@given(listings, st.randoms())
def test_the_order_of_a_listing_changes_nothing(listing: list[ReportedTransaction], random: Random) -> None:
    shuffled = listing[:]
    random.shuffle(shuffled)
    pairing = pair_listing(stored(*listing), shuffled)
    assert pairing.new == ()
    assert all(old.reported == new for old, new in pairing.known)


@given(listings, listings)
def test_of_alike_lines_as_many_are_kept_as_the_fuller_listing_has(
    first: list[ReportedTransaction], second: list[ReportedTransaction]
) -> None:
    pairing = pair_listing(stored(*first), second)
    have, want = Counter(map(likeness, first)), Counter(map(likeness, second))
    added = Counter(likeness(new) for new, _ in pairing.new)
    assert added == want - have
    assert len({old.id for old, _ in pairing.known}) == len(pairing.known)


@given(listings, listings)
def test_ordinals_run_on_without_holes(first: list[ReportedTransaction], second: list[ReportedTransaction]) -> None:
    before = stored(*first)
    ordinals: dict[object, list[int]] = {}
    for transaction in before:
        ordinals.setdefault(likeness(transaction.reported), []).append(transaction.ordinal)
    for new, ordinal in pair_listing(before, second).new:
        ordinals.setdefault(likeness(new), []).append(ordinal)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in ordinals.values())


def test_two_true_twins_are_both_kept() -> None:
    twins = [line(text="EASYPARK"), line(text="EASYPARK")]
    assert [ordinal for _, ordinal in pair_listing([], twins).new] == [1, 2]


def test_changed_ids_and_appended_text_make_no_new_line() -> None:
    old = stored(line(text="EASYPARK AS", reference="a"))
    again = line(text="EASYPARK AS Ark.Ref 6500", reference="z")
    pairing = pair_listing(old, [again])
    assert pairing.new == ()
    merged = merge(old[0].reported, again, is_leading=True)
    assert (merged.text, merged.entry_reference) == (again.text, "z")
    assert is_changed(old[0].reported, merged)


def test_new_ids_alone_are_no_change_that_a_person_sees() -> None:
    old, again = line(text="X", reference="a"), line(text="X", reference="b")
    assert not is_changed(old, merge(old, again, is_leading=True))


def test_ids_say_which_of_twins_is_which() -> None:
    old = stored(line(text="A", reference="1"), line(text="B", reference="2"))
    pairing = pair_listing(old, [line(text="C", reference="2"), line(text="D", reference="1")])
    assert {(o.reported.entry_reference, n.entry_reference) for o, n in pairing.known} == {("1", "1"), ("2", "2")}


def test_another_source_only_fills_what_is_empty() -> None:
    feed = line(text="Faktura 10", reference="x")
    file = replace(line(text="FAKTURA", reference="y"), kid="0812")
    merged = merge(feed, file, is_leading=False)
    assert (merged.text, merged.entry_reference, merged.kid) == ("Faktura 10", "x", "0812")
    assert merge(merged, file, is_leading=False) is merged


def test_thousands_of_equal_payments_a_day_are_paired_in_bounded_time() -> None:
    many = [line(text="SAME") for _ in range(3000)]
    pairing = pair_listing(stored(*many), many)
    assert len(pairing.known) == 3000
    assert pairing.new == ()


def test_the_more_trusted_source_leads_and_so_does_the_same_again() -> None:
    order = ("feed", "camt.053", "mt940", "bank-xlsx", "bank-csv", "other")
    led = {(source, over) for source in order for over in order if leads(source, over)}
    assert led == {(source, over) for place, source in enumerate(order) for over in order[place:]}


def test_a_leading_source_stands_where_it_says_something() -> None:
    old, new = line(text="CSV", reference="1"), line(text="Faktura 10")
    merged = merge(replace(old, kid="0812"), new, is_leading=True)
    assert (merged.text, merged.kid, merged.entry_reference) == ("Faktura 10", "0812", "1")


def test_the_balance_after_tells_twins_apart() -> None:
    twins = [replace(line(text="X"), balance_after=balance) for balance in (10, 20)]
    pairing = pair_listing(stored(*twins), twins[::-1])
    assert all(old.reported == new for old, new in pairing.known)


def test_the_same_balance_again_changes_nothing() -> None:
    old = replace(line(text="X"), balance_after=100)
    assert merge(old, old, is_leading=True) is old
