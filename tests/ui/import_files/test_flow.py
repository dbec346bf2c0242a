"""The sheets of an import, driven by keys and clicks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.sheets import BusySheet, ClientSheet, ProblemSheet
from kontali_desktop.ui.import_files.steps import Reading
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import Button
from tests.ui.finding import Camera, agree, cells, part, press, shown
from tests.ui.import_files.importing import Importing, good, partly
from tests.ui.import_files.sheets import taken_in
from tests.ui.program import wording
from tests.ui.waiting import until


async def test_files_are_chosen_and_the_result_says_what_each_brought(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    one.client()
    letter = tmp_path / "brev.txt"
    letter.write_text("Hei", "utf-8")
    one.presenter.import_paths([good(tmp_path), partly(tmp_path), letter])
    sheet = await taken_in(flow, qtbot)
    take("import-result")
    table = part(sheet, QTableView, "import_files")
    assert [cells(table, row) for row in range(3)] == [
        ["brev.txt", "Ukjent format", "0", "0", "0", "Avvist"],
        ["delvis.csv", "Åpne poster (CSV)", "1", "0", "0", "Lest inn, 2 rader avvist"],
        ["poster.csv", "Åpne poster (CSV)", "1", "0", "0", "Lest inn"],
    ]
    reasons = [label.text() for label in part(sheet, QScrollArea, "import_reasons").findChildren(QLabel)]
    assert "delvis.csv: Linje 3: «mye» er ikke et beløp." in [reason.replace(", amount", "") for reason in reasons]
    assert len(reasons) == 3
    press(sheet, qtbot, "review_button")
    assert one.screens == ["review"]
    assert flow.sheet is None


async def test_the_client_is_chosen_by_key(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    one.client(1)
    second = one.client(2)
    one.presenter.import_paths([good(tmp_path)])
    sheet = await shown(flow, ClientSheet)
    take("import-client")
    qtbot.keyClick(part(sheet, Button, f"client_{second.id}"), Qt.Key.Key_Return)
    await taken_in(flow, qtbot)
    assert one.documents(second) == ["10234"]
    assert flow.sheet is not None
    qtbot.keyClick(flow.sheet, Qt.Key.Key_Escape)
    assert one.presenter.step is None


async def test_escape_leaves_the_question_with_nothing_imported(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path
) -> None:
    first, _ = one.client(1), one.client(2)
    one.presenter.import_paths([good(tmp_path)])
    sheet = await shown(flow, ClientSheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert flow.sheet is None
    assert one.presenter.step is None
    assert one.documents(first) == []


async def test_progress_says_which_file(
    flow: ImportFlow, window: QMainWindow, both_themes: Theme, take: Camera
) -> None:
    step = Reading(Client(ClientId(1), "", "Fjord Elektro AS"), "faktura-10234.xml", 17, 42)
    sheet = BusySheet(both_themes, wording(), window, step)
    sheet.open_sheet()
    take("import-running")
    bar = sheet.findChild(QWidget, "import_progress")
    assert bar is not None
    assert bar.accessibleDescription() == "Leser faktura-10234.xml … 18 av 42"
    sheet.close_with("")


async def test_without_a_client(one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera) -> None:
    wishes: list[object] = []
    one.presenter.wants_screen.connect(wishes.append)
    one.presenter.import_paths([good(tmp_path)])
    sheet = await shown(flow, ProblemSheet)
    take("import-no-client")
    press(sheet, qtbot, "way_out_button")
    assert wishes == ["settings"]


async def test_the_dialog_hands_its_files_on(one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path) -> None:
    client = one.client()
    file = good(tmp_path)
    one.presenter.begin()
    dialog = flow.dialog
    assert dialog is not None
    await until(dialog.isVisible)
    dialog.setDirectory(str(tmp_path))
    name = part(dialog, QLineEdit, "fileNameEdit")
    name.setText(file.name)
    agree(dialog, qtbot)
    await taken_in(flow, qtbot)
    assert one.documents(client) == ["10234"]
    assert flow.dialog is None
