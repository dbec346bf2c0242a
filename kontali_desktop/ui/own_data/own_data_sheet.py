"""How many decisions to hide, how far the test is, and what came of it, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLineEdit, QWidget

from kontali_desktop.ui.own_data.result_panel import ResultPanel
from kontali_desktop.ui.own_data.state import Phase, State
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ENTER, ButtonKind
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.fitting_area import FittingArea
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

WIDTH, NUMBER_WIDTH, CLIENT_WIDTH = 900, 90, 260
PHASES = len(Phase)
PAGES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class OwnDataSheet(WordedSheet):
    """`run_wanted` carries what was typed, `client_chosen` a ClientId."""

    run_wanted = Signal(str)
    stop_wanted = Signal()
    wrong_wanted = Signal()
    save_wanted = Signal()
    client_chosen = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, state: State) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("own_data.title"), width=WIDTH)
        self.setObjectName("own_data_sheet")
        self._fit_again = QTimer(self)
        self._fit_again.setSingleShot(True)
        self._fit_again.timeout.connect(self._refit)
        self.body.addWidget(Label(theme, text("own_data.about"), tone=Tone.QUIET, wrap=True))
        self.body.addLayout(self._make_question(state))
        self.problem = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self.problem.setObjectName("own_data_problem")
        self.body.addWidget(self.problem)
        self.progress = ProgressRow(theme, name=text("own_data.running"), cancel=text("own_data.stop"))
        self.progress.setObjectName("own_data_progress")
        self.progress.cancelled.connect(self.stop_wanted)
        self.body.addWidget(self.progress)
        self.result = ResultPanel(theme, wording)
        self.result.wrong_wanted.connect(self.wrong_wanted)
        self.area = FittingArea()
        self.area.body.addWidget(self.result)
        self.body.addWidget(self.area, 1)
        self.told = Label(theme, tone=Tone.QUIET)
        self.told.setObjectName("own_data_told")
        self._save = self.make_button(text("own_data.save"), "save_csv_button", self.save_wanted)
        close = self.make_button(text("common.close"), "close_button", self.dismiss)
        self.primary = self.make_button(text("own_data.run"), "run_button", self._on_run, kind=ButtonKind.PRIMARY)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._save)
        row.addWidget(self.told)
        self.add_buttons(close, self.primary, left=left)
        self.first = self.most if state.available else close
        self.show_state(state)

    def show_state(self, state: State) -> None:
        """The keyboard goes where there is something to do next."""
        text = self.wording.text
        self.client.setCurrentIndex(self.client.findData(state.client.id))
        if self.most.text() != state.most:
            self.most.setText(state.most)
        self._of.setText(self.wording.plural("own_data.available", state.available))
        self._show_problem(state)
        for widget in (self.most, self.client):
            widget.setEnabled(not state.is_running)
        if not state.available:
            self.most.setEnabled(False)
        self.progress.setVisible(state.is_running)
        if state.phase is not None:
            figure = text("own_data.phase", n=state.phase.value, total=PHASES)
            told = self.wording.plural("own_data.matching", state.lines) if state.lines else text("own_data.reading")
            self.progress.show_progress(told, figure)
        if state.report is not None and state.report is not self.result.report:
            self.result.show_report(state.report)
        self.area.setVisible(state.report is not None)
        self._save.setVisible(state.report is not None and state.report.decisions > 0)
        self.told.setText(state.told)
        self.told.setAccessibleName(state.told)
        if self.primary is not None:
            self.primary.setEnabled(not state.is_running and state.available > 0)
            self.primary.set_text(text("own_data.run_again" if state.report is not None else "own_data.run"))
        if state.problem:
            self.most.setFocus(Qt.FocusReason.OtherFocusReason)
            self.most.selectAll()
        elif state.is_running:
            self.progress.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While it runs, Escape stops it and the sheet stays; what has no room is paged through."""
        if event.key() == Qt.Key.Key_Escape and self.progress.isVisible():
            self.stop_wanted.emit()
        elif event.key() in PAGES:
            self.area.verticalScrollBar().triggerAction(PAGES[Qt.Key(event.key())])
        elif event.key() in ENTER and self.primary is not None and not self.primary.isEnabled():
            event.accept()
        else:
            super().keyPressEvent(event)

    def refit(self) -> None:
        """Once more when the texts know their width, which decides how many lines they take."""
        self._fit_again.start()
        self._refit()

    def _refit(self) -> None:
        for layout in (self.area.body, self.body, self.card.layout()):
            if layout is not None:
                layout.invalidate()
        self.area.updateGeometry()
        super().refit()

    def _make_question(self, state: State) -> QHBoxLayout:
        text = self.wording.text
        self.most = QLineEdit()
        self.most.setObjectName("own_data_most")
        self.most.setAccessibleName(text("own_data.most"))
        self.most.setFont(self.theme.font(figures=True))
        self.most.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.most.setMaxLength(7)
        self.most.setFixedWidth(NUMBER_WIDTH)
        before = Label(self.theme, text("own_data.most"), weight=Weight.MEDIUM)
        before.setBuddy(self.most)
        self._of = Label(self.theme, tone=Tone.QUIET)
        self.client = ComboBox(self.theme, name=text("rules.client"))
        self.client.setObjectName("own_data_client")
        self.client.setFixedWidth(CLIENT_WIDTH)
        for client in state.clients:
            self.client.addItem(client.name, client.id)
        self.client.setVisible(len(state.clients) > 1)
        self.client.activated.connect(lambda place: self.client_chosen.emit(self.client.itemData(place)))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(before)
        row.addWidget(self.most)
        row.addWidget(self._of)
        row.addStretch(1)
        row.addWidget(self.client)
        if len(state.clients) == 1:
            row.addWidget(Label(self.theme, state.client.name))
        return row

    def _show_problem(self, state: State) -> None:
        said = state.problem or ("" if state.available else self.wording.text("own_data.nothing_yet"))
        self.problem.setText(said)
        self.problem.set_tone(Tone.NEGATIVE if state.problem else Tone.QUIET)
        self.problem.setVisible(bool(said))
        mark_wrong(self.most, state.problem)
        self.most.setAccessibleDescription(said)

    def _on_run(self) -> None:
        self.run_wanted.emit(self.most.text())
