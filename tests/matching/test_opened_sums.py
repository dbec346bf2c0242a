"""Bank lines that are sums, with their parts known."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, ProposalKind, expected_difference
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import NAMES, TEXTS, item, numbers, open_items, payment, payments, proposals

FIRST = item("10234", 125_000, kid="10001")
SECOND = item("10235", 50_000, kid="10002", counterparty="Blå Handel ANS")


def opened(*parts: PaymentPart) -> tuple[BankTransaction, dict[TransactionId, tuple[PaymentPart, ...]]]:
    line = payment(sum(p.amount for p in parts), text="OCR innbetaling")
    return line, {line.id: parts}


def test_each_part_finds_its_own_document() -> None:
    line, parts = opened(PaymentPart(125_000, kid="10001"), PaymentPart(50_000, kid="10002"))
    best = proposals(line, FIRST, SECOND, parts=parts)[0]
    assert numbers(best) == ["10234", "10235"]
    assert (best.difference, best.difference_reason, best.combinations) == (0, None, 1)
    assert best.confidence > 0.99


def test_what_the_provider_kept_explains_the_difference() -> None:
    fee = PaymentPart(-3_500, PartKind.FEE)
    line, parts = opened(PaymentPart(125_000, text="Faktura 10234"), PaymentPart(50_000, text="Faktura 10235"), fee)
    best = proposals(line, FIRST, SECOND, parts=parts)[0]
    assert numbers(best) == ["10234", "10235"]
    assert (best.difference, best.difference_reason) == (-3_500, DifferenceReason.FEE)
    assert best.confidence > 0.97


def test_a_part_without_document_is_told_and_never_sure() -> None:
    line, parts = opened(PaymentPart(125_000, kid="10001"), PaymentPart(71_300, counterparty="Per Ukjent"))
    best = proposals(line, FIRST, SECOND, parts=parts)[0]
    assert numbers(best) == ["10234"]
    assert (best.difference, best.difference_reason) == (71_300, None)
    assert best.confidence <= 0.5
    assert best.evidence[0].facts == {"payments": "2", "matched": "1"}


def test_two_parts_on_one_document_are_one_line() -> None:
    line, parts = opened(
        PaymentPart(60_000, text="Faktura 10234 1/2"),
        PaymentPart(65_000, text="Faktura 10234 rest"),
        PaymentPart(50_000, kid="10002"),
    )
    best = proposals(line, FIRST, SECOND, parts=parts)[0]
    assert [(x.number, x.amount, x.remaining_after) for x in best.lines] == [
        ("10234", 125_000, 0),
        ("10235", 50_000, 0),
    ]


def test_a_part_competes_with_lines_of_their_own() -> None:
    line, parts = opened(PaymentPart(125_000, counterparty="Nordlys Bygg"), PaymentPart(50_000, kid="10002"))
    clearer = payment(125_000, tid=2, kid="10001")
    found = propose(MatchRequest((line, clearer), (FIRST, SECOND), parts=parts))
    assert numbers(found[1].proposals[0]) == ["10234"]
    assert numbers(found[0].proposals[0]) == ["10235"]


def test_one_part_alone_adds_what_it_knows_to_the_line() -> None:
    line = payment(125_000, text="Nettgiro")
    best = proposals(line, FIRST, SECOND, parts={line.id: (PaymentPart(125_000, kid="10001"),)})[0]
    assert numbers(best) == ["10234"]
    assert best.confidence > 0.97


def test_parts_that_do_not_add_up_are_not_used() -> None:
    line = payment(125_037, kid="10001")
    parts = {line.id: (PaymentPart(50_000, kid="10002"), PaymentPart(1_000))}
    assert numbers(proposals(line, item(kid="10001"), SECOND, parts=parts)[0]) == ["10234"]


def test_equal_documents_of_two_parties_make_the_sum_ambiguous() -> None:
    twin = replace(FIRST, id=DocumentId(77), number="10277", kid="", counterparty="Ålesund Frakt ENK")
    line, parts = opened(PaymentPart(125_000), PaymentPart(50_000, kid="10002"))
    best = proposals(line, replace(FIRST, kid=""), twin, SECOND, parts=parts)[0]
    assert best.combinations == 2
    assert best.confidence <= 0.5


def test_three_thousand_parts_are_quick() -> None:
    items = tuple(item(str(20_000 + n), 10_000 + 37 * n, kid=f"77{20_000 + n}") for n in range(3_000))
    line, parts = opened(*(PaymentPart(i.amount, kid=i.kid) for i in items))
    started = time.perf_counter()
    best = proposals(line, *items, parts=parts)[0]
    assert len(best.lines) == len(items)
    assert best.confidence > 0.95
    assert time.perf_counter() - started < 5


@settings(max_examples=80, deadline=None)
@given(payments(), open_items(), st.data())
def test_sums_add_up_and_never_give_out_more_than_is_open(
    transactions: tuple[BankTransaction, ...], items: tuple[OpenItem, ...], data: st.DataObject
) -> None:
    parts = {t.id: data.draw(_parts(t.reported.amount)) for t in transactions if t.id % 2}
    given_out: Counter[int] = Counter()
    opened_lines = propose(MatchRequest(transactions, items, parts=parts))
    amounts = {t.id: t.reported.amount for t in transactions}
    for answer in opened_lines:
        for proposal in answer.proposals:
            if proposal.kind is ProposalKind.DOCUMENTS and proposal.difference_reason is not DifferenceReason.CURRENCY:
                assert proposal.difference == expected_difference(amounts[answer.transaction_id], proposal.lines)
            assert len({line.document_id for line in proposal.lines}) == len(proposal.lines)
            assert 0 < proposal.confidence < 1
        certainties = [p.confidence for p in answer.proposals]
        assert certainties == sorted(certainties, reverse=True)
        if answer.proposals and answer.proposals[0].combinations == 1:
            given_out.update({x.document_id: abs(x.amount) for x in answer.proposals[0].lines})
    assert all(given_out[i.id] <= i.open_amount for i in items)


@st.composite
def _parts(draw: st.DrawFn, amount: int) -> tuple[PaymentPart, ...]:
    """A few payments and perhaps a fee that add up to the amount."""
    found = [
        PaymentPart(
            draw(st.sampled_from((49_900, 99_900, 100_000, -49_900, 35))),
            draw(st.sampled_from((PartKind.PAYMENT, PartKind.PAYMENT, PartKind.FEE))),
            counterparty=draw(st.sampled_from(("", *NAMES))),
            text=draw(TEXTS),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return (*found, PaymentPart(amount - sum(p.amount for p in found)))
