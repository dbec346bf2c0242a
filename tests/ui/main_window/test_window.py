"""The window around the screens: keys, clients, notices, files dropped in, closing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.domain.connections import Consent, Environment
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.storage import NewConnection
from kontali_desktop.ui.main_window.drop_veil import DropVeil
from kontali_desktop.ui.main_window.guide_sheet import GuideSheet
from kontali_desktop.ui.main_window.key_sheet import KeySheet
from kontali_desktop.ui.main_window.presenter import WindowPresenter
from kontali_desktop.ui.main_window.window import LEAST, MainWindow, Screen
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.widgets.buttons import IconButton
from kontali_desktop.ui.widgets.notice import Notice, NoticeData, Severity
from kontali_desktop.ui.widgets.sidebar import NavItem
from tests.services.conftest import Office
from tests.support import SettableClock
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.waiting import until

KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
CTRL = Qt.KeyboardModifier.ControlModifier
Widget = TypeVar("Widget", bound=QWidget)


class Page(QWidget):
    """A screen with one field, which gets the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)


@dataclass
class Frame:
    office: Office
    window: MainWindow
    presenter: WindowPresenter
    pages: dict[str, Page]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def part(self, kind: type[Widget]) -> Widget:
        return self.window.findChildren(kind)[0]


@pytest_asyncio.fixture
async def frame(tmp_path: Path, theme: Theme, qtbot: QtBot) -> AsyncIterator[Frame]:
    clock = SettableClock()
    bugs: list[BaseException] = []
    tasks = TaskOwner(bugs.append)
    with SqlStorage(tmp_path / "kontali.sqlite", clock.now()) as storage:
        office = Office(storage, clock)
        overview = Overview(storage, office.queue, clock)
        presenter = WindowPresenter(lambda: (office.clients, overview), tasks, wording(), clock)
        pages = {"overview": Page(), "review": Page(), "transactions": Page()}
        screens = [Screen(key, IconName.LIST, key, page) for key, page in pages.items()]
        window = MainWindow(theme, wording(), presenter, screens)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        await until(window.isActiveWindow)
        window.show_screen("overview")
        yield Frame(office, window, presenter, pages)
        await tasks.close()
        window.allow_close()
        window.close()
    assert bugs == []


async def test_every_screen_has_its_key_and_gets_the_keyboard(frame: Frame) -> None:
    for key, (name, page) in zip(KEYS, frame.pages.items(), strict=True):
        frame.press(key, CTRL)
        assert frame.window.current_screen == name
        assert page.isVisible()
        assert page.field.hasFocus()


async def test_a_click_in_the_sidebar_goes_there_too(frame: Frame) -> None:
    QTest.mouseClick(frame.window.findChildren(NavItem)[1], Qt.MouseButton.LeftButton)
    assert frame.window.current_screen == "review"
    assert frame.pages["review"].field.hasFocus()


async def test_f1_and_the_question_mark_below_ask_for_the_guide(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.window.guide_asked, timeout=0):
        frame.press(Qt.Key.Key_F1)
    button = frame.window.findChild(IconButton, "guide_button")
    assert isinstance(button, IconButton)
    assert button.isVisible()
    with qtbot.waitSignal(frame.window.guide_asked, timeout=0):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    frame.window.show_guide("# A\n\n## B\n")
    assert frame.part(GuideSheet).isVisible()
    frame.window.show_guide("# A\n\n## B\n")
    frame.press(Qt.Key.Key_Escape)
    assert not [sheet for sheet in frame.window.findChildren(GuideSheet) if sheet.isVisible()]


async def test_f5_and_ctrl_o_ask(frame: Frame, qtbot: QtBot) -> None:
    for key, modifier, signal in (
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, frame.window.sync_asked),
        (Qt.Key.Key_O, CTRL, frame.window.import_asked),
    ):
        with qtbot.waitSignal(signal, timeout=0, raising=False) as asked:
            frame.press(key, modifier)
        assert asked.signal_triggered


async def test_the_question_mark_opens_the_keys_but_is_typed_into_a_field(frame: Frame, pictures: Path) -> None:
    QTest.keyClicks(frame.pages["overview"].field, "?")
    assert frame.pages["overview"].field.text() == "?"
    assert frame.window.findChildren(KeySheet) == []
    frame.window.setFocus()
    frame.pages["overview"].field.clearFocus()
    QTest.keyClicks(frame.window, "?")
    sheet = frame.part(KeySheet)
    assert sheet.isVisible()
    save_picture(frame.window, pictures, "keys")
    frame.press(Qt.Key.Key_2, CTRL)
    assert frame.window.current_screen == "overview"  # the window behind does not listen
    frame.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    frame.window.show_keys()
    assert frame.window.findChildren(KeySheet)[-1].isVisible()


