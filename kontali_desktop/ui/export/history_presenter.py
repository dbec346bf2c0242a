"""The earlier exports, without widgets."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.sheets.history_presenter import PastPresenter


class ExportHistoryPresenter(PastPresenter[ExportRecord]):
    """Behind the command "Tidligere eksporter…"."""

    again_wanted = Signal(object)  # an ExportRecord
    WORK = ("load exports",)
