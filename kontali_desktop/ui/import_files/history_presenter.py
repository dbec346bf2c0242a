"""What was taken in before, without widgets: shown, taken back, and its refused rows saved."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import PeriodClosed
from kontali_desktop.domain.ids import ImportId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.file_storage import ImportedFile, ImportRecord
from kontali_desktop.services.import_history import ImportHistory, ImportUndo, refused_file
from kontali_desktop.services.save_file import save_whole
from kontali_desktop.ui.sheets.history_presenter import PastPresenter
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.errors import ErrorText
from kontali_desktop.wording.wording import Wording

LOADING, UNDO, SAVING = "load imports", "undo import", "save refused rows"
TABLE, XML = ".csv", ".xml"


@dataclass(frozen=True, slots=True)
class UndoQuestion:
    """What taking an import back would take away, or why it stands."""

    import_id: ImportId
    goes: ImportUndo | ErrorText


class HistoryPresenter(PastPresenter[ImportRecord]):
    """Behind the command "Tidligere importer…"; `undo_asked` carries an `UndoQuestion` or None.

    `rows_wanted` asks whoever has a window where an ImportedFile's refused rows are to go.
    """

    undo_asked = Signal(object)
    rows_wanted = Signal(object)
    undone = Signal(object)  # an ImportId
    data_changed = Signal()
    WORK = (LOADING, UNDO, SAVING)

    def __init__(
        self,
        history: ImportHistory,
        clients: Clients,
        tasks: TaskOwner,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(history.load, clients, tasks, wording, parent)
        self._history = history
        self.question: UndoQuestion | None = None

    def ask_undo(self, import_id: ImportId) -> None:
        """Say what would go, and ask."""
        self._tasks.start(UNDO, lambda: self._foresee(import_id))

    def undo(self) -> None:
        """The answer yes."""
        question = self.question
        if question is not None:
            self.keep()
            self._tasks.start(UNDO, lambda: self._undo(question.import_id))

    def keep(self) -> None:
        """The answer no."""
        self.question = None
        self.undo_asked.emit(None)

    def save_rows(self, file: ImportedFile, path: Path) -> None:
        """Write the refused rows to where the person wants them."""
        self._tasks.start(SAVING, lambda: self._save(file, path))

    def name_of(self, file: ImportedFile) -> str:
        """What the file of refused rows is called at first."""
        ending = XML if _is_xml(refused_file(file)) else TABLE
        return self._wording.text("import.refused_rows.name", file=Path(file.name).stem) + ending

    async def _foresee(self, import_id: ImportId) -> None:
        goes: ImportUndo | ErrorText
        try:
            goes = await asyncio.to_thread(self._history.foresee_undo, import_id)
        except PeriodClosed as error:
            goes = self._wording.error(error)
        self.question = UndoQuestion(import_id, goes)
        self.undo_asked.emit(self.question)

    async def _undo(self, import_id: ImportId) -> None:
        gone = await asyncio.to_thread(self._history.undo, import_id)
        text = self._wording.text
        told = self._wording.import_undone(gone)
        self.undone.emit(import_id)
        if self.past is not None:
            await self.load()
        self.notice.emit(NoticeData(Severity.POSITIVE, text("import.undo.done"), told))
        self.data_changed.emit()

    async def _save(self, file: ImportedFile, path: Path) -> None:
        content = refused_file(file)
        # Excel takes a table without this mark for another encoding, and spoils æ, ø and å.
        encoding = "utf-8" if _is_xml(content) else "utf-8-sig"
        await asyncio.to_thread(save_whole, path, content.encode(encoding))
        text = self._wording.text
        told = text("import.refused_rows.saved_text", file=path.name)
        self.notice.emit(NoticeData(Severity.POSITIVE, text("import.refused_rows.saved"), told))


def undo_told(wording: Wording, undo: ImportUndo) -> str:
    """What goes and what is set back."""
    what = undo_words(wording, undo)
    parts = [wording.text("import.undo.goes", what=what)] if what else []
    parts += [wording.plural("import.undo.restores", undo.restored)] if undo.restored else []
    return "\n".join(parts) or wording.text("import.undo.nothing")


def undo_words(wording: Wording, undo: ImportUndo) -> str:
    """14 banklinjer, 3 dokumenter, 2 koblinger; nothing where nothing goes."""
    counts = (
        ("lines", undo.lines),
        ("documents", undo.documents),
        ("batches", undo.batches),
        ("postings", undo.postings),
        ("matches", undo.matches),
    )
    return ", ".join(wording.plural(f"import.undo.{name}", count) for name, count in counts if count)


def _is_xml(content: str) -> bool:
    return content.startswith("<")
