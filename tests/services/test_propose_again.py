"""Proposing anew follows the decisions, and says what proposing from nothing says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.services.propose_matches import ProposeMatches, request_of
from tests.services.conftest import Office
from tests.support import invoice, payment


@pytest.fixture
def ready(office: Office) -> Office:
    client = office.client()
    account = office.account(client)
    office.receive(
        account,
        payment(12_500_00, "Faktura 10234", "Bryggen Arkitekter AS"),
        payment(4_999_00, "takk for god jobb", "Kari Hansen"),
    )
    office.hold(
        client, invoice("10234", 12_500_00), invoice("3087", 4_999_00, "Kari Hansen"), invoice("3090", 7_000_00)
    )
    return office


def _stored(office: Office) -> dict[TransactionId, tuple[Proposal, ...]]:
    with office.storage.reading() as work:
        return work.matches.load_proposals(None)


def test_after_each_decision_it_says_what_proposing_from_nothing_says(ready: Office) -> None:
    made: list[Matcher] = []

    def following() -> Matcher:
        made.append(Matcher())
        return made[-1]

    again = ProposeMatches(ready.storage, propose, ready.clock, lambda: following().propose)
    client = ready.clients.load_all()[0].id
    again.propose_anew(client)
    first = _stored(ready)
    assert first
    steps: tuple[Callable[[], object], ...] = (
        lambda: ready.review.accept(ready.item("Faktura 10234").id),
        lambda: ready.review.reject(ready.item("takk for god jobb").id),
        ready.review.undo,
        ready.review.undo,
    )
    for decide in steps:
        decide()
        again.propose_anew(client)
        followed = _stored(ready)
        ready.propose.run(client)
        assert followed == _stored(ready)
    assert _stored(ready) == first
    assert len(made) == 1


def test_what_payments_here_have_settled_is_told_apart_from_what_the_books_have(ready: Office) -> None:
    client = ready.clients.load_all()[0]
    ready.hold(client, invoice("2999", 1_000_00, remaining=0))
    ready.propose.propose_anew(client.id)
    ready.review.accept(ready.item("Faktura 10234").id)
    with ready.storage.reading() as work:
        request = request_of(work, client.id)
    assert {i.number for i in request.settled} == {"2999", "10234"}
    assert {i.number for i in request.settled if i.id in request.paid_here} == {"10234"}
