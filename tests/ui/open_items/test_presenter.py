"""Åpne poster: what is open, what is overdue in words, what is owed each way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.documents import Side
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.listing.presenter import TableState
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.theme import Tone
from kontali_desktop.ui.widgets.row_table import CELL_ROLE, Cell
from tests.services.conftest import Office, office
from tests.support import DAY, invoice, payment
from tests.ui.listing.office import fill, loaded, owner
from tests.ui.program import wording
from tests.ui.waiting import until

__all__ = ["office"]


def made(office: Office, tasks: TaskOwner) -> OpenItemsPresenter:
    return OpenItemsPresenter(Listings(office.storage), tasks, wording(), office.clock)


async def filled(office: Office) -> OpenItemsPresenter:
    fill(office)
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
    return presenter


def cells(presenter: OpenItemsPresenter, column: str) -> list[Cell]:
    place = presenter.model.column(column)
    found = [presenter.model.index(row, place).data(CELL_ROLE) for row in range(presenter.model.rowCount())]
    assert all(isinstance(cell, Cell) for cell in found)
    return found


def shown(presenter: OpenItemsPresenter, column: str) -> list[str]:
    return [cell.text.replace("\u00a0", " ") for cell in cells(presenter, column)]


async def test_everything_open_the_longest_overdue_first(office: Office, qtbot: QtBot) -> None:
    presenter = await filled(office)
    assert shown(presenter, "number") == ["10290", "77", "INV-9", "10300"]
    assert shown(presenter, "open") == ["5 000,00", "−400,00", "3 100,00", "900,00"]
    assert {g: presenter.count(g) for g in ("all", "customers", "suppliers", "settled")} == {
        "all": 4,
        "customers": 3,
        "suppliers": 1,
        "settled": 1,
    }
    said = presenter.remark().replace("\u00a0", " ")
    assert said == "4 åpne poster · til gode 5 500,00 · å betale 3 100,00"


async def test_overdue_is_said_and_not_only_coloured(office: Office, qtbot: QtBot) -> None:
    presenter = await filled(office)
    first, credit_note, *_ = cells(presenter, "status")
    assert (first.text, first.tone) == ("Forfalt 13 dager", Tone.NEGATIVE)
    assert (credit_note.text, credit_note.tone) == ("Åpen", Tone.QUIET)  # nobody is late with a credit note


async def test_what_is_settled_has_its_own_chip(office: Office, qtbot: QtBot) -> None:
    presenter = await filled(office)
    presenter.choose_group("settled")
    assert shown(presenter, "number") == ["10234"]
    assert shown(presenter, "status") == ["Oppgjort"]
    assert shown(presenter, "open") == ["0,00"]
    assert presenter.remark() == "1 post"


async def test_partly_paid_shows_what_is_left(office: Office, qtbot: QtBot) -> None:
    client = office.client()
    office.hold(client, invoice("1", 100_000, due_date=DAY + timedelta(days=30), remaining=40_000))
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
    assert shown(presenter, "status") == ["Delvis betalt"]
    assert (shown(presenter, "amount"), shown(presenter, "open")) == (["1 000,00"], ["400,00"])


async def test_other_currencies_are_summed_by_themselves(office: Office, qtbot: QtBot) -> None:
    office.hold(
        office.client(),
        invoice("1", 100_000, side=Side.SUPPLIER),
        invoice("2", 5_000, side=Side.SUPPLIER, currency="EUR"),
    )
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
        assert presenter.remark().replace("\u00a0", " ") == "2 åpne poster · å betale 1 000,00 + EUR 50,00"


async def test_of_many_currencies_the_rest_are_counted(office: Office, qtbot: QtBot) -> None:
    for number, currency in enumerate(("SEK", "NOK", "DKK", "EUR")):
        office.hold(office.client(), invoice(f"S{number}", 100_000, side=Side.SUPPLIER, currency=currency))
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
        assert presenter.remark().replace("\u00a0", " ") == "4 åpne poster · å betale 1 000,00 + 3 valutaer"


@pytest.mark.parametrize(("typed", "number"), [("00773412", "INV-9"), ("3 100", "INV-9"), ("ærlig", "10300")])
async def test_search(office: Office, qtbot: QtBot, typed: str, number: str) -> None:
    presenter = await filled(office)
    presenter.search(typed)
    assert shown(presenter, "number") == [number]


async def test_an_accepted_match_moves_it_at_the_next_load(office: Office, qtbot: QtBot) -> None:
    client = office.client()
    office.hold(client, invoice("10234", 100_000))
    office.receive(office.account(client), payment(100_000, "Faktura 10234", "Bryggen Arkitekter AS"))
    office.propose.run(client.id)
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
        assert shown(presenter, "number") == ["10234"]
        office.review.accept(office.item("Faktura 10234").id)
        presenter.refresh()
        assert presenter.state is TableState.ROWS  # what is shown stays until the new rows are there
        await until(lambda: presenter.state is TableState.NOTHING_FOUND)
    assert (presenter.count("all"), presenter.count("settled")) == (0, 1)
