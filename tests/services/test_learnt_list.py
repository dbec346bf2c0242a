"""What is learnt as a person sees it: with its decisions, forgotten by one, remembered by the next."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.autonomy import EvidenceKind, Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.errors import AlreadyMatched
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.services.learnt_list import LearntEntry, LearntList
from tests.services.conftest import Office
from tests.support import invoice, payment

NUMBERS = ("20417", "20418")


@pytest.fixture
def learnt(office: Office) -> LearntList:
    client = office.client(1, Mode.OFF)
    account = office.account(client)
    amounts = {number: int(number) * place for place, number in enumerate(NUMBERS, 1)}
    office.receive(account, *(payment(a, f"Faktura {n}", "Bjørk Design AS") for n, a in amounts.items()))
    office.hold(client, *(invoice(n, a, "Bjørk Design AS") for n, a in amounts.items()))
    office.propose.run()
    return LearntList(office.storage, office.clock)


def of_kind(office: Office, learnt: LearntList, kind: FactKind) -> LearntEntry | None:
    return next((e for e in learnt.load(office.client().id) if e.fact.kind is kind), None)


def first(office: Office) -> list[str]:
    """The documents of the line's first proposal."""
    proposal = office.item("Faktura 20417").proposal
    return [line.number for line in proposal.lines] if proposal is not None else []


def test_each_fact_brings_its_decisions_the_newest_first(office: Office, learnt: LearntList) -> None:
    for number in NUMBERS:
        office.review.accept(office.item(f"Faktura {number}").id)
    habit = of_kind(office, learnt, FactKind.HABIT)
    assert habit is not None
    assert [d.transaction.reported.text for d in habit.sources] == ["Faktura 20418", "Faktura 20417"]


def test_a_reject_of_what_was_sure_is_two_facts(office: Office, learnt: LearntList) -> None:
    item = office.item("Faktura 20417")
    office.review.reject(item.id)
    rejected, lost = (of_kind(office, learnt, kind) for kind in (FactKind.REJECTED, FactKind.AUTONOMY))
    assert rejected is not None
    assert lost is not None
    assert rejected.fact.facts["documents"] == "20417"
    assert (lost.fact.facts["counterparty"], lost.fact.facts["evidence"]) == ("Bjørk Design AS", EvidenceKind.NUMBER)
    assert rejected.sources == lost.sources


def test_forgotten_autonomy_is_the_program_s_again_until_the_next_correction(
    office: Office, learnt: LearntList
) -> None:
    client = office.client()
    office.review.reject(office.item("Faktura 20417").id)
    office.clients.save_settings(client.id, ClientSettings())
    office.propose.run()
    assert office.item("Faktura 20418").status is QueueStatus.PROPOSED
    lost = of_kind(office, learnt, FactKind.AUTONOMY)
    assert lost is not None
    learnt.forget(client.id, lost)
    assert of_kind(office, learnt, FactKind.AUTONOMY) is None
    office.propose.run()
    assert office.item("Faktura 20418").status is QueueStatus.AUTO_ACCEPTED
    office.review.undo()
    assert of_kind(office, learnt, FactKind.AUTONOMY) is not None


def test_remembering_takes_it_back(office: Office, learnt: LearntList) -> None:
    client = office.client()
    office.review.accept(office.item("Faktura 20417").id)
    habit = of_kind(office, learnt, FactKind.HABIT)
    assert habit is not None
    learnt.forget(client.id, habit)
    learnt.forget(client.id, habit)
    learnt.remember(client.id, habit)
    assert of_kind(office, learnt, FactKind.HABIT) is None  # it was forgotten twice
    learnt.remember(client.id, habit)
    assert of_kind(office, learnt, FactKind.HABIT) == habit


def test_a_rejection_is_taken_back_and_made_again(office: Office, learnt: LearntList) -> None:
    client = office.client()
    office.review.reject(office.item("Faktura 20417").id)
    rejected = of_kind(office, learnt, FactKind.REJECTED)
    assert rejected is not None
    learnt.forget(client.id, rejected)
    assert of_kind(office, learnt, FactKind.REJECTED) is None
    assert first(office) == ["20417"]
    learnt.remember(client.id, rejected)
    assert first(office) != ["20417"]
    again = of_kind(office, learnt, FactKind.REJECTED)
    assert again is not None
    learnt.forget(client.id, again)
    office.review.accept(office.item("Faktura 20417").id)
    with pytest.raises(AlreadyMatched):
        learnt.remember(client.id, again)


def test_a_rejection_of_a_line_that_is_decided_keeps_nothing_back(office: Office, learnt: LearntList) -> None:
    office.review.reject(office.item("Faktura 20417").id)
    office.hold(office.client(), invoice("20417-B", 20417, "Bjørk Design AS"))
    office.propose.run()
    office.review.accept(office.item("Faktura 20417").id)
    assert of_kind(office, learnt, FactKind.REJECTED) is None


def test_nothing_of_another_client_is_told(office: Office, learnt: LearntList) -> None:
    office.review.accept(office.item("Faktura 20417").id)
    assert learnt.load(office.client(2).id) == ()
