"""Proposals as the drawings show them."""

from __future__ import annotations

from datetime import date

from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import (
    DifferenceReason,
    Evidence,
    Posting,
    Proposal,
    ProposalKind,
    ProposedLine,
    QueueStatus,
)
from kontali_desktop.wording.wording import Wording

BRYGGEN = "Bryggen Arkitekter AS"


def _line(number: str, amount: int, name: str = BRYGGEN, kind: DocumentKind = DocumentKind.INVOICE) -> ProposedLine:
    return ProposedLine(DocumentId(int(number)), Side.CUSTOMER, kind, number, name, amount, 0)


def _proposal(
    *lines: ProposedLine,
    signals: tuple[str, ...] = (),
    combinations: int = 1,
    difference: int = 0,
    reason: DifferenceReason | None = None,
) -> Proposal:
    evidence = tuple(Evidence(signal, 1.0, {"open": "23", "combinations": "3"}) for signal in signals)
    return Proposal(ProposalKind.DOCUMENTS, 0.97, combinations, lines, difference, reason, evidence)


def _item(number: str, due: date) -> OpenItem:
    return OpenItem(
        DocumentId(int(number)), Side.CUSTOMER, DocumentKind.INVOICE, number, BRYGGEN, 100, 100, due_date=due
    )


def test_one_invoice(nb: Wording, en: Wording) -> None:
    proposal = _proposal(_line("10234", 1_250_000), signals=("amount", "number", "counterparty_account", "date"))
    documents = {DocumentId(10234): _item("10234", date(2026, 11, 23))}
    text = nb.proposal(proposal, documents=documents)
    assert (text.strong, text.normal, text.quiet) == ("10234", BRYGGEN, "forfall 23.11")
    assert text.detail == "Beløp, nummer og konto stemmer"
    assert text.title == f"10234 {BRYGGEN} forfall 23.11"
    assert nb.proposal(proposal).quiet == ""
    assert en.proposal(proposal).detail == "Amount, number and account agree"


def test_a_settlement_of_many(nb: Wording) -> None:
    lines = [_line(str(number), 50_000, f"Kunde {number}") for number in range(10198, 10205)]
    proposal = _proposal(*lines, signals=("only_combination", "fee"), difference=-6_125, reason=DifferenceReason.FEE)
    text = nb.proposal(proposal)
    assert text.strong == "7 fakturaer"
    assert text.normal == "10198 … 10204"
    assert text.detail == "Eneste kombinasjon · gebyr \u221261,25 (1,75\u00a0%)"


def test_two_of_one_counterparty(nb: Wording) -> None:
    proposal = _proposal(_line("10240", 100), _line("10241", 200), signals=("number", "number", "sum"))
    text = nb.proposal(proposal)
    assert (text.strong, text.normal, text.quiet) == ("2 fakturaer", BRYGGEN, "10240 · 10241")
    assert text.detail == "Begge numre står i teksten"


def test_credit_notes_are_called_so(nb: Wording) -> None:
    credit = _line("77", -100, kind=DocumentKind.CREDIT_NOTE)
    assert nb.proposal(_proposal(credit)).strong == "Kreditnota 77"
    assert nb.proposal(_proposal(_line("10240", 300), credit)).strong == "2 dokumenter"


def test_several_combinations_say_so_before_all_else(nb: Wording) -> None:
    proposal = _proposal(_line("10240", 100), signals=("amount", "counterparty"), combinations=3)
    assert nb.why_short(proposal) == "3 kombinasjoner"


