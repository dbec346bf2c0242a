"""Åpne poster shows which documents carry a file and what they refer to, and opens the file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.attachments.button import AttachmentButton
from kontali_desktop.ui.open_items.page import OpenItemsPage
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.open_items.rows import OpenItemRow
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.row_table import CELL_ROLE, Cell
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office, office
from tests.support import DAY, invoice
from tests.ui import gallery
from tests.ui.listing.office import attachments_of, child, loaded, owner
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.sums import PDF, PICTURE, attach
from tests.ui.review.test_sums import Viewer, viewer
from tests.ui.waiting import until

__all__ = ["office", "viewer"]


class Screen:
    """The page with its attachments."""

    def __init__(self, page: OpenItemsPage) -> None:
        self.page = page
        self.button = child(page, AttachmentButton, "attachment_button")

    def place(self, number: str) -> int:
        rows = self.page.presenter.model.rows
        found = [n for n, row in enumerate(rows) if isinstance(row, OpenItemRow) and row.reported.number == number]
        return found[0]

    def go_to(self, number: str) -> None:
        self.page.table.selectRow(self.place(number))

    def cell(self, number: str, column: str) -> Cell:
        model = self.page.presenter.model
        found = model.index(self.place(number), model.column(column)).data(CELL_ROLE)
        assert isinstance(found, Cell)
        return found

    def spoken(self, number: str, column: str) -> str:
        model = self.page.presenter.model
        index = model.index(self.place(number), model.column(column))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.fixture
def folder() -> Iterator[PrivateViewingFolder]:
    made = PrivateViewingFolder()
    yield made
    made.close()


@pytest_asyncio.fixture
async def screen(office: Office, theme: Theme, folder: PrivateViewingFolder, qtbot: QtBot) -> AsyncIterator[Screen]:
    fill(office)
    async with owner() as tasks:
        presenter = OpenItemsPresenter(Listings(office.storage), tasks, wording(), office.clock)
        page = OpenItemsPage(theme, wording(), presenter, attachments_of(office, tasks, folder))
        qtbot.addWidget(page)
        page.resize(1072, 800)
        page.show()
        page.activateWindow()
        presenter.refresh()
        await loaded(presenter)
        page.table.setFocus()
        yield Screen(page)


def fill(office: Office) -> None:
    office.hold(
        office.client(),
        invoice("10234", 100_00),
        invoice("10235", 100_00),
        invoice("77", 50_00, kind=DocumentKind.CREDIT_NOTE, refers_to="10234"),
        invoice("P-1", 70_00, refers_to="10235"),
        invoice("10236", 30_00, kid="1000900104509"),
    )
    attach(office, "10234", PDF)
    attach(office, "77", PDF, PICTURE)


async def test_a_paper_clip_marks_what_carries_a_file(screen: Screen) -> None:
    assert [screen.cell(n, "number").icon for n in ("10234", "10235")] == [IconName.PAPERCLIP, None]
    assert screen.spoken("10234", "number") == "Nummer: 10234, har vedlegg"


async def test_what_a_document_refers_to_stands_with_what_it_is(screen: Screen) -> None:
    spoken = {number: screen.spoken(number, "side") for number in ("10234", "77", "P-1")}
    assert spoken == {
        "10234": "Type: Kunde",
        "77": "Type: Kreditnota, for 10234",
        "P-1": "Type: Purring, på 10235",
    }
    assert screen.cell("77", "side").tip == "Kreditnota til kunde · for 10234"
    screen.page.presenter.search("kreditnota for 10234")
    assert len(screen.page.presenter.model.rows) == 1


async def test_a_kid_whose_check_digit_differs_has_a_quiet_mark(screen: Screen) -> None:
    cell = screen.cell("10236", "kid")
    assert (cell.icon, cell.tip) == (IconName.WARNING, "Kontrollsifferet stemmer ikke")
    assert screen.spoken("10236", "kid") == "KID: 1000900104509, Kontrollsifferet stemmer ikke"
    assert screen.cell("10234", "kid").icon is None


async def test_enter_opens_it_even_before_it_was_found(screen: Screen, viewer: Viewer) -> None:
    screen.go_to("10234")
    QTest.keyClick(screen.page.table, Qt.Key.Key_Return)
    await until(lambda: bool(viewer.opened))
    assert viewer.opened[0].read_bytes() == PDF.content
    assert screen.button.text() == "Vis faktura (PDF)"


async def test_several_are_chosen_from_a_menu(screen: Screen, viewer: Viewer) -> None:
    screen.go_to("77")
    await until(screen.button.isVisible)
    assert screen.button.text() == "Vis vedlegg (2) …"
    QTest.keyClick(screen.page.table, Qt.Key.Key_Return)
    menu = child(screen.page, QMenu, "attachment_menu")
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Return)
    await until(lambda: bool(viewer.opened))
    assert viewer.opened[0].name == PDF.name


async def test_a_document_without_any_has_no_button(screen: Screen, viewer: Viewer) -> None:
    screen.go_to("77")
    await until(screen.button.isVisible)
    screen.go_to("10235")
    assert not screen.button.isVisible()
    QTest.keyClick(screen.page.table, Qt.Key.Key_Return)
    assert viewer.opened == []


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_pictures(
    *,
    language: Language,
    both_themes: Theme,
    office: Office,
    folder: PrivateViewingFolder,
    qtbot: QtBot,
    pictures: Path,
) -> None:
    fill(office)
    office.hold(
        office.clients.load_all()[0],
        invoice("10290", 500_000, "Ålesund Fisk AS", due_date=DAY - timedelta(days=12)),
        invoice("10300", 90_000, "Ærlig Regnskap AS", due_date=DAY + timedelta(days=20)),
        invoice("INV-9", 310_000, "Strøm og Nett AS", side=Side.SUPPLIER, kid="00773412"),
    )
    attach(office, "10290", PDF)
    async with owner() as tasks:
        words = wording(language)
        presenter = OpenItemsPresenter(Listings(office.storage), tasks, words, office.clock)
        page = OpenItemsPage(both_themes, words, presenter, attachments_of(office, tasks, folder, language))
        whole = gallery.window(both_themes, "open-items", page)
        qtbot.addWidget(whole)
        whole.show()
        presenter.refresh()
        await loaded(presenter)
        screen = Screen(page)
        screen.go_to("10290")
        await until(screen.button.isVisible)
        save_picture(whole, pictures, f"open-items-{both_themes.scheme.value}-{language}")
        whole.hide()
