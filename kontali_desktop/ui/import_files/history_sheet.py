"""The earlier imports with what can be done to the chosen one, and the question before it is taken back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kontali_desktop.services.file_storage import ImportRecord
from kontali_desktop.ui.import_files.history_model import FILES, HistoryModel
from kontali_desktop.ui.import_files.history_presenter import UndoQuestion, undo_told
from kontali_desktop.ui.import_files.save_buttons import SaveButtons
from kontali_desktop.ui.import_files.sheets import WIDTH as NARROW
from kontali_desktop.ui.import_files.steps import savable_of
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.sheets.history_sheet import PastSheet
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.errors import ErrorText
from kontali_desktop.wording.wording import Wording

WIDTH = 1000


class HistorySheet(PastSheet[ImportRecord]):
    """`undo_wanted` carries the chosen ImportId, `rows_wanted` an ImportedFile."""

    undo_wanted = Signal(object)
    rows_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, past: Iterable[Past[ImportRecord]]) -> None:
        text = wording.text
        model = HistoryModel(past, wording)
        super().__init__(theme, window, model, "import.history", IconName.CLOCK_HISTORY, stretch=FILES, width=WIDTH)
        self._saving: SaveButtons | None = None
        self._place_of_saving = self.body.count()
        self._undo = self.make_button(text("import.undo.button"), "undo_import_button", self._on_undo)
        self._undo.setVisible(self.has_records)
        self._undo.setEnabled(False)
        self.primary = self.make_button(text("common.close"), "close_button", self.dismiss, kind=ButtonKind.PRIMARY)
        self.add_buttons(self.primary, left=self._undo)

    def show_chosen(self) -> None:
        chosen = self.chosen
        self._undo.setEnabled(chosen is not None and chosen.undone_at is None)
        if self._saving is not None:
            self._saving.hide()
            self._saving.deleteLater()
            self._saving = None
        files = savable_of(chosen) if chosen is not None else ()
        if files:
            self._saving = SaveButtons(self.theme, self.wording, files)
            self._saving.chosen.connect(self.rows_wanted)
            self.body.insertWidget(self._place_of_saving, self._saving)
        self.refit()

    def _on_undo(self) -> None:
        if self.chosen is not None:
            self.undo_wanted.emit(self.chosen.id)


class UndoSheet(WordedSheet):
    """`agreed` when the person says yes; where the import stands, why, and nothing to say yes to."""

    agreed = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, question: UndoQuestion) -> None:
        text = wording.text
        title = text("import.undo.refused" if isinstance(question.goes, ErrorText) else "import.undo.title")
        super().__init__(theme, wording, window, title, width=NARROW)
        if isinstance(question.goes, ErrorText):
            self._say(question.goes.message, question.goes.text)
            self.primary = self.make_button(
                text("common.close"), "keep_import_button", self.dismiss, kind=ButtonKind.PRIMARY
            )
            self.first = self.primary
            self.add_buttons(self.primary)
            return
        self._say(undo_told(wording, question.goes), text("import.undo.text"))
        keep = self.make_button(text("common.cancel"), "keep_import_button", self.dismiss)
        agree = self.make_button(text("import.undo.button"), "agree_undo_button", self.agreed, kind=ButtonKind.PRIMARY)
        self.primary = self.first = agree
        self.add_buttons(keep, agree)

    def _say(self, told: str, more: str) -> None:
        goes = Label(self.theme, told, weight=Weight.STRONG, wrap=True)
        goes.setObjectName("undo_goes")
        explained = Label(self.theme, more, tone=Tone.QUIET, wrap=True)
        explained.setObjectName("undo_explained")
        self.body.addWidget(goes)
        self.body.addWidget(explained)
