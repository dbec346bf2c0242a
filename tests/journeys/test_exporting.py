"""From an accepted match to a file and back again, in the real window, by keys alone."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt  # the platform is chosen before Qt loads
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from kontali_desktop.bootstrap.screens import Screens
from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.ui.export.export_sheet import ExportSheet
from kontali_desktop.ui.export.history_sheet import ExportHistorySheet
from kontali_desktop.ui.export.result_sheets import WrittenSheet
from kontali_desktop.ui.theme import Scheme, apply_theme
from kontali_desktop.ui.widgets.sheet import Sheet
from tests.support import SettableClock, account_number, invoice, orgnr, payment
from tests.ui.program import Program, running_program
from tests.ui.waiting import until

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KID = "1023456"


class Office:
    """The window with one client, one payment and the invoice it pays."""

    def __init__(self, program: Program, screens: Screens, client: Client, folder: Path) -> None:
        self.program, self.screens, self.client, self.folder = program, screens, client, folder

    async def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """To whatever has the keyboard; without a desktop nobody gives the window it back after a dialog."""
        window = self.screens.window
        window.activateWindow()
        await until(window.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)

    async def sheet(self, kind: type[Sheet]) -> Sheet:
        def found() -> list[Sheet]:
            return [s for s in self.screens.window.findChildren(kind) if s.isVisible()]

        await until(lambda: bool(found()), kind)
        return found()[-1]

    async def foreseen(self, text: str) -> None:
        """The export sheet, opened by its keys, says this."""
        await self.press(Qt.Key.Key_E, CTRL)
        sheet = await self.sheet(ExportSheet)
        assert isinstance(sheet, ExportSheet)
        await until(lambda: sheet.summary.text() == text, sheet.summary.text)

    async def save(self) -> Path:
        """Enter in the sheet, and Enter in the dialog, with the name it offers."""
        await self.press(Qt.Key.Key_Return)
        await until(lambda: self.screens.window.findChild(QFileDialog, "export_dialog") is not None)
        dialog = self.screens.window.findChild(QFileDialog, "export_dialog")
        assert isinstance(dialog, QFileDialog)
        await until(dialog.isVisible)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        path = self.folder / name.text()
        name.setText(str(path))
        QTest.keyClick(name, Qt.Key.Key_Return)
        await self.sheet(WrittenSheet)
        return path

    def waiting(self) -> int:
        return self.screens.review.waiting


@asynccontextmanager
async def opened(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Office]:
    """Opened and closed on one run of the loop: between two of them Qt would run what the window still does."""
    theme = apply_theme(qapp, Scheme.LIGHT)
    async with running_program(tmp_path / "data", clock=SettableClock()) as program:
        core = program.core
        client, _ = core.clients.add("Fjord Elektro AS", orgnr(1))
        with core.storage.writing() as work:
            account = work.accounts.add(BankAccount(AccountId(0), client.id, account_number(1), ledger_account="1920"))
            line = payment(1250_00, "Faktura 10234", "Bryggen Arkitekter AS", kid=KID)
            work.transactions.add_booked(account.id, [(line, 1)], "feed", core.clock.now())
            work.documents.add(client.id, [invoice("10234", 1250_00, kid=KID)], "ehf", core.clock.now())
            work.commit()
        settings = core.clients.load_settings(client.id)
        core.clients.save_settings(client.id, settings.switched(is_automatic=False))
        core.propose.run(client.id)
        screens = Screens(core, theme, program.bugs.append)
        screens.window.show()
        screens.window.activateWindow()
        await until(screens.window.isActiveWindow)
        screens.window.show_screen("review")
        screens.refresh()
        yield Office(program, screens, client, tmp_path)
        await screens.close()
        screens.window.allow_close()
        screens.window.close()
        screens.window.deleteLater()


async def test_accepted_exported_undone_taken_back_and_written_again(tmp_path: Path, qapp: QApplication) -> None:
    async with opened(tmp_path, qapp) as office:
        await until(lambda: office.waiting() == 1)
        await office.foreseen("Ingen nye bilag")
        await office.press(Qt.Key.Key_Escape)

        await office.press(Qt.Key.Key_Return)  # accepts, in the review
        await until(lambda: office.waiting() == 0)
        await until(lambda: bool(office.program.core.queue.load(None, None).items))
        await office.foreseen("1 nytt bilag")
        first = await office.save()
        rows = first.read_text("utf-8-sig").splitlines()
        assert [row.split(";")[4:6] for row in rows[1:]] == [["1920", "1250,00"], ["1500", "-1250,00"]]
        told = (await office.sheet(WrittenSheet)).findChild(QLabel, "export_told")
        assert isinstance(told, QLabel)
        assert told.text() == "1 bilag (nr. 1)"
        await office.press(Qt.Key.Key_Return)

        await office.press(Qt.Key.Key_Z, CTRL)  # undoes the match that was exported
        await until(lambda: office.waiting() == 1)
        await office.foreseen("1 tilbakeføring")
        second = await office.save()
        rows = second.read_text("utf-8-sig").splitlines()
        assert [row.split(";")[4:6] for row in rows[1:]] == [["1920", "-1250,00"], ["1500", "1250,00"]]
        assert {row.split(";")[-1] for row in rows[1:]} == {"1"}
        await office.press(Qt.Key.Key_Return)

        await office.press(Qt.Key.Key_E, CTRL | SHIFT)
        history = await office.sheet(ExportHistorySheet)
        assert isinstance(history, ExportHistorySheet)
        assert history.table.model().rowCount() == 2
        await office.press(Qt.Key.Key_Down)
        first_bytes = first.read_bytes()
        again = await office.save()
        assert again not in (first, second)
        assert again.read_bytes() == first_bytes


@pytest.mark.parametrize("keys", [Qt.KeyboardModifier(CTRL), CTRL | SHIFT], ids=["export", "history"])
async def test_escape_leaves_everything_as_it_was(
    tmp_path: Path, qapp: QApplication, keys: Qt.KeyboardModifier
) -> None:
    async with opened(tmp_path, qapp) as office:
        await until(lambda: office.waiting() == 1)
        await office.press(Qt.Key.Key_E, keys)
        sheet = await office.sheet(ExportSheet if keys == CTRL else ExportHistorySheet)
        await office.press(Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert office.program.core.export.history(office.client.id) == ()
        await until(lambda: office.waiting() == 1)
