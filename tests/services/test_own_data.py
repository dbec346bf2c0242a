"""The test on the client's own books: hidden decisions come back right, nothing is written, nothing is known early."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.own_data_test import OwnDataTest
from kontali_desktop.services.shares import Share
from tests.services.conftest import Office
from tests.support import invoice, payment

AMOUNTS = (1_234_01, 2_345_02, 3_456_03, 4_567_04)


@pytest.fixture
def client(office: Office) -> Client:
    client = office.client()
    account = office.account(client)
    office.receive(account, *(payment(a, f"Faktura {a}", "Bryggen Arkitekter AS") for a in AMOUNTS))
    office.hold(client, *(invoice(str(a), a) for a in AMOUNTS))
    office.propose.run()
    for amount in AMOUNTS:
        office.review.accept(office.item(f"Faktura {amount}").id)
    return client


class Watching:
    """The real engine, remembering what it was asked."""

    def __init__(self) -> None:
        self.asked: list[MatchRequest] = []

    def __call__(self, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        self.asked.append(request)
        return propose(request)


def test_hidden_decisions_are_found_again(office: Office, client: Client) -> None:
    report = OwnDataTest(office.storage, propose).run(client.id, 200)
    assert (report.decisions, report.with_document, report.proposed) == (4, 4, 4)
    assert report.first == report.first_few == report.automatic == report.coverage == Share(4, 4)
    assert report.bins[-1].share == Share(4, 4)
    assert sum(b.share.n for b in report.bins) == 4
    assert report.calibration_error is not None
    assert report.calibration_error < 0.03
    assert report.seconds > 0


def test_nothing_is_written(office: Office, client: Client) -> None:
    with office.storage.reading() as work:
        before = (work.documents.load_of_client(None), work.matches.load_active(None), work.events.load(None, 99))
    OwnDataTest(office.storage, propose).run(client.id, 200)
    with office.storage.reading() as work:
        after = (work.documents.load_of_client(None), work.matches.load_active(None), work.events.load(None, 99))
    assert after == before


def test_only_the_last_are_hidden_and_only_what_was_known_then_is_learnt(office: Office, client: Client) -> None:
    engine = Watching()
    assert OwnDataTest(office.storage, engine).run(client.id, 1).decisions == 1
    (request,) = engine.asked
    assert [t.reported.amount for t in request.transactions] == [AMOUNTS[3]]
    assert [i.open_amount for i in request.open_items] == [AMOUNTS[3]]
    assert len(request.settled) == 3
    assert request.learnt.habits["bryggen arkitekter as"].payments == 3


def test_what_a_later_list_booked_is_opened_again_too(office: Office, client: Client) -> None:
    with office.storage.writing() as work:
        (document,) = [d for d in work.documents.load_of_client(client.id) if d.reported.amount == AMOUNTS[3]]
        booked = invoice(str(AMOUNTS[3]), AMOUNTS[3], remaining=0)
        work.documents.update(document.id, booked, document.matched, 0)
        work.commit()
    assert OwnDataTest(office.storage, propose).run(client.id, 1).first == Share(1, 1)


def test_a_wrong_engine_is_shown_to_be_wrong(office: Office, client: Client) -> None:
    def swapped(request: MatchRequest) -> tuple[TransactionProposals, ...]:
        found = propose(request)
        first, second, *rest = found
        return (
            TransactionProposals(first.transaction_id, second.proposals),
            TransactionProposals(second.transaction_id, first.proposals),
            *rest,
        )

    report = OwnDataTest(office.storage, swapped).run(client.id, 200)
    assert report.first == Share(2, 4)
    assert report.automatic == Share(2, 4)
    assert report.calibration_error is not None
    assert report.calibration_error > 0.4


def test_without_decisions_there_is_nothing_to_tell(office: Office) -> None:
    client = office.client(2)
    report = OwnDataTest(office.storage, propose).run(client.id, 200)
    assert (report.decisions, report.first.value, report.calibration_error) == (0, None, None)


def test_what_the_program_took_by_itself_is_no_truth(office: Office) -> None:
    client = office.client(3, Mode.BALANCED)
    office.receive(office.account(client, 3), payment(9_876_05, "Faktura 98765", "Bryggen Arkitekter AS"))
    office.hold(client, invoice("98765", 9_876_05))
    assert office.propose.run().auto_accepted == 1
    assert OwnDataTest(office.storage, propose).run(client.id, 200).decisions == 0


def test_an_accept_that_was_taken_back_is_no_truth(office: Office, client: Client) -> None:
    office.review.undo()
    assert OwnDataTest(office.storage, propose).run(client.id, 200).decisions == 3


@given(st.integers(0, 300), st.integers(0, 300))
def test_wilson_bounds_hold_the_share(a: int, b: int) -> None:
    right, n = min(a, b), max(a, b)
    low, high = Share(right, n).bounds
    assert 0.0 <= low <= high <= 1.0
    if n:
        assert low - 1e-12 <= right / n <= high + 1e-12


def test_wilson_bounds_of_a_known_case() -> None:
    low, high = Share(10, 10).bounds
    assert (round(low, 4), high) == (0.7225, 1.0)


def test_what_it_got_wrong_is_listed_with_what_the_person_chose(office: Office, client: Client) -> None:
    def swapped(request: MatchRequest) -> tuple[TransactionProposals, ...]:
        found = propose(request)
        first, second, *rest = found
        return (
            TransactionProposals(first.transaction_id, second.proposals),
            TransactionProposals(second.transaction_id, (*first.proposals, *second.proposals)),
            *rest[:-1],
        )

    report = OwnDataTest(office.storage, swapped).run(client.id, 200)
    assert [w.is_automatic for w in report.wrong] == [True, True, False]
    chosen, second, unanswered = report.wrong
    assert chosen.answer is not None
    assert chosen.answer.key != chosen.chosen.key
    assert (chosen.place, second.place, unanswered.place) == (None, 1, None)
    assert unanswered.answer is None
    assert len(report.wrong) == report.transactions - report.first.right


def test_the_two_halves_are_the_whole(office: Office, client: Client) -> None:
    testing = OwnDataTest(office.storage, propose)
    assert testing.count(client.id) == len(AMOUNTS)
    office.review.undo()
    assert testing.count(client.id) == len(AMOUNTS) - 1
    whole, halves = testing.run(client.id, 2), testing.answer(testing.read(client.id, 2))
    assert replace(whole, seconds=0) == replace(halves, seconds=0)
    assert not whole.is_telling
    assert whole.wrong == ()
