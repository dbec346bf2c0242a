"""What came of an import, and the ways on from it: to the review, to the refused rows, back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.import_files.file_parts import doubts_of, file_table, reason_list, reasons_of
from kontali_desktop.ui.import_files.result_model import FileModel
from kontali_desktop.ui.import_files.save_buttons import SaveButtons
from kontali_desktop.ui.import_files.steps import Imported
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

WIDTH = 860


class ResultSheet(WordedSheet):
    """`review_wanted` when the person goes on to the review, `undo_wanted` to take it all back.

    `rows_wanted` carries the ImportedFile whose refused rows are to be saved.
    """

    review_wanted = Signal()
    undo_wanted = Signal()
    rows_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Imported) -> None:
        title = "import.done_partly" if step.report.is_partly_refused else "import.done"
        client = wording.text("import.for_client", client=step.client.name)
        super().__init__(theme, wording, window, wording.text(title), subtitle=client, width=WIDTH)
        told = wording.import_result(step.report)
        summary = Label(theme, told, size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        summary.setObjectName("import_summary")
        self.body.addWidget(summary)
        matched = _matched(step, wording)
        if matched:
            self.body.addWidget(Label(theme, matched, tone=Tone.QUIET, wrap=True))
        self.body.addWidget(file_table(theme, wording, FileModel(step.report.files, wording)))
        self._show_reasons("import.doubts", "import_doubts", doubts_of(step.report.files, wording), Tone.WARNING)
        self._show_reasons("import.not_taken", "import_reasons", reasons_of(step.report.files, wording))
        if step.savable:
            saving = SaveButtons(theme, wording, step.savable)
            saving.chosen.connect(self.rows_wanted)
            self.body.addWidget(saving)
        self._add_ways_on(step)

    def _show_reasons(self, key: str, name: str, reasons: Sequence[str], tone: Tone = Tone.TEXT) -> None:
        if reasons:
            title = self.wording.text(key)
            self.body.addWidget(heading(self.theme, title))
            self.body.addWidget(reason_list(self.theme, self.wording, reasons, name=name, title=title, tone=tone))

    def _add_ways_on(self, step: Imported) -> None:
        text = self.wording.text
        undo = self.make_button(text("import.undo.button"), "undo_import_button", self.undo_wanted)
        undo.setVisible(step.record is not None and not step.report.is_all_refused)
        close = self.make_button(text("common.close"), "close_button", self.dismiss)
        on = text("import.show_review")
        review = self.make_button(on, "review_button", self.review_wanted, kind=ButtonKind.PRIMARY)
        review.setVisible(not step.report.is_all_refused)
        self.add_buttons(close, review, left=undo)
        self.first = close if step.report.is_all_refused else review


def _matched(step: Imported, wording: Wording) -> str:
    """What the matching made of it; nothing is said where nothing was taken in."""
    if step.report.is_all_refused:
        return ""
    if step.match is None:
        return wording.text("import.nothing_changed")
    proposals = wording.plural("sync.proposals", step.match.proposed)
    parts = [wording.text("import.matched", proposals=proposals)]
    if step.match.auto_accepted:
        parts.append(wording.plural("sync.auto_accepted", step.match.auto_accepted))
    return " · ".join(parts)
