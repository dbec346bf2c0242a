"""The tables in the narrowest window: date, party and amounts are there to be seen, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.documents import Side
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.listing.page import TablePage
from kontali_desktop.ui.open_items.page import OpenItemsPage
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.transactions.page import TransactionsPage
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from kontali_desktop.ui.widgets.column_widths import ColumnRoom, fitted
from kontali_desktop.ui.widgets.paint import text_width
from kontali_desktop.ui.widgets.row_table import PADDING
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office, office
from tests.support import invoice, payment
from tests.ui import gallery
from tests.ui.listing.office import attachments_of, fill, loaded, owner
from tests.ui.pictures import save_picture
from tests.ui.program import wording

__all__ = ["office"]

WINDOW = (1024, 680)
SEEN = {"transactions": ("date", "counterparty", "amount"), "open_items": ("due", "counterparty", "amount", "open")}
WHOLE = {"transactions": ("date", "amount"), "open_items": ("due", "amount", "open")}
PARTY_ROOM = 100


def page_of(name: str, theme: Theme, office: Office, tasks: TaskOwner, language: Language) -> TablePage:
    words = wording(language)
    if name == "transactions":
        return TransactionsPage(theme, words, TransactionsPresenter(office.queue, tasks, words))
    presenter = OpenItemsPresenter(Listings(office.storage), tasks, words, office.clock)
    return OpenItemsPage(theme, words, presenter, attachments_of(office, tasks))


def place_of(page: TablePage, key: str) -> QRect:
    """Where a column's first cell is on the table."""
    return page.table.visualRect(page.presenter.model.index(0, page.presenter.model.column(key)))


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("is_of_all", [True, False], ids=["all", "one"])
@pytest.mark.parametrize("name", SEEN)
async def test_date_party_and_amounts_are_seen_whole_in_a_narrow_window(
    *,
    name: str,
    is_of_all: bool,
    language: Language,
    theme: Theme,
    office: Office,
    qtbot: QtBot,
    pictures: Path,
) -> None:
    first, _ = fill(office)
    large = payment(
        -1_234_567_890, "Oppgjør entreprise, sluttfaktura med tillegg", "Nordvestlandet Maskinentreprenør AS"
    )
    with office.storage.reading() as work:
        account = work.accounts.load_all(first.id)[0]
    office.receive(account, large)
    office.hold(first, invoice("2026-10077", 987_654_321, "Nordvestlandet Maskinentreprenør AS", side=Side.SUPPLIER))
    async with owner() as tasks:
        page = page_of(name, theme, office, tasks, language)
        window = gallery.window(theme, name.replace("_", "-"), page)
        qtbot.addWidget(window)
        window.resize(*WINDOW)
        window.show()
        page.presenter.show_client(None if is_of_all else first.id)
        page.presenter.refresh()
        await loaded(page.presenter)
        save_picture(window, pictures, f"narrow-{name}-{is_of_all}-{theme.scheme.value}-{language}")
        table, model = page.table, page.presenter.model
        room = table.viewport().rect()
        assert room.width() < WINDOW[0]
        for key in SEEN[name]:
            assert room.contains(place_of(page, key)), key
        assert place_of(page, "counterparty").width() >= PARTY_ROOM
        assert table.horizontalScrollBar().maximum() == 0
        font = theme.font(Size.BODY, Weight.MEDIUM, figures=True)
        for key in WHOLE[name]:
            column = model.column(key)
            ends = sum(PAGE_MARGIN if is_end(column) else PADDING for is_end in (table.is_first, table.is_last))
            texts = [model.columns[column].shown(row) for row in model.rows]
            assert max(text_width(font, text) for text in texts) + ends <= place_of(page, key).width(), key
        window.resize(1600, 900)
        assert room.width() < table.viewport().width() == place_of(page, model.columns[-1].key).right() + 1


async def test_amounts_of_many_currencies_are_seen_whole(theme: Theme, office: Office, qtbot: QtBot) -> None:
    """Of as many letters, but not as wide: the longest text is not always the widest."""
    first, _ = fill(office)
    for number, currency in enumerate(("SEK", "JPY", "EUR", "DKK", "GBP")):
        office.hold(first, invoice(f"F-{number}", 32_079_98, side=Side.SUPPLIER, currency=currency))
    async with owner() as tasks:
        page = page_of("open_items", theme, office, tasks, "nb")
        qtbot.addWidget(page)
        page.resize(1072, 800)
        page.show()
        page.presenter.show_client(None)
        page.presenter.refresh()
        await loaded(page.presenter)
        model = page.presenter.model
        font = theme.font(Size.BODY, Weight.MEDIUM, figures=True)
        for key in WHOLE["open_items"]:
            column = model.column(key)
            ends = sum(
                PAGE_MARGIN if is_end(column) else PADDING for is_end in (page.table.is_first, page.table.is_last)
            )
            for row in model.rows:
                shown = model.columns[column].shown(row)
                assert text_width(font, shown) + ends <= place_of(page, key).width(), shown


def test_columns_that_may_go_are_left_out_last_and_only_where_nothing_else_helps() -> None:
    columns = [ColumnRoom(100, 100), None, ColumnRoom(100, 60), ColumnRoom(80, 60, may_go=True)]
    assert fitted(columns, 280) == [100, 0, 100, 80]
    assert fitted(columns, 250) == [100, 0, 80, 70]
    assert fitted(columns, 219) == [100, 0, 100, 0]


def test_what_has_a_floor_gives_way_where_leaving_out_does_not_help() -> None:
    columns = [ColumnRoom(100, 100), ColumnRoom(150, 100, floor=60), ColumnRoom(90, 90, may_go=True)]
    assert fitted(columns, 290) == [100, 100, 90]
    assert fitted(columns, 289) == [100, 150, 0]
    assert fitted(columns, 180) == [100, 80, 0]
    assert fitted(columns, 100) == [100, 60, 0]


@given(
    st.lists(
        st.builds(
            lambda least, more, may_go: ColumnRoom(least + more, least, may_go=may_go),
            st.integers(64, 200),
            st.integers(0, 200),
            st.booleans(),
        ),
        min_size=1,
        max_size=10,
    ),
    st.integers(64, 3000),
)
def test_columns_are_within_the_room_and_never_narrower_than_their_least(columns: list[ColumnRoom], room: int) -> None:
    widths = fitted(columns, room)
    for column, width in zip(columns, widths, strict=True):
        assert column.least <= width <= column.wanted or (column.may_go and width == 0)
    assert sum(widths) <= max(room, sum(column.least for column in columns if not column.may_go))
