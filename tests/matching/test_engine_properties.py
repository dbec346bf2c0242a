"""What holds of every answer of the engine, whatever it is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import DocumentKind, OpenItem
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, ProposalKind, expected_difference
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from tests.matching.worlds import OWN, open_items, payments

worlds = settings(max_examples=120, deadline=None)


def ask(transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]) -> tuple[TransactionProposals, ...]:
    return propose(MatchRequest(transactions, items, own_accounts=OWN))


@worlds
@given(payments(), open_items(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], random: Random
) -> None:
    shuffled, mixed = list(transactions), list(items)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert ask(transactions, items) == ask(tuple(shuffled), tuple(mixed))


@worlds
@given(payments(), open_items())
def test_every_proposal_adds_up(transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]) -> None:
    by_id = {i.id: i for i in items}
    amounts = {t.id: t.reported for t in transactions}
    for answer in ask(transactions, items):
        reported = amounts[answer.transaction_id]
        for proposal in answer.proposals:
            if proposal.kind is not ProposalKind.DOCUMENTS:
                continue
            assert proposal.lines
            for line in proposal.lines:
                document = by_id[line.document_id]
                assert (line.amount > 0) == (document.kind is DocumentKind.INVOICE)
                assert line.amount != 0
                assert line.remaining_after == document.open_amount - abs(line.amount) >= 0
            if all(line.currency == reported.currency for line in proposal.lines):
                assert proposal.difference == expected_difference(reported.amount, proposal.lines)
                assert (proposal.difference == 0) == (proposal.difference_reason is None)
            else:
                assert (proposal.difference, proposal.difference_reason) == (0, DifferenceReason.CURRENCY)


@worlds
@given(payments(), open_items())
def test_the_money_goes_the_way_of_the_documents(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]
) -> None:
    by_id = {i.id: i for i in items}
    signs = {t.id: t.reported.amount > 0 for t in transactions}
    for answer in ask(transactions, items):
        for proposal in answer.proposals:
            if proposal.kind is ProposalKind.DOCUMENTS:
                net = sum(by_id[line.document_id].bank_sign * abs(line.amount) for line in proposal.lines)
                assert (net > 0) == signs[answer.transaction_id]


@worlds
@given(payments(), open_items())
def test_unambiguous_first_proposals_never_give_out_more_than_is_open(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]
) -> None:
    given_out: Counter[int] = Counter()
    for answer in ask(transactions, items):
        first = answer.proposals[0] if answer.proposals else None
        if first and first.kind is ProposalKind.DOCUMENTS and first.combinations == 1:
            given_out.update({line.document_id: abs(line.amount) for line in first.lines})
    assert all(given_out[i.id] <= i.open_amount for i in items)


@worlds
@given(payments(), open_items())
def test_proposals_are_few_told_apart_and_best_first(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]
) -> None:
    answers = ask(transactions, items)
    assert [a.transaction_id for a in answers] == sorted(t.id for t in transactions)
    for answer in answers:
        keys = [p.key for p in answer.proposals]
        assert len(keys) <= 10
        assert len(set(keys)) == len(keys)
        certainties = [p.confidence for p in answer.proposals]
        assert certainties == sorted(certainties, reverse=True)
        for proposal in answer.proposals:
            assert 0 < proposal.confidence < 1
            assert proposal.evidence
            assert proposal.confidence <= 1 / proposal.combinations + 1e-4


@worlds
@given(payments(), open_items(), st.data())
def test_what_was_rejected_never_comes_again(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], data: st.DataObject
) -> None:
    request = MatchRequest(transactions, items, own_accounts=OWN)
    offered = [(a.transaction_id, p.key) for a in propose(request) for p in a.proposals]
    rejected = frozenset(data.draw(st.lists(st.sampled_from(offered), max_size=6))) if offered else frozenset()
    again = {(a.transaction_id, p.key) for a in propose(replace(request, rejected=rejected)) for p in a.proposals}
    assert not again & rejected


@worlds
@given(payments(), open_items())
def test_transfers_come_in_pairs_of_opposite_amounts(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...]
) -> None:
    by_id = {t.id: t for t in transactions}
    pairs: dict[TransactionId, TransactionId] = {}
    for answer in ask(transactions, items):
        found = [p for p in answer.proposals if p.kind is ProposalKind.TRANSFER]
        assert len(found) <= 1
        if found and found[0].counter_transaction is not None:
            pairs[answer.transaction_id] = found[0].counter_transaction
    for one, other in pairs.items():
        assert pairs[other] == one
        assert by_id[one].reported.amount == -by_id[other].reported.amount
        assert by_id[one].account_id != by_id[other].account_id


@worlds
@given(payments(), open_items(), open_items())
def test_what_is_settled_is_never_proposed_as_open(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], others: tuple[OpenItem, ...]
) -> None:
    paid = tuple(replace(i, id=type(i.id)(i.id + 1000), open_amount=0) for i in others)
    for answer in propose(MatchRequest(transactions, (*items, *paid), paid)):
        for proposal in answer.proposals:
            if proposal.kind is ProposalKind.DOCUMENTS:
                assert all(line.document_id <= 1000 for line in proposal.lines)
            if proposal.kind is ProposalKind.DUPLICATE_PAYMENT:
                assert [line.amount for line in proposal.lines] == [0]
