"""The lines that were answered wrongly: what the person chose, what stood first, and why."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QWidget

from kontali_desktop.services.own_data_test import OwnDataReport, WrongAnswer
from kontali_desktop.ui.own_data.words import answer_words, chosen_words, percent
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, divider
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, LEAST_ROWS, AROUND, MOST_EVIDENCE = 980, 10, 3, 380, 4


class WrongModel(RecordModel[WrongAnswer]):
    """The worst first, as the report has them."""

    COLUMNS = (
        ("own_data.column.day", 112),
        ("own_data.column.counterparty", 150),
        ("own_data.column.amount", 104),
        ("own_data.column.chosen", 210),
        ("own_data.column.answer", 180),
        ("own_data.column.confidence", 112),
        ("own_data.column.automatic", 112),
    )
    FIGURES = (2, 5)
    STRETCH = 4

    def cell(self, record: WrongAnswer, column: int) -> str:
        line, answer = record.transaction.reported, record.answer
        return (
            self.wording.day(line.booking_date) if line.booking_date else "",
            line.counterparty or line.text,
            self.wording.amount(line.amount, line.currency),
            chosen_words(record, self.wording),
            answer_words(record, self.wording),
            percent(answer.confidence, self.wording) if answer is not None else "",
            self.wording.text("own_data.yes") if record.is_automatic else "",
        )[column]

    def ordered_by(self, record: WrongAnswer, column: int) -> str | int:
        line, answer = record.transaction.reported, record.answer
        if column == 0:
            return line.booking_date.isoformat() if line.booking_date else ""
        if column in self.FIGURES:
            return line.amount if column == self.FIGURES[0] else round((answer.confidence if answer else 0.0) * 10_000)
        return self.cell(record, column)

    def tip(self, record: WrongAnswer, column: int) -> str | None:
        return self.cell(record, column)


class WrongSheet(WordedSheet):
    """`line_wanted` carries the chosen line's TransactionId."""

    line_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, report: OwnDataReport) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("own_data.wrong_title"), width=WIDTH)
        self.setObjectName("wrong_sheet")
        self._count = len(report.wrong)
        self._model = WrongModel(report.wrong, wording, self)
        self.table = TableView(theme, name=text("own_data.wrong_title"))
        self.table.setObjectName("wrong_lines")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        widths = [width for _, width in WrongModel.COLUMNS]
        self.table.set_model(self._model, widths=widths, stretch=WrongModel.STRETCH)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.body.addWidget(self.table)
        self.body.addLayout(self._make_detail())
        self.body.addWidget(divider())
        back = self.make_button(text("common.back"), "back_button", self.dismiss)
        self.primary = self.make_button(
            text("own_data.show_line"), "show_line_button", self._on_show, kind=ButtonKind.PRIMARY
        )
        self.add_buttons(back, self.primary)
        self.first = self.table

    def open_sheet(self) -> None:
        super().open_sheet()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.table.model().index(0, 0), flags)
        self.refit()

    def refit(self) -> None:
        """The table gives way first."""
        room = max(LEAST_ROWS, min(SHOWN_ROWS, (self.window().height() - AROUND) // ROW_HEIGHT))
        self.table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * min(room, max(LEAST_ROWS, self._count)) + 2)
        super().refit()

    @property
    def chosen(self) -> WrongAnswer | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()) if index.isValid() else None

    def _make_detail(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._told: dict[str, ElidedLabel] = {}
        for line, name in enumerate(("line", "chosen", "answer")):
            grid.addWidget(Label(self.theme, self.wording.text(f"own_data.detail.{name}"), tone=Tone.QUIET), line, 0)
            self._told[name] = ElidedLabel(self.theme, weight=Weight.MEDIUM)
            self._told[name].setObjectName(f"wrong_{name}")
            grid.addWidget(self._told[name], line, 1)
        self._why = Label(self.theme, size=Size.SMALL, tone=Tone.QUIET)
        self._why.setObjectName("wrong_why")
        self._why.setMinimumHeight(MOST_EVIDENCE * self._why.fontMetrics().lineSpacing())
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._why, 3, 1)
        return grid

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        wrong = self.chosen
        if wrong is None:
            return
        line, wording = wrong.transaction.reported, self.wording
        parts = (line.counterparty, line.text, wording.amount(line.amount, line.currency))
        self._told["line"].set_text(" · ".join(part for part in parts if part))
        self._told["chosen"].set_text(chosen_words(wrong, wording) + self._place(wrong))
        self._told["answer"].set_text(answer_words(wrong, wording))
        evidence = sorted(wrong.answer.evidence, key=lambda e: -abs(e.weight)) if wrong.answer else []
        self._why.setText("\n".join(wording.evidence(e) for e in evidence[:MOST_EVIDENCE]))

    def _place(self, wrong: WrongAnswer) -> str:
        """Where it stood among the alternatives, if it did."""
        if wrong.place is None:
            return ""
        return f" · {self.wording.text('own_data.place', place=self.wording.integer(wrong.place + 1))}"

    def _on_show(self) -> None:
        wrong = self.chosen
        if wrong is not None:
            self.line_wanted.emit(wrong.transaction.id)
