"""The sheets of an import: whose files they are, how far it is, what came of it, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.ui.import_files.result_model import COLUMNS, FileModel, ordered
from kontali_desktop.ui.import_files.steps import (
    ChooseClient,
    Imported,
    ImportProblem,
    Matching,
    NoClient,
    Reading,
    Storing,
)
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

WIDTH, RESULT_WIDTH = 560, 780
MOST_ROWS, MOST_REASONS = 7, 200
CLIENTS_HEIGHT, REASONS_HEIGHT, PROBLEM_HEIGHT = 320, 150, 260


class ImportSheet(Sheet):
    """What the sheets share."""

    def __init__(
        self, theme: Theme, wording: Wording, window: QWidget, title: str, *, subtitle: str = "", width: int = WIDTH
    ) -> None:
        super().__init__(theme, window, title, subtitle=subtitle, close_name=wording.text("common.close"), width=width)
        self.theme, self.wording = theme, wording

    def add_buttons(self, *buttons: Button) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addLayout(row)

    def make_button(self, text: str, name: str, *, kind: ButtonKind = ButtonKind.QUIET) -> Button:
        button = Button(self.theme, text, kind=kind)
        button.setObjectName(name)
        return button


class ClientSheet(ImportSheet):
    """`chosen` carries the client's id."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ChooseClient) -> None:
        super().__init__(theme, wording, window, wording.text("import.client.title"))
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
        self.body.addWidget(_scrolled(rows, min(CLIENTS_HEIGHT, 40 * len(step.clients) + 6)))
        cancel = self.make_button(wording.text("common.cancel"), "cancel_button")
        cancel.clicked.connect(self.dismiss)
        self.add_buttons(cancel)


class BusySheet(ImportSheet):
    """Follows the steps of the work; the reading can be stopped, the storing no more."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Reading) -> None:
        super().__init__(theme, wording, window, wording.text("import.for", client=step.client.name))
        self._progress = ProgressRow(theme, name=wording.text("import.running"))
        self._progress.bar.setObjectName("import_progress")
        self._note = Label(theme, wording.text("import.stop_note"), size=Size.SMALL, tone=Tone.QUIET)
        self.stop = self.make_button(wording.text("import.stop"), "stop_button")
        self.stop.clicked.connect(self.dismiss)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._note)
        self.add_buttons(self.stop)
        self.show_step(step)

    def dismiss(self) -> None:
        """The work is asked to stop; the sheet goes when it has."""
        if self.stop.isEnabled():
            self.closed.emit("")

    def show_step(self, step: Reading | Storing | Matching) -> None:
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
        told = text("import.storing") if isinstance(step, Storing) else text("sync.matching")
        self._progress.show_progress(told)
        self._note.setText("")
        self.stop.setEnabled(False)


class ResultSheet(ImportSheet):
    """`review_wanted` when the person goes on to the review."""

    review_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Imported) -> None:
        title = "import.done_partly" if step.report.is_partly_refused else "import.done"
        client = wording.text("import.for_client", client=step.client.name)
        super().__init__(theme, wording, window, wording.text(title), subtitle=client, width=RESULT_WIDTH)
        summary = Label(theme, _summary(step, wording), size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        summary.setObjectName("import_summary")
        self.body.addWidget(summary)
        matched = _matched(step, wording)
        if matched:
            self.body.addWidget(Label(theme, matched, tone=Tone.QUIET, wrap=True))
        self.body.addWidget(self._make_table(step))
        reasons = _reasons(step, wording)
        if reasons:
            self.body.addWidget(heading(theme, wording.text("import.not_taken")))
            self.body.addWidget(self._make_reasons(reasons))
        close = self.make_button(wording.text("common.close"), "close_button")
        close.clicked.connect(self.dismiss)
        review = self.make_button(wording.text("import.show_review"), "review_button", kind=ButtonKind.PRIMARY)
        review.clicked.connect(self.review_wanted)
        review.setVisible(not step.report.is_all_refused)
        self.add_buttons(close, review)
        self._first = close if step.report.is_all_refused else review

    def open_sheet(self) -> None:
        """Enter goes on."""
        super().open_sheet()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self, step: Imported) -> TableView:
        table = TableView(self.theme, name=self.wording.text("import.results"))
        table.setObjectName("import_files")
        model = FileModel(step.report.files, self.wording, table)
        table.set_model(model, widths=[width for _, width in COLUMNS], stretch=0)
        table.horizontalHeader().setSortIndicatorClearable(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.proxy.sort(-1)  # as the model has them, until a heading is pressed
        rows = min(len(step.report.files), MOST_ROWS)
        table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * max(1, rows) + 2)
        return table

    def _make_reasons(self, reasons: Sequence[str]) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("surface", "page")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for reason in reasons[:MOST_REASONS]:
            layout.addWidget(Label(self.theme, reason, wrap=True))
        if len(reasons) > MOST_REASONS:
            more = self.wording.plural("import.not_taken_more", len(reasons) - MOST_REASONS)
            layout.addWidget(Label(self.theme, more, tone=Tone.QUIET))
        layout.addStretch(1)
        area = _scrolled(inner, min(REASONS_HEIGHT, 26 * len(reasons) + 8))
        area.setObjectName("import_reasons")
        area.setAccessibleName(self.wording.text("import.not_taken"))
        return area


class ProblemSheet(ImportSheet):
    """`acted` when its one button is pressed."""

    acted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ImportProblem | NoClient) -> None:
        if isinstance(step, NoClient):
            super().__init__(theme, wording, window, wording.text("import.title"))
            title, text = wording.text("import.no_client.title"), wording.text("import.no_client.text")
            button, icon, tone = wording.text("import.no_client.button"), IconName.BUILDINGS, Tone.QUIET
        else:
            super().__init__(theme, wording, window, wording.text("import.failed"))
            words = wording.error(step.error)
            title, text, button = words.message, words.text, wording.text("common.retry")
            icon, tone = IconName.ERROR, Tone.NEGATIVE
        state = EmptyState(theme, icon, "")
        state.show_state(icon, title, text, button, tone=tone)
        state.button.setObjectName("way_out_button")
        state.acted.connect(self.acted)
        state.setMinimumHeight(PROBLEM_HEIGHT)
        self.body.addWidget(state)


def _summary(step: Imported, wording: Wording) -> str:
    return wording.import_result(step.report)


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


def _reasons(step: Imported, wording: Wording) -> list[str]:
    """Each part that was not taken, with its file."""
    return [
        f"{file.path.name}: {wording.refusal(row.where, row.why, row.facts)}"
        for file in ordered(step.report.files)
        for row in file.refused
    ]


def _scrolled(inner: QWidget, height: int) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    area.setFixedHeight(height)
    return area
