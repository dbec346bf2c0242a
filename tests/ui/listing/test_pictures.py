"""The three tables as they look, in both themes and languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.events.page import EventsPage
from kontali_desktop.ui.events.presenter import EventsPresenter
from kontali_desktop.ui.listing.page import TablePage
from kontali_desktop.ui.open_items.page import OpenItemsPage
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.transactions.page import TransactionsPage
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from kontali_desktop.wording.texts import Language
from kontali_desktop.wording.wording import Wording
from tests.services.conftest import Office, office
from tests.ui import gallery
from tests.ui.listing.office import attachments_of, connect, fill, loaded, owner
from tests.ui.pictures import save_picture
from tests.ui.program import wording

__all__ = ["office"]


def transactions(theme: Theme, words: Wording, office: Office, tasks: TaskOwner) -> TablePage:
    return TransactionsPage(theme, words, TransactionsPresenter(office.queue, tasks, words))


def open_items(theme: Theme, words: Wording, office: Office, tasks: TaskOwner) -> TablePage:
    presenter = OpenItemsPresenter(Listings(office.storage), tasks, words, office.clock)
    return OpenItemsPage(theme, words, presenter, attachments_of(office, tasks))


def events(theme: Theme, words: Wording, office: Office, tasks: TaskOwner) -> TablePage:
    return EventsPage(theme, words, EventsPresenter(Listings(office.storage), tasks, words))


@pytest.mark.parametrize("make", [transactions, open_items, events])
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_table_is_painted_in_its_theme(
    *,
    make: Callable[[Theme, Wording, Office, TaskOwner], TablePage],
    language: Language,
    both_themes: Theme,
    office: Office,
    qtbot: QtBot,
    pictures: Path,
) -> None:
    first, _ = fill(office)
    connect(office, first)
    async with owner() as tasks:
        page = make(both_themes, wording(language), office, tasks)
        window = gallery.window(both_themes, page.name.replace("_", "-"), page)
        qtbot.addWidget(window)
        window.show()
        page.presenter.refresh()
        await loaded(page.presenter)
        page.table.setFocus()
        page.table.selectRow(1)
        save_picture(window, pictures, f"{page.name}-{both_themes.scheme.value}-{language}")
        if language == "nb":
            page.presenter.search("finnes ikke")
            save_picture(window, pictures, f"{page.name}-none-{both_themes.scheme.value}")
    corner = window.grab().toImage().pixelColor(window.width() - 3, window.height() - 3)
    assert corner == both_themes.tokens.surface
