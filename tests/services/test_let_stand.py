"""What the program accepted by itself teaches once a person let it stand at period close, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client, ClientSettings
from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.services.learning import Learning
from kontali_desktop.services.learnt_list import LearntList
from kontali_desktop.services.own_data_test import OwnDataTest
from kontali_desktop.services.propose_matches import ProposeMatches
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, payment

NEXT = DAY + timedelta(days=1)  # the day the clock says
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def learning(office: Office) -> Learning:
    return Learning(office.storage, office.clock)


def arrive(office: Office, number: int, day: date = DAY, name: str = "Bryggen AS", *, client_number: int = 1) -> None:
    """A payment from the counterparty's own account, and the invoice it pays."""
    client = office.client(client_number, Mode.BALANCED)
    with office.storage.reading() as work:
        known = work.accounts.load_all(client.id)
    account = known[0] if known else office.account(client, client_number)
    line = payment(number, f"Faktura {number}", name, day=day)
    office.receive(account, replace(line, counterparty_account=account_number(number % 1000)))
    office.hold(client, invoice(str(number), number, name))


@pytest.fixture
def client(office: Office) -> Client:
    """Two lines that the program took by itself, booked on two days."""
    arrive(office, 1_023_401, BEFORE)
    arrive(office, 2_034_502, DAY)
    assert office.propose.run().auto_accepted == 2
    return office.client()


def accounts(learning: Learning, client: Client) -> set[str]:
    return set(learning.load(client.id).accounts)


FIRST, SECOND = account_number(401), account_number(502)


def test_closing_teaches_what_is_booked_up_to_and_with_the_day(
    learning: Learning, office: Office, client: Client
) -> None:
    assert accounts(learning, client) == set()
    office.clients.close_books(client.id, BEFORE)
    assert accounts(learning, client) == {FIRST}
    office.clients.close_books(client.id, DAY)
    assert accounts(learning, client) == {FIRST, SECOND}


def test_opening_takes_it_back(learning: Learning, office: Office, client: Client) -> None:
    office.clients.close_books(client.id, DAY)
    office.clients.close_books(client.id, BEFORE)
    assert accounts(learning, client) == {FIRST}
    office.clients.close_books(client.id, None)
    assert accounts(learning, client) == set()
    assert learning.facts(client.id) == ()


def test_what_a_person_took_back_before_the_closing_does_not_teach(
    learning: Learning, office: Office, client: Client
) -> None:
    office.review.undo()
    office.clients.close_books(client.id, DAY)
    assert accounts(learning, client) == {FIRST}


def test_only_what_was_decided_before_the_closing_was_let_stand(
    learning: Learning, office: Office, client: Client
) -> None:
    with office.storage.writing() as work:
        settings = replace(work.clients.load_settings(client.id), closed=ClosedPeriod(DAY, DecisionId(1)))
        work.clients.save_settings(client.id, settings)
        work.commit()
    assert [f.decisions for f in learning.facts(client.id)] == [(DecisionId(1),)] * 2  # the account and the habit


def test_closing_again_counts_what_came_between(learning: Learning, office: Office, client: Client) -> None:
    office.clients.close_books(client.id, BEFORE)
    arrive(office, 3_045_603, DAY)
    assert office.propose.run().auto_accepted == 1
    assert accounts(learning, client) == {FIRST}
    office.clients.close_books(client.id, DAY)
    assert accounts(learning, client) == {FIRST, SECOND, account_number(603)}


def test_it_is_used_for_the_next_payment(office: Office, client: Client) -> None:
    """Also by an engine that remembers what it was last asked."""
    matcher = Matcher()
    following = ProposeMatches(office.storage, propose, office.clock, lambda: matcher.propose)
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all(client.id)
    line = payment(77_700, "takk", "Ola Hansen", day=NEXT)
    office.receive(account, replace(line, counterparty_account=FIRST))
    office.hold(client, invoice("7001", 77_700, "Bryggen AS"), invoice("7002", 77_700, "Nordlys AS"))
    following.propose_anew(client.id)

    def signals() -> set[str]:
        proposal = office.item("takk").proposal
        return {e.signal for e in proposal.evidence} if proposal is not None else set()

    assert "counterparty_account" not in signals()
    office.clients.close_books(client.id, DAY)
    following.propose_anew(client.id)
    assert "counterparty_account" in signals()
    office.clients.close_books(client.id, None)
    following.propose_anew(client.id)
    assert "counterparty_account" not in signals()


def test_of_one_client_nothing_reaches_another(learning: Learning, office: Office, client: Client) -> None:
    arrive(office, 4_056_704, client_number=2)
    office.propose.run()
    other = office.client(2)
    office.clients.close_books(other.id, DAY)
    assert accounts(learning, client) == set()
    assert accounts(learning, other) == {account_number(704)}


