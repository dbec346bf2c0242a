"""The engine's parts by themselves: names, KID in groups, sets that make a sum, differences."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.matches import DifferenceReason
from kontali_desktop.matching.differences import explain
from kontali_desktop.matching.kid import kids_in_text, one_digit_off
from kontali_desktop.matching.names import EXACT, NEAR, PART, TYPO, NameBook, likeness, parse_name
from kontali_desktop.matching.sets import find_sets
from kontali_desktop.matching.tokens import number_atoms, read_text


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ("Nordlys Bygg AS", "NORDLYS BYGG", EXACT),
        ("Blå Handel AS", "BLA HANDEL", EXACT),
        ("Østby Kari", "Kari Oestby", EXACT),
        ("Jan Hansen", "Hansen Jan E", EXACT),
        ("Hansen & Eriksen", "Hansen og Eriksen A/S", EXACT),
        ("Blå Handel AS", "BL? HANDEL", NEAR),
        ("Drammen Renhold og Vedlikehold ASA", "DRAMMEN RENHOLD OG VED", NEAR),
        ("Sindre Nilsen", "Sindre Nielsen", TYPO),
        ("Eriksen Maling Holding AS", "ERIKSEN MALING AS", PART),
        ("Eriksen Maling AS", "Eriksen Hage AS", 0.0),
        ("Kyst AS", "AS", 0.0),
    ],
)
def test_names_as_banks_write_them(ours: str, theirs: str, level: float) -> None:
    assert likeness(parse_name(ours), parse_name(theirs)) == level


def test_the_longest_name_in_a_text_is_meant() -> None:
    book = NameBook(["Stord Snekkeri AS", "Stord Snekkeri Drift AS"])
    assert set(book.find_in("VISA VARE *9411 10.06 NOK STORD SNEKKERI DRIFT KURS: 1.0000")) == {1}
    assert set(book.find_in("VISA VARE STORD SNEKKERI KURS")) == {0}


def test_a_name_that_fits_leaves_no_room_for_a_sister() -> None:
    book = NameBook(["Nordlys Bygg AS", "Nordlys Bygg Holding AS"])
    assert book.find("NORDLYS BYGG") == {0: EXACT}
    assert book.find("Nordlys Bygg Holding") == {1: EXACT}


@given(st.text("abæøåAB ?&.", max_size=30), st.text("abæøåAB ?&.", max_size=30))
def test_likeness_never_fails_and_knows_itself(one: str, other: str) -> None:
    assert 0 <= likeness(parse_name(one), parse_name(other)) <= EXACT
    if parse_name(one).words:
        assert likeness(parse_name(one), parse_name(one)) == EXACT


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(10**9, 10**13))
def test_a_kid_in_groups_is_found_and_inside_a_longer_number_it_is_not(cuts: list[int], number: int) -> None:
    kid, rest, groups = str(number), str(number), []
    for cut in cuts:
        groups.append(rest[:cut])
        rest = rest[cut:]
    text = " ".join(g for g in [*groups, rest] if g)
    assert kids_in_text(f"Betaling {text} takk", {kid}) == [kid]
    assert kids_in_text(f"Betaling 7{kid}7", {kid}) == []


@given(st.from_regex(r"[0-9]{4,12}", fullmatch=True))
def test_one_digit_off_keeps_the_length_and_never_gives_the_kid_itself(kid: str) -> None:
    near = list(one_digit_off(kid))
    assert kid not in near
    assert {len(n) for n in near} == {len(kid)}


@given(st.lists(st.integers(-50, 50).filter(bool), max_size=9), st.integers(-120, 120).filter(bool))
def test_every_set_that_makes_the_sum_is_counted_once_for_its_amounts(amounts: list[int], target: int) -> None:
    every = {
        tuple(sorted(amounts[n] for n in places))
        for size in range(2, len(amounts) + 1)
        for places in combinations(range(len(amounts)), size)
        if sum(amounts[n] for n in places) == target
    }
    found = find_sets(amounts, target)
    assert found.is_complete
    assert found.count == len(every)
    assert {tuple(sorted(amounts[n] for n in places)) for places in found.sets} <= every
    assert len(found.sets) == min(len(every), 10)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(10_000, 900_000), min_size=30, max_size=60),
    st.sets(st.integers(0, 29), min_size=2, max_size=6),
)
def test_a_small_set_is_found_among_sixty(amounts: list[int], places: set[int]) -> None:
    found = find_sets(amounts, sum(amounts[n] for n in places))
    wanted = sorted(amounts[n] for n in places)
    assert found.count > 10 or wanted in [sorted(amounts[n] for n in s) for s in found.sets]


@pytest.mark.parametrize(
    "amounts", [[49_900] * 60, [100 * n for n in range(1, 61)], [100, 200, 300, 400, 500, 600] * 10, [1] * 60]
)
def test_hostile_sets_are_bounded(amounts: list[int]) -> None:
    began = time.process_time()
    find_sets(amounts, sum(amounts[:7]))
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("paid", "owed", "reason"),
    [
        (10_000, 10_000, None),
        (9_950, 10_000, DifferenceReason.ROUNDING),
        (98_000, 100_000, DifferenceReason.FEE),
        (92_500, 100_000, DifferenceReason.FEE),
        (92_400, 100_000, None),
        (103_500, 100_000, DifferenceReason.REMINDER),
        (107_000, 100_000, DifferenceReason.REMINDER),
        (140_000, 100_000, None),
        (4_000, 8_000, None),
        (970_000, 1_000_000, DifferenceReason.DISCOUNT),
    ],
)
def test_differences_have_known_reasons(paid: int, owed: int, reason: DifferenceReason | None) -> None:
    found = explain(paid, owed, "NOK", None, None)
    assert (found.reason if found else None) == reason


def test_a_text_is_cut_into_whole_tokens() -> None:
    text = read_text("Faktura 10234 og 10235, ordre 777 den 12.03.2026 kl. 14.30, 1/3, kr 1 250,00 Ark.Ref 610967409")
    labelled = [a.text for a in text.atoms if a.is_labelled and a.is_digits]
    others = {a.text for a in text.atoms if a.is_other}
    assert labelled == ["10234", "10235"]
    assert {"777", "12", "14", "610967409"} <= others
    assert text.is_instalment


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    read_text(text)
    number_atoms(text)


def test_ranges_are_spelled_out_only_where_they_are_short() -> None:
    assert read_text("10234-10236").ranges == ("10234", "10235", "10236")
    assert read_text("2026-58540").ranges == ()
    assert read_text("10000-99999").ranges == ()
