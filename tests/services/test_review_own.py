"""What is the person's own to take back, and what the program decided."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.errors import NothingToUndo
from kontali_desktop.domain.matches import QueueStatus
from tests.services.conftest import Office
from tests.support import invoice, payment

MINE, ITS = "takk for god jobb", "Faktura 10234"


@pytest.fixture
def both(office: Office) -> Office:
    """The person accepted one line, and then the program another."""
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(12_500_00, ITS, "Bryggen Arkitekter AS"), payment(4_999_00, MINE, "Kari Hansen"))
    office.hold(
        client,
        invoice("10234", 12_500_00),
        invoice("3087", 4_999_00, "Kari Hansen"),
        invoice("3088", 4_999_00, "Hansen, Kari"),
    )
    office.propose.run()
    office.review.accept(office.item(MINE).id)
    office.clients.save_settings(client.id, ClientSettings(mode=Mode.BALANCED))
    assert office.propose.run().auto_accepted == 1
    return office


def status(office: Office, text: str) -> QueueStatus:
    return office.item(text).status


def test_the_persons_own_is_taken_back_past_what_the_program_decided_since(both: Office) -> None:
    assert both.review.undo_own() == (both.item(MINE).id,)
    assert (status(both, MINE), status(both, ITS)) == (QueueStatus.PROPOSED, QueueStatus.AUTO_ACCEPTED)
    with pytest.raises(NothingToUndo):
        both.review.undo_own()
    assert status(both, ITS) is QueueStatus.AUTO_ACCEPTED


def test_the_last_decisions_are_the_programs_too(both: Office) -> None:
    assert both.review.undo() == (both.item(ITS).id,)
    assert (status(both, MINE), status(both, ITS)) == (QueueStatus.ACCEPTED, QueueStatus.PROPOSED)


def test_a_match_is_taken_back_by_its_line_once(both: Office) -> None:
    its = both.item(ITS).id
    assert both.review.undo_match(its) == (its,)
    assert (status(both, MINE), status(both, ITS)) == (QueueStatus.ACCEPTED, QueueStatus.PROPOSED)
    assert both.open_amount("10234") == 12_500_00
    with pytest.raises(NothingToUndo):
        both.review.undo_match(its)
    both.review.accept(its)
    assert both.review.undo_match(its) == (its,)  # of two accepts, the one that stands


def test_either_half_of_a_transfer_takes_back_both(office: Office) -> None:
    client = office.client()
    one, two = office.account(client, 1), office.account(client, 2, "1921")
    office.receive(one, payment(-25_000_00, f"Overføring til {two.number}"))
    office.receive(two, payment(25_000_00, f"Overføring fra {one.number}"))
    office.propose.run()
    out, back = (office.item(f"Overføring {way}").id for way in (f"til {two.number}", f"fra {one.number}"))
    for half in (out, back):
        office.review.accept(out)
        assert set(office.review.undo_match(half)) == {out, back}
        assert {office.item(f"Overføring til {two.number}").status} == {QueueStatus.PROPOSED}
