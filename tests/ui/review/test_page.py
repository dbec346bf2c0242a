"""Kontroll by keyboard and by mouse, as a person uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.ui.review.listing import Group
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button, LinkButton
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedView
from kontali_desktop.ui.widgets.two_sided_row import row_layout
from tests.services.conftest import Office
from tests.support import DAY, payment
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.conftest import Desk, fill, opened
from tests.ui.waiting import until

Widget = TypeVar("Widget", bound=QWidget)


class Screen:
    """The page with its parts by name."""

    def __init__(self, desk: Desk, page: ReviewPage) -> None:
        self.desk, self.page = desk, page
        self.view = found(page, TwoSidedView, "review_list")
        self.search = found(page, QLineEdit, "review_search")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """To whatever has the keyboard, as the window system does."""
        focused = QApplication.focusWidget() or self.page
        QTest.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)

    @property
    def said(self) -> str:
        return self.page.findChildren(QuietStrip)[0].accessibleName()


def found(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    widget = parent.findChild(kind, name)
    assert isinstance(widget, kind)
    return widget


@pytest_asyncio.fixture
async def screen(desk: Desk, theme: Theme, qtbot: QtBot) -> AsyncIterator[Screen]:
    page = ReviewPage(theme, wording(), desk.presenter, desk.line)
    qtbot.addWidget(page)
    page.resize(1072, 800)
    page.show()
    page.activateWindow()
    page.setFocus()
    await until(page.isActiveWindow)
    yield Screen(desk, page)


async def test_a_whole_queue_by_keyboard(screen: Screen, pictures: Path) -> None:
    """Home, Enter, a number, R, J, Enter, Ctrl+Z."""
    desk = screen.desk
    assert desk.current == "Faktura 10234"
    screen.press(Qt.Key.Key_J)
    screen.press(Qt.Key.Key_K)
    screen.press(Qt.Key.Key_End)
    assert desk.current == "Faktura 10240"
    screen.press(Qt.Key.Key_Home)
    screen.press(Qt.Key.Key_Return)
    assert (desk.current, screen.said) == ("takk for god jobb", "Godkjent: Bryggen Arkitekter AS 12\u00a0500,00")
    screen.press(Qt.Key.Key_1)
    assert desk.current == "EASYPARK"
    screen.press(Qt.Key.Key_Return)
    assert screen.said == "Denne linjen har ingen forslag å ta stilling til"
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_R)
    assert screen.said == "Avvist: Sletta Mekaniske AS 7\u00a0000,00"
    screen.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.said == "Angret: Sletta Mekaniske AS 7\u00a0000,00"
    await desk.settled()
    save_picture(screen.page, pictures, "review-page")
    states = [desk.office.item(text).status for text in ("Faktura 10234", "takk for god jobb", "Faktura 10240")]
    assert states == [QueueStatus.ACCEPTED, QueueStatus.ACCEPTED, QueueStatus.PROPOSED]


async def test_no_command_fires_while_typing(screen: Screen) -> None:
    screen.press(Qt.Key.Key_Slash)
    assert screen.search.hasFocus()
    screen.type("jkr1")
    assert screen.search.text() == "jkr1"
    screen.press(Qt.Key.Key_Backspace)
    screen.search.setText("faktura")
    assert screen.desk.texts == ["Faktura 10234", "Faktura 10240"]
    screen.press(Qt.Key.Key_Return)  # goes to the list, and decides nothing
    assert screen.view.hasFocus()
    assert screen.desk.presenter.waiting == 4
    screen.press(Qt.Key.Key_Slash)
    screen.press(Qt.Key.Key_Escape)
    assert screen.search.text() == ""
    screen.press(Qt.Key.Key_Escape)
    assert screen.view.hasFocus()


async def test_undo_is_offered_only_beside_what_it_would_take_back(screen: Screen) -> None:
    strip = screen.page.findChildren(QuietStrip)[0]
    link = next(b for b in strip.findChildren(LinkButton) if b.text() == "Angre")
    screen.press(Qt.Key.Key_Return)
    assert link.isVisible()
    screen.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.said.startswith("Angret: Bryggen Arkitekter AS")
    assert not link.isVisible()
    await screen.desk.settled()
    screen.press(Qt.Key.Key_Return)
    screen.desk.go_to("EASYPARK")
    assert link.isVisible()
    screen.press(Qt.Key.Key_R)
    assert screen.said == "Denne linjen har ingen forslag å ta stilling til"
    assert not link.isVisible()
    await screen.desk.settled()


async def test_on_an_automatic_match_undo_is_the_lines(
    office: Office, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    office.clients.save_settings(office.client().id, ClientSettings(mode=Mode.BALANCED))
    fill(office)
    async with opened(office) as desk:
        page = ReviewPage(theme, wording(), desk.presenter, desk.line)
        qtbot.addWidget(page)
        page.resize(816, 640)
        page.show()
        strip = page.findChildren(QuietStrip)[0]
        link = next(b for b in strip.findChildren(LinkButton) if b.text() == "Angre")
        desk.presenter.undo()
        await desk.settled()
        assert strip.accessibleName().startswith("Du har ingen egne avgjørelser å angre. En automatisk kobling")
        assert not link.isVisible()
        save_picture(page, pictures, "review-nothing-own")
        desk.go_to("takk for god jobb")
        desk.presenter.accept()
        assert link.isVisible()
        await desk.settled()
        desk.presenter.choose_group(Group.ACCEPTED)
        desk.go_to("Faktura 10234")
        assert not link.isVisible()  # the key takes back what the program did with this line
        desk.go_to("takk for god jobb")
        assert link.isVisible()
        await desk.settled()
        page.hide()


async def test_a_key_held_down_decides_once(screen: Screen) -> None:
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(screen.view, held)
    assert screen.desk.presenter.waiting == 4


@pytest.mark.parametrize(("sign", "status"), [("accept", QueueStatus.ACCEPTED), ("reject", QueueStatus.UNMATCHED)])
async def test_the_signs_decide_their_own_row_by_mouse(screen: Screen, sign: str, status: QueueStatus) -> None:
    view = screen.view
    row = screen.desk.texts.index("Faktura 10240")
    rect = QRectF(view.visualRect(screen.desk.presenter.model.index(row)))
    target: QRectF = getattr(row_layout(rect, with_client=True), sign)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=target.center().toPoint())
    assert screen.desk.current == "Faktura 10234"
    await screen.desk.settled()
    assert screen.desk.office.item("Faktura 10240").status is status


async def test_a_click_chooses_a_row_and_the_buttons_decide_it(screen: Screen) -> None:
    rect = screen.view.visualRect(screen.desk.presenter.model.index(1))
    QTest.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(100, 20))
    assert screen.desk.current == "takk for god jobb"
    accept = found(screen.page, Button, "accept_button")
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert screen.desk.current == "EASYPARK"
    assert not accept.isEnabled()
    QTest.mouseClick(found(screen.page, Button, "undo_button"), Qt.MouseButton.LeftButton)
    assert screen.desk.current == "takk for god jobb"
    await screen.desk.settled()


async def test_alternatives_are_listed_and_taken_by_mouse(screen: Screen) -> None:
    screen.press(Qt.Key.Key_J)
    item = screen.desk.presenter.current
    assert item is not None
    number = item.alternatives[0].lines[0].number
    row = found(screen.page, QWidget, "alternative_1")
    assert row.isVisible()
    assert number in row.accessibleName()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    await screen.desk.presenter.finish()
    assert screen.desk.office.open_amount(number) == 0


async def test_chips_count_and_filter(screen: Screen) -> None:
    names = [w.accessibleName() for w in screen.page.findChildren(QWidget) if w.isVisible()]
    for shown in ("Alle 4", "Sikre 2", "Trolige 1", "Uten forslag 1", "Godkjent 0"):
        assert shown in names
    assert not any(name.startswith("Parkert") for name in names)
    chip = next(w for w in screen.page.findChildren(QWidget) if w.accessibleName() == "Sikre 2")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert screen.desk.presenter.group is Group.SURE
    assert screen.desk.texts == ["Faktura 10234", "Faktura 10240"]


async def test_an_empty_program_asks_for_a_bank(office: Office, theme: Theme, qtbot: QtBot) -> None:
    async with opened(office) as desk:
        page = ReviewPage(theme, wording(), desk.presenter, desk.line)
        qtbot.addWidget(page)
        page.show()
        with qtbot.waitSignal(desk.presenter.wants_connect, timeout=0, raising=False) as wanted:
            QTest.mouseClick(found(page, Button, "review_empty_button"), Qt.MouseButton.LeftButton)
        assert wanted.signal_triggered
        page.hide()


async def test_after_the_last_row_ctrl_z_still_works(screen: Screen) -> None:
    screen.desk.presenter.choose_group(Group.SURE)
    screen.press(Qt.Key.Key_Return)
    screen.press(Qt.Key.Key_Return)
    assert screen.desk.texts == []
    screen.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.desk.texts == ["Faktura 10240"]


async def test_what_comes_above_does_not_move_the_row_one_looks_at(office: Office, theme: Theme, qtbot: QtBot) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, *(payment(100 + n, f"line {n}", "Noen") for n in range(60)))
    async with opened(office) as desk:
        page = ReviewPage(theme, wording(), desk.presenter, desk.line)
        qtbot.addWidget(page)
        page.resize(1072, 800)
        page.show()
        view = found(page, TwoSidedView, "review_list")
        desk.go_to("line 32")
        desk.go_to("line 30")  # in the middle, where nothing needs to scroll
        top = view.visualRect(view.currentIndex()).top()
        office.receive(account, *(payment(900 + n, f"new {n}", "Noen", day=DAY + timedelta(days=1)) for n in range(3)))
        desk.presenter.refresh()
        await until(lambda: "new 0" in desk.texts)
        assert desk.current == "line 30"
        assert view.visualRect(view.currentIndex()).top() == top
        page.hide()
