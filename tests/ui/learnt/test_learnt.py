"""What is learnt, in the program's own window by keys: found, explained, forgotten, remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.ui.learnt.sheet import LearntSheet
from kontali_desktop.ui.theme import Theme
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment
from tests.ui.learnt.decided import REJECTED, fill
from tests.ui.real_window import CTRL, CTRL_SHIFT, RealWindow, real_window
from tests.ui.waiting import until


def facts(window: RealWindow) -> list[str]:
    return column(window.part(QTableView, "learnt_list"), 0)


def column(table: QTableView, place: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


async def opened(window: RealWindow) -> LearntSheet:
    await window.press(Qt.Key.Key_L, CTRL_SHIFT)
    return await window.shown(LearntSheet, "learnt_sheet")


async def test_every_kind_is_there_with_the_decisions_behind_it(
    tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        sheet = await opened(open_)
        open_.picture(pictures, "learnt")
        told = "\n".join(facts(open_))
        for words in (
            "betaler for Bryggen",
            "«ola nordmann» betaler for Bjørk",
            "KID på 11 siffer, MOD10",
            "føres på 7140",
        ):
            assert words in told, told
        assert f"{REJECTED.split()[1]} igjen" in told
        assert "Du har rettet kobling på" in told
        sources = open_.part(QTableView, "learnt_sources")
        assert sheet.chosen is not None
        assert sources.model().rowCount() == len(sheet.chosen.sources) == 4
        before = column(sources, 2)
        await open_.press(Qt.Key.Key_Down)
        assert column(sources, 2) != before
        assert column(sources, 4)[0].startswith("Godkjent: ")


async def test_a_search_also_finds_what_stands_in_the_lines_behind(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        await opened(open_)
        whole = facts(open_)
        await open_.write("/10299 nordmann")
        found = facts(open_)
        assert 0 < len(found) < len(whole)
        assert all("Bjørk" in fact for fact in found)
        assert not any("10299" in fact for fact in found)
        await open_.press(Qt.Key.Key_Escape)  # the search is emptied first, then left, and only then the sheet closed
        assert facts(open_) == whole
        await open_.write("zebra")
        assert open_.find(QTableView, "learnt_list") is None
        assert not open_.part(QWidget, "forget_button").isEnabled()
        await open_.press(Qt.Key.Key_Escape)
        await open_.press(Qt.Key.Key_Escape)
        assert open_.part(QTableView, "learnt_list").hasFocus()
        await open_.press(Qt.Key.Key_Escape)
        await open_.gone("learnt_sheet")


async def test_del_forgets_and_ctrl_z_remembers(tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        sheet = await opened(open_)
        before = facts(open_)
        assert before[0].endswith("betaler for Bryggen Arkitekter AS")
        await open_.press(Qt.Key.Key_Delete)
        await until(lambda: facts(open_) == before[1:], "forgotten")
        await until(lambda: sheet.strip.accessibleName().startswith("Glemt: Konto"), "told")
        open_.picture(pictures, "learnt-forgotten")
        learning = open_.program.core.learning
        client = open_.office.client()
        assert len(learning.load(client.id).accounts) == 2
        await open_.press(Qt.Key.Key_Z, CTRL)
        await until(lambda: facts(open_) == before, "remembered")
        assert len(learning.load(client.id).accounts) == 3
        events = [view.event.code for view in open_.program.core.listings.load_events(client.id)]
        assert events[:2] == ["learning.remembered", "learning.forgotten"]


async def test_a_rejection_that_is_forgotten_is_proposed_again(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        await opened(open_)
        assert open_.office.item(REJECTED).proposal is None
        await open_.write("/ikke mot 30591")
        table = open_.part(QTableView, "learnt_list")
        assert table.model().rowCount() == 1
        table.setFocus()
        await open_.press(Qt.Key.Key_Delete)
        await until(lambda: open_.find(QTableView, "learnt_list") is None, "forgotten")
        open_.part(QWidget, "close_button").setFocus()
        await open_.press(Qt.Key.Key_Return)
        await open_.gone("learnt_sheet")
        await until(lambda: open_.office.item(REJECTED).proposal is not None, "proposed again")


async def test_autonomy_that_was_lost_is_given_back(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        client = open_.office.client()
        assert open_.program.core.autonomy.load(client.id).standing.taken_back
        await opened(open_)
        await open_.write("/rettet")
        open_.part(QTableView, "learnt_list").setFocus()
        await open_.press(Qt.Key.Key_Delete)
        await until(lambda: not open_.program.core.autonomy.load(client.id).standing.taken_back, "given back")
        await open_.press(Qt.Key.Key_Z, CTRL)
        await until(lambda: bool(open_.program.core.autonomy.load(client.id).standing.taken_back), "taken back again")


async def test_enter_closes_and_the_settings_open_it_for_the_client_shown(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    async with real_window(tmp_path, theme, fill) as open_:
        await opened(open_)
        await open_.press(Qt.Key.Key_Return)
        await open_.gone("learnt_sheet")
        open_.window.show_screen("settings")
        button = await open_.shown(QWidget, "open_learnt_button")
        button.setFocus()
        await open_.press(Qt.Key.Key_Return)
        await open_.shown(LearntSheet, "learnt_sheet")


async def test_another_client_has_learnt_nothing(tmp_path: Path, theme: Theme, qtbot: QtBot, pictures: Path) -> None:
    def both(office: Office) -> None:
        fill(office)
        office.client(2)

    async with real_window(tmp_path, theme, both) as window:
        await opened(window)
        chooser = window.part(QComboBox, "sheet_client")
        chooser.setFocus()
        await window.press(Qt.Key.Key_Down)
        await until(lambda: window.find(QTableView, "learnt_list") is None, "the other client")
        window.picture(pictures, "learnt-nothing")
        await window.press(Qt.Key.Key_Up)
        await until(lambda: window.find(QTableView, "learnt_list") is not None, "the first again")


async def test_pictures_in_english_and_small(tmp_path: Path, both_themes: Theme, qtbot: QtBot, pictures: Path) -> None:
    scheme = both_themes.scheme.value
    async with real_window(tmp_path, both_themes, fill, language="en", size=(1024, 680)) as window:
        sheet = await opened(window)
        window.picture(pictures, f"learnt-english-small-{scheme}")
        await window.press(Qt.Key.Key_Delete)
        await until(sheet.strip.isVisible, "told")
        window.picture(pictures, f"learnt-english-small-forgotten-{scheme}")
        assert "pays for" in facts(window)[0]


async def test_without_a_client_it_says_so(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    async with real_window(tmp_path, theme, Office.everything) as window:
        await window.press(Qt.Key.Key_L, CTRL_SHIFT)
        notice = await window.shown(QWidget, "window_notice")
        assert "Ingen klient ennå" in notice.accessibleName()


def let_stand(office: Office) -> None:
    """Three payments that the program accepted by itself, in a period that a person closed."""
    client = office.client(1, Mode.BALANCED)
    numbers = (20417, 20418, 20419)
    office.receive(office.account(client), *(payment(n * 100, f"Faktura {n}", "Bjørk Design AS") for n in numbers))
    office.hold(client, *(invoice(str(n), n * 100, "Bjørk Design AS") for n in numbers))
    office.propose.run()
    office.clients.close_books(client.id, DAY)


async def test_what_was_let_stand_at_period_close_says_so(
    tmp_path: Path, both_themes: Theme, qtbot: QtBot, pictures: Path
) -> None:
    async with real_window(tmp_path, both_themes, let_stand) as open_:
        sheet = await opened(open_)
        open_.picture(pictures, f"learnt-let-stand-{both_themes.scheme.value}")
        assert sheet.chosen is not None
        told = column(open_.part(QTableView, "learnt_sources"), 4)
        assert told == [f"Automatisk, latt stå: {n} Bjørk Design AS" for n in (20419, 20418, 20417)]
        await open_.press(Qt.Key.Key_Delete)
        await until(lambda: open_.find(QTableView, "learnt_list") is None, "nothing is learnt")
