"""The exports as a table, the newest first."""

from __future__ import annotations

from kontali_desktop.domain.periods import Period
from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.export.periods import period_words
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.sheets.record_model import RecordModel

AT, CLIENT, FORMAT, PERIOD, NUMBERS, COUNT = range(6)


class ExportModel(RecordModel[Past[ExportRecord]]):
    """A row an export; the layout takes the room left over."""

    COLUMNS = (
        ("export.column.at", 160),
        ("export.column.client", 142),
        ("export.column.format", 190),
        ("export.column.period", 182),
        ("export.column.numbers", 118),
        ("export.column.count", 100),
    )
    FIGURES = (COUNT,)

    def cell(self, past: Past[ExportRecord], column: int) -> str | int:
        record = past.record
        cells: tuple[str | int, ...] = (
            self.wording.instant(record.at),
            past.client,
            self.wording.export_format(record.format),
            period_words(self.wording, _period(record)),
            _numbers(record),
            record.count,
        )
        return cells[column]

    def ordered_by(self, past: Past[ExportRecord], column: int) -> str | int:
        record = past.record
        if column == AT:
            return record.at.isoformat()
        if column == NUMBERS:
            return record.first_number or 0
        period = _period(record)
        return f"{period.since or ''} {period.until or ''}" if column == PERIOD else self.cell(past, column)

    def tip(self, past: Past[ExportRecord], column: int) -> str | None:
        if column == AT:
            return self.wording.exact(past.record.at)
        return str(self.cell(past, column)) if column in (CLIENT, FORMAT) else None


def _period(record: ExportRecord) -> Period:
    """What was asked for; where an end was left open, the first or the last voucher's day."""
    return Period(record.since or record.days.since, record.until or record.days.until)


def _numbers(record: ExportRecord) -> str:
    """1–12, or 7 where it is the only one."""
    numbers = (record.first_number, record.last_number)
    return "–".join(str(number) for number in dict.fromkeys(numbers) if number is not None)
