"""Which accounts a client's vouchers are booked on, changed by keys on the settings page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.ui.settings.page import SettingsPage
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import LinkButton
from tests.ui import gallery
from tests.ui.finding import part
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.settings.setting import Setting
from tests.ui.settings.test_page import typed
from tests.ui.waiting import until

FEE = PostingRole.FEE


@pytest_asyncio.fixture
async def page(one: Setting, theme: Theme, qtbot: QtBot) -> AsyncIterator[SettingsPage]:
    page = SettingsPage(theme, wording(), one.presenter)
    window = gallery.window(theme, "settings", page)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield page
    await one.quiet()


def booked(one: Setting, client: Client) -> PostingAccount:
    return one.program.core.posting_accounts.load(client.id)[FEE]


async def test_an_own_account_is_stored_and_taken_back(
    one: Setting, page: SettingsPage, qtbot: QtBot, pictures: Path
) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    account, vat = part(page, QLineEdit, "posting_fee"), part(page, QLineEdit, "posting_vat_fee")
    reset = part(page, LinkButton, "reset_fee")
    assert (account.text(), account.placeholderText()) == ("", "7770")
    assert not reset.isVisible()
    typed(qtbot, account, "7771")
    await until(lambda: booked(one, client) == PostingAccount("7771"))
    typed(qtbot, vat, "1")
    await until(lambda: booked(one, client) == PostingAccount("7771", "1"))
    await one.quiet()
    assert reset.isVisible()
    assert one.changes
    page.window().resize(1280, 1500)
    save_picture(page.window(), pictures, "settings-posting")
    qtbot.keyClick(reset, Qt.Key.Key_Return)
    await until(lambda: booked(one, client) == PostingAccount("7770"))
    await one.quiet()
    assert (account.text(), vat.text(), reset.isVisible()) == ("", "", False)


async def test_what_is_no_account_is_said_beside_the_field(
    one: Setting, page: SettingsPage, qtbot: QtBot, pictures: Path
) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    account = part(page, QLineEdit, "posting_fee")
    typed(qtbot, account, "gebyr")
    reason = part(page, QLabel, "posting_problem_fee")
    await until(reason.isVisible)
    await one.quiet()
    page.window().resize(1280, 1500)
    save_picture(page.window(), pictures, "settings-posting-wrong")
    assert "gebyr" in reason.text()
    assert account.text() == "gebyr"
    assert booked(one, client) == PostingAccount("7770")
    typed(qtbot, account, "7779")
    await until(lambda: booked(one, client) == PostingAccount("7779"))
    await one.quiet()
    assert not reason.isVisible()


async def test_each_client_has_its_own(one: Setting, page: SettingsPage, qtbot: QtBot) -> None:
    first, _ = one.client(1, "1920")
    second, _ = one.client(2, "1920")
    one.program.core.posting_accounts.change(second.id, FEE, "7778")
    await one.loaded()
    account = part(page, QLineEdit, "posting_fee")
    assert account.text() == ""
    chooser = part(page, QComboBox, "settings_client")
    qtbot.keyClick(chooser, Qt.Key.Key_End)
    await until(lambda: account.text() == "7778")
    await one.quiet()
    assert (booked(one, first).account, booked(one, second).account) == ("7770", "7778")


async def test_a_vat_code_that_does_not_exist_is_refused_beside_its_field(
    one: Setting, page: SettingsPage, qtbot: QtBot
) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    vat = part(page, QLineEdit, "posting_vat_fee")
    typed(qtbot, vat, "77")
    reason = part(page, QLabel, "posting_problem_fee")
    await until(reason.isVisible)
    await one.quiet()
    assert "«77»" in reason.text()
    assert (vat.property("wrong"), part(page, QLineEdit, "posting_fee").property("wrong")) == ("true", "false")
    assert booked(one, client) == PostingAccount("7770")
    typed(qtbot, vat, "1")
    await until(lambda: booked(one, client) == PostingAccount("7770", "1"))
    await one.quiet()
    assert not reason.isVisible()
    assert vat.property("wrong") == "false"
