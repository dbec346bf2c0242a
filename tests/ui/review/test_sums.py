"""A sum at the bank is opened under its fields, and what the invoices carry is shown in the system's viewer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.ids import AttachmentId
from kontali_desktop.ui.attachments.button import AttachmentButton
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.part_list import PART_ROLE, ROW_HEIGHT, PartRow, PartView
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedView
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office
from tests.support import invoice
from tests.ui import gallery
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.conftest import Desk, opened
from tests.ui.review.sums import PDF, PICTURE, attach, fill_with_sum
from tests.ui.waiting import until

SUM, PLAIN = "OCR-innbetalinger", "Faktura 3087"


class Viewer(QObject):
    """What the system would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []
        QDesktopServices.setUrlHandler("file", self, "show")  # type: ignore[arg-type]  # the stub is wrong: it is text

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    yield Viewer()
    QDesktopServices.unsetUrlHandler("file")


class Screen:
    """The page with the parts of the sum."""

    def __init__(self, desk: Desk, page: ReviewPage) -> None:
        self.desk, self.page = desk, page
        view, parts = page.findChild(TwoSidedView, "review_list"), page.findChild(PartView, "sum_parts")
        button = page.findChild(AttachmentButton, "attachment_button")
        assert view is not None
        assert parts is not None
        assert button is not None
        self.view, self.parts, self.button = view, parts, button

    @property
    def rows(self) -> list[PartRow]:
        model = self.desk.line.model
        found = [model.data(model.index(row, 0), PART_ROLE) for row in range(model.rowCount())]
        return [row for row in found if isinstance(row, PartRow)]

    async def go_to(self, text: str) -> None:
        self.desk.go_to(text)
        await until(lambda: not self.desk.line.is_loading and not self.desk.line.attachments.is_finding, text)


@pytest_asyncio.fixture
async def screen(office: Office, theme: Theme, qtbot: QtBot) -> AsyncIterator[Screen]:
    fill_with_sum(office)
    async with opened(office) as desk:
        yield await shown(desk, theme, qtbot)


async def shown(desk: Desk, theme: Theme, qtbot: QtBot, language: Language = "nb") -> Screen:
    page = ReviewPage(theme, wording(language), desk.presenter, desk.line)
    qtbot.addWidget(page)
    page.resize(1072, 800)
    page.show()
    page.activateWindow()
    page.setFocus()
    await until(page.isActiveWindow)
    return Screen(desk, page)


async def test_every_part_stands_with_its_document_and_the_sum_agrees(screen: Screen) -> None:
    await screen.go_to(SUM)
    rows = screen.rows
    assert len(rows) == 31
    assert [row.document for row in rows[:3]] == 3 * ["uten faktura"]
    assert (rows[3].name, rows[3].reference, rows[3].document) == ("Kari Hansen", "KID 7100000", "→ 10200")
    assert [row.has_document for row in rows[3:]] == 27 * [True] + [False]
    assert (rows[30].name, rows[30].document, rows[30].amount) == ("Gebyr", "", "−61,25")
    opened_sum, item = screen.desk.line.opened, screen.desk.presenter.current
    assert opened_sum is not None
    assert item is not None
    assert opened_sum.total == item.transaction.reported.amount
    assert screen.parts.accessibleName() == "Samlepost: 30 betalinger, 27 av 30 har faktura"
    texts = [label for label in labels(screen.page) if label]
    assert "likt banklinjen" in texts
    assert wording().amount(opened_sum.total) in texts


async def test_it_scrolls_within_its_height_and_shows_the_first_rows(screen: Screen) -> None:
    await screen.go_to(SUM)
    assert screen.parts.isVisible()
    assert 2 * ROW_HEIGHT <= screen.parts.height() <= 6 * ROW_HEIGHT
    assert screen.parts.indexAt(screen.parts.viewport().rect().topLeft()).row() == 0
    screen.page.resize(816, 640)
    await until(lambda: screen.page.height() == 640)
    assert screen.parts.height() >= ROW_HEIGHT * 3 // 2
    assert screen.view.height() >= 56
    await screen.go_to(PLAIN)
    assert not screen.parts.isVisible()


