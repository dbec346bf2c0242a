"""Proposing anew follows the decisions, and says what proposing from nothing says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
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


def test_what_another_process_wrote_meanwhile_is_seen(ready: Office) -> None:
    again = ProposeMatches(ready.storage, propose, ready.clock, lambda: Matcher().propose)
    client = ready.clients.load_all()[0]
    again.propose_anew(client.id)
    with SqlStorage(ready.storage.path, ready.clock.now()) as storage:
        other = Office(storage, ready.clock)
        account = other.accounts.load(client.id)[0]
        other.receive(account, payment(7_000_00, "Faktura 3090", "Kari Hansen"))
        other.review.accept(other.item("Faktura 10234").id)
        with storage.writing() as work:
            work.matches.set_proposals(other.item("takk for god jobb").id, ())
            work.commit()
    again.propose_anew(client.id)
    seen = _stored(ready)
    assert {ready.item("Faktura 3090").id, ready.item("takk for god jobb").id} <= seen.keys()
    ready.propose.run(client.id)
    assert seen == _stored(ready)


def test_what_says_the_same_is_not_written_again(ready: Office) -> None:
    again = ProposeMatches(ready.storage, propose, ready.clock, lambda: Matcher().propose)
    client = ready.clients.load_all()[0].id
    again.propose_anew(client)
    with closing(sqlite3.connect(ready.storage.path, isolation_level=None)) as watching:
        watching.executescript(
            "CREATE TABLE written (line); CREATE TRIGGER writing AFTER INSERT ON proposals"
            " BEGIN INSERT INTO written VALUES (NEW.transaction_id); END"
        )
        again.propose_anew(client)
        assert watching.execute("SELECT * FROM written").fetchall() == []
        ready.review.reject(ready.item("takk for god jobb").id)
        again.propose_anew(client)
        assert watching.execute("SELECT count(*) FROM written").fetchone()[0] <= 1
