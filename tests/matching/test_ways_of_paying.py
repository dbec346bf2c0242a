"""How people and banks really pay: each way finds its document, says why, and is only sure when it may be."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import OWN, START, item, numbers, payment, proposals

SURE = 0.97
CROWD = tuple(item(str(n), 20_000 + 173 * n, counterparty=f"Kunde{n} Drift AS") for n in range(20_100, 20_160))


def first(*args: object, **given: object) -> Proposal:
    found = proposals(*args, **given)  # type: ignore[arg-type]  # passed through
    assert found, "nothing was proposed"
    return found[0]


def signals(proposal: Proposal) -> set[str]:
    return {e.signal for e in proposal.evidence}


@pytest.mark.parametrize("text", ["KID 1000700102329", "1000700 102329", "kid: 10007 00102 329 takk"])
def test_a_kid_in_free_text_also_in_groups(text: str) -> None:
    best = first(payment(text=text), item(kid="1000700102329"), *CROWD)
    assert numbers(best) == ["10234"]
    assert "kid_in_text" in signals(best)
    assert best.confidence >= SURE


def test_a_kid_is_surest_of_all() -> None:
    best = first(payment(kid="1000700102329"), item(kid="1000700102329"), *CROWD)
    assert best.confidence > SURE
    assert {"kid", "amount"} <= signals(best)
    assert best.lines[0].remaining_after == 0


def test_a_kid_that_two_invoices_share_is_decided_by_the_amount() -> None:
    shared = [item(str(n), amount, kid="10007") for n, amount in ((10234, 50_000), (10235, 80_000))]
    assert numbers(first(payment(80_000, kid="10007"), *shared, *CROWD)) == ["10235"]
    equal = [item(str(n), 50_000, kid="10007", counterparty=f"Kunde{n} AS") for n in (10234, 10235)]
    best = first(payment(50_000, kid="10007"), *equal, *CROWD)
    assert best.combinations == 2
    assert best.confidence <= 0.5


@pytest.mark.parametrize("text", ["Faktura 10234", "fakt10234", "F.nr 10234", "vedr. 10234 takk", "Inv. 010234"])
def test_a_number_in_the_text(text: str) -> None:
    best = first(payment(text=text), item(), *CROWD)
    assert numbers(best) == ["10234"]
    assert "number" in signals(best)
    assert best.confidence >= SURE


@pytest.mark.parametrize("text", ["ref 9102345", "110234", "10234A5", "AB10234", "1234.10.23410"])
def test_a_number_inside_another_is_no_number(text: str) -> None:
    assert all("number" not in signals(p) for p in proposals(payment(99, text=text), item(), *CROWD))


@pytest.mark.parametrize("text", ["ordre 10234", "Ark.Ref 10234", "tlf 10234", "VISA VARE *10234 KIWI"])
def test_a_number_that_belongs_to_something_else_is_not_enough(text: str) -> None:
    assert all(p.confidence < 0.1 for p in proposals(payment(-777, text=text), item(side=Side.SUPPLIER), *CROWD))


def test_a_date_is_no_number() -> None:
    assert not proposals(payment(99, text="Nettgiro 10.03.2026"), item("1003"), item("2026"), *CROWD)


def test_numbers_with_letters_and_years_are_whole_tokens() -> None:
    docs = [item("2026-58540", id=DocumentId(1)), item("SO14931/1", 70_000, id=DocumentId(2))]
    assert numbers(first(payment(text="Betaling 2026-58540"), *docs, *CROWD)) == ["2026-58540"]
    assert numbers(first(payment(70_000, text="Fakt. SO14931/1"), *docs, *CROWD)) == ["SO14931/1"]


@pytest.mark.parametrize(
    "text", ["fakt 10234/10235/10236", "Faktura 10234, 10235 og 10236", "10234-10236", "F.nr 10234 + 10235 + 10236"]
)
def test_several_numbers_and_ranges(text: str) -> None:
    docs = [item(str(n), amount) for n, amount in ((10234, 50_000), (10235, 70_010), (10236, 3_000))]
    best = first(payment(123_010, text=text), *docs, *CROWD)
    assert numbers(best) == ["10234", "10235", "10236"]
    assert best.confidence >= SURE
    assert best.difference == 0


def test_only_the_named_ones_that_add_up() -> None:
    docs = [item(str(n), amount) for n, amount in ((10234, 50_000), (10235, 70_010), (10236, 3_000))]
    assert numbers(first(payment(53_000, text="10234 10235 10236"), *docs, *CROWD)) == ["10234", "10236"]


def test_a_credit_note_is_netted() -> None:
    credit = item("10235", 20_000, kind=DocumentKind.CREDIT_NOTE)
    for text in ("F.nr 10234 + 10235", "Nettgiro"):
        best = first(payment(105_037, text=text, counterparty="NORDLYS BYGG"), item(), credit, *CROWD)
        assert numbers(best) == ["10234", "10235"]
        assert sorted(line.amount for line in best.lines) == [-20_000, 125_037]


def test_a_credit_note_refunded_goes_the_other_way() -> None:
    credit = item("10235", 20_000, kind=DocumentKind.CREDIT_NOTE)
    best = first(payment(-20_000, text="Kreditnota 10235"), credit, *CROWD)
    assert [line.amount for line in best.lines] == [-20_000]
    assert not proposals(payment(20_000, text="Kreditnota 10235"), credit)


@pytest.mark.parametrize("name", ["NORDLYS BYGG", "Bygg Nordlys", "Nordlys Bygg AS", "NORDLYS BYG"])
def test_the_name_with_the_amount(name: str) -> None:
    best = first(payment(counterparty=name), item(), *CROWD)
    assert numbers(best) == ["10234"]
    assert best.confidence > 0.8


def test_of_sister_companies_the_named_one() -> None:
    sister = item("10235", counterparty="Nordlys Bygg Holding AS")
    assert numbers(first(payment(counterparty="NORDLYS BYGG"), item(), sister, *CROWD)) == ["10234"]
    assert numbers(first(payment(counterparty="NORDLYS BYGG HOLDING"), item(), sister, *CROWD)) == ["10235"]


def test_a_known_account_tells_the_counterparty() -> None:
    known = {"97101115988": frozenset({"Nordlys Bygg AS"})}
    best = first(payment(counterparty_account="97101115988"), item(), *CROWD, known_accounts=known)
    assert "counterparty_account" in signals(best)


def test_the_amount_alone_is_likely_at_most() -> None:
    best = first(payment(), item(), *CROWD)
    assert numbers(best) == ["10234"]
    assert 0.3 < best.confidence <= 0.8


def test_many_equal_amounts_say_little_and_are_counted() -> None:
    equal = [item(str(n), 125_037, counterparty=f"Kunde{n} AS") for n in range(10_300, 10_306)]
    best = first(payment(), *equal, *CROWD)
    assert best.combinations == 6
    assert best.confidence <= 1 / 6


@pytest.mark.parametrize(
    ("paid", "reason"),
    [
        (122_537, DifferenceReason.FEE),
        (125_000, DifferenceReason.ROUNDING),
        (128_537, DifferenceReason.REMINDER),
        (132_037, DifferenceReason.REMINDER),
        (125_437, DifferenceReason.INTEREST),
        (225_037, DifferenceReason.OVERPAYMENT),
    ],
)
def test_a_difference_is_explained(paid: int, reason: DifferenceReason) -> None:
    best = first(payment(paid, text="Faktura 10234", days=30), item(), *CROWD)
    assert (best.difference, best.difference_reason) == (paid - 125_037, reason)
    assert best.lines[0].remaining_after == 0
    assert (best.confidence >= SURE) == (reason is not DifferenceReason.OVERPAYMENT)


def test_an_overpayment_is_never_sure_even_with_a_kid() -> None:
    paid = payment(225_037, kid="1000700102329", counterparty="NORDLYS BYGG")
    assert first(paid, item(kid="1000700102329"), *CROWD).confidence <= 0.9


def test_what_is_only_similar_is_never_sure() -> None:
    best = proposals(payment(150_000, counterparty="NORDLYS BYGG"), item("10234", 149_900), *CROWD)
    assert all(p.confidence < SURE for p in best)


def test_a_part_payment_leaves_the_rest_open() -> None:
    best = first(payment(60_000, text="Delbetaling 1/2 faktura 10234"), item("10234", 120_000), *CROWD)
    assert best.lines[0].amount == 60_000
    assert best.lines[0].remaining_after == 60_000
    assert best.difference == 0
    assert "part_payment" in signals(best)


def test_three_instalments_share_one_invoice() -> None:
    each = tuple(payment(60_000, tid=n, days=10 * n, text=f"{n}/3 10234") for n in (1, 2, 3))
    answers = propose(MatchRequest(each, (item("10234", 180_000), *CROWD)))
    assert [[line.amount for line in a.proposals[0].lines] for a in answers] == [[60_000]] * 3


def test_the_only_sum_of_a_counterparty() -> None:
    docs = [item(str(n), amount) for n, amount in ((10234, 50_017), (10235, 70_010), (10236, 3_001), (10237, 999_000))]
    best = first(payment(53_018, counterparty="NORDLYS BYGG"), *docs, *CROWD)
    assert numbers(best) == ["10234", "10236"]
    assert best.combinations == 1
    assert "only_combination" in signals(best)


def test_several_sums_are_counted_and_never_sure() -> None:
    docs = [item(str(10234 + n), a) for n, a in enumerate((20_000, 80_000, 35_000, 65_000, 45_000, 55_000, 7_131))]
    best = first(payment(100_000, counterparty="NORDLYS BYGG"), *docs, *CROWD)
    assert best.combinations > 1
    assert best.confidence <= 0.5


def test_of_equal_documents_of_one_counterparty_it_makes_no_difference_which() -> None:
    docs = [item(str(n), 50_000) for n in (10234, 10235, 10236)]
    one = first(payment(50_000, counterparty="NORDLYS BYGG"), *docs, *CROWD)
    assert (one.combinations, numbers(one)) == (1, ["10234"])
    assert "one_of_equals" in signals(one)
    two = first(payment(100_000, counterparty="NORDLYS BYGG"), *docs, *CROWD)
    assert (two.combinations, numbers(two)) == (1, ["10234", "10235"])


def test_an_unknown_invoice_of_a_known_party_is_not_taken() -> None:
    best = proposals(payment(counterparty="NORDLYS BYGG", text="Faktura 13783"), item(), *CROWD)
    assert all(p.confidence < 0.9 for p in best)


def test_another_payer_with_the_number() -> None:
    best = first(payment(counterparty="Magnus Ali", text="Fakturanr: 10234"), item(), *CROWD)
    assert numbers(best) == ["10234"]
    assert "other_counterparty" in signals(best)


def test_two_digits_swapped() -> None:
    best = first(payment(counterparty="NORDLYS BYGG", text="Faktura 10324"), item(), *CROWD)
    assert numbers(best) == ["10234"]
    assert "number_typo" in signals(best)


def test_nothing_is_paid_before_it_is_written() -> None:
    docs = [item(), item("10235", issue_date=START + timedelta(days=40), due_date=START + timedelta(days=54))]
    best = first(payment(counterparty="NORDLYS BYGG", days=12), *docs, *CROWD)
    assert numbers(best) == ["10234"]
    assert best.combinations == 1
    early = proposals(payment(counterparty="NORDLYS BYGG", days=12), docs[1], *CROWD)
    assert all(p.confidence < 0.9 for p in early)


def test_the_clearer_payment_gets_the_document() -> None:
    clear, vague = payment(tid=2, kid="1000700102329"), payment(tid=1, counterparty="NORDLYS BYGG")
    answers = propose(MatchRequest((vague, clear), (item(kid="1000700102329"), *CROWD)))
    assert answers[1].proposals[0].confidence > SURE
    assert all(p.confidence <= 0.3 or p.kind is not ProposalKind.DOCUMENTS for p in answers[0].proposals)


def test_paid_twice() -> None:
    twice = (payment(tid=1, days=10, kid="1000700102329"), payment(tid=2, days=12, kid="1000700102329"))
    one, other = propose(MatchRequest(twice, (item(kid="1000700102329"), *CROWD)))
    assert one.proposals[0].kind is ProposalKind.DOCUMENTS
    assert other.proposals[0].kind is ProposalKind.DUPLICATE_PAYMENT
    assert [line.amount for line in other.proposals[0].lines] == [0]


def test_paid_again_what_is_settled() -> None:
    settled = item(open_amount=0)
    best = first(payment(text="Faktura 10234"), *CROWD, settled=(settled,))
    assert best.kind is ProposalKind.DUPLICATE_PAYMENT
    assert numbers(best) == ["10234"]


def test_an_old_kid_used_again_for_the_next_invoice() -> None:
    old = item("10234", 99_900, kid="1000700102329")
    new = item("10235", 149_900, issue_date=START + timedelta(days=30), due_date=START + timedelta(days=44))
    best = first(payment(149_900, kid="1000700102329", counterparty="NORDLYS BYGG", days=44), old, new, *CROWD)
    assert numbers(best) == ["10235"]


def test_a_transfer_between_own_accounts_is_one_pair() -> None:
    out = payment(-3_600_000, tid=1, account=1, text="Overføring mellom egne konti")
    into = payment(3_600_000, tid=2, account=2, days=15, counterparty_account="15030000000")
    other = payment(3_600_000, tid=3, account=2, days=18, text="Innbetaling")
    answers = propose(MatchRequest((other, into, out), (), own_accounts=OWN))
    assert [a.proposals[0].counter_transaction if a.proposals else None for a in answers] == [
        TransactionId(2),
        TransactionId(1),
        None,
    ]


def test_opposite_amounts_alone_are_no_transfer() -> None:
    both = (payment(-50_000, tid=1, account=1), payment(50_000, tid=2, account=2))
    assert not any(a.proposals for a in propose(MatchRequest(both, (), own_accounts=OWN)))


@pytest.mark.parametrize(
    "text",
    [
        "Remittering antall 3",
        "Samletrans",
        "Filbetaling 3 betalinger",
        "Betalingsbunke",
        "Sum utbetalinger 3",
        "VENDOR PAYMENTS 3",
        "Leverandørutbet.",
        "pain.001",
    ],
)
def test_a_remittance_sum_in_the_words_of_many_banks(text: str) -> None:
    bills = [
        item(str(n), amount, side=Side.SUPPLIER, counterparty=f"Lev{n} AS")
        for n, amount in ((501, 50_017), (502, 70_011), (503, 3_003), (504, 880_000))
    ]
    best = first(payment(-123_031, text=text), *bills, *CROWD)
    assert numbers(best) == ["501", "502", "503"]
    assert {e.signal for e in best.evidence} == {"remittance_text", "sum_of_due"}


@pytest.mark.parametrize("text", ["Bunkers Florø", "Samlet regning tannlege", "Oppdrag 2 rørlegger", "Verktøy"])
def test_a_purchase_is_no_remittance_for_a_word_of_it(text: str) -> None:
    bills = [item(str(n), n * 100, side=Side.SUPPLIER, counterparty=f"Lev{n} AS") for n in (501, 702, 1_803)]
    found = proposals(payment(-120_300, text=text), *bills, *CROWD)
    assert not any(e.signal == "remittance_text" for p in found for e in p.evidence)
    assert all(p.confidence < 0.97 for p in found)


def test_a_payout_less_its_fee_by_the_orders_it_names() -> None:
    orders = [
        item(str(n), n * 10, counterparty=f"Kjøper{n}", issue_date=START + timedelta(days=10)) for n in (51_201, 51_202)
    ]
    total = sum(o.amount for o in orders)
    fee = round(total * 0.0175)
    best = first(
        payment(total - fee, text="Utbetaling Vipps MobilePay AS ordre 51201, 51202", days=12), *orders, *CROWD
    )
    assert numbers(best) == ["51201", "51202"]
    assert (best.difference, best.difference_reason) == (-fee, DifferenceReason.FEE)


def test_another_currency_by_the_amount_stated() -> None:
    bill = item("00040073", 149_000, side=Side.SUPPLIER, currency="EUR", counterparty="Gjøvik Fisk AS")
    best = first(payment(-1_750_611, counterparty="GJØVIK FISK", text="EUR 1490.00 00040073"), bill, *CROWD)
    assert numbers(best) == ["00040073"]
    assert (best.difference, best.difference_reason) == (0, DifferenceReason.CURRENCY)
    assert not proposals(payment(-1_750_611, text="EUR 1480.00"), bill)


@pytest.mark.parametrize(
    ("text", "amount", "account"),
    [
        ("Lønn mars", -125_037, "2930"),
        ("Skattetrekk forskudd", -125_037, "2600"),
        ("Arbeidsgiveravgift 2. termin", -125_037, "2770"),
        ("MVA termin 3", -125_037, "2740"),
        ("Mva-oppgjør", 125_037, "2740"),
        ("Avdrag og renter lån", -125_037, "2240"),
        ("Gebyr bedriftsnettbank", -12_500, "7770"),
        ("Renter", 12_500, "8050"),
        ("Debetrenter", -12_500, "8150"),
    ],
)
def test_what_has_no_document_goes_to_its_account(text: str, amount: int, account: str) -> None:
    found = proposals(payment(amount, text=text), item(side=Side.SUPPLIER), *CROWD)
    assert found[0].kind is ProposalKind.DIRECT_POSTING
    assert found[0].posting is not None
    assert found[0].posting.account == account
    assert all(p.confidence < 0.1 for p in found if p.kind is ProposalKind.DOCUMENTS)


@pytest.mark.parametrize(
    "text", ["Husleie mars", "VISA VARE KIWI 412", "Privatuttak", "Takk for lånet av salen, faktura 10234"]
)
def test_rent_cards_and_what_has_a_document_are_not_posted(text: str) -> None:
    found = proposals(payment(-125_037, text=text), item(side=Side.SUPPLIER), *CROWD)
    assert all(p.kind is not ProposalKind.DIRECT_POSTING for p in found)


def test_a_hostile_lot_of_equal_amounts_is_ambiguous_and_quick() -> None:
    equal = tuple(item(str(n), 49_900, counterparty=f"Kunde{n} AS", kid="10007") for n in range(10_300, 10_800))
    same = tuple(payment(49_900, tid=n, kid="10007") for n in range(1, 500))
    began = time.process_time()
    answers = propose(MatchRequest(same, equal))
    assert time.process_time() - began < 5
    assert all(a.proposals for a in answers)
    assert all(p.combinations > 1 and p.confidence < 0.1 for a in answers for p in a.proposals)


def test_a_loan_instalment_is_never_likely_to_be_all_of_one_account() -> None:
    best = first(payment(-125_037, text="Avdrag og renter lån"), *CROWD)
    assert best.confidence <= 0.5
    assert {"posting": "2240", "other": "8150"} in [dict(e.facts) for e in best.evidence]
