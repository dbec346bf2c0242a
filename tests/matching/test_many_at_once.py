"""What is decided over all payments together: instalments, rates, payouts in order, and what a client has taught."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem, Side
from kontali_desktop.domain.ids import AccountId, DecisionId, DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Posting, Proposal, ProposalKind
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.learnt import Habit, Learnt, LearntParty, LearntPosting
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import OWN, START, item, numbers, open_items, payment, payments

CROWD = tuple(item(str(n), 20_000 + 173 * n, counterparty=f"Kunde{n} Drift AS") for n in range(20_100, 20_160))
TIMES = tuple(DecisionId(n) for n in range(1, 6))


@settings(max_examples=60, deadline=None)
@given(payments(), open_items(), payments(), open_items())
def test_an_unrelated_client_changes_nothing(
    mine: tuple[BankTransaction, ...],
    my_items: tuple[OpenItem, ...],
    others: tuple[BankTransaction, ...],
    other_items: tuple[OpenItem, ...],
) -> None:
    before = propose(MatchRequest(mine, my_items, own_accounts=OWN))
    propose(MatchRequest(others, other_items, own_accounts=OWN))
    assert propose(MatchRequest(mine, my_items, own_accounts=OWN)) == before


def test_payments_that_make_a_document_whole_tell_of_one_another() -> None:
    bill = item("10234", 187_431)
    each = [
        payment(a, tid=n, days=14 * n, counterparty="NORDLYS BYGG") for n, a in ((1, 61_007), (2, 70_300), (3, 56_124))
    ]
    answers = propose(MatchRequest(tuple(each), (bill, *CROWD)))
    assert [numbers(a.proposals[0]) for a in answers] == [["10234"]] * 3
    assert all("completes" in {e.signal for e in a.proposals[0].evidence} for a in answers)


def test_the_rate_of_other_payments_tells_one_that_states_nothing() -> None:
    bills = [
        item(
            f"E{n}", n * 1_000, id=DocumentId(n), side=Side.SUPPLIER, currency="EUR", counterparty=f"Lieferant{n} GmbH"
        )
        for n in (31, 47, 83)
    ]
    told = [payment(-n * 11_650, tid=n, counterparty=f"Lieferant{n} GmbH", text=f"EUR {n * 10}.00") for n in (31, 47)]
    silent = payment(-83 * 11_640, tid=83, counterparty="LIEFERANT83 GMBH", text="Utenlandsbetaling")
    best = propose(MatchRequest((*told, silent), (*bills, *CROWD)))[-1].proposals[0]
    assert (numbers(best), best.difference_reason) == (["E83"], DifferenceReason.CURRENCY)
    far = replace(silent, reported=replace(silent.reported, amount=-83 * 12_900))
    assert not propose(MatchRequest((*told, far), (*bills, *CROWD)))[-1].proposals


def test_payouts_without_order_numbers_by_the_rate_they_share() -> None:
    orders = [
        item(str(51_200 + n), 40_000 + 7_919 * n, counterparty=f"Kjøper{n}", issue_date=START + timedelta(days=n // 2))
        for n in range(24)
    ]
    lines = []
    for n in range(8):
        gross = sum(o.amount for o in orders[3 * n : 3 * n + 3])
        lines.append(
            payment(gross - round(gross * 0.0175), tid=n + 1, days=(3 * n + 2) // 2 + 2, text="VIPPS OPPGJØR 8841")
        )
    answers = propose(MatchRequest(tuple(lines), tuple(orders)))
    for n, answer in enumerate(answers):
        best = answer.proposals[0]
        assert numbers(best) == [o.number for o in orders[3 * n : 3 * n + 3]]
        assert best.difference_reason is DifferenceReason.FEE
        assert best.confidence > 0.97


def test_a_transfer_needs_no_words_where_the_amount_is_rare() -> None:
    rest = tuple(payment(20_000 + 173 * n, tid=n + 10, text="Betaling") for n in range(40))
    out, into = payment(-123_456, tid=1), replace(payment(123_456, tid=2), account_id=AccountId(2))
    answers = {
        a.transaction_id: a.proposals for a in propose(MatchRequest((out, into, *rest), CROWD, own_accounts=OWN))
    }
    assert answers[TransactionId(1)][0].counter_transaction == 2
    named = replace(into, reported=replace(into.reported, counterparty="Per Ukjent"))
    answers = {
        a.transaction_id: a.proposals for a in propose(MatchRequest((out, named, *rest), CROWD, own_accounts=OWN))
    }
    assert not answers[TransactionId(1)]


def test_a_document_another_has_taken_is_paid_again() -> None:
    first, second = (payment(days=d, tid=d, text="Faktura 10234", counterparty="NORDLYS BYGG") for d in (14, 20))
    answers = propose(MatchRequest((first, second), (item(), *CROWD)))
    assert [a.proposals[0].kind for a in answers] == [ProposalKind.DOCUMENTS, ProposalKind.DUPLICATE_PAYMENT]


def test_a_payer_that_a_person_has_named_is_known_again() -> None:
    learnt = Learnt(payers={"magnus ali": (LearntParty("nordlys bygg as", "Nordlys Bygg AS", TIMES),)})
    line = payment(counterparty="Magnus Ali", text="Nettgiro")
    assert "learnt_payer" in {e.signal for e in _first(line, learnt).evidence}
    assert _first(line, learnt).confidence > 0.97
    assert _first(line, Learnt()).confidence < 0.9


def test_a_text_that_has_meant_a_counterparty_is_known_again() -> None:
    learnt = Learnt(texts={"fellesutlegg sameiet": LearntParty("nordlys bygg as", "Nordlys Bygg AS", TIMES)})
    assert "learnt_text" in {e.signal for e in _first(payment(text="Fellesutlegg sameiet"), learnt).evidence}


def test_a_customer_that_always_pays_late_is_late_as_usual() -> None:
    late = payment(days=14 + 40, counterparty="NORDLYS BYGG")
    habit = Habit("Nordlys Bygg AS", 40, 0, 0, 0, TIMES)
    as_usual = _first(late, Learnt(habits={"nordlys bygg as": habit}))
    weights = [next(e.weight for e in p.evidence if e.signal == "date") for p in (as_usual, _first(late, Learnt()))]
    assert weights[0] > weights[1] + 2


def test_a_recurring_text_is_posted_as_a_person_posted_it() -> None:
    learnt = Learnt(postings={"leasing kopimaskin": LearntPosting(Posting("6400", "1"), 0, TIMES)})
    best = _first(payment(-99_000, text="Leasing kopimaskin 04.2026"), learnt)
    assert (best.kind, best.posting) == (ProposalKind.DIRECT_POSTING, Posting("6400", "1"))


def _first(line: BankTransaction, learnt: Learnt) -> Proposal:
    return propose(MatchRequest((line,), (item(), *CROWD), learnt=learnt))[0].proposals[0]


def test_who_has_nothing_else_gets_what_another_can_do_without() -> None:
    early = item("10234", 125_037, due_date=START + timedelta(days=4))
    later = item("10300", 125_037, issue_date=START + timedelta(days=10), due_date=START + timedelta(days=24))
    sure = payment(tid=1, days=14, counterparty="Nordlys Bygg AS")
    hurried = payment(tid=2, days=4)
    answers = propose(MatchRequest((sure, hurried), (early, later, *CROWD)))
    assert [numbers(a.proposals[0]) for a in answers] == [["10300"], ["10234"]]
