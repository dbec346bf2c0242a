"""Books closed up to a day: nothing in them is decided, by no one, until a person opens them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kontali_desktop.domain.autonomy import Mode, Veto
from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.clients import Client, ClientSettings
from kontali_desktop.domain.errors import CloseInFuture, PeriodClosed
from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.matching.engine import propose
from kontali_desktop.services.review_models import Level
from kontali_desktop.services.shadow import Shadow
from kontali_desktop.services.why_not import Against, WhyNotDocument
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, orgnr, payment

BEFORE, AFTER = "Faktura 10234", "Faktura 20345"
LAST_OPEN = DAY - timedelta(days=10)  # the day that AFTER is not booked on, and BEFORE is not later than


def paid(number: str, amount: int, day: date) -> ReportedTransaction:
    return payment(amount, f"Faktura {number}", "Bryggen Arkitekter AS", day=day)


@pytest.fixture
def client(office: Office) -> Client:
    """Two payments of known invoices, one on each side of a day; nothing is matched yet."""
    client = office.client(1, Mode.BALANCED)
    office.receive(office.account(client), paid("10234", 10_234_00, LAST_OPEN), paid("20345", 20_345_00, DAY))
    office.hold(client, invoice("10234", 10_234_00), invoice("20345", 20_345_00))
    return client


def status(office: Office) -> dict[str, QueueStatus]:
    return {i.transaction.reported.text: i.status for i in office.everything()}


def test_the_last_closed_day_is_closed_and_the_next_is_open() -> None:
    closed = ClientSettings(closed=ClosedPeriod(LAST_OPEN, DecisionId(0)))
    days = [LAST_OPEN - timedelta(days=1), LAST_OPEN, LAST_OPEN + timedelta(days=1), None]
    assert [closed.is_closed(day) for day in days] == [True, True, False, False]
    assert not ClientSettings().is_closed(LAST_OPEN)
    assert closed.closed is not None
    assert not closed.is_closed(closed.closed.first_open_day)


def test_a_line_in_the_closed_period_is_never_accepted_by_itself(office: Office, client: Client) -> None:
    office.clients.close_books(client.id, LAST_OPEN)
    assert office.propose.run().auto_accepted == 1
    assert status(office) == {BEFORE: QueueStatus.PROPOSED, AFTER: QueueStatus.AUTO_ACCEPTED}
    verdict = office.verdict(office.item(BEFORE))
    assert (verdict.vetoes, verdict.would) == ((Veto.CLOSED_PERIOD,), False)
    office.clients.close_books(client.id, None)
    assert office.propose.run().auto_accepted == 1


def test_it_is_said_before_all_else(office: Office, client: Client) -> None:
    office.clients.close_books(client.id, LAST_OPEN)
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.OFF))
    office.propose.run()
    assert office.verdict(office.item(BEFORE)).vetoes == (Veto.CLOSED_PERIOD, Veto.OFF)


def test_shadow_mode_does_not_say_that_it_would(office: Office, client: Client) -> None:
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.SHADOW))
    office.clients.close_books(client.id, LAST_OPEN)
    office.propose.run()
    noted = Shadow(office.storage).report(client.id).lines
    assert [line.transaction_id for line in noted] == [office.item(AFTER).id]


def test_a_transfer_waits_where_either_line_lies_in_the_closed_period(office: Office) -> None:
    client = office.client(1, Mode.BALANCED)
    current, savings = office.account(client), office.account(client, 2, "1921")
    left = payment(-5_123_00, f"Overføring til {account_number(2)}", day=DAY - timedelta(days=1))
    office.receive(current, left)
    office.receive(savings, payment(5_123_00, "Overføring fra egen konto"))
    office.clients.close_books(client.id, DAY - timedelta(days=1))
    assert office.propose.run().auto_accepted == 0
    arrival = office.item("Overføring fra egen konto")
    assert office.verdict(arrival).is_automatic  # by itself: it is the other line that is closed
    with pytest.raises(PeriodClosed):
        office.review.accept(arrival.id)
    assert {i.status for i in office.everything()} == {QueueStatus.PROPOSED}
    office.clients.close_books(client.id, None)
    assert office.propose.run().auto_accepted == 2


def test_what_waits_in_it_is_no_sure_one(office: Office, client: Client) -> None:
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.OFF))
    office.propose.run()
    before = office.queue.load(client.id).counts
    office.clients.close_books(client.id, LAST_OPEN)
    after = office.queue.load(client.id).counts
    assert (before.sure, before.likely, after.sure, after.likely) == (2, 0, 1, 1)
    assert before.waiting == after.waiting == 2
    assert {i.transaction.reported.text: i.level for i in office.everything()} == {
        BEFORE: Level.LIKELY,
        AFTER: Level.SURE,
    }


def test_why_not_says_that_the_period_is_closed(office: Office, client: Client) -> None:
    office.clients.close_books(client.id, LAST_OPEN)
    office.propose.run()
    why_not = WhyNotDocument(office.storage, propose)
    line = office.item(BEFORE)
    assert line.proposal is not None
    why = why_not.explain(line.id, line.proposal.lines[0].document_id)
    assert why.against == (Against.PROPOSED, Against.CLOSED_PERIOD)
    assert why.closed_until == LAST_OPEN
    decided = office.item(AFTER)
    assert decided.proposal is not None
    assert Against.CLOSED_PERIOD not in why_not.explain(decided.id, decided.proposal.lines[0].document_id).against


def test_each_change_is_an_event_with_from_and_to(office: Office, client: Client) -> None:
    for until in (LAST_OPEN, DAY, LAST_OPEN, LAST_OPEN, None, None):
        office.clients.close_books(client.id, until)
    with office.storage.reading() as work:
        events = [e for e in reversed(work.events.load(None, 20)) if e.code.startswith("client.books_")]
    first, last = LAST_OPEN.isoformat(), DAY.isoformat()
    assert [(e.code, e.facts["closed_before"], e.facts["closed_until"]) for e in events] == [
        ("client.books_closed", "", first),
        ("client.books_closed", first, last),
        ("client.books_opened_after", last, first),
        ("client.books_opened", first, ""),
    ]
    assert {(e.actor, e.client_id) for e in events} == {("person", client.id)}


def test_it_is_not_closed_for_days_to_come(office: Office, client: Client) -> None:
    today = office.clock.today()
    office.clients.close_books(client.id, today)
    with pytest.raises(CloseInFuture):
        office.clients.close_books(client.id, today + timedelta(days=1))
    assert office.clients.load_settings(client.id).closed_until == today


def test_other_settings_leave_it_as_it_is(office: Office, client: Client) -> None:
    stale = office.clients.load_settings(client.id)
    office.clients.close_books(client.id, LAST_OPEN)
    office.clients.save_settings(client.id, replace(stale, threshold=0.98))
    stored = office.clients.load_settings(client.id)
    assert (stored.closed_until, stored.threshold) == (LAST_OPEN, 0.98)


def test_another_client_s_books_stay_open(office: Office, client: Client) -> None:
    other = office.client(2, Mode.BALANCED)
    office.receive(office.account(other, 2), payment(555_00, "Faktura 555", "Nordlys AS", day=LAST_OPEN))
    office.hold(other, invoice("555", 555_00, "Nordlys AS"))
    office.clients.close_books(client.id, LAST_OPEN)
    office.propose.run()
    assert office.item("Faktura 555").status is QueueStatus.AUTO_ACCEPTED
    assert other.orgnr == orgnr(2)
