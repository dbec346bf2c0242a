"""Where a payment may be a sum in hundreds of ways, that is said, with one of them: never sure, never before better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kontali_desktop.domain.documents import OpenItem, Side
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import START, item, numbers, payment, proposals

NAME = "Nordlys Bygg AS"


def a_krone_apart(count: int, **given: object) -> tuple[OpenItem, ...]:
    return tuple(item(str(20_000 + n), 49_900 + 100 * n, **given) for n in range(count))


ITEMS = a_krone_apart(40)
SUM_OF_FIVE = sum(i.amount for i in ITEMS[5:30:5])


def says_too_many(found: Sequence[Proposal]) -> bool:
    return any(e.signal == "too_many_combinations" for p in found for e in p.evidence)


def test_a_sum_that_can_be_made_in_hundreds_of_ways_is_said_to_be_so() -> None:
    (only,) = proposals(payment(SUM_OF_FIVE, counterparty=NAME), *ITEMS)
    assert says_too_many([only])
    assert sum(line.amount for line in only.lines) == SUM_OF_FIVE
    assert only.combinations >= 100
    assert only.confidence <= 0.01
    facts = next(e.facts for e in only.evidence if e.signal == "too_many_combinations")
    assert (facts["open"], facts["combinations"]) == ("40", str(only.combinations))


def test_a_remittance_that_can_be_made_in_hundreds_of_ways_is_said_to_be_so() -> None:
    owed = a_krone_apart(26, side=Side.SUPPLIER)
    (only,) = proposals(payment(-SUM_OF_FIVE, text="OPPDRAG SUM"), *owed)
    assert says_too_many([only])
    assert sum(line.amount for line in only.lines) == SUM_OF_FIVE
    assert only.confidence <= 0.01


def test_a_purchase_is_no_sum_of_invoices_for_that() -> None:
    owed = a_krone_apart(26, side=Side.SUPPLIER)
    assert not proposals(payment(-SUM_OF_FIVE, text="Innkjøp"), *owed)


def test_nothing_better_is_moved_by_it() -> None:
    exact = item("30001", SUM_OF_FIVE)
    found = proposals(payment(SUM_OF_FIVE, counterparty=NAME), exact, *ITEMS)
    assert numbers(found[0]) == ["30001"]
    assert not says_too_many(found)
    named = proposals(payment(SUM_OF_FIVE, text="Lønn mars", counterparty="Per Ukjent"), *ITEMS)
    assert not says_too_many(named)


def test_what_was_rejected_is_not_shown_again() -> None:
    line = payment(SUM_OF_FIVE, counterparty=NAME)
    (only,) = proposals(line, *ITEMS)
    assert not proposals(line, *ITEMS, rejected=frozenset({(line.id, only.key)}))


def test_a_thousand_of_one_amount_and_nothing_else_is_too_many() -> None:
    alike = [replace(item(str(40_000 + n), 49_900), counterparty=f"Kunde {n} AS") for n in range(1_000)]
    (only,) = proposals(payment(49_900), *alike)
    assert says_too_many([only])
    assert (only.combinations, only.confidence) == (1_000, 0.001)
    assert not proposals(payment(49_900), *alike[1:])


def test_it_is_said_no_more_once_they_are_few() -> None:
    alike = tuple(replace(item(str(40_000 + n), 49_900), counterparty=f"Kunde {n} AS") for n in range(1_000))
    request = MatchRequest((payment(49_900), payment(49_900, tid=2)), alike)
    matcher = Matcher()
    assert all(says_too_many(a.proposals) for a in matcher.propose(request))
    fewer = replace(request, open_items=alike[1:], transactions=request.transactions[:1])
    assert matcher.propose(fewer) == propose(fewer)
    assert not says_too_many(propose(fewer)[0].proposals)


def test_sums_are_looked_for_however_many_payments_there_are() -> None:
    """The work in all is bounded, not how many are looked for: each of these is quickly seen to be nothing."""
    size = 1_000
    items = [
        item(
            str(50_000 + 2 * n + k), 100_000 + 700 * n + k * 31_300, id=DocumentId(2 * n + k + 1), counterparty=_name(n)
        )
        for n in range(size)
        for k in range(2)
    ]
    lines = tuple(payment(7 + n, tid=n + 1, counterparty=_name(n)) for n in range(size - 1))
    mine = items[-2:]
    last = payment(sum(i.amount for i in mine), tid=size, counterparty=_name(size - 1))
    best = propose(MatchRequest((*lines, last), tuple(items)))[-1].proposals[0]
    assert numbers(best) == sorted(i.number for i in mine)


def _name(n: int) -> str:
    letters = "".join(chr(ord("a") + n // 26**k % 26) for k in range(3))
    return f"{letters.capitalize()}vik {letters[::-1]}dal"


def test_the_order_of_the_input_changes_nothing() -> None:
    lines = [payment(SUM_OF_FIVE + 100 * n, tid=n + 1, counterparty=NAME) for n in range(4)]
    there = propose(MatchRequest(tuple(lines), ITEMS))
    back = propose(MatchRequest(tuple(reversed(lines)), tuple(reversed(ITEMS))))
    assert there == back
    assert all(says_too_many(a.proposals) for a in there)


def test_what_is_not_written_yet_is_not_in_it() -> None:
    later = [replace(i, issue_date=START + timedelta(days=60)) for i in ITEMS]
    assert not says_too_many(proposals(payment(SUM_OF_FIVE, counterparty=NAME), *later))
