"""How a rule stands, in words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ClientId, RuleId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.rules import Conditions, Effect, Rule
from kontali_desktop.services.learning_storage import StoredRule
from kontali_desktop.ui.rules.rows import rule_rows
from kontali_desktop.ui.rules.steps import Books
from tests.support import orgnr
from tests.ui.program import wording

RULE = Rule(Conditions(text="gebyr"), Effect.POST, Posting("7770"))
FJORD = Client(ClientId(1), "Fjord Elektro AS", orgnr(1))


@pytest.fixture
def in_oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Oslo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_oslo")
def test_the_day_of_the_test_is_the_person_s() -> None:
    tested = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight in Oslo
    (row,) = rule_rows([StoredRule(RuleId(1), RULE, 0, tested_at=tested)], Books((FJORD,), FJORD, ()), wording())
    assert row.state.endswith("02.07.2026")
