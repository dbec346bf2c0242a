"""Proposing again after decisions gives what proposing from nothing gives, whatever was decided."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.matching.desk import Desk
from tests.matching.worlds import NAMES, OWN, item, open_items, payment, payments


@settings(max_examples=150, deadline=None)
@given(payments(), open_items(), st.randoms(use_true_random=False))
def test_small_books_where_everything_collides(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], rng: Random
) -> None:
    desk, matcher = Desk(MatchRequest(transactions, items, own_accounts=OWN), rng), Matcher()
    answers = matcher.propose(desk.request)
    for _ in range(5):
        desk.decide(answers)
        answers = matcher.propose(desk.request)
        assert answers == propose(desk.request)


@pytest.mark.parametrize("regime", sorted(REGIMES))
@pytest.mark.parametrize("seed", range(3))
def test_a_made_company(regime: str, seed: int) -> None:
    desk, matcher = Desk(make(regime, 77 + seed, 160).request, Random(seed)), Matcher()
    answers = matcher.propose(desk.request)
    for _ in range(14):
        desk.decide(answers)
        answers = matcher.propose(desk.request)
        assert answers == propose(desk.request)


@settings(max_examples=100, deadline=None)
@given(payments(), open_items(), st.randoms(use_true_random=False))
def test_small_books_in_which_anything_may_happen(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], rng: Random
) -> None:
    desk, matcher = Desk(MatchRequest(transactions, items, own_accounts=OWN), rng, anything=True), Matcher()
    answers = matcher.propose(desk.request)
    for _ in range(8):
        done = desk.decide(answers)
        answers = matcher.propose(desk.request)
        assert answers == propose(desk.request), done


@pytest.mark.parametrize("regime", sorted(REGIMES))
@pytest.mark.parametrize("seed", range(2))
def test_a_made_company_in_which_anything_may_happen(regime: str, seed: int) -> None:
    desk, matcher = Desk(make(regime, 177 + seed, 80).request, Random(seed), anything=True), Matcher()
    answers = matcher.propose(desk.request)
    for _ in range(25):
        done = desk.decide(answers)
        answers = matcher.propose(desk.request)
        assert answers == propose(desk.request), done


def test_what_is_undone_is_as_before() -> None:
    desk, matcher = Desk(make("office", 3, 80).request, Random(5)), Matcher()
    before = desk.request
    first = matcher.propose(before)
    desk.decide(first)
    matcher.propose(desk.request)
    assert matcher.propose(before) == first


CROWDED = (item(), *(item(str(20_000 + n), 300_000 + n * 777, counterparty=NAMES[2 + n % 3]) for n in range(8)))


def test_who_names_nobody_sees_that_fewer_pay_a_document() -> None:
    others = [payment(tid=n, days=14 + n, counterparty=NAMES[0]) for n in (2, 3)]
    before, matcher = MatchRequest((payment(), *others), CROWDED), Matcher()
    assert "competing_payments" in {e.signal for p in matcher.propose(before)[0].proposals for e in p.evidence}
    after = replace(before, transactions=before.transactions[:-1])
    assert matcher.propose(after) == propose(after)


def test_a_transfer_that_is_one_no_more_sees_who_pays_as_well() -> None:
    lines = [payment(tid=n, days=13 + n, counterparty=NAMES[0]) for n in (1, 2, 3, 4)]
    out = payment(-125_037, tid=9, account=2, text="Til egen konto", counterparty_account=OWN[AccountId(1)])
    before, matcher = MatchRequest(tuple(lines), CROWDED, own_accounts=OWN), Matcher()
    matcher.propose(before)
    between = matcher.propose(replace(before, transactions=(*lines, out)))
    assert between[0].proposals[0].kind is ProposalKind.TRANSFER
    after = replace(before, transactions=tuple(lines[:-1]))
    assert matcher.propose(after) == propose(after)
