"""Old KIDs, second payments, and numbers with a digit wrong that are another's: which document is really meant."""

from __future__ import annotations

from datetime import timedelta

from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import START, item, numbers, payment, proposals

NAME, KID = "Nordlys Bygg AS", "0001234567"
SURE = 0.97


def _dated(number: str, days: int, amount: int = 49_900, **given: object) -> object:
    issued = START + timedelta(days=days)
    return item(number, amount, issue_date=issued, due_date=issued + timedelta(days=14), **given)


def _second(days: int, *, later_invoice: bool) -> tuple[Proposal, ...]:
    """A KID used on its due day, and once more so many days after the start."""
    items = [item("101", 49_900, kid=KID, counterparty=NAME)]
    if later_invoice:
        items.append(_dated("102", 46, kid="0001234575", counterparty=NAME))  # type: ignore[arg-type]
    lines = [payment(49_900, tid=n, days=d, counterparty=NAME, kid=KID) for n, d in ((1, 14), (2, days))]
    first, second = propose(MatchRequest(tuple(lines), tuple(items)))
    assert numbers(first.proposals[0]) == ["101"]
    return second.proposals


def test_an_old_kid_pays_the_customers_next_invoice_of_that_amount() -> None:
    best = _second(60, later_invoice=True)[0]
    assert best.kind is ProposalKind.DOCUMENTS
    assert numbers(best) == ["102"]
    assert best.confidence < SURE  # it may as well be paid twice


def test_the_same_kid_again_within_days_is_paid_twice() -> None:
    best = _second(17, later_invoice=True)[0]
    assert (best.kind, numbers(best)) == (ProposalKind.DUPLICATE_PAYMENT, ["101"])


def test_the_same_kid_again_with_nothing_else_open_is_paid_twice() -> None:
    best = _second(60, later_invoice=False)[0]
    assert (best.kind, numbers(best)) == (ProposalKind.DUPLICATE_PAYMENT, ["101"])


def test_what_was_due_that_day_and_is_paid_already_makes_the_open_one_unsure() -> None:
    later = item(
        "102", 49_900, counterparty=NAME, issue_date=START + timedelta(days=10), due_date=START + timedelta(days=60)
    )
    line = payment(49_900, days=14, counterparty=NAME, text="Betaling")
    alone = proposals(line, later)[0]
    paid = item("101", 49_900, counterparty=NAME, id=9, open_amount=0)
    beside = proposals(line, later, settled=(paid,))
    sure = next(p for p in beside if p.kind is ProposalKind.DOCUMENTS)
    assert sure.confidence < alone.confidence / 2
    assert any(p.kind is ProposalKind.DUPLICATE_PAYMENT for p in beside)


def test_what_is_paid_already_and_was_due_long_before_changes_nothing() -> None:
    mine = item("102", 49_900, counterparty=NAME)
    line = payment(49_900, days=14, counterparty=NAME, text="Betaling")
    paid = _dated("11", -60, counterparty=NAME, id=9)
    beside = proposals(line, mine, settled=(paid,))[0]
    assert numbers(beside) == ["102"]
    assert beside.confidence >= SURE


def test_a_wrong_digit_that_makes_another_ones_number_is_not_that_ones_payment() -> None:
    mine, others = item("1067", 49_900, counterparty=NAME), item("1076", 49_900, counterparty="Blå Handel ANS")
    best = proposals(payment(49_900, counterparty=NAME, text="regning nr 1076"), mine, others)[0]
    assert numbers(best) == ["1067"]
    assert "number_typo" in {e.signal for e in best.evidence}
    stranger = proposals(payment(49_900, counterparty="Kari Østby", text="regning nr 1076"), mine, others)[0]
    assert numbers(stranger) == ["1076"]


def test_a_kid_in_the_text_means_its_own_invoice_though_another_is_nearer_in_time() -> None:
    old, new = item("5", 187_500, kid=KID, counterparty=NAME), _dated("40", 44, 187_500, counterparty=NAME)
    line = payment(187_500, days=57, counterparty=NAME, text="000 123 456 7")
    best = proposals(line, old, new)[0]  # type: ignore[arg-type]
    assert numbers(best) == ["5"]
