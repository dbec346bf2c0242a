"""Decisions: accepted, rejected, undone; the log only grows and the documents' amounts always add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kontali_desktop.domain.autonomy import Veto
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.errors import (
    AlreadyMatched,
    DocumentSettled,
    NothingProposed,
    NothingToUndo,
    NotQueued,
    UnknownTransaction,
)
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind, ProposedLine, QueueStatus
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.autonomy import Autonomy
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.review import Decider
from kontali_desktop.services.review_models import Level
from kontali_desktop.services.storage import open_item_of
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, payment


@pytest.fixture
def ready(office: Office) -> Office:
    client = office.client()
    account = office.account(client)
    office.receive(
        account,
        payment(12_500_00, "Faktura 10234", "Bryggen Arkitekter AS"),
        payment(4_999_00, "takk for god jobb"),
        payment(-49_00, "EASYPARK"),
    )
    office.hold(
        client,
        invoice("10234", 12_500_00),
        invoice("3087", 4_999_00, "Kari Hansen"),
        invoice("3088", 4_999_00, "Ola Dahl"),
    )
    office.propose.run()
    return office


def test_what_is_clear_is_proposed_as_sure_and_waits(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    assert item.status is QueueStatus.PROPOSED
    assert item.level is Level.SURE
    assert item.proposal is not None
    assert [line.number for line in item.proposal.lines] == ["10234"]


def test_equal_invoices_of_two_customers_are_shown_as_ambiguous(ready: Office) -> None:
    item = ready.item("takk for god jobb")
    assert item.proposal is not None
    assert item.proposal.combinations == 2
    assert item.level is Level.LIKELY


def test_accepting_settles_the_document_and_undo_opens_it_again(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    assert ready.review.accept(item.id) == (item.id,)
    assert ready.open_amount("10234") == 0
    assert ready.item("Faktura 10234").status is QueueStatus.ACCEPTED
    assert ready.review.undo() == (item.id,)
    assert ready.open_amount("10234") == 12_500_00
    again = ready.item("Faktura 10234")
    assert (again.status, again.proposal) == (QueueStatus.PROPOSED, item.proposal)


def test_an_alternative_can_be_taken(ready: Office) -> None:
    item = ready.item("takk for god jobb")
    first = item.alternatives[0]
    ready.review.accept(item.id, alternative=1)
    decided = ready.item("takk for god jobb").proposal
    assert decided is not None
    assert decided.key == first.key


def test_a_rejected_proposal_never_comes_again_until_the_reject_is_undone(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    ready.review.reject(item.id)
    ready.propose.run()
    proposal = ready.item("Faktura 10234").proposal
    assert proposal is None or proposal.key != item.proposal.key  # type: ignore[union-attr] # proposed above
    ready.review.undo()
    ready.propose.run()
    assert ready.item("Faktura 10234").proposal == item.proposal


def test_matching_again_never_alters_a_decision(ready: Office) -> None:
    ready.review.accept(ready.item("Faktura 10234").id)
    before = ready.item("Faktura 10234")
    ready.propose.run()
    assert ready.item("Faktura 10234") == before


def test_nothing_is_accepted_by_itself_unless_the_client_is_set_so(ready: Office) -> None:
    assert ready.propose.run().auto_accepted == 0
    client = ready.clients.load_all()[0]
    ready.clients.save_settings(client.id, ClientSettings(0.95))
    assert ready.propose.run().auto_accepted == 1
    assert ready.item("Faktura 10234").status is QueueStatus.AUTO_ACCEPTED
    assert ready.item("takk for god jobb").status is QueueStatus.PROPOSED  # ambiguous
    ready.review.undo()
    assert ready.open_amount("10234") == 12_500_00


def test_what_a_person_took_back_is_not_accepted_by_itself_again(ready: Office) -> None:
    client = ready.clients.load_all()[0]
    ready.clients.save_settings(client.id, ClientSettings(0.95))
    assert ready.propose.run().auto_accepted == 1
    ready.review.undo()
    assert ready.propose.run().auto_accepted == 0
    assert ready.item("Faktura 10234").status is QueueStatus.PROPOSED


def test_an_amount_above_the_cap_waits_for_a_person(ready: Office) -> None:
    client = ready.clients.load_all()[0]
    ready.clients.save_settings(client.id, ClientSettings(0.95, cap=10_000_00))
    assert ready.propose.run().auto_accepted == 0


def test_a_cap_in_kroner_lets_no_other_currency_through() -> None:
    line = ProposedLine(DocumentId(1), Side.CUSTOMER, DocumentKind.INVOICE, "1", "Kunde AS", 9_000_00, 0, "EUR")
    euros = Proposal(ProposalKind.DOCUMENTS, 0.99, 1, (line,))
    kroner = Proposal(ProposalKind.DOCUMENTS, 0.99, 1, (replace(line, currency="NOK"),))
    capped = ClientSettings(0.95, cap=10_000_00)
    paid = BankTransaction(TransactionId(1), AccountId(1), 1, payment(9_000_00))
    assert Autonomy(capped).verdict(paid, kroner).is_automatic
    assert Autonomy(capped).verdict(paid, euros).vetoes == (Veto.ABOVE_CAP,)
    assert Autonomy(ClientSettings(0.95)).verdict(paid, euros).is_automatic


def test_what_cannot_be_decided_says_why_and_changes_nothing(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    ready.review.accept(item.id)
    with pytest.raises(AlreadyMatched):
        ready.review.accept(item.id)
    with pytest.raises(AlreadyMatched):
        ready.review.reject(item.id)
    with pytest.raises(NothingProposed):
        ready.review.accept(ready.item("EASYPARK").id)
    with pytest.raises(UnknownTransaction):
        ready.review.accept(TransactionId(999))
    ready.review.undo()
    with pytest.raises(NothingToUndo):
        ready.review.undo()


def test_a_document_that_was_settled_meanwhile_is_not_settled_twice(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(100_00, "Faktura 55101"), payment(100_00, "faktura 55101 igjen"))
    office.hold(client, invoice("55101", 100_00))
    office.propose.run()
    first, second = office.item("Faktura 55101"), office.item("faktura 55101 igjen")
    with office.storage.writing() as work:  # as a proposal grown old: both name the document
        ranked = work.matches.proposals_of(first.id) or work.matches.proposals_of(second.id)
        work.matches.set_proposals(first.id, ranked)
        work.matches.set_proposals(second.id, ranked)
        work.commit()
    office.review.accept(first.id)
    with pytest.raises(DocumentSettled):
        office.review.accept(second.id)
    assert office.open_amount("55101") == 0
    assert office.item("faktura 55101 igjen").status is QueueStatus.PROPOSED


def test_a_transfer_decides_both_its_lines_and_undoes_both(office: Office) -> None:
    client = office.client()
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_000_00, f"Overføring til {account_number(2)}"))
    office.receive(savings, payment(5_000_00, "Overføring fra egen konto"))
    office.propose.run()
    out = next(i for i in office.everything() if i.transaction.reported.amount < 0)
    assert out.proposal is not None
    assert out.proposal.kind is ProposalKind.TRANSFER
    assert len(office.review.accept(out.id)) == 2
    assert {i.status for i in office.everything()} == {QueueStatus.ACCEPTED}
    office.review.undo()
    assert {i.status for i in office.everything()} == {QueueStatus.PROPOSED}


def test_a_transfer_whose_other_half_was_decided_meanwhile_decides_nothing(office: Office) -> None:
    client = office.client()
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_000_00, f"Overføring til {account_number(2)}"))
    office.receive(savings, payment(5_000_00, "Overføring fra egen konto"))
    office.hold(client, invoice("77", 5_000_00))
    office.propose.run()
    out = next(i for i in office.everything() if i.transaction.reported.amount < 0)
    into = next(i for i in office.everything() if i.transaction.reported.amount > 0)
    with office.storage.reading() as work:
        (item,) = (open_item_of(d) for d in work.documents.load_of_client(client.id))
    with office.storage.writing() as work:
        decider = Decider(work, office.clock.now(), PERSON, "batch")
        decider.accept(into.id, Proposal(ProposalKind.DOCUMENTS, 0.9, 1, (_line(item),)))
        assert out.proposal is not None
        with pytest.raises(AlreadyMatched):
            decider.accept(out.id, out.proposal)
        work.commit()  # a caller may go on after a refusal
    assert [office.item(i.transaction.reported.text).status for i in (into, out)] == ["accepted", "proposed"]


def test_lines_up_to_the_start_are_shown_but_never_queued(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    with ready.storage.writing() as work:
        work.accounts.set_booked_to(item.account.id, DAY)
        work.commit()
    assert {i.status for i in ready.everything()} == {QueueStatus.BEFORE_START}
    assert ready.queue.load().items == ()
    with pytest.raises(NotQueued):
        ready.review.accept(item.id)
    assert ready.propose.run().transactions == 0


def test_clients_never_see_each_others_documents(office: Office) -> None:
    mine, other = office.client(1), office.client(2)
    office.receive(office.account(mine, 1), payment(100_00, "Faktura 77001"))
    office.hold(other, invoice("77001", 100_00))
    office.propose.run()
    assert office.item("Faktura 77001").proposal is None


def test_counts_are_what_is_shown(ready: Office) -> None:
    counts = ready.queue.load().counts
    assert (counts.sure, counts.likely, counts.without, counts.waiting) == (1, 1, 1, 3)


def test_every_decision_is_in_the_event_log(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    ready.review.accept(item.id)
    ready.review.undo()
    with ready.storage.reading() as work:
        codes = [event.code for event in work.events.load(None, 2)]
    assert codes == ["match.undone", "match.accepted"]


def test_a_refused_automatic_match_settles_nothing_of_its_documents(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(200_00, "first"), payment(300_00, "second", day=DAY - timedelta(days=1)))
    office.hold(client, invoice("1", 100_00), invoice("2", 200_00))
    first, second = office.item("first").id, office.item("second").id
    office.clients.save_settings(client.id, ClientSettings(0.9))

    def engine(request: MatchRequest) -> tuple[TransactionProposals, ...]:
        one, two = (_line(item) for item in sorted(request.open_items, key=lambda item: item.number))
        return (_sure(first, two), _sure(second, one, two))

    report = ProposeMatches(office.storage, engine, office.clock).run()
    assert (report.auto_accepted, report.proposed) == (1, 1)
    assert office.item("second").status is QueueStatus.PROPOSED
    assert (office.open_amount("1"), office.open_amount("2")) == (100_00, 0)


def test_what_came_to_lie_before_the_start_can_still_be_undone(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    ready.review.accept(item.id)
    ready.accounts.change_start(item.account.id, DAY)
    assert ready.review.undo() == (item.id,)
    assert ready.open_amount("10234") == 12_500_00
    assert ready.item("Faktura 10234").status is QueueStatus.BEFORE_START


def test_a_reject_while_the_engine_runs_is_not_undone_by_what_it_finds(ready: Office) -> None:
    item = ready.item("Faktura 10234")
    assert item.proposal is not None

    def slow_engine(request: MatchRequest) -> tuple[TransactionProposals, ...]:
        ready.review.reject(item.id)
        return propose(request)

    ProposeMatches(ready.storage, slow_engine, ready.clock).run()
    proposal = ready.item("Faktura 10234").proposal
    assert proposal is None or proposal.key != item.proposal.key


def test_an_accept_while_the_engine_runs_stands(ready: Office) -> None:
    item = ready.item("Faktura 10234")

    def slow_engine(request: MatchRequest) -> tuple[TransactionProposals, ...]:
        ready.review.accept(item.id)
        return propose(request)

    ProposeMatches(ready.storage, slow_engine, ready.clock).run()
    assert ready.item("Faktura 10234").status is QueueStatus.ACCEPTED


def _line(item: OpenItem) -> ProposedLine:
    return ProposedLine(item.id, item.side, item.kind, item.number, item.counterparty, item.amount, 0)


def _sure(transaction_id: TransactionId, *lines: ProposedLine) -> TransactionProposals:
    return TransactionProposals(transaction_id, (Proposal(ProposalKind.DOCUMENTS, 0.99, 1, lines),))
