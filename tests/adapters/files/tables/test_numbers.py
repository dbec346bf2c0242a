"""Amounts in every style: read the same whatever the style, and refused where two readings are possible."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.adapters.files.tables.numbers import NumberStyle, is_amount, minor_of, style_of
from kontali_desktop.services.errors import FileNotUnderstood

NO_STYLE = NumberStyle()


@pytest.mark.parametrize(("text", "currency"), [("€12.50", "EUR"), ("12,50 €", "EUR"), ("USD 12.50", "USD")])
def test_the_sign_of_the_currency_itself(text: str, currency: str) -> None:
    assert minor_of(text, currency, NO_STYLE, "x") == 1250


def test_an_amount_that_says_it_is_in_another_currency() -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        minor_of("12,50 SEK", "NOK", NO_STYLE, "x")
    told = caught.value.parameters
    assert (told["why"], told["found"], told["expected"]) == (Reason.CURRENCY_DIFFERS, "SEK", "NOK")


GROUPS = {",": (".", " ", "\u00a0", "\u202f", "'", ""), ".": (",", " ", "\u00a0", "'", "")}


def written(minor: int, mark: str, group: str, sign: str) -> str:
    """Two decimals, in the style that is asked for."""
    whole = f"{abs(minor) // 100:,}".replace(",", group)
    body = f"{whole}{mark}{abs(minor) % 100:02d}"
    if minor >= 0:
        return body
    return {"(": f"({body})", "after": f"{body}-", "kr": f"-kr {body}"}.get(sign, f"{sign}{body}")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("35.8", 3580),
        ("249,00", 24_900),
        ("5000,00", 500_000),
        ("1.234,56-", -123_456),
        ("1 234,56", 123_456),
        ("1\u00a0234\u202f567,8", 123_456_780),
        ("\u22121'234.50", -123_450),
        ("(500,00)", -50_000),
        ("270 039,54 NOK", 27_003_954),
        ("kr 1 250,00", 125_000),
        ("-kr 500,00", -50_000),
        ("500,-", 50_000),
        ("-1.250,-", -125_000),
        ("+12", 1200),
        ("1,234,567", 123_456_700),
        ("0,125", None),
        (",50", 50),
        ("112.1000", 11_210),
        ("Kr 1\u2009234,50", 123_450),
        ("KR. 12", 1200),
        ("\u221212", -1200),
        ("(123.45)", -12_345),
        ("€ 12,50", None),
        ("12,50 SEK", None),
    ],
)
def test_one_amount_alone(text: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(FileNotUnderstood):
            minor_of(text, "NOK", NO_STYLE, "x")
    else:
        assert minor_of(text, "NOK", NO_STYLE, "x") == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1,2,3",
        "1.23.456",
        "12 34",
        "1 234.567,89",
        "--5",
        "-5-",
        "(-5)",
        "5,",
        "1.234.56",
        "½",
        "1٫5",
        "9" * 61,
        "12,345,67",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        minor_of(text, "NOK", NumberStyle(","), "x")
    assert caught.value.parameters["why"] == Reason.AMOUNT_NOT_UNDERSTOOD
    assert not is_amount(text)


@pytest.mark.parametrize(
    ("others", "text", "minor"),
    [
        (["249,00"], "1.250", 125_000),
        (["249,00"], "1,250", 125),
        (["-364.8", "-25131"], "-112.000", -11_200),
        (["1.234.567"], "1,250", 125),
        (["1,234.50"], "1,250", 125_000),
        (["249,00", "35.8"], "1.250", None),
        (["12", "1.300"], "1.250", None),
    ],
)
def test_the_whole_table_decides_what_one_amount_leaves_open(others: list[str], text: str, minor: int | None) -> None:
    style = style_of([*others, text, "no amount"])
    if minor is None:
        with pytest.raises(FileNotUnderstood) as caught:
            minor_of(text, "NOK", style, "x")
        assert caught.value.parameters["why"] == Reason.AMOUNT_AMBIGUOUS
    else:
        assert minor_of(text, "NOK", style, "x") == minor


def test_three_decimals_are_meant_where_the_currency_has_them() -> None:
    assert minor_of("1,250", "KWD", NO_STYLE, "x") == 1250


def test_a_number_that_a_spreadsheet_cut_short() -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        minor_of("1,23457E+14", "NOK", NO_STYLE, "x")
    assert caught.value.parameters["why"] == Reason.NUMBER_ROUNDED


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20),
    st.sampled_from([(mark, group) for mark, groups in GROUPS.items() for group in groups]),
    st.sampled_from(["-", "\u2212", "(", "after", "kr", "- "]),
)
def test_any_amounts_in_any_style(minors: list[int], marks: tuple[str, str], sign: str) -> None:
    texts = [written(minor, *marks, sign) for minor in minors]
    style = style_of(texts)
    assert [minor_of(text, "NOK", style, "x") for text in texts] == minors


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.sampled_from([".", ","]))
def test_whole_amounts_with_grouped_thousands_are_never_taken_for_decimals(wholes: list[int], group: str) -> None:
    texts = [f"{whole:,}".replace(",", group) for whole in wholes]
    assume(any(text.count(group) > 1 for text in texts))
    style = style_of(texts)
    assert [minor_of(text, "NOK", style, "x") for text in texts] == [whole * 100 for whole in wholes]
