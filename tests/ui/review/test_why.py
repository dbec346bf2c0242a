"""Under the fields stands why a line waits for the person, for each reason there is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.ui.review.listing import Group
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.theme import Theme
from tests.services.conftest import Office
from tests.support import account_number, invoice, payment
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.conftest import Desk, fill, opened
from tests.ui.waiting import until

SURE, AMBIGUOUS, NOTHING = "Faktura 10234", "takk for god jobb", "EASYPARK"


@asynccontextmanager
async def shown(office: Office, theme: Theme, qtbot: QtBot) -> AsyncIterator[tuple[Desk, ReviewPage]]:
    async with opened(office) as desk:
        page = ReviewPage(theme, wording(), desk.presenter, desk.line)
        qtbot.addWidget(page)
        page.resize(1072, 800)
        page.show()
        yield desk, page
        await desk.settled()
        page.hide()


def reason(page: ReviewPage) -> str:
    label = page.findChild(QLabel, "why_not_automatic")
    assert isinstance(label, QLabel)
    return label.accessibleName() if label.isVisible() else ""


def settings(office: Office, change: Callable[[ClientSettings], ClientSettings]) -> None:
    client = office.client()
    office.clients.save_settings(client.id, change(office.clients.load_settings(client.id)))


@pytest.mark.parametrize(
    ("line", "changed", "told"),
    [
        (SURE, ClientSettings(mode=Mode.OFF), "Automatisk godkjenning er av for denne klienten."),
        (SURE, ClientSettings(mode=Mode.SHADOW), "Skyggemodus: programmet foreslår alt og godkjenner ingenting."),
        (
            SURE,
            ClientSettings(cap=1_000_00),
            "Beløpet er over klientens tak på 1\u00a0000,00, eller i en annen valuta.",
        ),
        (SURE, ClientSettings(threshold=1.0), "Sikkerheten er 99\u00a0%, grensen er 100\u00a0%."),
        (
            SURE,
            ClientSettings(mode=Mode.CAREFUL),
            "Forsiktig modus: du har ikke godkjent noe for Bryggen Arkitekter AS før.",
        ),
        (
            SURE,
            ClientSettings(),
            "Ingenting holder den igjen: den godkjennes automatisk ved neste synk eller import.",
        ),
        (AMBIGUOUS, ClientSettings(), "2 kombinasjoner passer like godt."),
        (NOTHING, ClientSettings(), ""),
    ],
)
async def test_each_reason_in_a_line(
    office: Office, theme: Theme, qtbot: QtBot, *, line: str, changed: ClientSettings, told: str
) -> None:
    fill(office)
    settings(office, lambda _now: changed)
    async with shown(office, theme, qtbot) as (desk, page):
        desk.go_to(line)
        await until(lambda: reason(page) == told, lambda: reason(page))


async def test_a_correction_is_said_on_the_next_of_its_kind(
    office: Office, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    fill(office)
    client = office.client()
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all(client.id)
    office.receive(account, payment(3_117_00, "Faktura 10250", "Bryggen Arkitekter AS"))
    office.hold(client, invoice("10250", 3_117_00))
    office.propose.run()
    settings(office, lambda _now: ClientSettings())
    async with shown(office, theme, qtbot) as (desk, page):
        desk.go_to(SURE)
        desk.presenter.reject()
        await desk.settled()
        desk.go_to("Faktura 10250")
        await until(
            lambda: reason(page).startswith("Du har rettet kobling på fakturanummer for Bryggen Arkitekter AS.")
        )
        save_picture(page, pictures, "review-why")
        desk.presenter.accept()
        desk.presenter.choose_group(Group.ACCEPTED)
        await desk.settled()
        await until(lambda: reason(page) == "", "decided")


async def test_what_is_set_meanwhile_is_read_with_the_queue(office: Office, theme: Theme, qtbot: QtBot) -> None:
    fill(office)
    async with shown(office, theme, qtbot) as (desk, page):
        desk.go_to(SURE)
        await until(lambda: reason(page).startswith("Automatisk godkjenning er av"))
        settings(office, lambda now: replace(now, mode=Mode.SHADOW))
        desk.presenter.refresh()
        await until(lambda: reason(page).startswith("Skyggemodus"))


async def test_a_transfer_waits_for_its_other_half(office: Office, theme: Theme, qtbot: QtBot) -> None:
    client = office.client(1, Mode.OFF)
    current, savings = office.account(client), office.account(client, 2, "1921")
    office.receive(current, payment(-5_123_00, f"Overføring til {account_number(2)}"))
    office.receive(savings, payment(5_123_00, "Overføring fra egen konto"))
    office.propose.run()
    settings(office, lambda _now: ClientSettings())
    with office.storage.writing() as work:
        work.matches.set_proposals(office.item("Overføring fra egen konto").id, ())
        work.commit()
    async with shown(office, theme, qtbot) as (desk, page):
        desk.go_to(f"Overføring til {account_number(2)}")
        await until(lambda: reason(page) == "Den andre kontoens linje peker ikke hit.", lambda: reason(page))
