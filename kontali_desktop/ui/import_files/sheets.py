"""The sheets of an import: whose files they are, how far it is, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.ui.import_files.steps import (
    Busy,
    ChooseClient,
    Comparing,
    ImportProblem,
    NoClient,
    Reading,
    Storing,
)
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH = 560
CLIENTS_HEIGHT, PROBLEM_HEIGHT = 320, 260


class ClientSheet(WordedSheet):
    """`chosen` carries the client's id."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ChooseClient) -> None:
        super().__init__(theme, wording, window, wording.text("import.client.title"), width=WIDTH)
        self.body.addWidget(Label(theme, wording.text("import.client.text"), tone=Tone.QUIET, wrap=True))
        rows = QWidget()
        rows.setProperty("surface", "page")
        layout = QVBoxLayout(rows)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for client in step.clients:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Label(theme, client.name, weight=Weight.STRONG))
            line.addWidget(Label(theme, client.orgnr, tone=Tone.QUIET, figures=True), 1)
            button = self.make_button(wording.text("common.choose"), f"client_{client.id}")
            button.setAccessibleName(wording.text("import.for", client=client.name))
            button.clicked.connect(lambda _checked=False, chosen=client.id: self.chosen.emit(chosen))
            line.addWidget(button)
            layout.addLayout(line)
        layout.addStretch(1)
        self.body.addWidget(scrolled(rows, min(CLIENTS_HEIGHT, 40 * len(step.clients) + 6)))
        self.add_buttons(self.make_button(wording.text("common.cancel"), "cancel_button", self.dismiss))


class BusySheet(WordedSheet):
    """Follows the steps of the work; the reading can be stopped, the storing no more."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Busy) -> None:
        super().__init__(theme, wording, window, wording.text("import.for", client=step.client.name), width=WIDTH)
        self._progress = ProgressRow(theme, name=wording.text("import.running"))
        self._progress.bar.setObjectName("import_progress")
        self._note = Label(theme, wording.text("import.stop_note"), size=Size.SMALL, tone=Tone.QUIET)
        self.stop = self.make_button(wording.text("import.stop"), "stop_button", self.dismiss)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._note)
        self.add_buttons(self.stop)
        self.show_step(step)

    def dismiss(self) -> None:
        """The work is asked to stop; the sheet goes when it has."""
        if self.stop.isEnabled():
            self.closed.emit("")

    def show_step(self, step: Busy) -> None:
        text = self.wording.text
        if isinstance(step, Reading):
            told = text("import.reading_file", file=step.file) if step.file else text("import.counting")
            figure = (
                text("common.place", place=self.wording.integer(step.done + 1), total=self.wording.integer(step.total))
                if step.total
                else ""
            )
            self._progress.show_progress(told, figure, step.done, step.total)
            return
        if isinstance(step, Comparing):
            self._progress.show_progress(text("import.preview.comparing"))
            return
        told = text("import.storing") if isinstance(step, Storing) else text("sync.matching")
        self._progress.show_progress(told)
        self._note.setText("")
        self.stop.setEnabled(False)


class ProblemSheet(WordedSheet):
    """`acted` when its one button is pressed."""

    acted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ImportProblem | NoClient) -> None:
        if isinstance(step, NoClient):
            super().__init__(theme, wording, window, wording.text("import.title"), width=WIDTH)
            title, text = wording.text("import.no_client.title"), wording.text("import.no_client.text")
            button, icon, tone = wording.text("import.no_client.button"), IconName.BUILDINGS, Tone.QUIET
        else:
            super().__init__(theme, wording, window, wording.text("import.failed"), width=WIDTH)
            words = wording.error(step.error)
            title, text, button = words.message, words.text, wording.text("common.retry")
            icon, tone = IconName.ERROR, Tone.NEGATIVE
        state = EmptyState(theme, icon, "")
        state.show_state(icon, title, text, button, tone=tone)
        state.button.setObjectName("way_out_button")
        state.acted.connect(self.acted)
        state.setMinimumHeight(PROBLEM_HEIGHT)
        self.body.addWidget(state)


def scrolled(inner: QWidget, height: int) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    area.setFixedHeight(height)
    return area
