"""The test on own data in the real window, by keys: chosen, run, stopped, read, opened, saved."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.own_data_test import OwnDataTest
from kontali_desktop.ui.own_data.calibration_chart import CalibrationChart
from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.own_data.wrong_sheet import WrongSheet
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import FigureCard
from tests.support import DAY, invoice
from tests.ui.client_window import CTRL, SHIFT, ClientWindow, client_window
from tests.ui.waiting import until

Key = Qt.Key


def settle(one: ClientWindow, count: int, first: int = 1) -> None:
    """Invoices, each paid with its number in the text, and each accepted by a person."""
    numbers = [first + n for n in range(count)]
    one.hold(*(invoice(f"{10_000 + n}", 1_000_00 + n * 7, f"Kunde {n % 7} AS") for n in numbers))
    lines = [
        one.receive(1_000_00 + n * 7, f"Faktura {10_000 + n}", f"Kunde {n % 7} AS", DAY - timedelta(days=n % 90))
        for n in numbers
    ]
    one.core.propose.propose_anew(one.client.id)
    for line in lines:
        one.core.review.accept(line)


def post_against_the_engine(one: ClientWindow) -> None:
    """A payment that names an invoice, which the person posted on an account all the same."""
    one.hold(invoice("99001", 777_00, "Tvilling AS"))
    one.post(one.receive(777_00, "Faktura 99001", "Tvilling AS"), "3000", "3")


async def open_test(one: ClientWindow) -> OwnDataSheet:
    await one.press(Key.Key_T, CTRL | SHIFT)
    return await one.sheet(OwnDataSheet)


async def headless_answer(one: ClientWindow, arguments: list[str]) -> bytes:
    """Of the program as a process of its own, over the same books."""
    folder = str(one.core.paths.database.parent)
    process = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "kontali_desktop", "--data-dir", folder, *arguments],
        capture_output=True,
        check=True,
    )
    return process.stdout


async def reported(sheet: OwnDataSheet) -> None:
    await until(lambda: sheet.result.report is not None and not sheet.progress.isVisible())


async def test_the_numbers_are_the_headless_ones(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 60)
        post_against_the_engine(one)
        sheet = await open_test(one)
        assert sheet.most.hasFocus()
        assert sheet.most.text() == "61"
        await one.press(Key.Key_A, CTRL)
        await one.write("55")
        await one.press(Key.Key_Return)
        await reported(sheet)
        report = sheet.result.report
        assert report is not None
        assert report.is_telling
        assert not sheet.result.notice.isVisible()
        arguments = ["--json", "evaluate", "--decisions", "55"]
        said = await headless_answer(one, arguments)
        headless = json.loads(said)
        shares = ("first_right", "within_three", "automatic", "coverage")
        mine = (report.first, report.first_few, report.automatic, report.coverage)
        assert [(headless[s]["right"], headless[s]["n"]) for s in shares] == [(m.right, m.n) for m in mine]
        bins = [(b["right"], b["n"]) for b in headless["calibration"]]
        assert bins == [(b.share.right, b.share.n) for b in report.bins]
        assert headless["decisions"] == report.decisions == 55
        assert [w["id"] for w in headless["wrong"]] == [str(w.transaction.id) for w in report.wrong]
        assert headless["wrong"][0]["chosen"]["posting"] == {"account": "3000", "vat_code": "3"}
        assert headless["wrong"][0]["proposed"]["documents"] == ["99001"]
        cards = [card.accessibleName() for card in sheet.result.findChildren(FigureCard)]
        assert f"Første forslag riktig: 98,1\u00a0%, {report.first.right} av 55" in cards
        await one.press(Key.Key_Escape)
        await one.gone(OwnDataSheet)


async def test_what_was_wrong_is_opened(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 5)
        post_against_the_engine(one)
        one.screens.refresh()
        sheet = await open_test(one)
        await one.press(Key.Key_Return)
        await reported(sheet)
        assert one.part(QLabel, "own_data_wrong").text().startswith("På 1 av 6 linjer")
        await one.tab_to("show_wrong_button")
        await one.press(Key.Key_Return)
        await one.sheet(WrongSheet)
        assert one.part(QLabel, "wrong_chosen").text().startswith("Føres direkte 3000")
        assert "99001" in one.part(QLabel, "wrong_answer").text()
        assert one.part(QLabel, "wrong_why").text()
        await one.press(Key.Key_Escape)
        await one.gone(WrongSheet)
        assert sheet.isVisible()
        await one.press(Key.Key_Return)  # the keyboard is where it was
        await one.sheet(WrongSheet)
        (missed,) = sheet.result.report.wrong if sheet.result.report is not None else ()
        await one.press(Key.Key_Return)
        await one.gone(OwnDataSheet)
        review = one.screens.review
        await until(lambda: review.current is not None and review.current.id == missed.transaction.id)


async def test_few_decisions_are_said_to_be_few(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 4)
        sheet = await open_test(one)
        await one.press(Key.Key_Return)
        await reported(sheet)
        assert sheet.result.notice.isVisible()
        assert sheet.result.notice.accessibleName().startswith("4 avgjørelser er for få til å si noe sikkert")
        assert "mellom 51\u00a0% og 100\u00a0%" in sheet.result.notice.accessibleName()
        scroll = sheet.area.verticalScrollBar()
        await until(lambda: scroll.maximum() == 0, scroll.maximum)  # there is room for all of it
        one.screens.window.resize(1024, 640)
        await until(lambda: scroll.maximum() > 0)
        await one.press(Key.Key_PageDown)
        assert scroll.value() == scroll.maximum()


async def test_nothing_decided_is_nothing_to_run(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        sheet = await open_test(one)
        assert not one.part(Button, "run_button").isEnabled()
        assert "ingenting å teste på" in one.part(QLabel, "own_data_problem").text()
        await one.press(Key.Key_Return)
        assert sheet.result.report is None
        await one.press(Key.Key_Escape)
        await one.gone(OwnDataSheet)


@pytest.mark.parametrize("typed", ["0", "mange", "-3", ""])
async def test_only_a_number_is_taken(tmp_path: Path, qapp: QApplication, typed: str) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 2)
        sheet = await open_test(one)
        await one.press(Key.Key_A, CTRL)
        await one.press(Key.Key_Delete)
        await one.write(typed)
        await one.press(Key.Key_Return)
        assert one.part(QLabel, "own_data_problem").text() == "Skriv et helt tall fra 1 og opp."
        assert sheet.result.report is None
        await one.press(Key.Key_A, CTRL)
        await one.write("2")
        await one.press(Key.Key_Return)
        await reported(sheet)


class Waiting:
    """The real engine, once it is let."""

    def __init__(self) -> None:
        self.may_go, self.is_asked = threading.Event(), threading.Event()

    def __call__(self, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        self.is_asked.set()
        self.may_go.wait(20)
        return propose(request)


async def test_a_running_test_is_seen_and_stopped_by_escape(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 3)
        engine = Waiting()
        one.core.__dict__["own_data_test"] = OwnDataTest(one.core.storage, engine)
        sheet = await open_test(one)
        await one.press(Key.Key_Return)
        await until(engine.is_asked.is_set)
        await until(lambda: "Kobler 3 linjer" in sheet.progress.bar.accessibleDescription())
        assert not one.part(Button, "run_button").isEnabled()
        await one.press(Key.Key_Escape)
        await until(lambda: not sheet.progress.isVisible())
        assert sheet.isVisible()
        assert one.part(QLabel, "own_data_told").text() == "Stoppet"
        engine.may_go.set()
        await one.press(Key.Key_Return)
        await reported(sheet)
        engine.may_go.set()


async def test_the_table_is_saved_where_the_person_says(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 5)
        post_against_the_engine(one)
        one.hold(invoice("99002", 888_00, "=Farlig AS"))
        one.post(one.receive(888_00, "Faktura 99002", "=Farlig AS"), "3000", "3")
        sheet = await open_test(one)
        await one.press(Key.Key_Return)
        await reported(sheet)
        await one.tab_to("save_csv_button")
        await one.press(Key.Key_Return)
        await until(lambda: one.screens.window.findChild(QFileDialog, "own_data_dialog") is not None)
        dialog = one.screens.window.findChild(QFileDialog, "own_data_dialog")
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        assert name.text() == "Fjord-Elektro-AS-test-egne-data-2026-02-13.csv"
        path = tmp_path / name.text()
        name.setText(str(path))
        QTest.keyClick(name, Key.Key_Return)
        await until(path.exists)
        await until(lambda: one.part(QLabel, "own_data_told").text().startswith("Lagret i"))
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
        report = sheet.result.report
        assert report is not None
        first = next(row for row in rows if row and row[0] == "Første forslag riktig")
        assert first[1:3] == [str(report.first.right), str(report.first.n)]
        named = [row for row in rows if len(row) == 9 and "Farlig" in row[1]]
        assert [row[1] for row in named] == ["'=Farlig AS"]
        assert named[0][3] == "888,00"


async def test_the_curve_is_heard_as_well_as_seen(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 20)
        sheet = await open_test(one)
        await one.press(Key.Key_Return)
        await reported(sheet)
        chart = one.part(CalibrationChart, "calibration_chart")
        spoken = chart.accessibleDescription().splitlines()
        report = sheet.result.report
        assert report is not None
        assert len(spoken) == sum(b.share.n > 0 for b in report.bins)
        assert spoken[-1].startswith("Sikkerhet 90–100\u00a0%: 100,0\u00a0% riktig (")
        of, dot = chart.dots()[-1]
        assert chart.bin_at(dot) is of
        assert chart.bin_at(QPointF(0, 0)) is None
