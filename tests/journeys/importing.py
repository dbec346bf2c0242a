"""A program of its own: files go in through the real window, are taken back, and come from a folder by themselves.

Prints what the person saw and what the books had at each step.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableView, QWidget

from kontali_desktop.bootstrap import demo
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.journey.robot import Robot
from kontali_desktop.bootstrap.screen import take_virtual_screen
from kontali_desktop.bootstrap.window import Program
from kontali_desktop.domain.clients import Client
from tests.support import account_number, orgnr
from tests.ui.import_files.importing import HEADER

TABLE = """Når;Hva;Hvem;Kr
05.02.2026;Faktura 77;Bjørk Design AS;812,50
09.02.2026;Strøm;Lys AS;-300,00
12.02.2026;Gebyr;;x
"""
INVOICE = "customer;invoice;10234;Bryggen AS;;;;2026-01-29;2026-02-12;NOK;90.00;90.00"
MEANINGS = ("booking_date", "text", "counterparty", "amount")


class Journey:
    """The window with the person's hands; `told` is what they saw, in order."""

    def __init__(self, program: Program, robot: Robot, folder: Path) -> None:
        self.program, self.robot, self.folder = program, robot, folder
        self.told: dict[str, object] = {}

    async def go(self) -> None:
        client, _ = self.program.core.clients.add("Fjord Elektro AS", orgnr(1))
        self.program.screens.refresh()
        await self.import_a_table_nobody_knows(client)
        await self.take_it_back(client)
        await self.let_the_folder_be_watched(client)
        self.program.lifetime.quit()

    async def import_a_table_nobody_knows(self, client: Client) -> None:
        file = self.folder / "ukjent.csv"
        file.write_text(TABLE, "utf-8")
        self.drop(file)
        for column, meaning in enumerate(MEANINGS):
            await self.choose(f"meaning_{column}", meaning)
        await self.robot.press("go_on_button")
        field = await self.robot.until("account number", lambda: self.robot.find("account_number_ukjent.csv"))
        field.setFocus()
        for digit in account_number(5):
            await self.robot.key(digit)
        await self.robot.until("a preview that holds", lambda: self.text("preview_summary").startswith("2 nye"))
        self.told["preview"] = self.text("preview_summary")
        self.told["before"] = self.lines(client)
        await self.robot.press("import_button")
        await self.robot.until("the result", lambda: self.robot.find("review_button"))
        self.told["after"] = self.lines(client)

    async def take_it_back(self, client: Client) -> None:
        await self.robot.press("undo_import_button")
        await self.robot.until("the question", lambda: self.robot.find("agree_undo_button"))
        self.told["goes"] = self.text("undo_goes")
        await self.robot.key("Return")
        await self.robot.until("no lines", lambda: self.lines(client) == 0)
        self.told["undone"] = self.lines(client)

    async def let_the_folder_be_watched(self, client: Client) -> None:
        clients = self.program.core.clients
        watched = self.folder / "inn"
        watched.mkdir()
        clients.save_settings(client.id, replace(clients.load_settings(client.id), watched_folder=str(watched)))
        (watched / "liste.csv").write_text(f"{HEADER}\n{INVOICE}\n", "utf-8")
        notice = await self.robot.until("the notice", self.look)
        self.told["notice"] = notice.accessibleName()
        await self.robot.press("window_notice_button")
        await self.robot.until("the history", lambda: self.robot.find("import_history"))
        self.told["history"] = [row[2:] for row in self.rows("import_history")]
        await self.robot.press("close_button")
        action = next(a for a in self.program.window.findChildren(QAction) if a.shortcut().toString() == "Ctrl+Shift+O")
        action.trigger()
        await self.robot.until("the history again", lambda: self.robot.find("import_history"))

    def drop(self, file: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        drag = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        window = self.program.window
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 300), *drag))
        QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), *drag))

    async def choose(self, name: str, data: str) -> None:
        box = await self.robot.until(f"box {name}", lambda: self.robot.find(name))
        if isinstance(box, QComboBox):
            box.setCurrentIndex(box.findData(data))

    def look(self) -> QWidget | None:
        """As each minute does."""
        self.program.screens.folder_watch.look()
        notice = self.robot.find("window_notice")
        return notice if notice is not None and "mappen" in notice.accessibleName() else None

    def text(self, name: str) -> str:
        label = self.robot.find(name)
        return label.text() if isinstance(label, QLabel) else ""

    def rows(self, name: str) -> list[list[str]]:
        table = self.robot.find(name)
        model = table.model() if isinstance(table, QTableView) else None
        if model is None:
            return []
        columns = range(model.columnCount())
        return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]

    def lines(self, client: Client) -> int:
        with self.program.core.storage.reading() as work:
            return len(work.transactions.load_of_client(client.id))


def main(directory: Path) -> int:
    take_virtual_screen()
    core = Core(directory / "data", language="nb")
    program = Program(make_application(), core)
    journey = Journey(program, Robot(lambda: program.window, None), directory)
    program.run(demo.guarded(program, journey.go))
    print(json.dumps(journey.told))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
