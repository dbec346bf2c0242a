"""Banktilkoblinger over the real demo bank: fetch, stop, fail, renew, frequency, disconnect."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.synchronise import SyncReport
from kontali_desktop.ui.connections.disconnect_sheet import DisconnectSheet
from kontali_desktop.ui.connections.page import ConnectionsPage
from kontali_desktop.ui.connections.presenter import ConnectionServices, ConnectionsPresenter
from kontali_desktop.ui.connections.row_widget import ConnectionRowWidget
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from tests.adapters.bank.settable_clock import SettableClock
from tests.demo_bank.running import RunningBank
from tests.ui.finding import part
from tests.ui.pictures import save_picture
from tests.ui.program import Program, wording
from tests.ui.waiting import until


@pytest_asyncio.fixture
async def connection(program: Program, demo_bank: RunningBank) -> ConnectionId:
    return await program.connect(demo_bank)


@pytest.fixture
def presenter(program: Program) -> ConnectionsPresenter:
    core = program.core
    services = ConnectionServices(core.overview, core.synchronise, core.disconnect, core.clock)
    return ConnectionsPresenter(services, program.tasks, wording())


@pytest.fixture
def page(presenter: ConnectionsPresenter, theme: Theme, qtbot: QtBot) -> ConnectionsPage:
    page = ConnectionsPage(theme, wording(), presenter)
    page.resize(1072, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def choose(widget: ConnectionRowWidget, name: str) -> None:
    """As a click on an entry of one of the row's menus."""
    action = widget.findChild(QAction, name)
    assert isinstance(action, QAction), name
    action.trigger()


async def loaded(page: ConnectionsPage, connection: ConnectionId) -> ConnectionRowWidget:
    page.presenter.refresh()
    await until(lambda: connection in page.rows)
    return page.rows[connection]


async def at_rest(presenter: ConnectionsPresenter, program: Program) -> None:
    await until(lambda: not presenter.is_syncing and not program.tasks.is_running("load connections"))


def last_day(program: Program, connection: ConnectionId) -> date:
    """Of its consent."""
    with program.core.storage.reading() as work:
        known = work.connections.find(connection)
    assert known is not None
    assert known.consent.valid_until is not None
    return known.consent.valid_until


async def test_a_fetch_shows_its_progress_and_what_it_brought(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId
) -> None:
    told: list[str] = []
    reports: list[SyncReport] = []
    presenter.fetch_changed.connect(
        lambda known: told.append(presenter.fetches[known].text if presenter.fetches else "")
    )
    presenter.sync_finished.connect(reports.append)
    presenter.refresh()
    await until(lambda: presenter.is_loaded)
    assert presenter.rows[0].last == "Ikke hentet ennå"
    presenter.sync(connection)
    presenter.sync(connection)
    await until(lambda: bool(reports))
    await at_rest(presenter, program)
    assert len(reports) == 1
    assert told[-1] == ""
    assert any("konto 1 av 3" in text for text in told)
    (row,) = presenter.rows
    assert row.brought == f"+{reports[0].total.added} nye, 0 endret"
    assert row.error == ""
    assert row.tone is Tone.POSITIVE
    assert [run.added for run in row.runs] == [str(reports[0].total.added)]
    days = (last_day(program, connection) - program.core.clock.today()).days
    assert f"{days} dager igjen" in row.consent_left


async def test_a_stopped_fetch_says_so_and_stores_nothing(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId, demo_bank: RunningBank
) -> None:
    demo_bank.fault(path="*/transactions", kind="delay", seconds=30)
    presenter.refresh()
    presenter.sync(connection)
    await until(lambda: bool(demo_bank.control("GET", "faults")[0]["hits"]))
    presenter.stop(connection)
    await at_rest(presenter, program)
    assert presenter.rows[0].error.startswith("Hentingen ble avbrutt.")
    assert program.core.queue.load(None, None).items == ()


async def test_a_fetch_that_is_on_its_way_elsewhere_is_left_at_it(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId, demo_bank: RunningBank
) -> None:
    """As where the first fetch after connecting is not done when the schedule comes by."""
    reports: list[SyncReport] = []
    presenter.sync_finished.connect(reports.append)
    demo_bank.fault(path="*/transactions", kind="delay", seconds=30)
    first = asyncio.ensure_future(program.core.synchronise.run(connection, is_attended=True))
    await until(lambda: bool(demo_bank.control("GET", "faults")[0]["hits"]))
    told: list[ConnectionId] = []
    presenter.fetch_changed.connect(told.append)
    presenter.sync(connection)
    await until(lambda: bool(told) and not presenter.is_syncing)
    assert reports == []
    assert not first.done()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_what_went_wrong_stands_in_the_row_with_what_to_do(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId, demo_bank: RunningBank
) -> None:
    demo_bank.fault(path="*/transactions", kind="answer", status=503)
    presenter.sync(connection)
    await until(lambda: bool(presenter.rows and presenter.rows[0].runs))
    (row,) = presenter.rows
    assert (
        row.error == "Demobanken avviste forespørselen (503). Prøv igjen senere. Varer det ved, må banken si hvorfor."
    )
    assert row.tone is Tone.WARNING
    assert row.can_sync
    assert row.runs[0].is_failed


