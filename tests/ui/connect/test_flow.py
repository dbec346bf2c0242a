"""The sheets of connecting, driven by keys and clicks over the real demo bank."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.connect.accounts_sheet import AccountsSheet
from kontali_desktop.ui.connect.flow import ConnectFlow
from kontali_desktop.ui.connect.sheets import BankSheet, BrowserSheet, BusySheet, DoneSheet, ProblemSheet
from kontali_desktop.ui.connect.steps import ChooseAccounts, Fetching
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.check_box import CheckBox
from tests.demo_bank.running import RunningBank
from tests.fakes.user_agent import Behaviour
from tests.ui.connect.connecting import Connecting, connecting
from tests.ui.finding import part, press, shown, shown_window
from tests.ui.pictures import save_picture
from tests.ui.program import FJORD, Program, wording
from tests.ui.waiting import until


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QMainWindow:
    return shown_window(qtbot)


@pytest.fixture
def one(program: Program, demo_bank: RunningBank) -> Connecting:
    return connecting(program, demo_bank)


@pytest.fixture
def flow(one: Connecting, theme: Theme, window: QMainWindow) -> ConnectFlow:
    return ConnectFlow(theme, wording(), window, one.presenter)


async def test_accounts_a_new_client_and_the_first_fetch(
    one: Connecting, flow: ConnectFlow, qtbot: QtBot, pictures: Path, window: QMainWindow
) -> None:
    one.presenter.begin()
    sheet = await shown(flow, AccountsSheet)
    orgnr = part(sheet, QLineEdit, "orgnr")
    orgnr.clear()
    save_picture(window, pictures, "connect-accounts")
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    assert flow.sheet is sheet
    assert orgnr.hasFocus()
    assert orgnr.accessibleDescription() == "Fyll ut organisasjonsnummeret."
    qtbot.keyClicks(orgnr, "311 234 561")
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    assert "kontrollsiffer" in orgnr.accessibleDescription()
    qtbot.keyClick(orgnr, Qt.Key.Key_Backspace)
    qtbot.keyClicks(orgnr, "0")
    number = sheet.step.rows[0].reported.number
    qtbot.keyClicks(part(sheet, QLineEdit, f"booked_to_{number}"), "31.10.2026")
    qtbot.keyClick(sheet.keep_button, Qt.Key.Key_Return)
    done = await shown(flow, DoneSheet)
    save_picture(window, pictures, "connect-done")
    assert part(done, QWidget, "result").accessibleName() or done.isVisible()
    accounts = {a.number: a for view in one.program.core.overview.load_connections() for a in view.accounts}
    booked_to = accounts[number].booked_to
    assert booked_to is not None
    assert booked_to.isoformat() == "2026-10-31"
    assert [c.orgnr for c in one.program.core.clients.load_all()] == [FJORD.orgnr]
    press(done, qtbot, "review_button")
    assert one.screens == ["review"]
    assert flow.sheet is None


async def test_without_an_account_there_is_nothing_to_keep(one: Connecting, flow: ConnectFlow, qtbot: QtBot) -> None:
    one.presenter.begin()
    sheet = await shown(flow, AccountsSheet)
    for box in sheet.findChildren(CheckBox):
        qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not sheet.keep_button.isEnabled()
    assert sheet.keep_button.text() == "Velg minst én konto."
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    await one.reach_end()
    assert one.has_nothing()


async def test_a_wrong_date_is_gone_back_to(one: Connecting, flow: ConnectFlow, qtbot: QtBot) -> None:
    one.presenter.begin()
    sheet = await shown(flow, AccountsSheet)
    number = sheet.step.rows[0].reported.number
    date = part(sheet, QLineEdit, f"booked_to_{number}")
    qtbot.keyClicks(date, "31.13.2026")
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    assert flow.sheet is sheet
    assert date.hasFocus()
    sheet.dismiss()
    await one.reach_end()


async def test_an_existing_client_needs_no_number(one: Connecting, flow: ConnectFlow, qtbot: QtBot) -> None:
    client, _ = one.program.core.clients.add("Nordlys Bygg AS", FJORD.orgnr)
    one.presenter.begin()
    sheet = await shown(flow, AccountsSheet)
    for row in sheet.step.rows:
        selector = part(sheet, QComboBox, f"client_{row.reported.number}")
        selector.setCurrentIndex(selector.findData(client.id))
    qtbot.mouseClick(sheet.keep_button, Qt.MouseButton.LeftButton)
    await shown(flow, DoneSheet)
    assert [c.name for c in one.program.core.clients.load_all()] == ["Nordlys Bygg AS"]


async def test_waiting_for_the_browser_can_be_cancelled(
    one: Connecting, flow: ConnectFlow, qtbot: QtBot, window: QMainWindow, pictures: Path
) -> None:
    one.embedded.behaviour = Behaviour.WANTS_BROWSER
    one.browser.behaviour = Behaviour.WAITS
    one.presenter.begin()
    sheet = await shown(flow, BrowserSheet)
    save_picture(window, pictures, "connect-browser")
    press(sheet, qtbot, "cancel_button")
    await one.reach_end()
    assert flow.sheet is None
    assert one.has_nothing()


async def test_the_fetch_can_be_stopped(
    one: Connecting, flow: ConnectFlow, qtbot: QtBot, window: QMainWindow, pictures: Path
) -> None:
    one.embedded.bank.fault(path="*/transactions", kind="delay", seconds=30, skip=2)
    one.presenter.begin()
    one.keep_all(await one.reach(ChooseAccounts), FJORD)
    await until(lambda: isinstance(step := one.presenter.step, Fetching) and step.progress is not None)
    sheet = await shown(flow, BusySheet)
    save_picture(window, pictures, "connect-fetching")
    press(sheet, qtbot, "cancel_button")
    await one.reach_end()
    assert one.stops == [True]


async def test_a_problem_has_one_button(
    one: Connecting, flow: ConnectFlow, qtbot: QtBot, window: QMainWindow, pictures: Path
) -> None:
    one.embedded.bank.fault(path="*/token", kind="html", status=502)
    one.presenter.begin()
    sheet = await shown(flow, ProblemSheet)
    save_picture(window, pictures, "connect-problem")
    buttons = [b for b in sheet.findChildren(Button) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Prøv igjen"]
    qtbot.keyClick(buttons[0], Qt.Key.Key_Return)
    await shown(flow, AccountsSheet)
    one.presenter.cancel()
    await one.reach_end()


async def test_the_bank_is_chosen_where_there_is_a_choice(
    one: Connecting, flow: ConnectFlow, qtbot: QtBot, window: QMainWindow, pictures: Path
) -> None:
    await one.program.connect(one.embedded.bank)
    one.presenter.begin()
    sheet = await shown(flow, BankSheet)
    save_picture(window, pictures, "connect-bank")
    press(sheet, qtbot, "bank_demo")
    await shown(flow, AccountsSheet)
    one.presenter.cancel()
    await one.reach_end()
