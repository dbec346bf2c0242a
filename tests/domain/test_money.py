from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.domain.money import Money, decimals_of, minor_of_plain, plain_amount

currencies = st.sampled_from(["NOK", "EUR", "JPY", "KWD", "ISK"])
minors = st.integers(-(10**15), 10**15)


@given(minors, currencies)
def test_an_amount_written_for_machines_reads_back_the_same(minor: int, currency: str) -> None:
    assert minor_of_plain(plain_amount(minor, currency), currency) == minor


def test_decimals_follow_the_currency() -> None:
    assert [plain_amount(-6125, c) for c in ("NOK", "JPY", "KWD")] == ["-61.25", "-6125", "-6.125"]
    assert decimals_of("XXX") == 2


@given(minors)
def test_negation_is_its_own_inverse(minor: int) -> None:
    negated = -Money(minor)
    assert -negated == Money(minor)
    assert str(Money(minor)) == plain_amount(minor)


@pytest.mark.parametrize(
    ("text", "minor"), [("12.5", 1250), ("12", 1200), ("-378", -37800), ("+1.00", 100), ("1.2300", 123), ("0", 0)]
)
def test_what_machines_write(text: str, minor: int) -> None:
    assert minor_of_plain(text) == minor


@pytest.mark.parametrize("text", ["", "1,5", "1.234,5", "1e3", "--1", "1.005", "NaN", "１", "1 000", "9" * 17 + ".00"])
def test_what_is_no_amount_is_refused_and_never_rounded(text: str) -> None:
    with pytest.raises(AmountNotUnderstood):
        minor_of_plain(text)
