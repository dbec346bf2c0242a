"""What the sheets of an import share: the table of the files, and lists of reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.services.import_models import ACCOUNT_NEEDED, MAPPING_NEEDED, FileResult
from kontali_desktop.ui.import_files.result_model import FileModel, ordered
from kontali_desktop.ui.import_files.sheets import scrolled
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

MOST_ROWS, MOST_REASONS = 7, 200
REASON_HEIGHT, REASONS_HEIGHT = 26, 150


def file_table(theme: Theme, wording: Wording, model: FileModel) -> TableView:
    """As the model has them, until a heading is pressed."""
    table = TableView(theme, name=wording.text("import.results"))
    table.setObjectName("import_files")
    model.setParent(table)
    table.set_model(model, widths=[width for _, width in model.COLUMNS], stretch=0)
    table.horizontalHeader().setSortIndicatorClearable(True)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.proxy.sort(-1)
    rows = min(model.rowCount(), MOST_ROWS)
    table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * max(1, rows) + 2)
    return table


def reasons_of(files: Iterable[FileResult], wording: Wording, *, is_preview: bool = False) -> list[str]:
    """Each part that is not taken, with its file; in a preview what waits for an answer is asked, not told."""
    return [
        f"{file.path.name}: {wording.refusal(row.where, row.why, row.facts)}"
        for file in ordered(files)
        for row in file.refused
        if not (is_preview and row.why in (ACCOUNT_NEEDED, MAPPING_NEEDED))
    ]


def doubts_of(files: Iterable[FileResult], wording: Wording) -> list[str]:
    """What a person should see before it is taken in, with its file."""
    return [
        f"{file.path.name}: {wording.refusal(row.where, row.why, row.facts)}" for file in files for row in file.doubts
    ]


def reason_list(
    theme: Theme, wording: Wording, reasons: Sequence[str], *, name: str, title: str, tone: Tone = Tone.TEXT
) -> QScrollArea:
    inner = QWidget()
    inner.setProperty("surface", "page")
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for reason in reasons[:MOST_REASONS]:
        layout.addWidget(Label(theme, reason, tone=tone, wrap=True))
    if len(reasons) > MOST_REASONS:
        more = wording.plural("import.not_taken_more", len(reasons) - MOST_REASONS)
        layout.addWidget(Label(theme, more, tone=Tone.QUIET))
    layout.addStretch(1)
    area = scrolled(inner, min(REASONS_HEIGHT, REASON_HEIGHT * len(reasons) + 8))
    area.setObjectName(name)
    area.setAccessibleName(title)
    return area
