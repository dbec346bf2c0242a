"""What the engine makes of what it was taught, and what it must not make of it."""

from __future__ import annotations

from datetime import timedelta

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import mod10
from kontali_desktop.domain.documents import OpenItem, ReportedDocument
from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.kid_layouts import KidLayout
from kontali_desktop.matching.learnt import Example, Habit, Learnt, learn
from tests.benchmarks.matching.learning import DECISIONS, measure
from tests.matching.worlds import START, item, payment, proposals

KARI = item("10300", 99_900, counterparty="Kari Østby")
NORDLYS = item("10301", 99_900)


def decided(decision: int, line: BankTransaction, *items: OpenItem) -> Example:
    documents = tuple(
        (ReportedDocument(i.side, i.kind, i.number, i.counterparty, i.amount, 0, due_date=i.due_date), i.amount)
        for i in items
    )
    return Example(DecisionId(decision), line, documents)


def after(line: BankTransaction, *examples: Example) -> Proposal:
    return proposals(line, KARI, NORDLYS, learnt=learn(examples))[0]


def says(proposal: Proposal, signal: str) -> bool:
    return any(e.signal == signal for e in proposal.evidence)


def test_a_payer_is_known_after_one_decision() -> None:
    line = payment(99_900, counterparty="Ola Dunk")
    proposal = after(line, decided(1, line, KARI))
    assert [x.counterparty for x in proposal.lines] == ["Kari Østby"]
    assert says(proposal, "learnt_payer")


def test_a_payer_of_many_is_an_agent_and_means_none_of_them() -> None:
    line = payment(99_900, counterparty="Inkassobyrået AS")
    others = [item(str(n), counterparty=f"Kunde {'ABC'[n]}") for n in range(3)]
    examples = [decided(n, line, paid) for n, paid in enumerate((KARI, *others), 1)]
    assert not says(after(line, *examples), "learnt_payer")


def test_one_payment_for_many_teaches_nothing_of_any() -> None:
    line = payment(99_900, counterparty="Vipps AS", text="Spleis til hytta")
    many = [item(str(n), counterparty=f"Kunde {'ABC'[n]}") for n in range(3)]
    learnt = learn([decided(1, line, *many)])
    assert not learnt.payers
    assert not learnt.texts
    assert not learnt.habits


def test_a_text_must_have_meant_the_same_twice() -> None:
    line = payment(99_900, text="Spleis til hytta")
    once = (decided(1, line, KARI),)
    assert not says(after(line, *once), "learnt_text")
    assert says(after(line, *once, decided(2, line, KARI)), "learnt_text")


def test_a_text_is_nothing_beside_a_name() -> None:
    line = payment(99_900, text="Spleis til hytta")
    taught = [decided(n, line, KARI) for n in (1, 2, 3)]
    named = payment(99_900, text="Spleis til hytta", counterparty="Nordlys Bygg AS")
    proposal = after(named, *taught)
    assert [x.counterparty for x in proposal.lines] == ["Nordlys Bygg AS"]
    assert not any(says(p, "learnt_text") for p in proposals(named, KARI, NORDLYS, learnt=learn(taught)))


def test_a_habit_tells_which_of_two_equal_invoices() -> None:
    """A customer that always pays four weeks late pays the older one now."""
    older = item("10401", issue_date=START - timedelta(days=28), due_date=START - timedelta(days=14))
    newer = item("10402", issue_date=START, due_date=START + timedelta(days=14))
    line = payment(counterparty="Nordlys Bygg AS", days=14)
    late = [decided(n, payment(tid=n, days=14 + 28), item(str(10_390 + n))) for n in (1, 2, 3)]
    assert proposals(line, older, newer)[0].lines[0].number == "10402"
    assert proposals(line, older, newer, learnt=learn(late))[0].lines[0].number == "10401"


def test_decisions_raise_coverage_and_cost_no_precision() -> None:
    curve = measure("trades", range(9_700, 9_702), 400)
    none, most = curve[DECISIONS[0]], curve[DECISIONS[-1]]
    assert most.share("covered", "with_document") > none.share("covered", "with_document")
    assert most.share("automatic_right", "automatic") >= none.share("automatic_right", "automatic")


def kid_of(invoice: str) -> str:
    body = f"0012{invoice}"
    return body + mod10(body)


def test_an_invoice_is_found_in_a_kid_that_the_books_do_not_have() -> None:
    taught = [
        decided(n, payment(99_900, kid=kid_of(number)), item(number, 99_900))
        for n, number in enumerate(("10210", "10221", "10232"), 1)
    ]
    line = payment(99_900, kid=kid_of("10300"))
    proposal = after(line, *taught)
    assert [x.number for x in proposal.lines] == ["10300"]
    assert says(proposal, "kid_layout")
    assert not says(after(line, *taught[:2]), "kid_layout")
    wrong_digit = kid_of("10300")[:-1] + str((int(kid_of("10300")[-1]) + 1) % 10)
    assert not says(after(payment(99_900, kid=wrong_digit), *taught), "kid_layout")


def test_a_kid_used_again_tells_the_customer_whose_number_stands_in_it() -> None:
    layout = KidLayout(11, 10, (0, 5), (5, 10), (DecisionId(1), DecisionId(2), DecisionId(3)))
    body = "2001410300"
    mine = item("10300", 80_000, counterparty="Kari Østby", kid=body + mod10(body))
    again = item("10311", 99_900, counterparty="Kari Østby")
    old = "2001410110"
    line = payment(99_900, kid=old + mod10(old))
    found = proposals(line, mine, again, NORDLYS, learnt=Learnt(kid_layouts=(layout,)))[0]
    assert [x.number for x in found.lines] == ["10311"]
    assert says(found, "kid_counterparty")


def test_who_often_rounds_or_pays_in_sums_may_do_it_again() -> None:
    bill, others = item("10400", 99_940), (item("10402", 33_010), item("10403", 44_020), item("10404", 12_345))
    party = bill.counterparty.casefold()
    usual = Habit(bill.counterparty, 0, 6, 6, 6, tuple(DecisionId(n) for n in range(1, 7)))
    for line, signal in (
        (payment(100_000, counterparty=bill.counterparty), "rounding"),
        (payment(77_030, counterparty=bill.counterparty), "only_combination"),
        (payment(99_940 - 2_500, counterparty=bill.counterparty), "fee"),
    ):
        weights = [
            next(
                e.weight
                for p in proposals(line, bill, *others, learnt=learnt)
                for e in p.evidence
                if e.signal == signal
            )
            for learnt in (Learnt(habits={party: usual}), Learnt())
        ]
        assert weights[0] > weights[1] + 1
