"""The very characters that agree, on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.ui.review.agreement import agree, find_whole, marked
from kontali_desktop.ui.widgets.paint import Run, plain


def marks(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.marked]


@pytest.mark.parametrize(
    ("left", "right", "left_marks", "right_marks", "verdict"),
    [
        ("Vipps MobilePay AS", "oppgjørskilde Vipps MobilePay", ["Vipps MobilePay"], ["Vipps MobilePay"], "whole"),
        ("HANSEN KARI", "Kari Hansen", ["HANSEN KARI"], ["Kari Hansen"], "whole"),
        ("ADOBE SYSTEMS SOFTW", "Adobe Systems Software", ["ADOBE SYSTEMS SOFTW"], ["Adobe Systems Softw"], "part"),
        ("Nordlys Bygg AS", "Nordlys Maling AS", ["Nordlys", "AS"], ["Nordlys", "AS"], "part"),
        ("Nordlys Bygg AS", "Sletta Mekaniske AS", ["AS"], ["AS"], "none"),
        ("Rema 1000", "Kari Hansen", [], [], "none"),
        ("", "Kari Hansen", [], [], "none"),
    ],
)
def test_words_and_cut_words_agree(
    left: str, right: str, left_marks: list[str], right_marks: list[str], verdict: str
) -> None:
    found = agree(left, right)
    assert (marks(found.left), marks(found.right)) == (left_marks, right_marks)
    assert ("whole" if found.is_whole else "part" if found.is_part else "none") == verdict


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_of_either_text_is_lost_or_added(left: str, right: str) -> None:
    found = agree(left, right)
    assert (plain(found.left), plain(found.right)) == (left, right)


@given(st.text(alphabet="AB 12.,-", max_size=30), st.sets(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=4))
def test_marks_never_change_the_text(text: str, spans: set[tuple[int, int]]) -> None:
    inside = {(a, min(a + b, len(text))) for a, b in spans if a < len(text)}
    ordered = sorted(inside)
    apart = {s for n, s in enumerate(ordered) if n == 0 or s[0] >= ordered[n - 1][1]}
    assert plain(marked(text, apart)) == text


def test_a_number_counts_only_as_a_whole_token() -> None:
    assert find_whole("fakt 10240/10241", "10241") == ((11, 16),)
    assert find_whole("Utbetaling 102411", "10241") == ()
    assert find_whole("anything", "") == ()
