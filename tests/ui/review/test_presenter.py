"""Deciding: shown at once, stored in order, and the database has the last word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.matches import ProposalKind, QueueStatus
from kontali_desktop.ui.review.listing import Group
from kontali_desktop.ui.review.state import ListState
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment
from tests.ui.review.conftest import Desk, fill, opened
from tests.ui.waiting import until


def status(office: Office, text: str) -> QueueStatus:
    return office.item(text).status


async def test_accepting_is_shown_before_it_is_stored_and_the_next_row_is_current(desk: Desk) -> None:
    desk.go_to("Faktura 10234")
    desk.presenter.accept()
    assert desk.texts == ["takk for god jobb", "EASYPARK", "Faktura 10240"]
    assert desk.current == "takk for god jobb"
    assert desk.presenter.waiting == 3
    assert desk.said[-1].text == "Godkjent: Bryggen Arkitekter AS 12\u00a0500,00"
    assert status(desk.office, "Faktura 10234") is QueueStatus.PROPOSED  # the thread has not had its turn
    await desk.presenter.finish()
    assert status(desk.office, "Faktura 10234") is QueueStatus.ACCEPTED
    assert desk.office.open_amount("10234") == 0


async def test_two_quick_presses_decide_two_rows_in_order(desk: Desk) -> None:
    desk.go_to("Faktura 10234")
    desk.presenter.accept()
    desk.presenter.accept()
    await desk.presenter.finish()
    assert status(desk.office, "Faktura 10234") is QueueStatus.ACCEPTED
    assert status(desk.office, "takk for god jobb") is QueueStatus.ACCEPTED
    desk.office.review.undo()
    assert status(desk.office, "takk for god jobb") is QueueStatus.PROPOSED  # it was the later of the two
    assert status(desk.office, "Faktura 10234") is QueueStatus.ACCEPTED


async def test_undo_brings_the_row_back_to_its_place_and_makes_it_current(desk: Desk) -> None:
    before = desk.texts
    desk.go_to("takk for god jobb")
    desk.presenter.accept()
    desk.presenter.undo()
    assert desk.texts == before
    assert desk.current == "takk for god jobb"
    assert desk.said[-1].is_undo
    await desk.settled()
    assert status(desk.office, "takk for god jobb") is QueueStatus.PROPOSED
    assert desk.office.open_amount("3087") == desk.office.open_amount("3088") == 4_999_00
    assert desk.texts == before


async def test_undo_goes_back_beyond_this_session(office: Office, qtbot: QtBot) -> None:
    fill(office)
    office.review.accept(office.item("Faktura 10240").id)
    async with opened(office) as desk:
        assert "Faktura 10240" not in desk.texts
        desk.presenter.undo()
        await until(lambda: "Faktura 10240" in desk.texts)
        assert desk.current == "Faktura 10240"
        await desk.settled()
        desk.presenter.undo()
        await desk.settled()
    assert desk.said[-1].text == "Du har ingen egne avgjørelser å angre."
    assert not desk.said[-1].can_undo
    assert desk.notices == []


async def test_rejecting_shows_the_next_alternative_in_the_same_row(desk: Desk) -> None:
    desk.go_to("takk for god jobb")
    first = desk.presenter.current
    assert first is not None
    assert first.proposal is not None
    desk.presenter.reject()
    second = desk.presenter.current
    assert second is not None
    assert second.id == first.id
    assert second.proposal == first.alternatives[0]
    desk.presenter.reject()
    assert desk.presenter.item(first.id).proposal is None
    assert desk.current == "EASYPARK"  # nothing is left to say of the row, so the next one comes
    await desk.settled()
    assert status(desk.office, "takk for god jobb") is QueueStatus.UNMATCHED


async def test_the_alternative_of_that_number_is_taken(desk: Desk) -> None:
    desk.go_to("takk for god jobb")
    item = desk.presenter.current
    assert item is not None
    wanted = item.alternatives[0].lines[0].number
    desk.presenter.accept(alternative=7)
    assert desk.current == "takk for god jobb"  # there is no seventh
    desk.presenter.accept(alternative=1)
    await desk.presenter.finish()
    assert desk.office.open_amount(wanted) == 0


async def test_a_document_that_is_taken_is_offered_to_no_other_row(office: Office, qtbot: QtBot) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(900_00, "a", "Kari Hansen"), payment(900_00, "b", "Kari Hansen"))
    office.hold(client, invoice("1", 900_00, "Kari Hansen"))
    office.propose.run()
    async with opened(office, settle_ms=60_000) as desk:
        rows = [desk.presenter.item(i) for i in desk.presenter.model.ids]
        first = next(item for item in rows if item.proposal)
        other = next(item for item in rows if item.id != first.id)
        desk.presenter.accept(first.id)
        left = desk.presenter.item(other.id).proposal  # at most that it was paid twice
        assert left is None or left.kind is ProposalKind.DUPLICATE_PAYMENT
        desk.presenter.undo()
        assert desk.presenter.item(other.id) == other


async def test_what_was_settled_elsewhere_is_refused_said_and_read_again(desk: Desk) -> None:
    desk.office.review.accept(desk.office.item("Faktura 10234").id)  # the headless door, meanwhile
    desk.go_to("Faktura 10234")
    desk.presenter.accept()
    await desk.settled()
    assert len(desk.notices) == 1
    assert "Faktura 10234" not in desk.texts
    assert desk.presenter.waiting == 3
    desk.presenter.undo()  # takes back the one that was stored, not the one that was refused
    await desk.settled()
    assert status(desk.office, "Faktura 10234") is QueueStatus.PROPOSED


async def test_an_undo_of_what_was_refused_takes_nothing_else_back(desk: Desk) -> None:
    desk.office.review.accept(desk.office.item("Faktura 10240").id)
    desk.office.review.accept(desk.office.item("Faktura 10234").id)
    desk.go_to("Faktura 10234")
    desk.presenter.accept()
    desk.presenter.undo()  # typed before anyone knew that it would be refused
    await desk.settled()
    assert status(desk.office, "Faktura 10234") is QueueStatus.ACCEPTED
    assert status(desk.office, "Faktura 10240") is QueueStatus.ACCEPTED


async def test_what_is_shown_is_what_is_accepted_though_the_ranks_changed(desk: Desk) -> None:
    desk.go_to("takk for god jobb")
    item = desk.presenter.current
    assert item is not None
    assert item.proposal is not None
    with desk.office.storage.writing() as work:
        work.matches.set_proposals(item.id, (*item.alternatives, item.proposal))
        work.commit()
    desk.presenter.accept()
    await desk.presenter.finish()
    assert desk.office.open_amount(item.proposal.lines[0].number) == 0


async def test_matching_anew_keeps_the_persons_row(desk: Desk, qtbot: QtBot) -> None:
    client = desk.office.client()
    newer = DAY + timedelta(days=1)
    account = desk.office.account(client, 2, "1921")
    desk.office.receive(account, payment(1_00, "nyere", "Noen", day=newer))
    desk.go_to("Faktura 10234")
    desk.presenter.accept()
    assert desk.current == "takk for god jobb"
    with qtbot.waitSignal(desk.presenter.data_changed, timeout=0, raising=False) as told:
        await desk.settled()
    assert told.signal_triggered
    assert desk.texts[0] == "nyere"
    assert desk.current == "takk for god jobb"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12 500", ["Faktura 10234"]),
        ("12500,00", ["Faktura 10234"]),
        ("-49", ["EASYPARK"]),
        ("sletta", ["Faktura 10240"]),
        ("no such thing", []),
        ("god jobb", ["takk for god jobb"]),
    ],
)
async def test_search_finds_amount_name_number_and_text(desk: Desk, typed: str, found: list[str]) -> None:
    desk.presenter.search(typed)
    assert desk.texts == found
    assert desk.presenter.state is (ListState.ROWS if found else ListState.NOTHING_FOUND)
    desk.presenter.search("")
    assert len(desk.texts) == 4


async def test_groups_follow_every_decision(desk: Desk) -> None:
    counts = {group: desk.presenter.count(group) for group in Group}
    assert counts == {
        Group.ALL: 4, Group.SURE: 2, Group.LIKELY: 1, Group.WITHOUT: 1, Group.ACCEPTED: 0, Group.PARKED: 0
    }  # fmt: skip
    desk.presenter.choose_group(Group.SURE)
    assert [(row.tag, row.can_accept) for row in desk.rows] == [("", True)] * 2
    desk.presenter.accept()
    desk.presenter.accept()
    assert desk.texts == []
    assert desk.presenter.state is ListState.NOTHING_FOUND
    desk.presenter.choose_group(Group.ACCEPTED)
    assert desk.texts == ["Faktura 10234", "Faktura 10240"]
    assert [(row.tag, row.can_accept) for row in desk.rows] == [("godkjent", False)] * 2
    desk.presenter.accept()  # decided already: nothing happens
    assert desk.presenter.count(Group.ACCEPTED) == 2
    await desk.settled()
    assert desk.texts == ["Faktura 10234", "Faktura 10240"]


def accept_by_itself(office: Office) -> None:
    """Two of the four lines are matched by the program."""
    office.clients.save_settings(office.client().id, ClientSettings(mode=Mode.BALANCED))
    fill(office)


async def test_automatic_matches_are_counted_and_are_not_the_persons_to_undo_by_a_slip(
    office: Office, qtbot: QtBot
) -> None:
    accept_by_itself(office)
    async with opened(office) as desk:
        assert desk.presenter.automatic == 2
        assert desk.texts == ["takk for god jobb", "EASYPARK"]
        desk.go_to("EASYPARK")
        desk.presenter.reject()  # nothing is proposed there
        assert desk.said[-1].text == "Denne linjen har ingen forslag å ta stilling til"
        assert not desk.said[-1].can_undo
        desk.presenter.undo()
        await desk.settled()
        assert desk.said[-1].text == "Du har ingen egne avgjørelser å angre."
        assert "under «Godkjent»" in desk.said[-1].more
        assert desk.texts == ["takk for god jobb", "EASYPARK"]
        assert status(office, "Faktura 10240") is status(office, "Faktura 10234") is QueueStatus.AUTO_ACCEPTED


async def test_what_the_program_decided_since_stays_when_the_persons_own_is_undone(
    office: Office, qtbot: QtBot
) -> None:
    fill(office)
    office.review.accept(office.item("takk for god jobb").id)
    office.clients.save_settings(office.client().id, ClientSettings(mode=Mode.BALANCED))
    office.propose.run()
    async with opened(office) as desk:
        assert desk.presenter.automatic == 2
        desk.presenter.undo()
        await until(lambda: desk.current == "takk for god jobb")
        await desk.settled()
        assert desk.presenter.automatic == 2
        assert (desk.said[-1].is_undo, desk.said[-1].can_undo) == (True, False)


async def test_an_automatic_match_is_undone_where_its_line_is_looked_at(office: Office, qtbot: QtBot) -> None:
    accept_by_itself(office)
    async with opened(office) as desk:
        desk.go_to("takk for god jobb")
        desk.presenter.accept()
        assert desk.said[-1].can_undo
        await desk.settled()
        desk.presenter.choose_group(Group.ACCEPTED)
        desk.go_to("Faktura 10234")
        desk.presenter.undo()
        desk.presenter.undo()  # pressed twice: still this line alone
        await desk.settled()
        assert sorted(desk.texts) == ["Faktura 10240", "takk for god jobb"]
        assert desk.said[-1].text == "Angret: Bryggen Arkitekter AS 12\u00a0500,00"
    assert status(office, "Faktura 10234") is QueueStatus.PROPOSED
    assert status(office, "takk for god jobb") is QueueStatus.ACCEPTED


async def test_all_done_and_nothing_yet_are_different(office: Office, qtbot: QtBot) -> None:
    async with opened(office) as desk:
        assert desk.presenter.state is ListState.UNTOUCHED
    client = office.client()
    office.receive(office.account(client), payment(900_00, "a", "Kari Hansen"))
    office.hold(client, invoice("1", 900_00, "Kari Hansen"))
    office.propose.run()
    async with opened(office) as desk:
        desk.presenter.accept()
        assert desk.presenter.state is ListState.DONE
        assert desk.current == ""


async def test_one_client_or_all_with_their_names(office: Office, qtbot: QtBot) -> None:
    for number in (1, 2):
        client = office.client(number)
        office.receive(office.account(client, number), payment(100_00 * number, f"line {number}", "Noen"))
    async with opened(office) as desk:
        row = desk.presenter.model.data(desk.presenter.model.index(0))
        assert row is None
        assert {desk.presenter.row(i).client for i in desk.presenter.model.ids} == {"Klient 1 AS", "Klient 2 AS"}
        desk.presenter.show_client(office.client(2).id)
        await until(lambda: desk.texts == ["line 2"])
        assert desk.presenter.row(desk.presenter.model.ids[0]).client == ""


async def test_closing_loses_nothing_that_was_decided(office: Office, qtbot: QtBot) -> None:
    fill(office)
    async with opened(office, settle_ms=60_000) as desk:
        desk.go_to("Faktura 10234")
        desk.presenter.accept()
        desk.presenter.accept()
    assert status(office, "Faktura 10234") is QueueStatus.ACCEPTED
    assert status(office, "takk for god jobb") is QueueStatus.ACCEPTED


async def test_a_transfer_decides_both_its_rows_and_gives_both_back(office: Office, qtbot: QtBot) -> None:
    client = office.client()
    one, two = office.account(client, 1), office.account(client, 2, "1921")
    office.receive(one, payment(-25_000_00, f"Overføring til {two.number}"))
    office.receive(two, payment(25_000_00, f"Overføring fra {one.number}"))
    office.receive(one, payment(-49_00, "EASYPARK"))
    office.propose.run()
    async with opened(office) as desk:
        before = sorted(desk.texts)
        assert len(before) == 3
        desk.go_to(f"Overføring til {two.number}")
        desk.presenter.accept()
        assert desk.texts == ["EASYPARK"]
        await desk.settled()
        assert desk.texts == ["EASYPARK"]
        desk.presenter.undo()
        assert sorted(desk.texts) == before
        desk.presenter.reject()
        assert all(not row.can_accept for row in desk.rows)
        await desk.settled()
    assert status(office, f"Overføring fra {one.number}") is QueueStatus.UNMATCHED
