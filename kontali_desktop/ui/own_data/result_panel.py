"""What came of the test: the figures, how far they can be trusted, the curve in words too, and the misses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.own_data_test import OwnDataReport
from kontali_desktop.ui.own_data.calibration_chart import CalibrationChart
from kontali_desktop.ui.own_data.words import bin_words, bounds, figures
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import FigureCard
from kontali_desktop.ui.widgets.notice import Notice, Severity
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

FIGURES = 5


class ResultPanel(QWidget):
    """Empty until a report is shown."""

    wrong_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme, self._wording = theme, wording
        self.report: OwnDataReport | None = None
        self.setProperty("surface", "page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        self.notice = Notice(theme)
        self.notice.setObjectName("own_data_notice")
        whole.addWidget(self.notice)
        self._cards = [FigureCard(theme, wording.text(f"own_data.figure.{name}")) for name in _NAMES]
        row = QHBoxLayout()
        row.setSpacing(10)
        for card in self._cards:
            row.addWidget(card, 1)
        whole.addLayout(row)
        self._meaning = Label(theme, wording.text("own_data.meaning"), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        whole.addWidget(self._meaning)
        whole.addLayout(self._make_wrong())
        whole.addLayout(self._make_curve())

    def show_report(self, report: OwnDataReport) -> None:
        self.report = report
        wording = self._wording
        for card, figure in zip(self._cards, figures(report, wording), strict=True):
            card.set_figure(figure.figure, figure.remark)
        self._warn(report)
        self.chart.show_report(report)
        self._show_bins(report)
        wrong = len(report.wrong)
        said = wording.plural("own_data.wrong", wrong, n=wording.integer(report.transactions))
        self._wrong.setText(said if wrong else wording.text("own_data.none_wrong"))
        self._open.setVisible(bool(wrong))

    def _warn(self, report: OwnDataReport) -> None:
        if report.is_telling:
            self.notice.hide()
            return
        wording = self._wording
        low, high = bounds(report.first, wording)
        title = wording.plural("own_data.few", report.decisions)
        told = wording.text("own_data.few_text", low=low, high=high, least=wording.integer(report.fewest))
        self.notice.show_notice(Severity.WARNING, title, told)

    def _make_wrong(self) -> QHBoxLayout:
        self._wrong = Label(self._theme, weight=Weight.MEDIUM)
        self._wrong.setObjectName("own_data_wrong")
        self._open = Button(self._theme, self._wording.text("own_data.show_wrong"), small=True)
        self._open.setObjectName("show_wrong_button")
        self._open.clicked.connect(self.wrong_wanted)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._wrong)
        row.addWidget(self._open)
        row.addStretch(1)
        return row

    def _make_curve(self) -> QVBoxLayout:
        text = self._wording.text
        self.chart = CalibrationChart(self._theme, self._wording)
        self._bins = QGridLayout()
        self._bins.setHorizontalSpacing(16)
        self._bins.setVerticalSpacing(5)
        self._error = Label(self._theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        beside = QVBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(Label(self._theme, text("own_data.curve_text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        beside.addLayout(self._bins)
        beside.addWidget(self._error)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.chart, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(beside, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(heading(self._theme, text("own_data.curve")))
        column.addLayout(row)
        return column

    def _show_bins(self, report: OwnDataReport) -> None:
        while (item := self._bins.takeAt(0)) is not None:
            former = item.widget()
            if former is not None:
                former.hide()
                former.deleteLater()
        shown = [of for of in report.bins if of.share.n]
        for line, of in enumerate(reversed(shown)):
            span, right = bin_words(of, self._wording)
            self._bins.addWidget(Label(self._theme, span, figures=True), line, 0)
            self._bins.addWidget(Label(self._theme, right, figures=True), line, 1)
        self._bins.setColumnStretch(1, 1)
        error = report.calibration_error
        self._error.setText(
            "" if error is None else self._wording.text("own_data.error", points=self._wording.points(error))
        )


_NAMES = ("precision", "coverage", "first", "first_few", "time")
