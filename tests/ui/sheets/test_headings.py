"""The headings over a sheet's table are whole, in capitals and in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.export.history_model import ExportModel
from kontali_desktop.ui.import_files.history_model import HistoryModel
from kontali_desktop.ui.import_files.result_model import FileModel, PreviewModel
from kontali_desktop.ui.learnt.rows import LearntModel, SourceModel
from kontali_desktop.ui.own_data.wrong_sheet import WrongModel
from kontali_desktop.ui.review.why_not_sheet import DocumentModel
from kontali_desktop.ui.rules.rows import LineModel
from kontali_desktop.ui.shadow.rows import ShadowModel
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.wording.texts import LANGUAGES, Language
from tests.ui.program import wording

AROUND = 26  # pixels: the blank that the style sheet puts on both sides
MODELS: list[type[RecordModel[Any]]] = [
    DocumentModel,
    ExportModel,
    FileModel,
    HistoryModel,
    LearntModel,
    LineModel,
    PreviewModel,
    ShadowModel,
    SourceModel,
    WrongModel,
]


class Headed(RecordModel[object]):
    """The headings of another model, without its records."""

    def cell(self, record: object, column: int) -> str | int:
        return f"{record} {column}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_heading_is_whole(model: type[RecordModel[Any]], language: Language, theme: Theme, qtbot: QtBot) -> None:
    class Same(Headed):
        COLUMNS = model.COLUMNS

    words = wording(language)
    table = TableView(theme, name="")
    qtbot.addWidget(table)
    table.set_model(Same((), words, table), widths=[width for _, width in model.COLUMNS])
    letters = table.horizontalHeader().fontMetrics()
    said = [words.text(key).upper() for key, _ in model.COLUMNS]
    needed = [letters.horizontalAdvance(text) + AROUND for text in said]
    clipped = [text for n, text in enumerate(said) if needed[n] > table.columnWidth(n)]
    assert clipped == []
