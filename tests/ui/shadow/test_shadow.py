"""The shadow report in the program's own window by keys: what it shows, and what it lets be switched on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.services.shadow_view import LEAST_DECIDED, ShadowStand, ViewShadow
from kontali_desktop.ui.shadow.sheet import ShadowSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment
from tests.ui.real_window import CTRL_SHIFT, RealWindow, real_window
from tests.ui.waiting import until

NAMES = ("Bryggen Arkitekter AS", "Sletta Mekaniske AS", "Nordlys Bygg AS", "Bjørk Design AS")
NUMBERS = range(20_400, 20_400 + LEAST_DECIDED + 4)


def noted(office: Office) -> None:
    """More lines than are needed, all of them sure; none is decided."""
    client = office.client(1, Mode.SHADOW)
    account = office.account(client)
    amounts = {n: 1_000_00 + 37_11 * (n - NUMBERS.start) for n in NUMBERS}
    office.receive(account, *(payment(a, f"Faktura {n}", NAMES[n % 4], day=DAY) for n, a in amounts.items()))
    office.hold(client, *(invoice(str(n), a, NAMES[n % 4]) for n, a in amounts.items()))
    office.propose.run()


def agreed(office: Office) -> None:
    noted(office)
    for number in NUMBERS[: LEAST_DECIDED + 1]:
        office.review.accept(office.item(f"Faktura {number}").id)


def differing(office: Office) -> None:
    """One was rejected, and one got another document than the program would have chosen."""
    agreed(office)
    client = office.client()
    office.review.reject(office.item(f"Faktura {NUMBERS[-1]}").id)
    item = office.item(f"Faktura {NUMBERS[-2]}")
    office.review.reject(item.id)
    office.hold(client, invoice("77-B", item.transaction.reported.amount, NAMES[NUMBERS[-2] % 4]))
    office.propose.propose_anew(client.id)
    office.review.accept(item.id)


async def opened(window: RealWindow) -> ShadowSheet:
    await window.press(Qt.Key.Key_S, CTRL_SHIFT)
    return await window.shown(ShadowSheet, "shadow_sheet")


def column(window: RealWindow, place: int) -> list[str]:
    model = window.part(QTableView, "shadow_list").model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def mode(window: RealWindow) -> Mode:
    return window.office.clients.load_settings(window.office.client().id).mode


async def test_what_holds_is_switched_on_with_enter(tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path) -> None:
    async with real_window(tmp_path, theme, agreed) as window:
        await opened(window)
        window.picture(pictures, "shadow-holds")
        verdict = window.part(QLabel, "shadow_verdict")
        assert verdict.text().startswith(f"Det holder: i alle de {LEAST_DECIDED + 1} linjene")
        assert column(window, 4).count("Det samme") == LEAST_DECIDED + 1
        assert column(window, 4).count("Ikke avgjort") == 3
        await window.press(Qt.Key.Key_Return)
        await until(lambda: mode(window) is Mode.BALANCED)
        await until(lambda: verdict.text().startswith("Automatisk godkjenning er på"))
        assert window.find(Button, "switch_on_button") is None
        window.picture(pictures, "shadow-on")
        events = window.program.core.listings.load_events(window.office.client().id)
        assert events[0].event.code == "client.settings_changed"
        assert events[0].event.facts["mode"] == "balanced"
        await window.press(Qt.Key.Key_Return)  # closes now
        await window.gone("shadow_sheet")


async def test_too_few_say_how_many_are_needed(tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path) -> None:
    async with real_window(tmp_path, theme, noted) as window:
        await opened(window)
        window.picture(pictures, "shadow-too-few")
        assert "ikke avgjort noen av linjene ennå. Med minst 30" in window.part(QLabel, "shadow_verdict").text()
        assert window.find(Button, "switch_on_button") is None
        await window.press(Qt.Key.Key_Return)
        await window.gone("shadow_sheet")
        assert mode(window) is Mode.SHADOW


async def test_differences_come_first_and_open_in_the_review(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, differing) as window:
        sheet = await opened(window)
        window.picture(pictures, "shadow-differs")
        assert ViewShadow(window.office.storage).load(window.office.client().id).stand is ShadowStand.DIFFERS
        done = column(window, 4)
        assert len(done) == 2
        assert any(cell.startswith("77-B") for cell in done)
        assert "Avviste forslaget" in done
        assert window.find(Button, "switch_on_button") is None
        window.part(QTableView, "shadow_list").selectRow(next(n for n, d in enumerate(done) if d.startswith("77-B")))
        assert "Du: 77-B" in sheet.told.text()
        window.part(QWidget, "see_line_button").setFocus()
        await window.press(Qt.Key.Key_Return)
        await window.gone("shadow_sheet")
        review = window.screens.review
        await until(
            lambda: review.current is not None and review.current.transaction.reported.text == f"Faktura {NUMBERS[-2]}"
        )
        assert window.window.current_screen == "review"
        window.picture(pictures, "shadow-line-in-review")


async def test_a_client_that_was_never_in_shadow_is_offered_it(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, lambda office: office.account(office.client(1, Mode.OFF))) as window:
        await opened(window)
        window.picture(pictures, "shadow-empty")
        assert window.part(Button, "switch_on_button").text() == "Slå på skyggemodus"
        await window.press(Qt.Key.Key_Return)
        await until(lambda: mode(window) is Mode.SHADOW)
        await until(lambda: window.find(Button, "switch_on_button") is None)
        await window.press(Qt.Key.Key_Escape)
        await window.gone("shadow_sheet")


async def test_enter_does_not_take_automatic_acceptance_away(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, lambda office: office.account(office.client(1, Mode.BALANCED))) as window:
        await opened(window)
        window.picture(pictures, "shadow-empty-automatic")
        await window.press(Qt.Key.Key_Return)
        await window.gone("shadow_sheet")
        assert mode(window) is Mode.BALANCED
        await opened(window)
        window.part(Button, "switch_on_button").setFocus()
        await window.press(Qt.Key.Key_Return)
        await until(lambda: mode(window) is Mode.SHADOW)


async def test_pictures_in_english_and_small(tmp_path: Path, both_themes: Theme, qtbot: QtBot, pictures: Path) -> None:
    scheme = both_themes.scheme.value
    async with real_window(tmp_path, both_themes, differing, language="en", size=(1024, 680)) as window:
        await opened(window)
        window.picture(pictures, f"shadow-english-small-{scheme}")
        assert window.part(QLabel, "shadow_verdict").text().startswith("2 differences")