def test_the_newest_are_counted_where_there_are_too_many(office: Office, client: Client) -> None:
    office.clients.close_books(client.id, DAY)
    with office.storage.reading() as work:
        period = work.clients.load_settings(client.id).closed
        assert period is not None
        newest = work.learning.load_examples(client.id, most=1, let_stand=period)
        assert work.learning.load_examples(client.id) == ()  # a person's own
        assert len(work.learning.load_let_stand(client.id, period, 1)) == 1
    assert [e.line.text for e in newest] == ["Faktura 2034502"]


# Looked at, and forgotten


def test_each_fact_shows_the_program_s_own_decision(office: Office, client: Client) -> None:
    learnt = LearntList(office.storage, office.clock)
    assert learnt.load(client.id) == ()
    office.clients.close_books(client.id, BEFORE)
    entries = learnt.load(client.id)
    assert {e.fact.kind for e in entries} == {FactKind.ACCOUNT, FactKind.HABIT}
    sources = {(s.actor, s.action, s.transaction.reported.text) for e in entries for s in e.sources}
    assert sources == {("program", "accept", "Faktura 1023401")}


def test_what_was_forgotten_stays_so_when_the_period_is_closed_again(
    learning: Learning, office: Office, client: Client
) -> None:
    office.clients.close_books(client.id, DAY)
    learning.forget(client.id, FactKind.ACCOUNT, FIRST)
    assert accounts(learning, client) == {SECOND}
    office.clients.close_books(client.id, None)
    office.clients.close_books(client.id, DAY)
    assert accounts(learning, client) == {SECOND}
    learning.remember(client.id, FactKind.ACCOUNT, FIRST)
    assert accounts(learning, client) == {FIRST, SECOND}


def test_what_was_forgotten_before_the_closing_is_not_learnt_by_it(
    learning: Learning, office: Office, client: Client
) -> None:
    learning.forget(client.id, FactKind.ACCOUNT, FIRST)
    office.clients.close_books(client.id, DAY)
    assert accounts(learning, client) == {SECOND}


# What autonomy it earns


def careful(office: Office, client: Client) -> None:
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.CAREFUL))


def test_a_careful_client_confirms_a_counterparty_by_closing(office: Office, client: Client) -> None:
    careful(office, client)
    arrive(office, 3_045_603, NEXT)
    assert office.propose.run().auto_accepted == 0
    office.clients.close_books(client.id, DAY)
    assert office.propose.run().auto_accepted == 1
    office.clients.close_books(client.id, None)
    arrive(office, 4_056_704, NEXT)
    assert office.propose.run().auto_accepted == 0


def test_another_counterparty_is_not_confirmed_by_it(office: Office, client: Client) -> None:
    careful(office, client)
    office.clients.close_books(client.id, DAY)
    arrive(office, 3_045_603, NEXT, "Nordlys Bygg AS")
    assert office.propose.run().auto_accepted == 0


def test_what_a_correction_took_is_not_given_back_by_a_closing(office: Office, client: Client) -> None:
    office.review.undo()  # of the newer; the older stands
    office.clients.close_books(client.id, DAY)
    arrive(office, 3_045_603, NEXT)
    assert office.propose.run().auto_accepted == 0
    office.review.accept(office.item("Faktura 3045603").id)
    arrive(office, 4_056_704, NEXT)
    assert office.propose.run().auto_accepted == 1


# The test on the client's own data


def test_the_own_data_test_knows_a_closing_from_when_it_was_made(office: Office, client: Client) -> None:
    """Hidden decisions from before the closing are matched as it was then: open, and without what it taught."""
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.OFF))
    arrive(office, 3_045_603, DAY)
    office.propose.run()
    office.review.accept(office.item("Faktura 3045603").id)
    office.clients.save_settings(client.id, ClientSettings())
    office.clients.close_books(client.id, DAY)
    test = OwnDataTest(office.storage, propose)
    past = test.read(client.id, 10)
    assert (past.decisions, past.request.learnt.accounts, past.autonomy.settings.closed) == (1, {}, None)
    assert test.answer(past).automatic.n == 1
    arrive(office, 4_056_704, NEXT)
    office.propose.propose_anew(client.id)
    office.review.accept(office.item("Faktura 4056704").id)
    past = test.read(client.id, 1)
    assert FIRST in past.request.learnt.accounts
    assert past.autonomy.settings.closed_until == DAY
    assert office.item("Faktura 3045603").status is QueueStatus.ACCEPTED
