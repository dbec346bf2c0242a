"""Which lines a rule's conditions mean, and what of a text stays the same from time to time."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import AccountId, TransactionId
from kontali_desktop.domain.rules import Conditions, Direction, TextTest
from kontali_desktop.domain.text_words import signature, telling_words
from tests.support import account_number, payment


def line(amount: int = -500_00, text: str = "HUSLEIE mars 2026", counterparty: str = "Gårdeier AS") -> BankTransaction:
    return BankTransaction(TransactionId(1), AccountId(3), 1, payment(amount, text, counterparty))


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        (Conditions(text="leie"), True),
        (Conditions(text="leie", text_test=TextTest.WORDS), False),
        (Conditions(text="2026 husleie", text_test=TextTest.WORDS), True),
        (Conditions(text="strøm"), False),
        (Conditions(counterparty="gårdeier"), True),
        (Conditions(counterparty="naboen"), False),
        (Conditions(amount_from=500_00, amount_to=500_00), True),
        (Conditions(amount_from=500_01), False),
        (Conditions(amount_to=499_99), False),
        (Conditions(direction=Direction.OUT), True),
        (Conditions(direction=Direction.IN), False),
        (Conditions(account_id=AccountId(3)), True),
        (Conditions(account_id=AccountId(4)), False),
        (Conditions(counterparty_account=account_number(1)), False),
        (Conditions(text="husleie", direction=Direction.IN), False),  # all must hold
    ],
)
def test_conditions(conditions: Conditions, holds: bool) -> None:  # noqa: FBT001 - a table's column
    assert conditions.hold(line()) is holds


def test_only_what_asks_nothing_is_empty() -> None:
    assert Conditions(text_test=TextTest.WORDS).is_empty
    assert not Conditions(amount_from=0).is_empty


def test_numbers_months_filler_and_what_is_short_are_not_telling() -> None:
    assert telling_words("Faktura 10234 Husleie MARS 2026 kid 12") == ("husleie",)
    assert signature(payment(1, "Faktura 1", "Gårdeier AS")) == "gårdeier"
    assert signature(payment(1, "1234")) == ""
