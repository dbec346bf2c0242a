"""The files of an import as a table: what each brought, and how it went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from kontali_desktop.services.import_models import EMPTY, IMPORTED, REFUSED, UNKNOWN_FORMAT, FileResult
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.wording.wording import Wording

FILE, FORMAT, ADDED, UPDATED, UNCHANGED, RESULT = range(6)
PERIOD = 3  # of a preview
NOTHING = "–"


def ordered(files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """What needs a look first: refused, partly refused, taken with a doubt, then the rest as they were given."""
    return tuple(sorted(files, key=lambda f: (f.status != REFUSED, not f.refused, not f.doubts)))


class FileModel(RecordModel[FileResult]):
    """A row a file: what came of it."""

    COLUMNS: ClassVar[Sequence[tuple[str, int]]] = (
        ("import.column.file", 160),
        ("import.column.format", 200),
        ("import.column.added", 66),
        ("import.column.updated", 80),
        ("import.column.unchanged", 94),
        ("import.column.result", 196),
    )
    FIGURES: ClassVar[Sequence[int]] = (ADDED, UPDATED, UNCHANGED)

    def __init__(self, files: Iterable[FileResult], wording: Wording) -> None:
        super().__init__(ordered(files), wording)

    def show_files(self, files: Iterable[FileResult]) -> None:
        self.show_records(ordered(files))

    def cell(self, file: FileResult, column: int) -> str | int:
        cells: tuple[str | int, ...] = (
            file.path.name,
            self._format(file),
            file.added,
            file.updated,
            file.unchanged,
            self.status(file),
        )
        return cells[column]

    def _format(self, file: FileResult) -> str:
        """What it is as far as that was seen; "unknown" is said only of what was whole and none of ours."""
        why = file.refused[0].why if file.refused else ""
        if file.format or why in ("", UNKNOWN_FORMAT):
            return self.wording.file_format(file.format)
        return self.wording.file_format(EMPTY) if why == EMPTY else NOTHING

    def tip(self, file: FileResult, column: int) -> str | None:
        return str(file.path) if column == FILE else self.wording.file_result(file)

    def status(self, file: FileResult) -> str:
        if file.status == IMPORTED and file.refused:
            return self.wording.plural("import.status.partly", len(file.refused))
        if file.status == IMPORTED and file.doubts:
            return self.wording.plural("import.status.doubted", len(file.doubts))
        return self.wording.text(f"import.status.{file.status}")


class PreviewModel(FileModel):
    """Before it is stored: whose account, which days and how many lines too."""

    COLUMNS = (
        ("import.column.file", 120),
        ("import.column.format", 184),
        ("import.column.account", 120),
        ("import.column.period", 156),
        ("import.column.lines", 60),
        ("import.column.added", 52),
        ("import.column.updated", 80),
        ("import.column.known", 66),
        ("import.column.result", 188),
    )
    FIGURES = (4, 5, 6, 7)
    SOMETIMES = (2, 6)  # shown where some file has anything there

    def cell(self, file: FileResult, column: int) -> str | int:
        name, format_, added, updated, unchanged, result = (super(PreviewModel, self).cell(file, n) for n in range(6))
        accounts = ", ".join(file.accounts)
        cells = (name, format_, accounts, self._days(file), file.lines, added, updated, unchanged, result)
        return cells[column]

    def ordered_by(self, file: FileResult, column: int) -> str | int:
        return str(file.days.since or "") if column == PERIOD else self.cell(file, column)

    def status(self, file: FileResult) -> str:
        if file.status == IMPORTED and file.refused:
            return self.wording.plural("import.preview.status.partly", len(file.refused))
        if file.status == IMPORTED and file.doubts:
            return self.wording.plural("import.preview.status.doubted", len(file.doubts))
        return self.wording.text(f"import.preview.status.{file.needs or file.status}")

    def has_any(self, column: int) -> bool:
        return any(self.cell(self.at(row), column) for row in range(self.rowCount()))

    def _days(self, file: FileResult) -> str:
        """01.02–28.02.2026, with both years where they differ."""
        since, until = file.days.since, file.days.until
        if since is None or until is None:
            return ""
        last = self.wording.day(until)
        if since == until:
            return last
        first = self.wording.short_day(since) if since.year == until.year else self.wording.day(since)
        return f"{first}–{last}"
