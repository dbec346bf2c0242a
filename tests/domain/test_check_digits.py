from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.no import kontonr, orgnr

from kontali_desktop.domain.check_digits import (
    account_check_digit,
    account_number_of,
    iban_of,
    is_account_number,
    is_kid_wrong,
    is_national_id,
    is_organisation_number,
    kid_checks,
    mod10,
    mod11,
    national_id_check_digits,
    organisation_check_digit,
)

digits = st.text("0123456789", min_size=2, max_size=24)


def test_the_published_examples_of_kid() -> None:
    assert (mod10("12345678"), mod11("12345678")) == ("2", "5")


def test_a_rest_of_one_gives_a_hyphen() -> None:
    assert any(mod11(str(number)) == "-" for number in range(100, 200))


@given(digits)
def test_a_kid_with_either_check_digit_checks(body: str) -> None:
    assert kid_checks(body + mod10(body))
    assert kid_checks(body + mod11(body))


@given(digits, st.integers(0, 23), st.integers(1, 9))
def test_mod10_sees_every_single_wrong_digit(body: str, place: int, change: int) -> None:
    place %= len(body)
    wrong = body[:place] + str((int(body[place]) + change) % 10) + body[place + 1 :]
    assert mod10(wrong) != mod10(body)


@given(st.text("0123456789", min_size=10, max_size=10))
def test_account_numbers_agree_with_an_independent_library(first: str) -> None:
    check = account_check_digit(first)
    if check is None:
        assert not any(is_account_number(f"{first}{d}") for d in range(10))
    elif first[4:6] != "00":  # that library has a second rule for old internal numbers
        assert kontonr.is_valid(first + check)
        assert is_account_number(first + check)
        assert iban.is_valid(iban_of(first + check))
        assert account_number_of(iban_of(first + check)) == first + check


@given(st.text("0123456789", min_size=8, max_size=8))
def test_organisation_numbers_agree_with_an_independent_library(first: str) -> None:
    check = organisation_check_digit(first)
    if check is not None:
        assert orgnr.is_valid(first + check)
        assert is_organisation_number(first + check)
        wrong = str((int(check) + 1) % 10)
        assert not is_organisation_number(first + wrong)


def test_a_synthetic_national_id_is_accepted() -> None:
    first = next(
        f"0181{y:02d}{n:03d}"
        for y in range(50, 99)
        for n in range(900, 999)
        if national_id_check_digits(f"0181{y:02d}{n:03d}")
    )
    checks = national_id_check_digits(first)
    assert checks is not None
    assert is_national_id(first + checks)
    assert not is_national_id(first + f"{(int(checks) + 1) % 100:02d}")


@pytest.mark.parametrize("text", ["", "1", "abc", "1503.46.3800", "１５０３４６３８００１"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not is_account_number(text)
    assert not is_organisation_number(text)
    assert not is_national_id(text)
    assert not kid_checks(text) or text.isdigit()


def test_an_account_number_as_people_write_it() -> None:
    assert account_number_of(" 1503.46.38001 ") == "15034638001"
    assert account_number_of("GB33BUKB20201555555555") == "GB33BUKB20201555555555"


@pytest.mark.parametrize("kid", ["", "7", "RF18539007547034", "FAKTURA 12", "12a4", "1000900104505"])
def test_what_is_no_kid_or_checks_is_not_wrong(kid: str) -> None:
    assert not is_kid_wrong(kid)


def test_a_kid_is_wrong_where_neither_modulus_agrees() -> None:
    lasts = {last for last in "0123456789-" if not is_kid_wrong(f"100090010450{last}")}
    assert lasts == {mod10("100090010450"), mod11("100090010450")}