async def test_the_keyboard_reaches_it_and_commands_still_work(screen: Screen) -> None:
    await screen.go_to(SUM)
    for _ in range(12):
        if screen.parts.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget() or screen.page, Qt.Key.Key_Tab)
    assert screen.parts.hasFocus()
    QTest.keyClick(screen.parts, Qt.Key.Key_End)
    QTest.keyClick(screen.parts, Qt.Key.Key_Down)  # at the end it stays, and so does the line
    assert screen.parts.currentIndex().row() == 30
    assert screen.desk.current == SUM
    QTest.keyClick(screen.parts, Qt.Key.Key_J)
    assert screen.desk.current == PLAIN
    assert screen.view.hasFocus()


async def test_one_attachment_opens_at_once(screen: Screen, viewer: Viewer) -> None:
    await screen.go_to(PLAIN)
    assert (screen.button.text(), screen.button.isVisible()) == ("Vis faktura (PDF)", True)
    QTest.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    await until(lambda: bool(viewer.opened))
    assert viewer.opened[0].name == PDF.name
    assert viewer.opened[0].read_bytes() == PDF.content
    await screen.go_to("EASYPARK")
    assert not screen.button.isVisible()


async def test_of_several_a_menu_lets_choose(screen: Screen, viewer: Viewer) -> None:
    await screen.go_to(SUM)
    assert screen.button.text() == "Vis vedlegg (2) …"
    screen.button.setFocus()
    QTest.keyClick(screen.button, Qt.Key.Key_Return)
    menu = screen.button.findChild(QMenu, "attachment_menu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["10200: faktura.pdf", "10200: bilde.png"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    await until(lambda: bool(viewer.opened))
    assert viewer.opened[0].read_bytes() == PICTURE.content


async def test_what_cannot_be_opened_is_said(screen: Screen) -> None:
    await screen.go_to(PLAIN)
    screen.desk.line.attachments.open(AttachmentId(1_000))
    await until(lambda: bool(screen.desk.notices))
    assert screen.desk.notices[0].title == "Vedlegget finnes ikke lenger."


async def test_a_large_sum_never_holds_up_the_next_row(office: Office, theme: Theme, qtbot: QtBot) -> None:
    """The key answers before the 3,000 parts are there, and nothing is painted but what is seen."""
    fill_with_sum(office, 3_000, 2_990, is_proposed=False)
    async with opened(office) as desk:
        screen = await shown(desk, theme, qtbot)
        await screen.go_to(PLAIN)
        started = time.perf_counter()
        QTest.keyClick(screen.view, Qt.Key.Key_K)
        took = time.perf_counter() - started
        assert desk.current == SUM
        assert desk.line.opened is None
        assert took < 0.5  # the figure itself is the benchmark's
        await until(lambda: desk.line.opened is not None, "parts")
        assert desk.line.model.rowCount() == 3_001
        screen.page.hide()


async def test_parts_of_a_row_left_behind_are_not_shown(screen: Screen) -> None:
    screen.desk.go_to(SUM)
    screen.desk.go_to(PLAIN)
    await asyncio.sleep(0)
    await until(lambda: not screen.desk.line.is_loading)
    assert screen.desk.line.opened is None
    assert screen.rows == []


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_pictures(
    *, language: Language, both_themes: Theme, office: Office, qtbot: QtBot, pictures: Path
) -> None:
    fill_with_sum(office)
    client = office.clients.load_all()[0]
    office.hold(client, invoice("9", 100), invoice("10", 200))
    attach(office, "9", PDF)
    async with opened(office, language=language) as desk:
        page = ReviewPage(both_themes, wording(language), desk.presenter, desk.line)
        whole = gallery.window(both_themes, "review", page)
        qtbot.addWidget(whole)
        whole.show()
        screen = Screen(desk, page)
        for text in (SUM, PLAIN):
            await screen.go_to(text)
            name = "sum" if text == SUM else "plain"
            save_picture(whole, pictures, f"review-{name}-{language}-{both_themes.scheme.value}")
        whole.resize(1024, 640)
        await until(lambda: whole.height() == 640)
        await screen.go_to(SUM)
        save_picture(whole, pictures, f"review-sum-small-{language}-{both_themes.scheme.value}")
        whole.hide()


def labels(page: ReviewPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
