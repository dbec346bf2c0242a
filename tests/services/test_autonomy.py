"""Accepting by itself: on for a new client, held back by named reasons, lost by one correction and earned again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontali_desktop.domain.autonomy import EvidenceKind, Mode, Veto, kind_of_evidence
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.domain.matches import (
    DifferenceReason,
    Evidence,
    Posting,
    Proposal,
    ProposalKind,
    ProposedLine,
    QueueStatus,
)
from kontali_desktop.services.autonomy import Autonomy, Standing
from tests.services.conftest import Office
from tests.support import account_number, invoice, orgnr, payment

LINE = BankTransaction(TransactionId(1), AccountId(1), 1, payment(100_00, "Faktura 10234", "Bryggen AS"))
PAID = ProposedLine(DocumentId(1), Side.CUSTOMER, DocumentKind.INVOICE, "10234", "Bryggen AS", 100_00, 0)
SURE = Proposal(ProposalKind.DOCUMENTS, 0.99, 1, (PAID,), evidence=(Evidence("number", 9.0, {"number": "10234"}),))


def vetoes(proposal: Proposal = SURE, autonomy: Autonomy | None = None, line: BankTransaction = LINE) -> set[Veto]:
    return set((autonomy or Autonomy(ClientSettings())).verdict(line, proposal).vetoes)


def signs(*signals: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(signal, 1.0) for signal in signals)


def test_what_is_sure_and_unique_is_taken() -> None:
    assert vetoes() == set()


@pytest.mark.parametrize(
    ("proposal", "veto"),
    [
        (replace(SURE, confidence=0.96), Veto.BELOW_THRESHOLD),
        (replace(SURE, combinations=2), Veto.AMBIGUOUS),
        (replace(SURE, lines=(replace(PAID, side=Side.SUPPLIER),)), Veto.DIRECTION),
        (replace(SURE, kind=ProposalKind.DUPLICATE_PAYMENT, lines=()), Veto.NEEDS_PERSON),
        (Proposal(ProposalKind.DIRECT_POSTING, 0.99, 1, posting=Posting("7770")), Veto.NEEDS_PERSON),
        (
            replace(SURE, difference_reason=DifferenceReason.CURRENCY, evidence=signs("counterparty", "date")),
            Veto.CURRENCY,
        ),
    ],
)
def test_each_reason_alone_holds_it_back(proposal: Proposal, veto: Veto) -> None:
    assert vetoes(proposal) == {veto}


@pytest.mark.parametrize("signal", ["stated_amount", "rate_of_the_day", "number", "kid"])
def test_an_explained_conversion_is_no_reason(signal: str) -> None:
    assert vetoes(replace(SURE, difference_reason=DifferenceReason.CURRENCY, evidence=signs(signal))) == set()


def test_a_number_that_is_something_else_s_explains_nothing() -> None:
    stray = (Evidence("number", 0.5, {"number": "1", "context": "other"}),)
    converted = replace(SURE, difference_reason=DifferenceReason.CURRENCY, evidence=stray)
    assert vetoes(converted) == {Veto.CURRENCY}


def test_another_client_s_document_is_never_taken() -> None:
    assert vetoes(autonomy=Autonomy(ClientSettings(), documents=frozenset({DocumentId(2)}))) == {Veto.OTHER_CLIENT}


@pytest.mark.parametrize(("mode", "veto"), [(Mode.OFF, Veto.OFF), (Mode.SHADOW, Veto.SHADOW)])
def test_off_and_shadow_take_nothing_and_say_what_they_would(mode: Mode, veto: Veto) -> None:
    verdict = Autonomy(ClientSettings(mode=mode)).verdict(LINE, SURE)
    assert (verdict.vetoes, verdict.would, verdict.is_automatic) == ((veto,), True, False)


def test_careful_wants_a_kid_or_a_counterparty_confirmed_before() -> None:
    careful = Autonomy(ClientSettings(mode=Mode.CAREFUL))
    assert vetoes(autonomy=careful) == {Veto.NOT_CONFIRMED}
    assert vetoes(replace(SURE, evidence=signs("kid")), careful) == set()
    assert vetoes(autonomy=replace(careful, standing=Standing(confirmed=frozenset({"bryggen as"})))) == set()


@pytest.mark.parametrize(
    ("proposal", "kind"),
    [
        (replace(SURE, evidence=signs("kid", "number")), EvidenceKind.KID),
        (SURE, EvidenceKind.NUMBER),
        (replace(SURE, evidence=signs("counterparty", "amount")), EvidenceKind.NAME_AMOUNT),
        (replace(SURE, evidence=signs("amount")), EvidenceKind.AMOUNT),
        (replace(SURE, lines=(PAID, PAID), evidence=signs("sum", "counterparty")), EvidenceKind.SET),
        (replace(SURE, evidence=signs("settlement_text", "number")), EvidenceKind.SETTLEMENT),
        (Proposal(ProposalKind.TRANSFER, 0.9, 1), EvidenceKind.TRANSFER),
        (Proposal(ProposalKind.DIRECT_POSTING, 0.9, 1, evidence=signs("rule")), EvidenceKind.RULE),
    ],
)
def test_kinds_of_evidence(proposal: Proposal, kind: EvidenceKind) -> None:
    assert kind_of_evidence(proposal) is kind


# With the whole program


def deliver(office: Office, *numbers: int, name: str = "Bryggen Arkitekter AS", kind: str = "Faktura") -> None:
    client = office.client(1, Mode.BALANCED)
    with office.storage.reading() as work:
        known = work.accounts.load_all(client.id)
    account = known[0] if known else office.account(client)
    office.receive(account, *(payment(n, f"{kind} {n}", name) for n in numbers))
    office.hold(client, *(invoice(str(n), n, name) for n in numbers))
    office.propose.run()


def test_a_new_client_is_automatic_without_being_asked(office: Office) -> None:
    client, _ = office.clients.add("Ny AS", orgnr(1))
    assert office.clients.load_settings(client.id) == ClientSettings()
    deliver(office, 1023400)
    assert office.item("Faktura 1023400").status is QueueStatus.AUTO_ACCEPTED


def test_an_undo_takes_the_autonomy_until_a_person_confirms(office: Office) -> None:
    deliver(office, 1023401)
    first = office.item("Faktura 1023401")
    assert first.status is QueueStatus.AUTO_ACCEPTED
    office.review.undo()
    deliver(office, 2034502)
    second = office.item("Faktura 2034502")
    assert second.status is QueueStatus.PROPOSED
    verdict = office.verdict(second)
    assert (verdict.why_not, verdict.counterparty) == (Veto.TAKEN_BACK, "bryggen arkitekter as")
    assert office.verdict(first).vetoes[0] is Veto.UNDONE
    office.review.accept(second.id)
    deliver(office, 3045603)
    assert office.item("Faktura 3045603").status is QueueStatus.AUTO_ACCEPTED


def test_another_counterparty_keeps_its_own(office: Office) -> None:
    deliver(office, 1023401)
    office.review.undo()
    deliver(office, 2034502, name="Nordlys Bygg AS")
    assert office.item("Faktura 2034502").status is QueueStatus.AUTO_ACCEPTED


def test_rejecting_what_it_was_sure_of_is_a_correction_and_its_undo_is_not(office: Office) -> None:
    client = office.client(1, Mode.OFF)
    account = office.account(client)
    office.receive(account, payment(1023401, "Faktura 1023401", "Bryggen Arkitekter AS"))
    office.hold(client, invoice("1023401", 1023401))
    office.propose.run()
    office.review.reject(office.item("Faktura 1023401").id)
    office.clients.save_settings(client.id, ClientSettings())
    deliver(office, 2034502)
    assert office.item("Faktura 2034502").status is QueueStatus.PROPOSED
    office.review.undo()
    office.propose.run()
    assert office.item("Faktura 2034502").status is QueueStatus.AUTO_ACCEPTED


def test_another_choice_than_the_sure_one_is_a_correction(office: Office) -> None:
    client = office.client(1, Mode.OFF)
    account = office.account(client)
    office.receive(account, payment(1023401, "Faktura 1023401", "Bryggen Arkitekter AS"))
    office.hold(client, invoice("1023401", 1023401), invoice("88", 1023401, issue_date=None, due_date=None))
    office.propose.run()
    item = office.item("Faktura 1023401")
    assert item.proposal is not None
    wrong = replace(item.proposal, confidence=0.99, combinations=1)
    other = Proposal(
        ProposalKind.DOCUMENTS, 0.4, 1, (replace(wrong.lines[0], document_id=DocumentId(2), number="88"),),
        evidence=signs("counterparty", "amount"),
    )  # fmt: skip
    with office.storage.writing() as work:
        work.matches.set_proposals(item.id, (wrong, other))
        work.commit()
    office.review.accept(item.id, alternative=1)
    office.clients.save_settings(client.id, ClientSettings())
    deliver(office, 2034502)
    assert office.item("Faktura 2034502").status is QueueStatus.PROPOSED


def test_an_import_that_is_undone_corrects_nothing(office: Office) -> None:
    deliver(office, 1023401)
    office.review.undo()
    with office.storage.writing() as work:
        stored = office.item("Faktura 1023401")
        work.transactions.restore(stored.id, {"status": "withdrawn"})
        work.commit()
    deliver(office, 2034502)
    assert office.item("Faktura 2034502").status is QueueStatus.AUTO_ACCEPTED


def test_a_unique_transfer_is_taken_on_both_sides(office: Office) -> None:
    client = office.client(1, Mode.BALANCED)
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_123_00, f"Overføring til {account_number(2)}"))
    office.receive(savings, payment(5_123_00, "Overføring fra egen konto"))
    assert office.propose.run().auto_accepted == 2
    assert {i.status for i in office.everything()} == {QueueStatus.AUTO_ACCEPTED}
    office.review.undo()
    assert office.propose.run().auto_accepted == 0
