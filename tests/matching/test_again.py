"""Proposing again after decisions gives what proposing from nothing gives, whatever was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import AccountId, DecisionId, DocumentId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.learnt import Example, learn
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from tests.benchmarks.matching.learning import reported_of
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.matching.worlds import NAMES, OWN, item, open_items, payment, payments

Answers = tuple[TransactionProposals, ...]


class Desk:
    """A person at work: accepts, rejects and sets aside, one line after another, and is learnt from."""

    def __init__(self, request: MatchRequest, rng: Random) -> None:
        self.request = request
        self._rng = rng
        self._examples: list[Example] = []

    def decide(self, answers: Answers) -> None:
        offered = [(a.transaction_id, p) for a in answers for p in a.proposals]
        if not offered:
            return
        tid, proposal = self._rng.choice(offered)
        line = next(t for t in self.request.transactions if t.id == tid)
        way = self._rng.random()
        if way < 0.2:
            self.request = replace(self.request, rejected=self.request.rejected | {(tid, proposal.key)})
        elif way < 0.3:
            self._without(line)
        else:
            self._accept(line, proposal)

    def _accept(self, line: BankTransaction, proposal: Proposal) -> None:
        request = self.request
        self._without(line)
        if proposal.kind is ProposalKind.TRANSFER:
            self._without(next(t for t in request.transactions if t.id == proposal.counter_transaction))
        if proposal.kind is not ProposalKind.DOCUMENTS:
            return
        paid: Counter[DocumentId] = Counter({x.document_id: abs(x.amount) for x in proposal.lines})
        books = [replace(i, open_amount=i.open_amount - paid[i.id]) if paid[i.id] else i for i in request.open_items]
        items = {i.id: i for i in request.open_items}
        documents = tuple((reported_of(items[x.document_id]), x.amount) for x in proposal.lines)
        reason = proposal.difference_reason
        self._examples.append(Example(DecisionId(len(self._examples) + 1), line, documents, reason))
        learnt = learn(self._examples)
        self.request = replace(
            self.request,
            open_items=tuple(i for i in books if i.open_amount),
            settled=(*request.settled, *(i for i in books if not i.open_amount)),
            paid_here=request.paid_here | {i.id for i in books if not i.open_amount},
            learnt=learnt,
            known_accounts=learnt.known_accounts,
        )

    def _without(self, line: BankTransaction) -> None:
        self.request = replace(
            self.request, transactions=tuple(t for t in self.request.transactions if t.id != line.id)
        )


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
