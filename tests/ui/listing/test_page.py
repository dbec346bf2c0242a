"""A table screen by keys: search, sort, move, copy, and the ways out of an empty screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.listing.presenter import TableState
from kontali_desktop.ui.open_items.page import OpenItemsPage
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.transactions.page import TransactionsPage
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from tests.services.conftest import Office, office
from tests.ui.listing.office import LATER, attachments_of, child, fill, loaded, owner
from tests.ui.program import wording
from tests.ui.waiting import until

__all__ = ["office"]


async def opened(office: Office, tasks: TaskOwner, theme: Theme, qtbot: QtBot) -> TransactionsPage:
    page = TransactionsPage(theme, wording(), TransactionsPresenter(office.queue, tasks, wording()))
    qtbot.addWidget(page)
    page.resize(1072, 700)
    page.show()
    page.presenter.refresh()
    await loaded(page.presenter)
    page.setFocus()
    return page


def text_at(page: TransactionsPage, row: int, column: str) -> str:
    model = page.presenter.model
    return str(model.index(row, model.column(column)).data())


async def test_slash_searches_and_enter_leads_into_what_was_found(
    office: Office,
    theme: Theme,
    qtbot: QtBot,
) -> None:
    fill(office)
    async with owner() as tasks:
        page = await opened(office, tasks, theme, qtbot)
        qtbot.keyClick(page.table, Qt.Key.Key_Slash)
        field = child(page, QLineEdit, "transactions_search")
        assert field.hasFocus()
        qtbot.keyClicks(field, "ålesund")
        assert page.presenter.model.rowCount() == 1
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert page.table.hasFocus()
        assert page.table.currentIndex().row() == 0
        qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert "\tÅlesund Fisk AS\t" in QGuiApplication.clipboard().text()


async def test_the_current_row_stays_the_current_one_when_rows_are_sorted_or_loaded_again(
    office: Office,
    theme: Theme,
    qtbot: QtBot,
) -> None:
    fill(office)
    async with owner() as tasks:
        page = await opened(office, tasks, theme, qtbot)
        place = next(row for row in range(6) if text_at(page, row, "text") == LATER)
        page.table.selectRow(place)
        page.table.sortByColumn(page.presenter.model.column("amount"), Qt.SortOrder.AscendingOrder)
        assert text_at(page, page.table.currentIndex().row(), "text") == LATER
        office.receive(office.account(office.client(3), 3))
        with qtbot.waitSignal(page.presenter.model.modelReset):
            page.presenter.refresh()
            await until(lambda: not tasks.is_running("load TransactionsPresenter"))
        assert text_at(page, page.table.currentIndex().row(), "text") == LATER
        qtbot.keyClick(page.table, Qt.Key.Key_J)
        assert text_at(page, page.table.currentIndex().row(), "text") != LATER


async def test_client_column_is_there_only_for_all(
    office: Office,
    theme: Theme,
    qtbot: QtBot,
) -> None:
    first, _ = fill(office)
    async with owner() as tasks:
        page = await opened(office, tasks, theme, qtbot)
        client = page.presenter.model.column("client")
        assert not page.table.isColumnHidden(client)
        page.presenter.show_client(first.id)
        await loaded(page.presenter)
        assert page.table.isColumnHidden(client)


async def test_empty_screens_lead_on(
    office: Office,
    theme: Theme,
    qtbot: QtBot,
) -> None:
    async with owner() as tasks:
        page = await opened(office, tasks, theme, qtbot)
        assert page.presenter.state is TableState.EMPTY
        button = child(page, QAbstractButton, "transactions_empty_button")
        with qtbot.waitSignal(page.presenter.wants_connect):
            button.click()
        presenter = OpenItemsPresenter(Listings(office.storage), tasks, wording(), office.clock)
        items = OpenItemsPage(theme, wording(), presenter, attachments_of(office, tasks))
        qtbot.addWidget(items)
        presenter.refresh()
        await loaded(presenter)
        for name in ("open_items_import_button", "open_items_empty_button"):
            with qtbot.waitSignal(presenter.wants_import):
                child(items, QAbstractButton, name).click()


async def test_nothing_found_leads_back(
    office: Office,
    theme: Theme,
    qtbot: QtBot,
) -> None:
    fill(office)
    async with owner() as tasks:
        page = await opened(office, tasks, theme, qtbot)
        field = child(page, QLineEdit, "transactions_search")
        field.setText("finnes ikke")
        assert page.presenter.state is TableState.NOTHING_FOUND
        child(page, QAbstractButton, "transactions_empty_button").click()
        assert (field.text(), page.presenter.state) == ("", TableState.ROWS)
