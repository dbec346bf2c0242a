"""An export in the window, driven by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import Client
from kontali_desktop.ui.export.export_sheet import ExportSheet
from kontali_desktop.ui.export.flow import ExportFlow, ExportHistoryFlow
from kontali_desktop.ui.export.history_sheet import ExportHistorySheet
from kontali_desktop.ui.export.result_sheets import NotWrittenSheet, WrittenSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button, PaintedButton
from kontali_desktop.ui.widgets.notice import Notice
from tests.support import SettableClock, invoice
from tests.ui.export.exporting import Exporting, exporting
from tests.ui.finding import Camera, part, press, save_to, shown
from tests.ui.pictures import save_picture
from tests.ui.program import running_program, wording
from tests.ui.waiting import until


async def summed_up(sheet: ExportSheet, text: str) -> None:
    await until(lambda: sheet.summary.text() == text, sheet.summary.text)


async def opened(one: Exporting, flow: ExportFlow) -> ExportSheet:
    one.presenter.begin()
    await one.foreseen()
    return await shown(flow, ExportSheet)


async def exported(one: Exporting, flow: ExportFlow, qtbot: QtBot, folder: Path) -> tuple[Client, str]:
    """A client whose only voucher is in a file, and the file's name; its sheet is still shown."""
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    qtbot.keyClick(await opened(one, flow), Qt.Key.Key_Return)
    name = await save_to(flow, qtbot, folder)
    await shown(flow, WrittenSheet)
    return client, name


async def test_enter_exports_and_enter_closes(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera, tmp_path: Path
) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    one.settle(client, 600_00, invoice("2", 600_00))
    sheet = await opened(one, flow)
    await summed_up(sheet, "2 nye bilag")
    take("export")
    qtbot.keyClick(sheet.layout_, Qt.Key.Key_Return)
    name = await save_to(flow, qtbot, tmp_path)
    assert name == "Klient-1-AS-bilag-2026-02-13.csv"
    done = await shown(flow, WrittenSheet)
    take("export-done")
    assert part(done, QLabel, "export_told").text() == "2 bilag (nr. 1–2)"
    assert (tmp_path / name).read_bytes().count(b"\r\n") == 5
    qtbot.keyClick(done, Qt.Key.Key_Return)
    assert flow.sheet is None
    assert one.presenter.step is None


async def test_nothing_new_offers_the_same_file_under_another_name(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera, tmp_path: Path
) -> None:
    _, first = await exported(one, flow, qtbot, tmp_path)
    qtbot.keyClick(await shown(flow, WrittenSheet), Qt.Key.Key_Escape)
    sheet = await opened(one, flow)
    await summed_up(sheet, "Ingen nye bilag")
    take("export-nothing-new")
    assert part(sheet, Button, "export_button").text() == "Skriv samme fil på nytt …"
    assert "Sist eksportert" in part(sheet, QLabel, "export_note").text()
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    again = await save_to(flow, qtbot, tmp_path)
    await shown(flow, WrittenSheet)
    assert again == "Klient-1-AS-bilag-2026-02-13 (2).csv"
    assert (tmp_path / again).read_bytes() == (tmp_path / first).read_bytes()


async def test_what_is_in_another_layout_already_is_said_before_it_is_written(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera, tmp_path: Path
) -> None:
    client = one.client()
    for number, amount in (("1", 500_00), ("2", 600_00)):
        one.settle(client, amount, invoice(number, amount))
    one.program.core.export.run(client.orgnr, "csv")
    one.settle(client, 700_00, invoice("3", 700_00))
    sheet = await opened(one, flow)
    await summed_up(sheet, "1 nytt bilag")
    warning = part(sheet, Notice, "export_written_before")
    assert not warning.isVisible()
    one.presenter.choose_format("gbat10")
    await summed_up(sheet, "3 nye bilag")
    await until(warning.isVisible)
    said = " ".join(label.text() for label in warning.findChildren(QLabel))
    assert "2 av bilagene er skrevet ut før, som CSV" in said
    assert "bokføres de to ganger" in said
    take("export-written-before")
    one.presenter.choose_format("saft")
    await summed_up(sheet, "3 bilag i perioden")
    assert not warning.isVisible()
    one.presenter.choose_format("gbat10")
    await summed_up(sheet, "3 nye bilag")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert await save_to(flow, qtbot, tmp_path) == "Klient-1-AS-bilag-GBAT10-2026-02-13.csv"
    await shown(flow, WrittenSheet)


