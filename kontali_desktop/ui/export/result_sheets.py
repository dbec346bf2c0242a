"""After an export: the file is there, or it could not be saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kontali_desktop.ui.export.steps import NotWritten, Written
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.text import ElidedLabel, Label
from kontali_desktop.wording.wording import Wording

PROBLEM_HEIGHT = 260


class WrittenSheet(WordedSheet):
    """How many, which numbers, and where they are."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Written) -> None:
        text = wording.text
        title = text("export.done.again" if step.file.is_repeated else "export.done")
        super().__init__(theme, wording, window, title, subtitle=step.client.name)
        self.setObjectName("export_done")
        self._folder = step.path.parent
        told = Label(theme, wording.export_result(step.file), size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        told.setObjectName("export_told")
        self.body.addWidget(told)
        where = QVBoxLayout()
        where.setSpacing(2)
        where.addWidget(ElidedLabel(theme, step.path.name))
        where.addWidget(ElidedLabel(theme, str(step.path.parent), tone=Tone.QUIET))
        self.body.addLayout(where)
        next_ = Label(theme, text(f"export.next.{step.file.format}"), tone=Tone.QUIET, wrap=True)
        next_.setObjectName("export_next")
        self.body.addWidget(next_)
        self._problem = Label(theme, tone=Tone.NEGATIVE, wrap=True)
        self._problem.setObjectName("folder_problem")
        self._problem.hide()
        self.body.addWidget(self._problem)
        folder = self.make_button(text("export.show_folder"), "show_folder_button", self._show_folder)
        close = self.make_button(text("common.close"), "close_button", self.dismiss, kind=ButtonKind.PRIMARY)
        self.primary = self.first = close
        self.add_buttons(folder, close)

    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self._say_unopened(self._folder)

    def _say_unopened(self, folder: Path) -> None:
        self._problem.setText(self.wording.text("export.folder_not_opened", folder=folder))
        self._problem.show()
        self.refit()


class NotWrittenSheet(WordedSheet):
    """`acted` when the person wants another place."""

    acted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: NotWritten) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("export.failed"))
        self.setObjectName("export_failed")
        words = wording.error(step.error)
        state = EmptyState(theme, IconName.ERROR, "")
        state.show_state(
            IconName.ERROR, text("export.failed"), f"{words.message} {words.meaning}", text("export.elsewhere"),
            tone=Tone.NEGATIVE,
        )  # fmt: skip
        state.button.setObjectName("elsewhere_button")
        state.acted.connect(self.acted)
        state.setMinimumHeight(PROBLEM_HEIGHT)
        self.primary = state.button
        self.body.addWidget(state)
