"""Shadow mode: everything proposed, nothing accepted, and what it would have done held against the person."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client, ClientSettings
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.services.shadow import Shadow, ShadowOutcome
from kontali_desktop.services.shadow_view import LEAST_DECIDED, ShadowStand, ViewShadow
from kontali_desktop.services.shares import Share
from tests.services.conftest import Office
from tests.support import account_number, invoice, payment

AMOUNTS = (1_234_01, 2_345_02, 3_456_03)


@pytest.fixture
def client(office: Office) -> Client:
    client = office.client(1, Mode.SHADOW)
    account = office.account(client)
    office.receive(account, *(payment(a, f"Faktura {a}", "Bryggen Arkitekter AS") for a in AMOUNTS))
    office.hold(client, *(invoice(str(a), a) for a in AMOUNTS))
    office.propose.run()
    return client


def test_nothing_is_accepted_and_everything_sure_is_noted_once(office: Office, client: Client) -> None:
    report = Shadow(office.storage).report(client.id)
    assert {i.status for i in office.everything()} == {QueueStatus.PROPOSED}
    assert [line.outcome for line in report.lines] == [ShadowOutcome.UNDECIDED] * 3
    assert report.since == office.clock.now()
    office.propose.run()
    assert Shadow(office.storage).report(client.id) == report


def test_the_report_follows_what_the_person_does(office: Office, client: Client) -> None:
    first, second, _ = (office.item(f"Faktura {a}").id for a in AMOUNTS)
    office.review.accept(first)
    office.review.reject(second)
    report = Shadow(office.storage).report(client.id)
    assert {line.transaction_id: line.outcome for line in report.lines} == {
        first: ShadowOutcome.AGREED,
        second: ShadowOutcome.DIFFERED,
        office.item(f"Faktura {AMOUNTS[2]}").id: ShadowOutcome.UNDECIDED,
    }
    office.review.undo(2)
    assert Shadow(office.storage).report(client.id).count(ShadowOutcome.UNDECIDED) == 3


def test_what_the_program_takes_later_is_no_agreement(office: Office, client: Client) -> None:
    office.clients.save_settings(client.id, ClientSettings())
    assert office.propose.run().auto_accepted == 3
    assert Shadow(office.storage).report(client.id).count(ShadowOutcome.UNDECIDED) == 3


def test_both_lines_of_a_transfer_are_noted_and_agreed(office: Office) -> None:
    client = office.client(2, Mode.SHADOW)
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_123_00, f"Overføring til {account_number(2)}"))
    office.receive(savings, payment(5_123_00, "Overføring fra egen konto"))
    office.propose.run()
    office.review.accept(office.everything()[0].id)
    assert [x.outcome for x in Shadow(office.storage).report(client.id).lines] == [ShadowOutcome.AGREED] * 2


def test_another_client_s_report_is_empty(office: Office, client: Client) -> None:
    assert Shadow(office.storage).report(office.client(2).id).lines == ()


def test_the_view_names_what_would_have_been_done_and_what_was(office: Office, client: Client) -> None:
    first, second, third = (office.item(f"Faktura {a}").id for a in AMOUNTS)
    office.review.accept(first)
    office.review.reject(second)
    view = ViewShadow(office.storage).load(client.id)
    rows = {row.transaction.id: row for row in view.rows}
    assert {i: [x.number for x in row.proposed.lines] for i, row in rows.items()} == {
        line: [str(amount)] for line, amount in zip((first, second, third), AMOUNTS, strict=True)
    }
    chosen = rows[first].chosen
    assert chosen is not None
    assert (chosen.key, rows[second].chosen, rows[third].chosen) == (rows[first].proposed.key, None, None)
    assert (view.agreement, view.stand, view.mode) == (Share(1, 2), ShadowStand.DIFFERS, Mode.SHADOW)


def test_what_is_proposed_no_longer_is_known_by_its_documents(office: Office, client: Client) -> None:
    noted = office.item(f"Faktura {AMOUNTS[0]}")
    with office.storage.writing() as work:
        work.matches.set_proposals(noted.id, ())
        work.commit()
    row = next(r for r in ViewShadow(office.storage).load(client.id).rows if r.transaction.id == noted.id)
    assert noted.proposal is not None
    assert (row.proposed.key, [x.number for x in row.proposed.lines]) == (noted.proposal.key, [str(AMOUNTS[0])])


def test_it_holds_only_with_enough_decided_and_no_difference(office: Office, client: Client) -> None:
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all(client.id)
    more = [4_000_00 + 53_07 * n for n in range(LEAST_DECIDED - len(AMOUNTS))]
    office.receive(account, *(payment(a, f"Faktura {a}", "Bryggen Arkitekter AS") for a in more))
    office.hold(client, *(invoice(str(a), a) for a in more))
    office.propose.run()
    *all_but_one, last = (*AMOUNTS, *more)
    view = ViewShadow(office.storage)
    for amount in all_but_one:
        office.review.accept(office.item(f"Faktura {amount}").id)
    assert view.load(client.id).stand is ShadowStand.TOO_FEW
    office.review.accept(office.item(f"Faktura {last}").id)
    assert view.load(client.id).stand is ShadowStand.HOLDS
    assert view.load(office.client(2).id).stand is ShadowStand.NOTHING
