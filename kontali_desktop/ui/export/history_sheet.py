"""The earlier exports; the chosen one's file can be written again."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.export.history_model import FORMAT, ExportModel
from kontali_desktop.ui.sheets.history_presenter import Past
from kontali_desktop.ui.sheets.history_sheet import PastSheet
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.wording.wording import Wording

WIDTH = 960


class ExportHistorySheet(PastSheet[ExportRecord]):
    """`again_wanted` carries the chosen ExportRecord."""

    again_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, past: Iterable[Past[ExportRecord]]) -> None:
        model = ExportModel(past, wording)
        super().__init__(theme, window, model, "export.history", IconName.UPLOAD, stretch=FORMAT, width=WIDTH)
        close = self.make_button(wording.text("common.close"), "close_button", self.dismiss)
        again = wording.text("export.again")
        self.primary = self.make_button(again, "again_button", self._on_again, kind=ButtonKind.PRIMARY)
        self.primary.setVisible(self.has_records)
        self.add_buttons(close, self.primary)

    def _on_again(self) -> None:
        if self.chosen is not None:
            self.again_wanted.emit(self.chosen)