async def test_an_expired_consent_asks_for_a_renewal(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId, demo_bank: RunningBank
) -> None:
    demo_bank.control("POST", "consents/*/expire")
    presenter.sync(connection)
    await until(lambda: bool(presenter.rows and presenter.rows[0].runs))
    (row,) = presenter.rows
    assert row.must_renew
    assert not row.can_sync
    assert row.consent_left == "Samtykket er utløpt"
    assert row.next == "på vent"
    assert "1 samtykke er utløpt" in presenter.remark
    wishes: list[object] = []
    presenter.wants_connect.connect(wishes.append)
    presenter.renew(connection)
    assert wishes == [connection]


async def test_the_schedule_fetches_what_is_due_and_nothing_twice(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId
) -> None:
    reports: list[SyncReport] = []
    presenter.sync_finished.connect(reports.append)
    presenter.sync_due()
    await until(lambda: len(reports) == 1)
    await at_rest(presenter, program)
    assert program.core.overview.load_connections()[0].runs[0].is_attended is False
    presenter.sync_due()
    await until(lambda: not program.tasks.is_running("find due"))
    assert not presenter.is_syncing
    assert len(reports) == 1


async def test_the_frequency_is_kept(page: ConnectionsPage, program: Program, connection: ConnectionId) -> None:
    row = await loaded(page, connection)
    choose(row, "6")
    await until(lambda: page.presenter.rows[0].frequency == 6)
    assert program.core.overview.load_connections()[0].connection.frequency_hours == 6
    assert part(row, QWidget, "frequency_button").accessibleName() == "Hvor ofte Demobanken hentes: Hver 6. time"


async def test_a_row_opens_by_key_and_by_click(
    page: ConnectionsPage, connection: ConnectionId, program: Program, qtbot: QtBot, pictures: Path
) -> None:
    row = await loaded(page, connection)
    qtbot.mouseClick(row.sync_button, Qt.MouseButton.LeftButton)
    await until(lambda: bool(page.presenter.rows[0].runs))
    await at_rest(page.presenter, program)
    assert not row.runs.isVisible()
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert row.runs.isVisible()
    assert "Nye" in row.runs.accessibleDescription()
    save_picture(page, pictures, "connections-page")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not row.runs.isVisible()


async def test_disconnecting_asks_first_and_keeps_the_history(
    page: ConnectionsPage, program: Program, connection: ConnectionId, qtbot: QtBot, pictures: Path
) -> None:
    notices: list[NoticeData] = []
    page.presenter.notice.connect(notices.append)
    row = await loaded(page, connection)
    choose(row, "disconnect")
    sheet = part(page, DisconnectSheet, "disconnect_sheet")
    save_picture(page, pictures, "connections-disconnect")
    assert any("beholdes" in label.text() for label in sheet.findChildren(QLabel))
    qtbot.mouseClick(part(sheet, Button, "cancel_button"), Qt.MouseButton.LeftButton)
    assert len(program.keychain.secrets) == 1
    choose(row, "disconnect")
    (sheet,) = [found for found in page.findChildren(DisconnectSheet) if found.isVisible()]
    qtbot.mouseClick(part(sheet, Button, "disconnect_button"), Qt.MouseButton.LeftButton)
    await until(lambda: bool(notices) and not page.rows)
    assert notices[0].severity is Severity.POSITIVE
    assert program.keychain.secrets == {}
    assert len(program.core.clients.load_all()) == 1


async def test_a_bank_that_will_not_revoke_is_told_of(
    presenter: ConnectionsPresenter, program: Program, connection: ConnectionId, demo_bank: RunningBank
) -> None:
    notices: list[NoticeData] = []
    presenter.notice.connect(notices.append)
    demo_bank.fault(path="*/revoke", kind="answer", status=503, times=0)
    demo_bank.fault(path="*/consents/*", kind="answer", status=503, times=0)
    presenter.disconnect_bank(connection)
    await until(lambda: bool(notices))
    assert notices[0].severity is Severity.WARNING
    assert program.keychain.secrets == {}


async def test_the_empty_list_has_one_button(page: ConnectionsPage, qtbot: QtBot) -> None:
    wishes: list[object] = []
    page.presenter.wants_connect.connect(wishes.append)
    page.presenter.refresh()
    button = part(page, Button, "empty_connect_button")
    await until(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wishes == [None]


async def test_a_consent_near_its_end_is_amber(program: Program, connection: ConnectionId) -> None:
    noon = datetime.combine(last_day(program, connection), time(12), UTC)
    clock = SettableClock(noon - timedelta(days=10))
    overview = Overview(program.core.storage, program.core.queue, clock)
    later = ConnectionsPresenter(
        ConnectionServices(overview, program.core.synchronise, program.core.disconnect, clock),
        program.tasks,
        wording(),
    )
    later.refresh()
    await until(lambda: later.is_loaded)
    (row,) = later.rows
    assert row.should_renew
    assert not row.must_renew
    assert row.consent_left == "10 dager igjen"
    assert row.consent_tone is Tone.WARNING
    assert later.remark.endswith("1 utløper snart")
