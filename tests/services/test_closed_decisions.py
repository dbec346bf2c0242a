"""What a person cannot do in a closed period: accept, reject, undo, or take back the import behind a match."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import PeriodClosed
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.services.learnt_list import LearntList
from kontali_desktop.services.review import Review
from tests.services.conftest import Office
from tests.services.test_import_files import open_items, row
from tests.support import DAY, account_number, invoice, payment

CLOSED, OPEN = "Faktura 10234", "Faktura 20345"
LAST = DAY - timedelta(days=10)


@pytest.fixture
def client(office: Office) -> Client:
    """A line booked on the last day of a period, and one after; both with a sure proposal."""
    client = office.client(1, Mode.OFF)
    lines = ((CLOSED, 10_234_00, LAST), (OPEN, 20_345_00, DAY))
    office.receive(office.account(client), *(payment(a, t, "Bryggen Arkitekter AS", day=d) for t, a, d in lines))
    office.hold(client, invoice("10234", 10_234_00), invoice("20345", 20_345_00))
    office.propose.run()
    return client


def state(office: Office) -> list[object]:
    """All that a decision could have changed."""
    with office.storage.reading() as work:
        events = len(work.events.load(None, 100))
    found = [(i.id, i.status, i.proposal, i.alternatives) for i in office.everything()]
    return [found, office.open_amount("10234"), office.open_amount("20345"), events]


@pytest.mark.parametrize(
    "decide",
    [
        lambda office, item: office.review.accept(item.id),
        lambda office, item: office.review.reject(item.id),
        lambda office, item: office.review.accept_shown(item.id, item.proposal),
        lambda office, item: office.review.reject_shown(item.id, item.proposal),
    ],
)
def test_a_line_in_it_is_not_decided_and_nothing_changes(
    office: Office, client: Client, decide: Callable[..., object]
) -> None:
    office.clients.close_books(client.id, LAST)
    stood, item = state(office), office.item(CLOSED)
    with pytest.raises(PeriodClosed) as refused:
        decide(office, item)
    assert state(office) == stood
    told = refused.value.parameters
    assert (told["client"], told["day"], told["closed_until"]) == (client.name, LAST.isoformat(), LAST.isoformat())
    office.review.accept(office.item(OPEN).id)
    office.clients.close_books(client.id, LAST - timedelta(days=1))
    decide(office, item)


def test_a_decision_made_before_stands_and_is_not_taken_back(office: Office, client: Client) -> None:
    office.review.accept(office.item(CLOSED).id)
    office.clients.close_books(client.id, LAST)
    stood = state(office)
    with pytest.raises(PeriodClosed):
        office.review.undo()
    assert state(office) == stood
    assert office.item(CLOSED).status is QueueStatus.ACCEPTED
    office.clients.close_books(client.id, None)
    office.review.undo()
    assert office.item(CLOSED).status is QueueStatus.PROPOSED


def test_of_several_none_is_taken_back_where_one_is_closed(office: Office, client: Client) -> None:
    office.review.accept(office.item(CLOSED).id)
    office.review.accept(office.item(OPEN).id)
    office.clients.close_books(client.id, LAST)
    with pytest.raises(PeriodClosed):
        office.review.undo(2)
    assert office.item(OPEN).status is QueueStatus.ACCEPTED
    office.review.undo(1)
    assert office.item(OPEN).status is QueueStatus.PROPOSED


@pytest.mark.parametrize("place", [0, 1])
def test_a_transfer_is_neither_rejected_nor_undone_where_either_line_is_closed(office: Office, place: int) -> None:
    client = office.client(1, Mode.OFF)
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_123_00, f"Overføring til {account_number(2)}", day=LAST))
    office.receive(savings, payment(5_123_00, "Overføring fra egen konto", day=LAST + timedelta(days=1)))
    office.propose.run()
    either = sorted(i.id for i in office.everything())[place]
    office.clients.close_books(client.id, LAST)
    with pytest.raises(PeriodClosed):
        office.review.reject(either)
    office.clients.close_books(client.id, None)
    assert len(office.review.accept(either)) == 2
    office.clients.close_books(client.id, LAST)
    with pytest.raises(PeriodClosed):
        office.review.undo()
    assert {i.status for i in office.everything()} == {QueueStatus.ACCEPTED}


def test_a_rejection_in_it_is_not_forgotten(office: Office, client: Client) -> None:
    office.review.reject(office.item(CLOSED).id)
    office.clients.close_books(client.id, LAST)
    learnt = LearntList(office.storage, office.clock)
    rejected = next(e for e in learnt.load(client.id) if e.fact.kind == "rejected")
    with pytest.raises(PeriodClosed):
        learnt.forget(client.id, rejected)


def test_the_period_of_one_client_does_not_bind_another(office: Office, client: Client) -> None:
    other = office.client(2, Mode.OFF)
    office.receive(office.account(other, 2), payment(555_00, "Faktura 555", "Nordlys AS", day=LAST))
    office.hold(other, invoice("555", 555_00, "Nordlys AS"))
    office.propose.run()
    office.clients.close_books(client.id, DAY)
    assert Review(office.storage, office.clock).accept(office.item("Faktura 555").id)


def test_an_import_is_not_taken_back_from_under_a_match_in_it(office: Office, client: Client, tmp_path: Path) -> None:
    invoices = open_items(tmp_path / "a.csv", row("30456", "304.56", "304.56"))
    report = office.importing.run(None, [invoices])
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all()
    office.receive(account, payment(304_56, "Faktura 30456", "Bryggen Arkitekter AS", day=LAST))
    office.propose.run()
    office.review.accept(office.item("Faktura 30456").id)
    office.clients.close_books(client.id, LAST)
    assert report.import_id is not None
    for take_back in (office.imports.foresee_undo, office.imports.undo):
        with pytest.raises(PeriodClosed) as refused:
            take_back(report.import_id)
        told = refused.value.parameters
        assert (told["what"], told["day"], told["amount"]) == ("import_match", LAST.isoformat(), "304.56")
    assert office.open_amount("30456") == 0
    office.clients.close_books(client.id, None)
    assert office.imports.undo(report.import_id).matches == 1


def test_the_line_that_stands_in_the_way_is_named(office: Office, client: Client) -> None:
    office.review.accept(office.item(CLOSED).id)
    office.clients.close_books(client.id, LAST)
    with pytest.raises(PeriodClosed) as refused:
        office.review.undo()
    told = refused.value.parameters
    assert (told["what"], told["day"], told["amount"], told["currency"], told["text"]) == (
        "undo",
        LAST.isoformat(),
        "10234.00",
        "NOK",
        "Bryggen Arkitekter AS",
    )
