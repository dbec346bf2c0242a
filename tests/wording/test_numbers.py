"""Amounts and numbers as people write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.wording.numbers import STYLES, format_amount, parse_amount
from kontali_desktop.wording.wording import Wording

CURRENCIES = ["NOK", "EUR", "USD", "SEK", "JPY", "ISK", "KWD", "TND"]  # two, none and three decimals


@given(
    minor=st.integers(-(10**14), 10**14),
    currency=st.sampled_from(CURRENCIES),
    language=st.sampled_from(sorted(STYLES)),
)
def test_what_is_written_is_read_again(minor: int, currency: str, language: str) -> None:
    style = STYLES[language]
    assert parse_amount(format_amount(minor, currency, style), currency, style) == minor


def test_amounts_in_norwegian(nb: Wording) -> None:
    assert nb.amount(1_250_000) == "12\u00a0500,00"
    assert nb.amount(-6_125) == "\u221261,25"
    assert nb.amount(0) == "0,00"
    assert nb.amount(-5) == "\u22120,05"
    assert nb.amount(6_249, "EUR") == "EUR\u00a062,49"
    assert nb.amount(-1_500, "JPY") == "JPY\u00a0\u22121\u00a0500"
    assert nb.amount(1_234_567, "KWD") == "KWD\u00a01\u00a0234,567"


def test_amounts_in_english(en: Wording) -> None:
    assert en.amount(123_456_789) == "1,234,567.89"
    assert en.amount(-6_249, "EUR") == "EUR\u00a0\u221262.49"


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12 500,00", 1_250_000),
        ("12\u00a0500,00", 1_250_000),
        ("12\u202f500,00", 1_250_000),
        ("12500", 1_250_000),
        ("12500,5", 1_250_050),
        ("12500.50", 1_250_050),
        ("12.500,50", 1_250_050),
        ("12.500", 1_250_000),
        ("1.250.000", 125_000_000),
        ("-61,25", -6_125),
        ("\u221261,25", -6_125),
        ("– 61,25", -6_125),
        ("+61,25", 6_125),
        ("NOK 61,25", 6_125),
        ("61,2500", 6_125),
    ],
)
def test_every_way_of_writing_an_amount(nb: Wording, text: str, minor: int) -> None:
    assert nb.parse_amount(text) == minor


def test_a_mark_before_three_digits_is_read_by_the_language(nb: Wording, en: Wording) -> None:
    assert en.parse_amount("1,234") == 123_400
    assert en.parse_amount("1,234.50") == 123_450
    assert en.parse_amount("1234,50") == 123_450
    assert nb.parse_amount("1,234", "KWD") == 1_234
    with pytest.raises(AmountNotUnderstood):
        nb.parse_amount("1,234")  # three decimals of kroner, or twelve hundred? Never guessed


@pytest.mark.parametrize("text", ["", "-", "kr", "1,2,3", "12,50,00", "1.23.456", "1 234,505", "1e5", "--1", "٣", "1-"])
def test_what_is_no_amount_is_refused(wording: Wording, text: str) -> None:
    with pytest.raises(AmountNotUnderstood):
        wording.parse_amount(text)


def test_shares_are_never_rounded_up(nb: Wording, en: Wording) -> None:
    assert nb.confidence(0.99996) == "99\u00a0%"
    assert nb.confidence(1.0) == "100\u00a0%"
    assert nb.confidence(0.97) == "97\u00a0%"  # 0.97 * 100 is 97.00000000000001 or 96.9…: neither may show
    assert en.confidence(0.29) == "29%"
    assert nb.percent(885, 902, 1) == "98,1\u00a0%"
    assert nb.percent(0, 0) == "0\u00a0%"
    assert nb.seconds(3.84) == "3,8\u00a0s"
    assert nb.integer(8_480) == "8\u00a0480"
