"""Hendelser: worded, newest first, with whose each one is."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.events.presenter import EventsPresenter
from kontali_desktop.ui.widgets.row_table import CELL_ROLE, Cell
from tests.services.conftest import Office, office
from tests.ui.listing.office import connect, fill, loaded, owner
from tests.ui.program import wording

__all__ = ["office"]


async def filled(office: Office, client_id: ClientId | None = None, most: int = 100) -> EventsPresenter:
    async with owner() as tasks:
        presenter = EventsPresenter(Listings(office.storage), tasks, wording(), most=most)
        presenter.show_client(client_id)
        await loaded(presenter)
    return presenter


def shown(presenter: EventsPresenter, column: str) -> list[str]:
    place = presenter.model.column(column)
    return [str(presenter.model.index(row, place).data()) for row in range(presenter.model.rowCount())]


async def test_worded_newest_first_with_who_and_whose(office: Office, qtbot: QtBot) -> None:
    first, _ = fill(office)
    office.clock.moment += timedelta(hours=1)
    connect(office, first)
    presenter = await filled(office)
    assert shown(presenter, "what") == [
        "Hentingen fra Demobanken gikk ikke: Demobanken svarer ikke.",
        "Godkjent: Bryggen Arkitekter AS 12\u00a0500,00 mot 10234",
        "Klient lagt til: Klient 2 AS (210001018)",
        "Klient lagt til: Klient 1 AS (210000518)",
    ]
    assert shown(presenter, "actor") == ["Kontali", "Du", "Du", "Du"]
    assert shown(presenter, "about") == ["Klient 1 AS · Demobanken", "Klient 1 AS", "Klient 2 AS", "Klient 1 AS"]
    presenter.choose_group("decisions")
    assert len(shown(presenter, "what")) == 1
    assert presenter.remark() == "1 av 4 hendelser vises"


async def test_hovering_a_time_gives_the_exact_instant(office: Office, qtbot: QtBot) -> None:
    office.client()
    presenter = await filled(office)
    cell = presenter.model.index(0, presenter.model.column("at")).data(CELL_ROLE)
    assert isinstance(cell, Cell)
    assert cell.text == wording().instant(office.clock.now())
    assert cell.tip == wording().exact(office.clock.now())
    assert cell.tip != cell.text


async def test_a_clients_events_are_its_own_and_its_connections(office: Office, qtbot: QtBot) -> None:
    first, second = fill(office)
    connect(office, first)
    own = await filled(office, first.id)
    assert shown(own, "about") == ["Klient 1 AS · Demobanken", "Klient 1 AS", "Klient 1 AS"]
    assert shown(await filled(office, second.id), "about") == ["Klient 2 AS"]


async def test_a_long_log_says_that_only_the_newest_are_shown(office: Office, qtbot: QtBot) -> None:
    fill(office)
    presenter = await filled(office, most=2)
    assert presenter.remark() == "de 2 nyeste hendelsene"
    assert shown(presenter, "what")[-1].startswith("Klient lagt til: Klient 2")


async def test_search_looks_in_words_names_and_times(office: Office, qtbot: QtBot) -> None:
    fill(office)
    presenter = await filled(office)
    for typed, rows in (("klient 2", 1), ("godkjent", 1), ("13.02.2026", 3), ("finnes ikke", 0)):
        presenter.search(typed)
        assert len(shown(presenter, "what")) == rows, typed
