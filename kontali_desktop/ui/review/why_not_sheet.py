"""The client's documents to choose among, and below them why the chosen one was not proposed for the line."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from kontali_desktop.domain.documents import DocumentKind
from kontali_desktop.services.storage import StoredDocument
from kontali_desktop.services.why_not import LineDocuments
from kontali_desktop.ui.review.why_not import Explained, WhyNotPresenter
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.evidence import EvidenceList
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, EXPLAINED_HEIGHT, EVIDENCE_WIDTH = 860, 8, 190, 520
NUMBER, PARTY, DUE, OPEN, PROPOSED = range(5)


class DocumentModel(RecordModel[StoredDocument]):
    """A row a document, those nearest to the line's amount first."""

    COLUMNS = (
        ("why_not.column.number", 150),
        ("why_not.column.party", 260),
        ("why_not.column.due", 116),
        ("why_not.column.open", 130),
        ("why_not.column.proposed", 120),
    )
    FIGURES: ClassVar = (OPEN,)

    def __init__(self, of: LineDocuments, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(of.documents, wording, parent)
        self._proposed = of.proposed

    def cell(self, record: StoredDocument, column: int) -> str | int:
        reported, wording = record.reported, self.wording
        if column == NUMBER:
            is_credit = reported.kind is DocumentKind.CREDIT_NOTE
            return wording.text("proposal.credit_note", number=reported.number) if is_credit else reported.number
        if column == PARTY:
            return reported.counterparty
        if column == DUE:
            return wording.day(reported.due_date) if reported.due_date else ""
        if column == OPEN:
            return wording.amount(record.open_amount, reported.currency)
        rank = self._proposed.get(record.id)
        return wording.text("why_not.rank", rank=rank) if rank else ""

    def ordered_by(self, record: StoredDocument, column: int) -> str | int:
        if column == DUE:
            return record.reported.due_date.isoformat() if record.reported.due_date else ""
        return record.open_amount if column == OPEN else super().ordered_by(record, column)


class WhyNotSheet(WordedSheet):
    """`document_chosen` carries the StoredDocument."""

    document_chosen = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, of: LineDocuments) -> None:
        text = wording.text
        reported = of.line.reported
        line = f"{reported.counterparty or reported.text} {wording.amount(reported.amount, reported.currency)}"
        super().__init__(theme, wording, window, text("why_not.title"), subtitle=line, width=WIDTH)
        self.setObjectName("why_not_sheet")
        self.search = SearchField(theme, text("why_not.search"), name=text("why_not.search.name"))
        self.search.field.setObjectName("why_not_search")
        self.search.changed.connect(self._on_search)
        self.body.addWidget(self.search)
        self._model = DocumentModel(of, wording, self)
        self.table = TableView(theme, name=text("why_not.list"))
        self.table.setObjectName("why_not_list")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_model(self._model, widths=[width for _, width in self._model.COLUMNS], stretch=PARTY)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.want_rows(SHOWN_ROWS)
        self.table.installEventFilter(self)
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._make_explained())
        self.primary = self.make_button(text("common.close"), "close_button", self.dismiss, kind=ButtonKind.PRIMARY)
        self.add_buttons(self.primary)
        self.first = self.table if of.documents else self.primary

    def open_sheet(self) -> None:
        """The first is chosen."""
        super().open_sheet()
        self._choose_first()

    def show_explained(self, explained: Explained) -> None:
        """Unless another is chosen by now."""
        chosen = self.chosen
        if chosen is None or chosen.id != explained.document.id:
            return
        self.reasons.setText("\n".join(explained.reasons))
        self._evidence.set_items(explained.evidence)
        self._evidence.setVisible(bool(explained.evidence))

    @property
    def chosen(self) -> StoredDocument | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()) if index.isValid() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table would look for a row that begins with what is typed."""
        is_key = watched is self.table and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.text() == "/":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _make_explained(self) -> QWidget:
        """Room that stays the same, so that the list does not move under the person's hand."""
        holder = WhyNotReasons(self.theme, self.wording)
        holder.setFixedHeight(EXPLAINED_HEIGHT)
        self.reasons, self._evidence = holder.reasons, holder.evidence
        return holder

    def _on_search(self, text: str) -> None:
        self.table.filter_by(text)
        if self.chosen is None:
            self._choose_first()

    def _choose_first(self) -> None:
        index = self.table.model().index(0, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        if not index.isValid():
            self.reasons.setText(self.wording.text("why_not.none"))
            self._evidence.hide()

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.document_chosen.emit(chosen)


class WhyNotReasons(QWidget):
    """The reasons, and the evidence below them."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.reasons = Label(theme, weight=Weight.MEDIUM, wrap=True, parent=self)
        self.reasons.setObjectName("why_not_reasons")
        self.evidence = EvidenceList(theme, wording.text("why_not.evidence"), parent=self)
        self.evidence.setMaximumWidth(EVIDENCE_WIDTH)
        self.evidence.hide()
        column.addWidget(self.reasons)
        column.addWidget(self.evidence)
        column.addStretch(1)


class WhyNotFlow(QObject):
    """The sheet over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: WhyNotPresenter) -> None:
        super().__init__(window)
        self._over = (theme, wording, window)
        self._presenter = presenter
        self._place: OneSheet[WhyNotSheet] = OneSheet(presenter.close)
        presenter.shown.connect(self._on_shown)
        presenter.explained.connect(self._on_explained)

    @property
    def sheet(self) -> WhyNotSheet | None:
        return self._place.shown

    def _on_shown(self, of: LineDocuments | None) -> None:
        if of is None:
            self._place.close()
            return
        sheet = WhyNotSheet(*self._over, of)
        sheet.document_chosen.connect(self._presenter.choose)
        self._place.show(sheet)

    def _on_explained(self, explained: Explained) -> None:
        if self.sheet is not None:
            self.sheet.show_explained(explained)