async def test_nothing_at_all_has_nothing_to_press(one: Exporting, flow: ExportFlow, take: Camera) -> None:
    one.client()
    sheet = await opened(one, flow)
    await summed_up(sheet, "Ingen nye bilag")
    take("export-nothing")
    assert not part(sheet, Button, "export_button").isEnabled()


async def test_held_back_lines_say_why_and_take_their_value(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera
) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    one.settle_abroad(client, "E-1", 1150_00)
    one.settle_abroad(client, "E-2", 1160_00)
    one.unexplained(client)
    sheet = await opened(one, flow)
    await summed_up(sheet, "1 nytt bilag, 3 holdt tilbake")
    take("export-held-back")
    first, second = (part(sheet, QLineEdit, f"value_{one.document(client, number)}") for number in ("E-1", "E-2"))
    first.setFocus()
    qtbot.keyClicks(first, "mye")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    await until(lambda: bool(first.accessibleDescription()))
    take("export-wrong-value")
    assert flow.dialog is None  # Enter in the field does not export
    first.selectAll()
    qtbot.keyClicks(first, "1163,50")
    assert not first.accessibleDescription()
    qtbot.keyClicks(second, "99")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    await summed_up(sheet, "2 nye bilag, 2 holdt tilbake")
    take("export-value-given")
    assert second.text() == "99"  # what was being typed stands
    assert second.hasFocus()


async def test_what_was_undone_after_an_export_is_said(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera, tmp_path: Path
) -> None:
    client, _ = await exported(one, flow, qtbot, tmp_path)
    one.program.core.review.undo()
    one.settle(client, 600_00, invoice("2", 600_00))
    sheet = await opened(one, flow)
    await summed_up(sheet, "1 nytt bilag, 1 tilbakeføring")
    take("export-reversal")
    assert part(sheet, QLabel, "export_note").text().startswith("Det som er angret etter en eksport")


async def test_the_period_is_chosen_by_a_word_or_typed(one: Exporting, flow: ExportFlow, qtbot: QtBot) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    sheet = await opened(one, flow)
    since, until_ = part(sheet, QLineEdit, "export_since"), part(sheet, QLineEdit, "export_until")
    chips = {b.text(): b for b in part(sheet, QWidget, "export_quick").findChildren(PaintedButton)}
    qtbot.mouseClick(chips["Forrige måned"], Qt.MouseButton.LeftButton)
    await summed_up(sheet, "Ingen nye bilag")
    assert (since.text(), until_.text()) == ("01.01.2026", "31.01.2026")
    until_.setFocus()
    until_.selectAll()
    qtbot.keyClicks(until_, "28.02.2026")
    await summed_up(sheet, "1 nytt bilag")
    assert chips["Egen periode"].isChecked()
    until_.selectAll()
    qtbot.keyClicks(until_, "31.12.2025")
    assert part(sheet, QLabel, "period_problem").isVisible()
    assert sheet.summary.text() == ""
    qtbot.mouseClick(chips["Alt"], Qt.MouseButton.LeftButton)
    await summed_up(sheet, "1 nytt bilag")
    assert not part(sheet, QLabel, "period_problem").isVisible()


async def test_among_several_clients_one_is_chosen_first(one: Exporting, flow: ExportFlow, qtbot: QtBot) -> None:
    one.client(1)
    second = one.client(2)
    one.settle(second, 500_00, invoice("1", 500_00))
    one.presenter.begin()
    sheet = await shown(flow, ExportSheet)
    chooser = part(sheet, QComboBox, "export_client")
    assert chooser.hasFocus()
    assert chooser.currentText() == "Velg klient"
    qtbot.keyClick(chooser, Qt.Key.Key_End)
    await summed_up(sheet, "1 nytt bilag")
    assert [chooser.itemText(n) for n in range(chooser.count())] == ["Klient 1 AS", "Klient 2 AS"]


