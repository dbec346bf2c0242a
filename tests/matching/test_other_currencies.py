"""Documents in another currency: what the text states of amount and rate, and payments that state neither."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.names import EXACT, NEAR, NameBook
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.stated import stated_amounts, stated_rates
from tests.matching.worlds import item, numbers, payment, proposals

NAME = "Kvåle & Grønli AS"


def _signals(proposal: Proposal) -> set[str]:
    return {e.signal for e in proposal.evidence}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Utland EUR 50511,00 kurs 11.4355", ("EUR", "50511.00")),
        ("eur 1.234,50", ("EUR", "1234.50")),
        ("USD5,150.74", ("USD", "5150.74")),
        ("€ 12 345,00", ("EUR", "12345.00")),
        ("12 500 SEK", ("SEK", "12500.00")),
        ("12,5 sek", ("SEK", "12.50")),
    ],
)
def test_amounts_are_read_however_banks_write_them(text: str, amount: tuple[str, str]) -> None:
    assert amount in stated_amounts(text)


def test_a_rate_is_one_that_is_called_so_or_that_has_more_digits_than_an_amount() -> None:
    assert (11.43, 0.005) in stated_rates("@11,43")
    assert any(abs(rate - 1.0345) < 1e-9 for rate, _ in stated_rates("kurs 103,45"))  # for a hundred
    assert any(rate == 13.7012 for rate, _ in stated_rates("4531,00 / 13.7012"))
    assert not stated_rates("faktura 12.500 av 12.03.2026 kr 1 250,00")


def test_a_stated_amount_finds_the_document_whoever_the_bank_says_it_was() -> None:
    bill = item("515", 515_074, side=Side.SUPPLIER, currency="USD", counterparty=NAME)
    other = item("616", 616_000, side=Side.SUPPLIER, currency="USD", counterparty="Blå Handel ANS")
    best = proposals(payment(-5_346_193, counterparty="CLEARING 77", text="USD 5,150.74"), bill, other)[0]
    assert numbers(best) == ["515"]
    assert "stated_amount" in _signals(best)
    assert best.confidence < 0.97  # the payer is nobody that is known


def test_a_stated_rate_finds_the_document_that_it_makes_the_payment_of() -> None:
    bill, other = (item(n, a, currency="EUR", counterparty=NAME) for n, a in (("11", 100_000), ("12", 101_000)))
    best = proposals(payment(round(101_000 * 11.4355), counterparty=NAME, text="kurs 11.4355"), bill, other)[0]
    assert numbers(best) == ["12"]
    assert "stated_rate" in _signals(best)


def test_one_unit_at_a_rate_is_no_amount_that_was_paid() -> None:
    bill = item("77", 100_000, currency="EUR", counterparty=NAME)
    best = proposals(payment(1_143_550, counterparty=NAME, text="1 EUR = 11,4355 NOK"), bill)[0]
    assert numbers(best) == ["77"]


def test_a_rate_that_can_be_is_shown_and_never_sure() -> None:
    bill = item("77", 100_000, currency="EUR", counterparty=NAME)
    best = proposals(payment(1_150_000, counterparty=NAME, text="SWIFT"), bill)[0]
    assert numbers(best) == ["77"]
    assert best.confidence <= 0.9
    assert not proposals(payment(2_950_000, counterparty=NAME, text="SWIFT"), bill)


def test_what_is_a_little_off_the_usual_rate_is_shown_and_what_is_far_off_is_not() -> None:
    paid = item("70", 200_000, currency="EUR", counterparty="Blå Handel ANS")
    lines = (
        payment(2_300_000, tid=1, counterparty="Blå Handel ANS", text="EUR 2000,00"),
        payment(1_150_000, tid=2, counterparty=NAME),
    )
    found = {}
    for amount in (100_000, 104_000, 109_000):
        _, answer = propose(MatchRequest(lines, (paid, item("78", amount, currency="EUR", counterparty=NAME))))
        found[amount] = [(numbers(p), _signals(p) & {"rate", "rate_of_the_day"}) for p in answer.proposals]
    assert found[100_000] == [(["78"], {"rate_of_the_day"})]
    assert found[104_000] == [(["78"], {"rate"})]
    assert found[109_000] == []


@pytest.mark.parametrize(
    ("written", "likeness"),
    [("Kv?le & Gr?nli AS", NEAR), ("GR?NLI OG KV?LE", NEAR), ("?s Taxi", NEAR), ("AS TAXI", EXACT), ("Ås Taxi", EXACT)],
)
def test_names_with_unreadable_letters_and_places_like_company_forms(written: str, likeness: float) -> None:
    book = NameBook([NAME, "Ås Taxi Enkeltpersonforetak", "Vik Taxi AS", "Norske Lys AS"])
    (found,) = book.find(written).items()
    assert found == (0 if "r?nl" in written.lower() else 1, likeness)


def test_a_company_form_before_the_name_is_still_a_form() -> None:
    assert NameBook(["Norske Lys AS"]).find("A/S Norske Lys") == {0: EXACT}


@pytest.mark.parametrize("text", ["EUR " + "9" * 400, "9" * 400 + " EUR", "123 " * 500, "EUR " + "123 " * 400])
def test_no_figure_in_a_text_is_too_long_to_be_weighed(text: str) -> None:
    answers = proposals(payment(100_000, text=text), item("78", 100_000, currency="EUR", counterparty=NAME))
    assert not any(p.confidence > 0.5 for p in answers)


def test_an_amount_is_stated_also_in_a_currency_without_decimals() -> None:
    (best, *_) = proposals(payment(82_500, text="Utland JPY 12000"), item("78", 12_000, currency="JPY"))
    assert (numbers(best), _signals(best) & {"stated_amount"}) == (["78"], {"stated_amount"})
