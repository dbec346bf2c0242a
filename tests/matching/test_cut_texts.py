"""Texts cut off in a list of numbers, labels written together with other words, and providers that nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kontali_desktop.domain.documents import OpenItem, Side
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import NAMES, START, item, numbers, payment, proposals

SURE = 0.97
_FIRST, _SECOND = item("2026-10372", 179_867, counterparty=NAMES[0]), item("2026-10374", 29_900, counterparty=NAMES[0])
_OTHER = item("2026-10399", 29_900, counterparty=NAMES[2])
_CROWD = tuple(item(f"3026-{200 + n}", 300_000 + n * 777, counterparty=NAMES[2 + n % 3]) for n in range(40))


@pytest.mark.parametrize("tail", [", 2026-1037", " og 20", " & ", ", ", " + 2026-10"])
def test_the_rest_of_a_list_that_was_cut_off_is_what_makes_up_the_amount(tail: str) -> None:
    line = payment(209_767, counterparty=NAMES[0], text=f"Fakturaer nr 2026-10372{tail}".strip())
    best = proposals(line, _FIRST, _SECOND, *_CROWD)[0]
    assert numbers(best) == ["2026-10372", "2026-10374"]
    assert best.combinations == 1


def test_of_several_that_would_make_it_up_none_is_sure() -> None:
    line = payment(209_767, counterparty=NAMES[0], text="Fakturaer nr 2026-10372, 2026-10")
    best = proposals(line, _FIRST, _SECOND, _OTHER, *_CROWD)[0]
    assert best.confidence < SURE


def test_a_difference_explains_nothing_where_the_list_goes_on() -> None:
    whole, cut = "Fakturaer nr 2026-10372 takk for det", "Fakturaer nr 2026-10372, 2026-1"
    best = {t: proposals(payment(177_367, counterparty=NAMES[0], text=t), _FIRST, *_CROWD)[0] for t in (whole, cut)}
    assert [numbers(b) for b in best.values()] == [["2026-10372"]] * 2
    assert best[whole].confidence >= SURE > 0.9 > best[cut].confidence


@pytest.mark.parametrize("text", ["Faktura 2026-10372 del 1/2", "2026-10372 / 13.7012 og takk for hjelpen"])
def test_what_stands_after_a_number_is_not_always_a_list(text: str) -> None:
    assert proposals(payment(179_867, text=text), _FIRST, *_CROWD)[0].confidence >= SURE


def test_a_payout_whose_orders_are_cut_off_has_more_of_them() -> None:
    amounts = (700_000, 19_900, 99_000)
    orders = [item(str(1250 + n), a, counterparty=NAMES[n]) for n, a in enumerate(amounts)]
    net = round(sum(amounts) * (1 - 0.0149))
    line = payment(net, counterparty="Dintero AS", text="PAYOUT FOR ORDERS 1250, 1251, 12", days=2)
    assert numbers(proposals(line, *orders, *_CROWD)[0]) == ["1250", "1251", "1252"]


def test_a_label_may_be_written_together_with_the_words_before_it() -> None:
    bill = item("10234", counterparty=NAMES[0])
    assert numbers(proposals(payment(text="Betalingavfaktura10234"), bill, *_CROWD)[0]) == ["10234"]


def test_a_wrong_digit_and_a_wrong_amount_are_not_sure() -> None:
    bill = item("3134", 29_900, counterparty=NAMES[0])
    best = proposals(payment(29_800, counterparty=NAMES[0], text="Gjelder faktura nr 3734"), bill, *_CROWD)[0]
    assert (numbers(best), best.confidence <= 0.9) == (["3134"], True)


def test_the_kid_of_what_the_books_have_as_paid_makes_the_open_one_unsure() -> None:
    paid = item("10264", 29_900, counterparty=NAMES[0], kid="0002600102640", open_amount=0)
    mine = item("10290", 29_900, counterparty=NAMES[0], kid="0002600102905")
    found = proposals(payment(29_900, counterparty=NAMES[0], kid=paid.kid), mine, *_CROWD, settled=(paid,))
    assert (found[0].kind, numbers(found[0])) == (ProposalKind.DUPLICATE_PAYMENT, ["10264"])
    assert all(p.confidence < 0.9 for p in found[1:])


def _sold(days: int) -> list[OpenItem]:
    """Three sales a day, to customers that come once."""
    return [
        item(
            str(5_000 + n),
            913_337 + 105_431 * (n * 7 % 23),
            counterparty=f"Kunde {chr(65 + n % 26)}{chr(97 + n // 26)} Solberg",
            issue_date=START + timedelta(days=n // 3),
        )
        for n in range(3 * days)
    ]


def test_who_pays_in_again_and_again_may_be_a_provider_that_nobody_knows() -> None:
    sold, days = _sold(12), range(12)
    lines = []
    for day in days:
        gross = sum(i.amount for i in sold[3 * day : 3 * day + 3])
        net = gross - round(gross * 0.0175)
        lines.append(payment(net, tid=day + 1, days=day + 1, counterparty="Zalopay Ltd", text=f"ZP {771_000 + day}"))
    answers = propose(MatchRequest(tuple(lines), tuple(sold)))
    found = [numbers(a.proposals[0]) if a.proposals else [] for a in answers]
    right = [found[d] == [str(5_000 + 3 * d + n) for n in range(3)] for d in days]
    assert sum(right) >= 10


def test_what_completes_a_cut_list_or_is_of_a_stated_amount_is_followed() -> None:
    lines = (
        payment(209_767, tid=1, counterparty=NAMES[0], text="Fakturaer nr 2026-10372, 2026-1037"),
        payment(1_143_550, tid=2, counterparty="Clearing", text="EUR 1000,00 kurs 11,4355"),
    )
    foreign = item("88", 100_000, currency="EUR", counterparty=NAMES[3])
    first = MatchRequest(lines, (_FIRST, _SECOND, foreign, *_CROWD))
    gone = [replace(x, open_amount=0) for x in (_SECOND, foreign)]
    second = MatchRequest(lines, (_FIRST, *_CROWD), tuple(gone))
    matcher = Matcher()
    assert [numbers(a.proposals[0]) for a in matcher.propose(first)] == [["2026-10372", "2026-10374"], ["88"]]
    assert matcher.propose(second) == propose(second)


def test_what_is_gone_stands_in_the_way_of_no_later_order() -> None:
    orders = [item(str(1250 + n), 700_000 + n * 10_100, counterparty=NAMES[n % 5]) for n in range(24)]
    net = round((orders[0].amount + orders[13].amount) * (1 - 0.0149))
    line = payment(net, counterparty="Dintero AS", text="PAYOUT FOR ORDERS 1250, 12", days=2)
    first = MatchRequest((line,), (*orders, *_CROWD))
    gone = tuple(replace(x, open_amount=0) for x in orders[1:4])
    second = MatchRequest((line,), (orders[0], *orders[4:], *_CROWD), gone)
    matcher = Matcher()
    matcher.propose(first)
    assert matcher.propose(second) == propose(second)


def test_several_payments_out_in_words_of_other_banks() -> None:
    bills = [item(str(71 + n), a, side=Side.SUPPLIER, counterparty=NAMES[n]) for n, a in enumerate((41_337, 55_519))]
    for text in ("Utgående betalinger", "Payment file 33", "Lev.bet 2", "2 mottakere"):
        best = proposals(payment(-96_856, text=text), *bills, *_CROWD)[0]
        assert (numbers(best), best.confidence >= SURE) == (["71", "72"], True), text
