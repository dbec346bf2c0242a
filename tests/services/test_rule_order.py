"""What a rule's test counts: what persons decided, in the order in which the rules are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.errors import (
    NotAnAccountNumber,
    NotAVatCode,
    RuleAmountsBackwards,
    RuleConflicts,
)
from kontali_desktop.domain.matches import Posting, QueueStatus
from kontali_desktop.domain.rules import Conditions, Effect, Rule
from kontali_desktop.services.rule_tests import Past, RuleTest, RuleVerdict
from tests.services.conftest import Office
from tests.services.test_rules import POST_RENT, RENT, Desk
from tests.support import account_number, payment

STORE = Posting("6340", "1")
POST_STORE = Rule(Conditions(text="husleie lager"), Effect.POST, STORE)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_what_cannot_be_meant_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleAmountsBackwards):
        desk.rules.test(desk.client.id, Rule(Conditions(amount_from=2, amount_to=1), Effect.POST, RENT))
    with pytest.raises(NotAVatCode):
        desk.rules.test(desk.client.id, Rule(Conditions(text="x"), Effect.POST, Posting("6300", "99")))
    right = account_number(5)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    with pytest.raises(NotAnAccountNumber):
        desk.rules.test(desk.client.id, Rule(Conditions(counterparty_account=wrong), Effect.POST, RENT))
    desk.rules.test(desk.client.id, Rule(Conditions(counterparty_account=right), Effect.POST, RENT))


def test_each_line_says_what_a_person_decided(desk: Desk) -> None:
    desk.receive("husleie a", "husleie b", "husleie c")
    desk.post("husleie a")
    desk.post("husleie b", STORE)
    tested = desk.rules.test(desk.client.id, POST_RENT)
    told = {x.transaction.reported.text: (x.verdict, x.chosen.posting if x.chosen else None) for x in tested.lines}
    assert told == {
        "husleie a": (RuleVerdict.AGREES, RENT),
        "husleie b": (RuleVerdict.CONFLICTS, STORE),
        "husleie c": (RuleVerdict.UNDECIDED, None),
    }


def test_a_posting_that_a_person_rejected_is_a_conflict(desk: Desk) -> None:
    rule = desk.rules.add(desk.client.id, POST_RENT)
    desk.rules.switch_on(desk.client.id, rule)
    desk.receive("husleie a")
    desk.office.review.reject(desk.office.item("husleie a").id)
    tested = desk.rules.test(desk.client.id, POST_RENT, rule)
    assert tested.conflicts == (desk.office.item("husleie a").id,)


def test_both_halves_of_a_transfer_are_a_person_s_decision(desk: Desk) -> None:
    savings = desk.office.account(desk.client, 2, "1930")
    desk.office.receive(desk.account, payment(-700_00, "overf ut"))
    desk.office.receive(savings, payment(700_00, "overf inn"))
    desk.office.propose.run()
    desk.office.review.accept(desk.office.item("overf ut").id)
    tested = desk.rules.test(desk.client.id, Rule(Conditions(text="overf"), Effect.POST, RENT))
    assert {x.verdict for x in tested.lines} == {RuleVerdict.CONFLICTS}
    assert tested.hits == 2


def test_what_an_earlier_rule_decides_is_not_this_one_s(desk: Desk) -> None:
    desk.receive("husleie kontor", "husleie lager")
    desk.post("husleie kontor")
    desk.post("husleie lager", STORE)
    narrow = desk.rules.add(desk.client.id, POST_STORE)
    assert len(desk.rules.test(desk.client.id, POST_RENT).conflicts) == 1  # one that does not act decides nothing
    desk.rules.switch_on(desk.client.id, narrow)
    tested = desk.rules.test(desk.client.id, POST_RENT)
    assert (tested.hits, tested.agreements, tested.conflicts) == (1, 1, ())
    assert tested.count(RuleVerdict.EARLIER) == 1


def test_another_order_is_tested_again_and_a_rule_in_conflict_no_longer_posts_by_itself(desk: Desk) -> None:
    desk.receive("husleie kontor", "husleie lager")
    desk.post("husleie kontor")
    desk.post("husleie lager", STORE)
    narrow = desk.rules.add(desk.client.id, POST_STORE)
    wide = desk.rules.add(desk.client.id, replace(POST_RENT, is_automatic=True))
    for rule in (narrow, wide):
        desk.rules.switch_on(desk.client.id, rule)
    assert [r.conflicts for r in desk.rules.load(desk.client.id)] == [0, 0]
    desk.rules.move(desk.client.id, wide, -3)
    first, second = desk.rules.load(desk.client.id)
    assert (first.id, first.place, first.conflicts, first.agreements) == (wide, 0, 1, 1)
    assert (second.conflicts, second.agreements) == (0, 0)  # the wide one decides before it
    desk.office.clients.save_settings(desk.client.id, ClientSettings(mode=Mode.BALANCED))
    desk.receive("husleie garasje", amount=-6_000_00)
    assert desk.office.item("husleie garasje").status is QueueStatus.PROPOSED
    desk.rules.move(desk.client.id, wide, 1)
    desk.office.propose.run()
    assert desk.office.item("husleie garasje").status is QueueStatus.DIRECTLY_POSTED


def test_one_switched_off_gives_its_lines_to_the_next(desk: Desk) -> None:
    desk.receive("husleie lager")
    desk.post("husleie lager", STORE)
    narrow, wide = (desk.rules.add(desk.client.id, rule) for rule in (POST_STORE, POST_RENT))
    desk.rules.switch_on(desk.client.id, narrow)
    desk.rules.switch_on(desk.client.id, wide)
    assert desk.rules.load(desk.client.id)[1].conflicts == 0
    desk.rules.switch_off(desk.client.id, narrow)
    assert desk.rules.load(desk.client.id)[1].conflicts == 1
    desk.rules.switch_on(desk.client.id, narrow)
    assert desk.rules.load(desk.client.id)[1].conflicts == 0
    desk.rules.remove(desk.client.id, narrow)
    assert desk.rules.load(desk.client.id)[0].conflicts == 1


def test_a_dismissed_suggestion_stays_away_and_another_account_is_another_suggestion(desk: Desk) -> None:
    desk.receive(*(f"Husleie kontor {n}" for n in range(3)))
    for n in range(3):
        desk.post(f"Husleie kontor {n}")
    (suggested,) = desk.rules.suggestions(desk.client.id)
    desk.rules.dismiss(desk.client.id, suggested)
    assert desk.rules.suggestions(desk.client.id) == ()
    desk.receive("Husleie kontor 9", amount=-900_00)
    desk.post("Husleie kontor 9")
    assert desk.rules.suggestions(desk.client.id) == ()
    desk.office.review.undo(4)
    for n in range(3):
        desk.post(f"Husleie kontor {n}", STORE)
    (other,) = desk.rules.suggestions(desk.client.id)
    assert other.rule.posting == STORE


def test_moving_goes_by_what_stands_there_also_where_one_was_removed(desk: Desk) -> None:
    first, gone, second, third = (
        desk.rules.add(desk.client.id, Rule(Conditions(text=text), Effect.POST, RENT)) for text in "abcd"
    )
    desk.rules.remove(desk.client.id, gone)
    desk.rules.move(desk.client.id, second, 2)
    assert [r.id for r in desk.rules.load(desk.client.id)] == [first, third, second]


def test_what_is_decided_while_a_rule_is_tested_is_tested_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is made before the database is locked; what came between is not missed."""
    desk.receive("husleie a", "husleie b")
    desk.post("husleie a")
    rule = desk.rules.add(desk.client.id, POST_RENT)
    tested: list[int] = []
    whole = Past.test

    def decide_meanwhile(past: Past, ruled: Rule, earlier: Sequence[Rule]) -> RuleTest:
        if not tested:
            desk.post("husleie b", STORE)
        found = whole(past, ruled, earlier)
        tested.append(len(found.conflicts))
        return found

    monkeypatch.setattr(Past, "test", decide_meanwhile)
    with pytest.raises(RuleConflicts):
        desk.rules.switch_on(desk.client.id, rule)
    assert tested == [0, 1]
    monkeypatch.undo()
    assert not desk.rules.load(desk.client.id)[0].is_active


def test_a_rule_is_tested_once_when_it_is_switched_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = desk.rules.add(desk.client.id, POST_RENT)
    tested: list[Rule] = []
    whole = Past.test

    def count(past: Past, ruled: Rule, earlier: Sequence[Rule]) -> RuleTest:
        tested.append(ruled)
        return whole(past, ruled, earlier)

    monkeypatch.setattr(Past, "test", count)
    desk.rules.switch_on(desk.client.id, rule)
    assert tested == [POST_RENT]