def test_why_in_few_words(nb: Wording) -> None:
    assert nb.why_short(_proposal(_line("1", 100), signals=("kid",))) == "KID stemmer"
    assert nb.why_short(_proposal(_line("1", 100), signals=("amount", "kid"))) == "Beløp og KID stemmer"
    three = _proposal(_line("1", 1), _line("2", 1), _line("3", 1), signals=("number",) * 3)
    assert nb.why_short(three) == "Alle 3 numre står i teksten"
    decoy = Evidence("number", 0.5, {"number": "1", "context": "other"})
    other = Proposal(ProposalKind.DOCUMENTS, 0.5, 1, (_line("1", 100),), evidence=(decoy, Evidence("amount", 2.0)))
    assert nb.why_short(other) == "Beløpet stemmer"
    assert nb.why_short(_proposal(_line("1", 100))) == ""


def test_a_part_payment_is_told(nb: Wording) -> None:
    proposal = _proposal(_line("1", 100), signals=("number", "part_payment"))
    assert nb.proposal(proposal).detail == "Nummeret stemmer · delbetaling"


def test_a_transfer_names_the_other_account(nb: Wording) -> None:
    signs = (Evidence("own_account", 7.0, {"account": "15032077705"}), Evidence("opposite_amount", 2.0))
    proposal = Proposal(ProposalKind.TRANSFER, 0.99, 1, evidence=signs, counter_transaction=TransactionId(4))
    assert nb.proposal(proposal, counter_account="15032077705").title == "Overføring til egen konto …7705"
    assert nb.proposal(proposal, counter_account="15032077705", is_incoming=True).normal == "fra egen konto …7705"
    assert nb.proposal(proposal).title == "Overføring mellom egne kontoer"
    assert nb.proposal(proposal).detail == "Beløp og konto stemmer"


def test_other_kinds(nb: Wording) -> None:
    posting = Proposal(ProposalKind.DIRECT_POSTING, 0.96, 1, posting=Posting("2770"))
    assert nb.proposal(posting).title == "Føres direkte 2770 Arbeidsgiveravgift"
    unnamed = Proposal(ProposalKind.DIRECT_POSTING, 0.96, 1, posting=Posting("6999", "1"))
    assert nb.proposal(unnamed).title == "Føres direkte 6999 mva-kode 1"
    twice = Proposal(ProposalKind.DUPLICATE_PAYMENT, 0.9, 1, (_line("10234", 0),))
    assert nb.proposal(twice).strong == "Betalt før: 10234"
    assert nb.proposal(None).title == "Ingen forslag"


def test_differences(nb: Wording, en: Wording) -> None:
    assert nb.difference(-6_125, DifferenceReason.FEE, settled=350_000) == "gebyr \u221261,25 (1,75\u00a0%)"
    assert nb.difference(-2_000, DifferenceReason.DISCOUNT, settled=96_000) == "rabatt \u221220,00 (2,08\u00a0%)"
    assert nb.difference(-2_000, DifferenceReason.FEE, settled=35_000) == "gebyr \u221220,00 (5,71\u00a0%)"
    assert nb.difference(-2_500, DifferenceReason.FEE, settled=36_000) == "gebyr \u221225,00 (6,94\u00a0%)"
    assert nb.difference(-2_500, DifferenceReason.FEE, settled=37_000) == "gebyr \u221225,00 (6,76\u00a0%)"
    assert nb.difference(7_000, DifferenceReason.REMINDER, settled=350_000) == "purregebyr 70,00"
    assert nb.difference(-6_125, None) == "differanse \u221261,25"
    assert nb.difference(0, None) == ""
    assert en.difference(-6_125, DifferenceReason.FEE, settled=350_000) == "fee \u221261.25 (1.75%)"
    sums = nb.difference_sum(350_000, -6_125, DifferenceReason.FEE)
    assert sums == ("3\u00a0500,00", "\u2212 gebyr 61,25 = 3\u00a0438,75")
    assert nb.difference_sum(350_000, 0, None) == ("3\u00a0500,00", "")


def test_every_reason_kind_and_status_has_words(wording: Wording) -> None:
    assert len({wording.difference(-100, reason) for reason in DifferenceReason}) == len(DifferenceReason)
    assert len({wording.status(status) for status in QueueStatus}) == len(QueueStatus)
