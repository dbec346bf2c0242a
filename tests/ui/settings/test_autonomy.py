"""How far the program may go by itself, set by keys on the settings page and told in the event log."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.settings.autonomy_rows import AutonomyRows
from kontali_desktop.ui.theme import Theme
from tests.services.conftest import Office
from tests.ui.real_window import RealWindow, real_window
from tests.ui.settings.test_page import typed
from tests.ui.waiting import until


def two(office: Office) -> None:
    office.account(office.client(1))
    office.account(office.client(2, Mode.SHADOW), 2)


async def opened(window: RealWindow) -> Client:
    window.window.show_screen("settings")
    await window.shown(QRadioButton, "choice_off")
    return window.office.client()


def told(window: RealWindow, client: Client) -> list[str]:
    core = window.program.core
    return [core.wording.event(view.event) for view in core.listings.load_events(client.id)]


async def test_the_mode_is_chosen_by_arrows_and_stored_once_it_rests(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, two) as window:
        client = await opened(window)
        off = window.part(QRadioButton, "choice_off")
        assert off.isChecked()
        off.setFocus()
        for _ in range(3):
            await window.press(Qt.Key.Key_Down)
        load = window.office.clients.load_settings
        await until(lambda: load(client.id).mode is Mode.BALANCED)
        assert window.part(QRadioButton, "choice_balanced").hasFocus()
        assert load(window.office.client(2).id).mode is Mode.SHADOW
        await until(lambda: len(told(window, client)) > 1)
        first, *rest = told(window, client)
        assert first == "Klientens innstillinger endret: godkjenner automatisk fra 97\u00a0% sikkerhet"
        assert not any("endret" in event for event in rest)  # the modes it passed are no changes
        window.picture(pictures, "settings-autonomy")


async def test_what_is_on_its_way_is_stored_for_the_client_it_was_chosen_for(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    """Also where another client is chosen for the whole window before it rests."""
    async with real_window(tmp_path, theme, two) as window:
        client, other = await opened(window), window.office.client(2)
        window.window.presenter.choose_client(client.id)
        await until(lambda: section_of(window) == client.id)
        load = window.office.clients.load_settings
        before = load(other.id)
        window.part(QRadioButton, "choice_off").setFocus()
        for _ in range(3):
            await window.press(Qt.Key.Key_Down)
        window.part(QSlider, "settings_threshold").setFocus()
        await window.press(Qt.Key.Key_End)
        window.window.presenter.choose_client(other.id)
        await until(lambda: section_of(window) == other.id)
        await until(lambda: load(client.id).mode is Mode.BALANCED)
        assert load(client.id).threshold == 0.999
        rows = next(iter(window.window.findChildren(AutonomyRows)))
        await until(lambda: not any(timer.isActive() for timer in rows.findChildren(QTimer)))  # nothing more comes
        await window.at_rest()
        assert load(other.id) == before
        assert window.part(QRadioButton, "choice_shadow").isChecked()


async def test_what_is_on_its_way_is_stored_before_the_window_closes(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    async with real_window(tmp_path, theme, two) as window:
        client = await opened(window)
        window.part(QRadioButton, "choice_off").setFocus()
        for _ in range(3):
            await window.press(Qt.Key.Key_Down)
        load = window.office.clients.load_settings
    assert load(client.id).mode is Mode.BALANCED


def section_of(window: RealWindow) -> ClientId | None:
    section = window.screens.settings.section
    return section.client.id if section is not None else None


async def test_the_slider_says_what_it_means_and_finds_back_to_the_default(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    async with real_window(tmp_path, theme, two) as window:
        client = await opened(window)
        slider = window.part(QSlider, "settings_threshold")
        means = window.part(QLabel, "threshold_means")
        assert (slider.minimum(), slider.value(), slider.maximum()) == (950, 970, 999)
        assert means.text().startswith("Av 10 000 automatiske er omtrent 3 feil, og av 100 betalinger")
        slider.setFocus()
        await window.press(Qt.Key.Key_End)
        assert means.text().startswith("Av 10 000 automatiske er nesten ingen feil")
        load = window.office.clients.load_settings
        await until(lambda: load(client.id).threshold == 0.999)
        default = window.part(QWidget, "threshold_default")
        default.setFocus()
        await window.press(Qt.Key.Key_Return)
        await until(lambda: load(client.id).threshold == 0.97)
        assert not default.isEnabled()
        await until(lambda: "grense 99,9\u00a0%" in told(window, client)[1])


@pytest.mark.parametrize(("text", "cap"), [("25 000", 25_000_00), ("1.500,50", 1_500_50), ("100", 100_00)])
async def test_a_cap_is_typed_as_people_write_it_and_taken_away(
    tmp_path: Path, theme: Theme, qtbot: QtBot, text: str, cap: int
) -> None:
    async with real_window(tmp_path, theme, two) as window:
        client = await opened(window)
        field = window.part(QLineEdit, "settings_cap")
        assert (field.text(), field.placeholderText()) == ("", "ingen grense")
        typed(qtbot, field, text)
        load = window.office.clients.load_settings
        await until(lambda: load(client.id).cap == cap)
        shown = window.program.core.wording.amount(cap)
        await until(lambda: told(window, client)[0].endswith(f", høyst {shown}"))
        assert field.text() == shown
        typed(qtbot, field, "")
        await until(lambda: load(client.id).cap is None)


@pytest.mark.parametrize("text", ["mye", "0", "-5"])
async def test_what_is_no_cap_is_said_beside_the_field(
    tmp_path: Path, theme: Theme, qtbot: QtBot, text: str, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, two) as window:
        client = await opened(window)
        field, reason = window.part(QLineEdit, "settings_cap"), window.find(QLabel, "cap_problem")
        assert reason is None
        typed(qtbot, field, text)
        assert (await window.shown(QLabel, "cap_problem")).text() == field.accessibleDescription() != ""
        window.picture(pictures, "settings-cap-wrong")
        assert field.text() == text
        assert window.office.clients.load_settings(client.id).cap is None
        typed(qtbot, field, "5000")
        await until(lambda: window.office.clients.load_settings(client.id).cap == 5_000_00)
        assert window.find(QLabel, "cap_problem") is None


async def test_in_both_themes_and_english(tmp_path: Path, both_themes: Theme, qtbot: QtBot, pictures: Path) -> None:
    scheme = both_themes.scheme.value
    async with real_window(tmp_path, both_themes, two, language="en", size=(1024, 680)) as window:
        await opened(window)
        window.picture(pictures, f"settings-autonomy-english-{scheme}")
        assert window.part(QRadioButton, "choice_careful").text() == "Careful"
