"""A payout report that no provider of ours writes: its columns are explained once, and its bank line is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QTableView
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.mapping_sheet import MappingSheet
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from tests.support import payment
from tests.ui.finding import Camera, cells, part, shown
from tests.ui.import_files.importing import Importing
from tests.ui.import_files.sheets import taken_in
from tests.ui.waiting import until

FEES, PAYOUT = "Innløsers andel", "Avregnet"
LINES = (
    f"{PAYOUT};Avregning;Ordre;Solgt;{FEES}",
    "05.02.2026;771;A1;500,00;8,75",
    "05.02.2026;771;A2;1000,00;17,50",
    "06.02.2026;772;A3;200,00;",
)
FIELDS = ("payout_date", "payout", "order", "gross", "fee")


def report(folder: Path, name: str = "oppgjør.csv") -> Path:
    (folder / name).write_text("\n".join(LINES) + "\n", "utf-8")
    return folder / name


def choose(box: QComboBox, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


def receive(one: Importing, client: Client) -> None:
    with one.program.core.storage.writing() as work:
        (account,) = work.accounts.load_all(client.id)
        line = payment(1473_75, "Avregning 771", "Innløser AS", day=date(2026, 2, 6))
        work.transactions.add_booked(account.id, [(line, 1)], "feed", one.program.core.clock.now())
        work.commit()


def parts(one: Importing, client: Client) -> list[PaymentPart]:
    with one.program.core.storage.reading() as work:
        lines = work.transactions.load_of_client(client.id)
        found = next(line for line in lines if line.reported.text == "Avregning 771")
        return list(work.batches.parts_of(found.id))


async def test_the_columns_of_a_payout_report_are_explained_once(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    receive(one, client)
    one.presenter.import_paths([report(tmp_path)])
    sheet = await shown(flow, MappingSheet)
    choose(part(sheet, QComboBox, "mapping_kind"), "settlement")
    told = part(sheet, QLabel, "mapping_preview")
    assert told.text() == "Mangler: Utbetalingsdato eller Oppgjørsnummer, Brutto eller Netto."
    assert not part(sheet, QComboBox, "mapping_side").isVisible()
    for column, field in enumerate(FIELDS):
        choose(part(sheet, QComboBox, f"meaning_{column}"), field)
    first = "Første oppgjør blir: 771 · 05.02.2026 · 2 betalinger · gebyr −26,25 · 1 473,75"
    await until(lambda: first in told.text().replace("\u00a0", " "), told.text())
    assert part(sheet, QLabel, "mapping_rows").text() == "2 oppgjør leses"
    take("import-columns-settlement")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    preview = await shown(flow, PreviewSheet)
    assert parts(one, client) == []
    take("import-preview-settlement")
    assert cells(part(preview, QTableView, "import_files"), 0)[-1] == "Leses inn"
    await taken_in(flow, qtbot)
    assert [part_.amount for part_ in parts(one, client)] == [500_00, 1000_00, -26_25]
    one.presenter.cancel()
    one.presenter.import_paths([report(tmp_path, "igjen.csv")])
    again = await shown(flow, PreviewSheet)
    assert part(again, QLabel, "preview_summary").text() == "0 nye · 2 kjente"
