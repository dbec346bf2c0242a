"""The imports as a table, the newest first."""

from __future__ import annotations

from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.file_storage import ImportRecord
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.sheets.record_model import RecordModel

AT, CLIENT, FILES, ADDED, UPDATED, UNCHANGED, REFUSED, ACTOR, STATE = range(9)


class HistoryModel(RecordModel[Past[ImportRecord]]):
    """A row an import; the files take the room left over."""

    COLUMNS = (
        ("import.history.column.at", 154),
        ("import.history.column.client", 140),
        ("import.history.column.files", 200),
        ("import.column.added", 62),
        ("import.column.updated", 94),
        ("import.column.unchanged", 114),
        ("import.history.column.refused", 92),
        ("import.history.column.actor", 68),
        ("import.history.column.state", 82),
    )
    FIGURES = (ADDED, UPDATED, UNCHANGED, REFUSED)

    def cell(self, past: Past[ImportRecord], column: int) -> str | int:
        record = past.record
        cells: tuple[str | int, ...] = (
            self.wording.instant(record.at),
            past.client,
            self._files(record),
            sum(file.added for file in record.files),
            sum(file.updated for file in record.files),
            sum(file.unchanged for file in record.files),
            sum(len(file.refused) for file in record.files),
            self.wording.text("import.history.person" if record.actor == PERSON else "import.history.program"),
            self.wording.text("import.history.undone") if record.undone_at else "",
        )
        return cells[column]

    def ordered_by(self, past: Past[ImportRecord], column: int) -> str | int:
        return past.record.at.isoformat() if column == AT else self.cell(past, column)

    def tip(self, past: Past[ImportRecord], column: int) -> str | None:
        record = past.record
        if column == AT:
            return self.wording.exact(record.at)
        if column == CLIENT:
            return past.client
        if column == FILES:
            return "\n".join(file.name for file in record.files)
        if column == STATE and record.undone_at is not None:
            return self.wording.text("import.history.undone_at", at=self.wording.instant(record.undone_at))
        return None

    def _files(self, record: ImportRecord) -> str:
        if not record.files:
            return ""
        first, others = record.files[0].name, len(record.files) - 1
        return self.wording.plural("import.history.more", others, file=first) if others else first
