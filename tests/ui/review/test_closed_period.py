"""A line in a closed period: it stays where it is, says why, and a person's decision is refused in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.ui.review.listing import Group
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.wording.texts import LANGUAGES, Language
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.conftest import Desk, fill, opened
from tests.ui.waiting import until

pytestmark = pytest.mark.usefixtures("qtbot")  # the loop that the presenters run in
CLOSED, WITHOUT, OPEN = "Faktura 10299", "Gave", "Faktura 10234"
LAST = DAY - timedelta(days=12)
REFUSED = "Bøkene til Klient 1 AS er lukket til og med 31.01.2026."


def close(office: Office) -> None:
    """Four open lines, and two in a period that is closed: one that is clear, one that nothing fits."""
    fill(office)
    client = office.client()
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all(client.id)
    office.receive(
        account,
        payment(8_125_00, CLOSED, "Bryggen Arkitekter AS", day=LAST),
        payment(-312_00, WITHOUT, day=LAST - timedelta(days=3)),
    )
    office.hold(client, invoice("10299", 8_125_00))
    office.propose.run()
    office.clients.close_books(client.id, LAST)


def fields(desk: Desk) -> tuple[list[str], str, bool]:
    item = next(i for i in desk.office.everything() if i.transaction.reported.text == CLOSED)
    return desk.texts, desk.current, item.status is QueueStatus.PROPOSED


async def test_accept_and_reject_are_refused_at_once(office: Office) -> None:
    close(office)
    async with opened(office) as desk:
        desk.go_to(CLOSED)
        stood = fields(desk)
        for decide in (desk.presenter.accept, desk.presenter.reject):
            decide()
            assert fields(desk) == stood
            assert (desk.said[-1].text, desk.said[-1].is_done) == (REFUSED, False)
            assert "Linjen er bokført 31.01.2026" in desk.said[-1].more
            assert "Åpne perioden under Innstillinger" in desk.said[-1].more
            assert desk.notices == []  # once is enough
        await desk.settled()
        assert fields(desk) == stood
        desk.go_to(OPEN)
        desk.presenter.accept()
        assert OPEN not in desk.texts
        await desk.settled()


async def test_it_is_counted_as_waiting_but_not_as_sure(office: Office) -> None:
    close(office)
    async with opened(office) as desk:
        counts = {group: desk.presenter.count(group) for group in Group}
        assert [counts[g] for g in (Group.ALL, Group.SURE, Group.LIKELY, Group.WITHOUT)] == [6, 2, 2, 2]
        assert desk.texts[-2:] == [CLOSED, WITHOUT]  # newest first: what is closed comes last


async def test_an_undo_that_is_refused_leaves_the_decision_and_can_be_asked_again(office: Office) -> None:
    close(office)
    client = office.client()
    async with opened(office) as desk:
        desk.go_to(OPEN)
        desk.presenter.accept()
        await desk.settled()
        office.clients.close_books(client.id, DAY)
        desk.presenter.undo()
        await desk.settled()
        assert desk.said[-1].text.startswith("Bøkene til Klient 1 AS er lukket til og med 12.02.2026")
        assert not desk.said[-1].can_undo  # beside a refusal there is nothing that it would take back
        assert desk.notices == []
        assert OPEN not in desk.texts
        assert office.item(OPEN).status is QueueStatus.ACCEPTED
        office.clients.close_books(client.id, LAST)
        await desk.load()
        desk.presenter.undo()
        await desk.settled()
        assert desk.current == OPEN


@pytest.mark.parametrize("language", LANGUAGES)
async def test_under_the_line_it_says_why(
    office: Office, both_themes: Theme, qtbot: QtBot, pictures: Path, language: Language
) -> None:
    close(office)
    async with opened(office, language=language) as desk:
        page = ReviewPage(both_themes, wording(language), desk.presenter, desk.line)
        qtbot.addWidget(page)
        page.resize(1072, 760)
        page.show()
        reason = page.findChild(QLabel, "why_not_automatic")
        assert isinstance(reason, QLabel)
        told = {"nb": "Linjen er bokført i en lukket periode", "en": "The line is booked in a closed period"}[language]
        for line in (CLOSED, WITHOUT):
            desk.go_to(line)
            await until(lambda: reason.isVisible() and reason.accessibleName().startswith(told), reason.text)
        desk.go_to(CLOSED)
        qtbot.keyClick(page, Qt.Key.Key_Return)
        strip = page.findChild(QuietStrip)
        assert isinstance(strip, QuietStrip)
        layout = strip.layout()
        assert layout is not None
        layout.activate()
        save_picture(page, pictures, f"review-closed-{language}-{both_themes.scheme.value}")
        assert desk.current == CLOSED
        desk.go_to(OPEN)
        await until(lambda: not reason.accessibleName().startswith(told), reason.text)
        await desk.settled()
        page.hide()
