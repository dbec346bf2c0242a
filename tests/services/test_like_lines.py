"""Past decisions found by what their lines say: none that a rule fits is missed, few others are looked at."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import AccountId, DecisionId, TransactionId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.rules import Conditions, Direction, TextTest
from kontali_desktop.matching.learnt import Example
from kontali_desktop.services.like_lines import LikeLines
from tests.support import payment

LINES = (
    ("Husleie kontor", "Utleiehuset AS"),
    ("HUSLEIE lager 4", "Utleiehuset AS"),
    ("Kontor rekvisita", "Staples AS"),
    ("", "Utleiehuset Eiendom AS"),
    ("gebyr", ""),
)
EXAMPLES = tuple(
    Example(
        DecisionId(n),
        BankTransaction(TransactionId(n), AccountId(1), 1, payment(-100_00 - n, text, counterparty)),
        posting=Posting("6300"),
    )
    for n, (text, counterparty) in enumerate(LINES)
)


@pytest.mark.parametrize(
    ("conditions", "looked_at"),
    [
        (Conditions(text="husleie", text_test=TextTest.WORDS), {0, 1}),
        (Conditions(text="kontor husleie", text_test=TextTest.WORDS), {0, 2}),
        (Conditions(text="strøm", text_test=TextTest.WORDS), set()),
        (Conditions(counterparty="utleiehuset"), {0, 1, 3}),
        (Conditions(text="leie"), {0, 1, 2, 3, 4}),
        (Conditions(direction=Direction.OUT), {0, 1, 2, 3, 4}),
    ],
)
def test_what_holds_is_among_the_few_that_are_looked_at(conditions: Conditions, looked_at: set[int]) -> None:
    near = {int(e.decision) for e in LikeLines(EXAMPLES).near(conditions)}
    assert near == looked_at
    assert {int(e.decision) for e in EXAMPLES if conditions.hold(e.transaction)} <= near