async def test_each_layout_says_what_it_is_for(one: Exporting, flow: ExportFlow, qtbot: QtBot) -> None:
    one.client()
    sheet = await opened(one, flow)
    chooser = part(sheet, QComboBox, "export_format")
    purposes = set()
    for _ in range(chooser.count()):
        purposes.add(part(sheet, QLabel, "format_purpose").text())
        qtbot.keyClick(chooser, Qt.Key.Key_Down)
    await one.foreseen()
    assert len(purposes) == chooser.count() == len(one.program.core.export.formats())


async def test_what_cannot_be_saved_is_said_and_goes_elsewhere(
    one: Exporting, flow: ExportFlow, qtbot: QtBot, take: Camera, tmp_path: Path
) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    sheet = await opened(one, flow)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    await until(lambda: bool(one.wishes))
    one.presenter.write(one.wishes[0], tmp_path / "finnes ikke" / "a.csv")
    failed = await shown(flow, NotWrittenSheet)
    assert flow.dialog is not None
    flow.dialog.reject()
    take("export-failed")
    qtbot.keyClick(failed, Qt.Key.Key_Return)
    name = await save_to(flow, qtbot, tmp_path)
    await shown(flow, WrittenSheet)
    assert (tmp_path / name).exists()


class Desktop(QObject):
    """Takes the place of the desktop's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open_folder(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    QDesktopServices.setUrlHandler("file", made, "open_folder")  # type: ignore[arg-type] # it wants text, not bytes
    yield made
    QDesktopServices.unsetUrlHandler("file")


async def test_the_earlier_ones_can_be_written_again(
    one: Exporting, flow: ExportFlow, history: ExportHistoryFlow, qtbot: QtBot, take: Camera
) -> None:
    client = one.client()
    one.settle(client, 500_00, invoice("1", 500_00))
    first = one.program.core.export.run(client.orgnr, "csv")
    sheet = await opened(one, flow)
    press(sheet, qtbot, "export_history_button")
    await until(lambda: history.sheet is not None)
    assert flow.sheet is None
    past = history.sheet
    assert isinstance(past, ExportHistorySheet)
    take("export-history")
    model = past.table.model()
    cells = [str(model.index(0, column).data()) for column in range(1, model.columnCount())]
    assert cells == ["Klient 1 AS", "CSV (regneark)", "12.02.2026", "1", "1"]
    qtbot.keyClick(past.table, Qt.Key.Key_Return)
    folder = one.program.core.paths.database.parent
    again = await save_to(flow, qtbot, folder)
    done = await shown(flow, WrittenSheet)
    assert (folder / again).read_bytes() == first.content
    qtbot.keyClick(done, Qt.Key.Key_Escape)
    assert past.isVisible()
    qtbot.keyClick(past, Qt.Key.Key_Escape)
    assert history.sheet is None


async def test_the_folder_of_the_file_is_shown(
    one: Exporting, flow: ExportFlow, desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    await exported(one, flow, qtbot, tmp_path)
    press(await shown(flow, WrittenSheet), qtbot, "show_folder_button")
    assert desktop.opened == [str(tmp_path)]


async def test_nothing_was_exported_yet(one: Exporting, history: ExportHistoryFlow, take: Camera) -> None:
    one.history.begin()
    await until(lambda: history.sheet is not None)
    take("export-history-empty")
    assert history.sheet is not None
    assert not part(history.sheet, Button, "again_button").isVisible()


async def test_in_english(
    tmp_path: Path, both_themes: Theme, window: QMainWindow, qtbot: QtBot, pictures: Path
) -> None:
    async with running_program(tmp_path / "data", clock=SettableClock()) as program:
        one = exporting(program, "en")
        flow = ExportFlow(both_themes, wording("en"), window, one.presenter, program.core.clock.today)
        client = one.client()
        for number in range(1, 13):
            one.settle(client, 500_00 + number, invoice(str(number), 500_00 + number))
        for number in range(4):
            one.settle_abroad(client, f"E-{number}", 1150_00 + number)
        window.resize(1024, 640)
        sheet = await opened(one, flow)
        await summed_up(sheet, "12 new vouchers, 4 held back")
        save_picture(window, pictures, f"export-english-small-{both_themes.scheme.value}")
        assert part(sheet, Button, "export_button").isVisible()
        one.presenter.close()
