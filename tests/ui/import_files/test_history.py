"""Earlier imports: looked at, taken back after a question, and their refused rows saved and taken in again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.history_flow import HistoryFlow
from kontali_desktop.ui.import_files.history_sheet import UndoSheet
from kontali_desktop.ui.import_files.result_sheet import ResultSheet
from kontali_desktop.ui.widgets.buttons import Button
from tests.adapters.files.settlement_writers import Paid, vipps
from tests.services.test_import_undo import statement
from tests.support import DAY, account_number
from tests.ui.finding import Camera, cells, part, press, save_to, shown
from tests.ui.import_files.importing import Importing, good, open_items, partly, row
from tests.ui.waiting import until


def shown_now(flow: HistoryFlow) -> UndoSheet | None:
    return flow.question


async def test_the_result_is_taken_back_after_a_question(
    one: Importing, flow: ImportFlow, history: HistoryFlow, qtbot: QtBot, tmp_path: Path
) -> None:
    client = one.client()
    file = open_items(tmp_path / "ny.csv", row("10300", "Sletta Mekaniske AS", "90,00", "90,00"))  # matches nothing
    await one.take_in(file)
    sheet = await shown(flow, ResultSheet)
    press(sheet, qtbot, "undo_import_button")
    await until(lambda: history.question is not None)
    question = history.question
    assert question is not None
    assert part(question, QLabel, "undo_goes").text() == "Dette tas ut: 1 dokument"
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert shown_now(history) is None
    assert sheet.isVisible()
    assert one.documents(client) == ["10300"]
    press(sheet, qtbot, "undo_import_button")
    await until(lambda: shown_now(history) is not None)
    qtbot.keyClick(shown_now(history), Qt.Key.Key_Return)
    await until(lambda: bool(one.notices))
    assert one.notices[0].text == "Tatt ut: 1 dokument."
    assert flow.sheet is None
    assert one.documents(client) == []


async def test_a_settlement_that_goes_is_told_of(
    one: Importing, flow: ImportFlow, history: HistoryFlow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Neither a line nor a document, but something goes all the same."""
    one.client()
    (tmp_path / "vipps.csv").write_bytes(vipps(Paid(), Paid(order="1002", payout="2000002")))
    await one.take_in(tmp_path / "vipps.csv")
    press(await shown(flow, ResultSheet), qtbot, "undo_import_button")
    await until(lambda: history.question is not None)
    assert history.question is not None
    assert part(history.question, QLabel, "undo_goes").text() == "Dette tas ut: 2 oppgjør og samleposter"
    qtbot.keyClick(history.question, Qt.Key.Key_Return)
    await until(lambda: bool(one.notices))
    assert one.notices[0].text == "Tatt ut: 2 oppgjør og samleposter."


async def test_the_history_lists_and_undoes(
    one: Importing, history: HistoryFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    for files in ([good(tmp_path)], [partly(tmp_path), good(tmp_path, "b.csv")]):
        await one.take_in(*files)
        one.presenter.cancel()
    one.history.begin()
    await until(lambda: history.sheet is not None)
    sheet = history.sheet
    assert sheet is not None
    take("import-history")
    assert [cells(sheet.table, place)[1:] for place in range(2)] == [
        ["Klient 1 AS", "delvis.csv og 1 til", "1", "0", "1", "2", "Du", ""],
        ["Klient 1 AS", "poster.csv", "1", "0", "0", "0", "Du", ""],
    ]
    qtbot.keyClick(sheet.table, Qt.Key.Key_Down)
    press(sheet, qtbot, "undo_import_button")
    await until(lambda: history.question is not None)
    assert history.question is not None
    take("import-undo")
    qtbot.keyClick(history.question, Qt.Key.Key_Return)
    await until(lambda: cells(sheet.table, 1)[-1] == "Angret", cells(sheet.table, 1))
    assert not part(sheet, Button, "undo_import_button").isEnabled()
    # What the second import told of too is its own now.
    assert sorted(one.documents(client)) == ["10234", "10235"]
    qtbot.keyClick(sheet.table, Qt.Key.Key_Escape)
    assert history.sheet is None
    assert one.history.past is None


async def test_an_import_into_a_closed_period_says_so_before_there_is_a_button(
    one: Importing, flow: ImportFlow, history: HistoryFlow, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    await one.take_in(statement(tmp_path / "a.xml", account_number(1), ("10.00", "Ny linje")))
    one.program.core.clients.close_books(client.id, DAY)
    part(await shown(flow, ResultSheet), Button, "undo_import_button").click()
    await until(lambda: history.question is not None)
    question = history.question
    assert question is not None
    assert part(question, QLabel, "undo_goes").text() == "Bøkene til Klient 1 AS er lukket til og med 12.02.2026."
    assert question.accessibleName() == "Importen kan ikke angres"
    assert "en av dem 12.02.2026" in part(question, QLabel, "undo_explained").text()
    assert [button.objectName() for button in question.findChildren(Button)] == ["keep_import_button"]
    take("import-undo-closed")
    part(question, Button, "keep_import_button").click()
    assert shown_now(history) is None
    assert one.notices == []


async def test_nothing_was_imported_yet(one: Importing, history: HistoryFlow, take: Camera) -> None:
    one.history.begin()
    await until(lambda: history.sheet is not None)
    take("import-history-empty")
    assert history.sheet is not None
    assert not part(history.sheet, QTableView, "import_history").isVisible()


async def test_refused_rows_are_saved_corrected_and_taken_in(
    one: Importing, flow: ImportFlow, history: HistoryFlow, qtbot: QtBot, tmp_path: Path
) -> None:
    client = one.client()
    await one.take_in(partly(tmp_path))
    sheet = await shown(flow, ResultSheet)
    press(sheet, qtbot, "save_refused_0")
    (tmp_path / "ut").mkdir()
    saved = tmp_path / "ut" / await save_to(history, qtbot, tmp_path / "ut")
    assert saved.name == "delvis-avviste.csv"
    await until(lambda: bool(one.notices))
    corrected = saved.read_text("utf-8-sig").replace(";mye;", ";400,00;").replace(";900,00", ";90,00")
    saved.write_text(corrected, "utf-8")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    done = await one.take_in(saved)
    assert (done.report.files[0].added, done.report.files[0].refused) == (2, ())
    assert sorted(one.documents(client)) == ["10235", "10236", "10237"]


async def test_what_cannot_be_written_is_said(one: Importing, tmp_path: Path) -> None:
    one.client()
    done = await one.take_in(partly(tmp_path))
    one.history.save_rows(done.savable[0], tmp_path / "finnes ikke" / "a.csv")
    await until(lambda: bool(one.notices))
    assert "finnes ikke" in one.notices[0].title + one.notices[0].text