async def test_clients_are_listed_and_one_is_chosen_for_every_screen(frame: Frame, qtbot: QtBot) -> None:
    selector = frame.window.findChild(QWidget, "client_selector")
    assert isinstance(selector, QWidget)
    assert selector.accessibleName() == "Klient: Ingen klient ennå"
    first, second = frame.office.client(1), frame.office.client(2)
    frame.presenter.refresh()
    await until(lambda: selector.accessibleName() == "Klient: Alle klienter")
    with qtbot.waitSignal(frame.presenter.client_chosen, timeout=0, raising=False) as chosen:
        frame.presenter.choose_client(second.id)
    assert chosen.args == [second.id]
    assert selector.accessibleName() == f"Klient: {second.name}"
    frame.presenter.choose_client(first.id)
    assert selector.accessibleName() == f"Klient: {first.name}"


async def test_a_notice_stands_until_its_button_says_what_to_do(frame: Frame, qtbot: QtBot) -> None:
    notice = frame.part(Notice)
    assert notice.isHidden()
    frame.window.show_notice(NoticeData(Severity.WARNING, "Samtykket er utløpt", "Forny.", "Forny", "renew"))
    assert notice.isVisible()
    with qtbot.waitSignal(frame.window.notice_acted, timeout=0, raising=False) as acted:
        QTest.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    assert acted.args == ["renew"]
    assert notice.isHidden()


async def test_files_dropped_anywhere_are_handed_on(frame: Frame, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.xml")), QUrl("https://example.org/b.xml")])
    drag = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), *drag)
    QApplication.sendEvent(frame.window, enter)
    assert enter.isAccepted()
    veil = frame.part(DropVeil)
    assert veil.isVisible()
    assert not frame.pages["overview"].field.acceptDrops()
    with qtbot.waitSignal(frame.window.files_dropped, timeout=0, raising=False) as dropped:
        QApplication.sendEvent(frame.window, QDropEvent(QPointF(300, 300), *drag))
    assert dropped.args == [[tmp_path / "a.xml"]]
    assert not veil.isVisible()


async def test_text_that_is_dragged_is_no_file(frame: Frame) -> None:
    data = QMimeData()
    data.setText("10234")
    enter = QDragEnterEvent(
        QPointF(300, 300).toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter.ignore()
    QApplication.sendEvent(frame.window, enter)
    assert not frame.part(DropVeil).isVisible()


async def test_closing_asks_first(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.window.close_asked, timeout=0, raising=False) as asked:
        frame.press(Qt.Key.Key_Q, CTRL)
    assert asked.signal_triggered
    assert frame.window.isVisible()
    frame.window.allow_close()
    frame.window.close()
    assert not frame.window.isVisible()


async def test_the_badge_says_how_many_wait(frame: Frame) -> None:
    item = frame.window.findChildren(NavItem)[1]
    frame.window.set_badge("review", 17)
    assert item.accessibleName() == "review 17"
    frame.window.set_badge("review", 0)
    assert item.accessibleName() == "review"


async def test_it_gets_as_small_as_it_must(frame: Frame) -> None:
    frame.window.resize(*LEAST)
    assert (frame.window.width(), frame.window.height()) == LEAST


@pytest.mark.parametrize(
    ("hours_ago", "error", "tone", "text"),
    [
        (None, "", Tone.QUIET, "Ikke synkronisert ennå"),
        (1, "", Tone.POSITIVE, "Synkronisert"),
        (1, "service_unreachable", Tone.WARNING, "Siste synk ble ikke fullført"),
    ],
)
async def test_the_foot_says_how_synchronisation_stands(
    frame: Frame, hours_ago: int | None, error: str, tone: Tone, text: str
) -> None:
    assert frame.presenter.sync.text == "Ingen bank ennå"
    office = frame.office
    account = office.account(office.client())
    now = office.clock.now()
    with office.storage.writing() as work:
        consent = Consent("c", (now + timedelta(days=100)).date())
        added: ConnectionId = work.connections.add(NewConnection("demo", Environment.SANDBOX, "e", consent), now)
        work.accounts.attach(account.id, added, "r")
        if hours_ago is not None:
            work.connections.note_attempt(added, now - timedelta(hours=hours_ago), "")
        if error:
            work.connections.note_attempt(added, now, error)
        work.commit()
    frame.presenter.refresh()
    await until(lambda: frame.presenter.sync.can_sync)
    assert frame.presenter.sync.tone is tone
    assert frame.presenter.sync.text.startswith(text)
    assert frame.presenter.sync.next_text.startswith("Neste: ")
    frame.presenter.set_syncing(is_syncing=True)
    assert frame.presenter.sync.text == "Synkroniserer …"
    assert not frame.presenter.sync.can_sync
