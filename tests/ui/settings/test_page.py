"""The settings page, driven by keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.settings.page import SettingsPage
from kontali_desktop.ui.theme import Scheme, Theme
from kontali_desktop.ui.widgets.buttons import Button, PaintedButton
from kontali_desktop.wording.texts import LANGUAGES, Language
from tests.support import DAY
from tests.ui import gallery
from tests.ui.finding import part
from tests.ui.pictures import save_picture
from tests.ui.program import running_program, wording
from tests.ui.settings.setting import Setting, setting
from tests.ui.waiting import until

MakePage = Callable[[Setting, Theme], SettingsPage]


@pytest.fixture
def make_page(qtbot: QtBot) -> MakePage:
    windows: list[QWidget] = []  # a window that nobody holds is gone, and its page with it

    def make(one: Setting, theme: Theme) -> SettingsPage:
        page = SettingsPage(theme, wording(one.presenter.language), one.presenter)
        window = gallery.window(theme, "settings", page)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        return page

    return make


def chip(page: SettingsPage, row: str, text: str) -> PaintedButton:
    return next(b for b in part(page, QWidget, row).findChildren(PaintedButton) if b.text() == text)


def typed(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


async def test_pictures(one: Setting, both_themes: Theme, make_page: MakePage, pictures: Path) -> None:
    one.client(1, "1920", "1921")
    one.client(2, "1920")
    page = make_page(one, both_themes)
    await one.loaded()
    save_picture(page.window(), pictures, f"settings-{both_themes.scheme.value}")
    page.window().resize(1280, 1500)
    save_picture(page.window(), pictures, f"settings-whole-{both_themes.scheme.value}")


async def test_in_english(tmp_path: Path, theme: Theme, make_page: MakePage, pictures: Path) -> None:
    async with running_program(tmp_path / "data") as program:
        one = setting(program, "en")
        one.client(1, "1920")
        page = make_page(one, theme)
        await one.loaded()
        page.window().resize(1024, 640)
        save_picture(page.window(), pictures, "settings-english-small")
        assert chip(page, "settings_language", "English").isChecked()


async def test_language_and_theme_by_keys(one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(one, theme)
    qtbot.keyClick(chip(page, "settings_theme", "Lyst"), Qt.Key.Key_Space)
    qtbot.mouseClick(chip(page, "settings_language", "English"), Qt.MouseButton.LeftButton)
    await one.quiet()
    assert one.schemes == [Scheme.LIGHT]
    assert one.languages == ["en"]


async def test_the_slider_is_stored_when_it_rests(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot
) -> None:
    client, _ = one.client(1, "1920")
    page = make_page(one, theme)
    await one.loaded()
    slider = part(page, QSlider, "settings_threshold")
    assert slider.value() == 970
    for _ in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.mouseClick(part(page, QRadioButton, "choice_balanced"), Qt.MouseButton.LeftButton)
    load = one.program.core.clients.load_settings
    await until(lambda: load(client.id).threshold == 0.975)
    assert slider.accessibleDescription().startswith("97,5\N{NO-BREAK SPACE}%. Av 10 000 automatiske er")
    assert load(client.id).is_automatic
    await one.quiet()


async def test_the_client_is_chosen_on_the_page(one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot) -> None:
    one.client(1, "1920")
    second, (account,) = one.client(2, "1925")
    page = make_page(one, theme)
    await one.loaded()
    chooser = part(page, QComboBox, "settings_client")
    assert chooser.currentText() == "Klient 1 AS"
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    await one.quiet()
    assert one.presenter.section is not None
    assert one.presenter.section.client == second
    assert part(page, QLineEdit, f"ledger_{account.number}").text() == "1925"


async def test_a_wrong_ledger_account_is_said_below_it(
    one: Setting, both_themes: Theme, make_page: MakePage, qtbot: QtBot, pictures: Path
) -> None:
    _, (_, second) = one.client(1, "1920", "1921")
    page = make_page(one, both_themes)
    await one.loaded()
    field = part(page, QLineEdit, f"ledger_{second.number}")
    reason = part(page, QLabel, f"problem_{second.number}")
    typed(qtbot, field, "1500")
    await one.quiet()
    save_picture(page.window(), pictures, f"settings-refused-{both_themes.scheme.value}")
    assert reason.isVisible()
    assert reason.text() == "«1500» er ikke en konto for bankinnskudd. Skriv et kontonummer fra 1920 til 1949."
    assert field.text() == "1500"
    typed(qtbot, field, "1930")
    await one.quiet()
    assert not reason.isVisible()
    assert one.presenter.section is not None
    assert one.presenter.section.accounts[1].ledger_account == "1930"


async def test_a_start_is_typed_as_people_write_it(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot
) -> None:
    client, (account,) = one.client(1, "1920")
    page = make_page(one, theme)
    await one.loaded()
    field = part(page, QLineEdit, f"booked_to_{account.number}")
    typed(qtbot, field, "31.02.2026")
    reason = part(page, QLabel, f"problem_{account.number}")
    assert reason.text() == "Skriv datoen som 31.12.2025."
    typed(qtbot, field, "120226")
    await one.quiet()
    load = one.program.core.overview.load
    assert load(client.id).clients[0].accounts[0].booked_to == DAY
    assert not reason.isVisible()
    typed(qtbot, field, "")
    await one.quiet()
    assert load(client.id).clients[0].accounts[0].booked_to is None


async def test_the_bank_is_saved_and_the_secret_leaves_the_screen(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot
) -> None:
    page = make_page(one, theme)
    await one.loaded()
    secret = part(page, QLineEdit, "dnb_client_secret")
    assert secret.placeholderText() == "Ikke satt"
    qtbot.keyClicks(part(page, QLineEdit, "dnb_client_id"), "abc")
    qtbot.keyClicks(part(page, QLineEdit, "dnb_redirect_uri"), "kontali.example")
    qtbot.keyClicks(secret, "hemmelig")
    qtbot.mouseClick(part(page, Button, "dnb_save"), Qt.MouseButton.LeftButton)
    await one.quiet()
    redirect = part(page, QLineEdit, "dnb_redirect_uri")
    assert redirect.accessibleDescription().startswith("«kontali.example» kan ikke brukes")
    assert one.program.keychain.secrets == {}
    redirect.clear()
    qtbot.keyClick(redirect, Qt.Key.Key_Return)
    await one.quiet()
    assert one.program.keychain.secrets == {"secret-dnb_client_secret": "hemmelig"}
    assert (secret.text(), secret.placeholderText()) == ("", "Ligger i nøkkelringen")
    assert part(page, QLineEdit, "dnb_client_id").text() == "abc"


async def test_without_a_keychain_there_is_a_reason_and_a_way_to_try_again(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot, pictures: Path
) -> None:
    one.program.keychain.unavailable = "missing"
    page = make_page(one, theme)
    await one.loaded()
    save_picture(page.window(), pictures, "settings-no-keychain")
    assert not part(page, Button, "dnb_save").isEnabled()
    assert "GNOME Keyring" in part(page, QLabel, "dnb_note").text()
    one.program.keychain.unavailable = None
    qtbot.mouseClick(part(page, Button, "dnb_retry"), Qt.MouseButton.LeftButton)
    await one.quiet()
    assert part(page, Button, "dnb_save").isEnabled()
    assert not part(page, Button, "dnb_retry").isVisible()


async def test_a_folder_is_watched_until_it_is_removed(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    client, _ = one.client(1, "1920")
    page = make_page(one, theme)
    await one.loaded()
    load = one.program.core.clients.load_settings
    shown = part(page, QLabel, "watched_folder")
    assert shown.accessibleName() == "Ingen mappe valgt"
    assert not part(page, Button, "remove_folder_button").isVisible()
    qtbot.mouseClick(part(page, Button, "choose_folder_button"), Qt.MouseButton.LeftButton)
    dialog = part(page.window(), QFileDialog, "folder_dialog")
    await until(dialog.isVisible)
    dialog.setDirectory(str(tmp_path.parent))
    part(dialog, QLineEdit, "fileNameEdit").setText(str(tmp_path))
    qtbot.mouseClick(next(b for b in dialog.findChildren(QPushButton) if b.isDefault()), Qt.MouseButton.LeftButton)
    await until(lambda: load(client.id).watched_folder == str(tmp_path))
    assert shown.accessibleName() == str(tmp_path)
    qtbot.mouseClick(part(page, Button, "remove_folder_button"), Qt.MouseButton.LeftButton)
    await until(lambda: load(client.id).watched_folder == "")
    assert shown.accessibleName() == "Ingen mappe valgt"
    await one.quiet()


async def test_the_closed_period_is_typed(one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot) -> None:
    client, _ = one.client(1, "1920")
    page = make_page(one, theme)
    await one.loaded()
    field, problem = part(page, QLineEdit, "settings_closed_until"), part(page, QLabel, "closed_problem")
    typed(qtbot, field, "31.02.2026")
    assert problem.isVisibleTo(page)
    typed(qtbot, field, "310126")
    await one.quiet()
    assert one.program.core.clients.load_settings(client.id).closed_until == date(2026, 1, 31)
    assert field.text() == "31.01.2026"
    assert not problem.isVisibleTo(page)
    typed(qtbot, field, "")
    await one.quiet()
    assert one.program.core.clients.load_settings(client.id).closed_until is None


async def test_another_client_has_its_own_closed_period(
    one: Setting, theme: Theme, make_page: MakePage, qtbot: QtBot
) -> None:
    first, _ = one.client(1, "1920")
    second, _ = one.client(2, "1920")
    page = make_page(one, theme)
    await one.loaded()
    field = part(page, QLineEdit, "settings_closed_until")
    typed(qtbot, field, "31.01.2099")
    await one.quiet()
    assert part(page, QLabel, "closed_problem").isVisibleTo(page)
    one.presenter.choose_client(second.id)
    await one.quiet()
    assert (field.text(), part(page, QLabel, "closed_problem").text()) == ("", "")
    typed(qtbot, field, "31.01.2026")
    await one.quiet()
    settings = one.program.core.clients.load_settings
    assert (settings(first.id).closed_until, settings(second.id).closed_until) == (None, date(2026, 1, 31))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pictures_of_the_closed_period(
    *, tmp_path: Path, both_themes: Theme, make_page: MakePage, qtbot: QtBot, pictures: Path, language: Language
) -> None:
    async with running_program(tmp_path / "data") as program:
        one = setting(program, language)
        one.client(1, "1920")
        page = make_page(one, both_themes)
        page.window().resize(1024, 680)
        await one.loaded()
        field = part(page, QLineEdit, "settings_closed_until")
        typed(qtbot, field, "31.01.2026")
        await one.quiet()
        typed(qtbot, field, "31.12.2099")
        await one.quiet()
        area = page.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        area.ensureWidgetVisible(field, 0, 250)
        assert field.accessibleDescription() == part(page, QLabel, "closed_problem").text() != ""
        save_picture(page.window(), pictures, f"settings-closed-{language}-{both_themes.scheme.value}")
