"""Proposing again after decisions gives what proposing from nothing gives, whatever was decided."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import mod10
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import AccountId, DecisionId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.kid_layouts import KidLayout
from kontali_desktop.matching.learnt import Learnt
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
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


MANY = tuple(item(str(20_000 + n), 300_000 + n * 777, counterparty=f"Kunde {n} Drift AS") for n in range(44))
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


def test_a_kid_that_told_two_customers_tells_the_one_who_still_owes() -> None:
    layout = KidLayout(11, 10, (0, 5), (5, 10), (DecisionId(1), DecisionId(2), DecisionId(3)))
    kids = [body + mod10(body) for body in ("2001410300", "2001410301", "2001410110")]
    hers = item("10300", 80_000, counterparty=NAMES[3], kid=kids[0])
    his = item("10301", 70_000, counterparty=NAMES[4], kid=kids[1])
    books = (hers, his, item("10311", 99_900, counterparty=NAMES[3]), *MANY)
    line, matcher = payment(99_900, kid=kids[2]), Matcher()
    before = MatchRequest((line,), books, learnt=Learnt(kid_layouts=(layout,)))
    assert "kid_counterparty" not in _signals(matcher.propose(before))
    after = replace(before, open_items=tuple(i for i in books if i is not his))
    answers = matcher.propose(after)
    assert "kid_counterparty" in _signals(answers)
    assert answers == propose(after)


@pytest.mark.parametrize(
    "line",
    [
        payment(125_037, text="Faktura 10234"),
        payment(125_037, kid="100010102349"),
        payment(125_037, text="100010 10234 9"),
        payment(125_037, text="Faktura 10230-10236"),
        payment(125_037, kid="100010102348"),
        payment(125_037, counterparty="Nordlys Bygg"),
        payment(125_037, counterparty_account="15030000105"),
    ],
)
def test_a_document_that_is_open_again_is_named_again(line: BankTransaction) -> None:
    mine = item(kid="100010102349", counterparty_account="15030000105")
    before, matcher = MatchRequest((line, *_others()), (mine, *MANY)), Matcher()
    first = matcher.propose(before)
    assert {x.number for x in first[0].proposals[0].lines} == {"10234"}
    matcher.propose(replace(before, open_items=MANY, settled=(replace(mine, open_amount=0),)))
    books = matcher._known  # noqa: SLF001 - that it is followed, and not all made anew
    assert matcher.propose(before) == first
    assert matcher._known is books  # noqa: SLF001 - as above


def _others() -> tuple[BankTransaction, ...]:
    return tuple(payment(17_000 + n, tid=100 + n, text=f"Melding {n}") for n in range(20))


def _signals(answers: tuple[TransactionProposals, ...]) -> set[str]:
    return {e.signal for a in answers for p in a.proposals for e in p.evidence}
