"""What the columns of a table mean: its first rows, a choice over each column, and what a row becomes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from kontali_desktop.domain.tables import ColumnMapping, TableKind
from kontali_desktop.services.import_models import MappingTrial
from kontali_desktop.ui.import_files.mapping import FIELDS, SIDES, UNUSED, MappingDraft, draft_of
from kontali_desktop.ui.import_files.mapping_words import can_be_read, field_name, missing_words, trial_words
from kontali_desktop.ui.import_files.steps import ExplainColumns
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import FIELD_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.text import ElidedLabel, Label
from kontali_desktop.wording.wording import Wording

WIDTH, COLUMN_WIDTH, CHOOSER_WIDTH = 940, 168, 200
SHOWN_ROWS, LINE_HEIGHT, BAR_HEIGHT = 5, 22, 14


class MappingSheet(WordedSheet):
    """`tried` asks what the table becomes by a ColumnMapping, `explained` remembers it; `skipped` leaves it out."""

    tried = Signal(object)
    explained = Signal(object)
    skipped = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ExplainColumns) -> None:
        text = wording.text
        file = step.question.path.name
        super().__init__(theme, wording, window, text("import.columns.title"), subtitle=file, width=WIDTH)
        self._draft = draft_of(step.question.sample)
        self._choosers: list[ComboBox] = []
        self._is_filling = False
        self.body.addWidget(Label(theme, text("import.columns.text"), tone=Tone.QUIET, wrap=True))
        self.body.addLayout(self._make_kinds())
        self.body.addWidget(self._make_table())
        self._told = Label(theme, weight=Weight.MEDIUM, wrap=True)
        self._told.setObjectName("mapping_preview")
        self._rows = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._rows.setObjectName("mapping_rows")
        self.body.addWidget(self._told)
        self.body.addWidget(self._rows)
        self._add_answers()
        self._fill()

    def open_sheet(self) -> None:
        """The guess is tried at once."""
        super().open_sheet()
        self._try()

    @property
    def mapping(self) -> ColumnMapping:
        return self._draft.mapping

    def show_trial(self, trial: MappingTrial) -> None:
        if self._draft.missing:
            return
        told, rows = trial_words(self.wording, trial)
        self._say(told, rows)
        if self.primary is not None:
            self.primary.setEnabled(can_be_read(trial))

    def _say(self, told: str, rows: str) -> None:
        self._told.setText(told)
        self._told.setAccessibleName(told)
        self._rows.setText(rows)
        self.refit()

    def _make_kinds(self) -> QHBoxLayout:
        text = self.wording.text
        self._kind = self._make_chooser(text("import.columns.kind"), "mapping_kind")
        for kind in TableKind:
            self._kind.addItem(text(f"import.columns.kind.{kind}"), kind.value)
        self._kind.setCurrentIndex(self._kind.findData(self._draft.kind.value))
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._side = self._make_chooser(text("import.columns.side"), "mapping_side")
        for side in SIDES:
            self._side.addItem(text(f"import.columns.side.{side or 'told'}"), side)
        self._side.setCurrentIndex(self._side.findData(self._draft.side))
        self._side.currentIndexChanged.connect(self._on_side)
        self._side_label = Label(self.theme, text("import.columns.side"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(self.theme, text("import.columns.kind")))
        row.addWidget(self._kind)
        row.addSpacing(12)
        row.addWidget(self._side_label)
        row.addWidget(self._side)
        row.addStretch(1)
        return row

    def _make_chooser(self, name: str, object_name: str) -> ComboBox:
        chooser = ComboBox(self.theme, name=name)
        chooser.setObjectName(object_name)
        chooser.setFixedWidth(CHOOSER_WIDTH)
        return chooser

    def _make_table(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("surface", "page")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        sample = self._draft.sample
        rows = sample.rows[:SHOWN_ROWS]
        for column, name in enumerate(sample.headings):
            chooser = ComboBox(self.theme, name=self.wording.text("import.columns.meaning", heading=name))
            chooser.setObjectName(f"meaning_{column}")
            chooser.setFixedWidth(COLUMN_WIDTH)
            chooser.currentIndexChanged.connect(lambda _place, column=column: self._on_meaning(column))
            self._choosers.append(chooser)
            grid.addWidget(chooser, 0, column)
            grid.addWidget(self._cell(name, Weight.STRONG), 1, column)
            for place, row in enumerate(rows, 2):
                grid.addWidget(self._cell(row[column] if column < len(row) else ""), place, column)
        grid.setColumnStretch(len(sample.headings), 1)
        grid.setRowStretch(len(rows) + 2, 1)
        area = QScrollArea()
        area.setObjectName("mapping_table")
        area.setAccessibleName(self.wording.text("import.columns.table"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFixedHeight(FIELD_HEIGHT + (len(rows) + 1) * (LINE_HEIGHT + 4) + BAR_HEIGHT)
        return area

    def _cell(self, text: str, weight: Weight = Weight.REGULAR) -> ElidedLabel:
        cell = ElidedLabel(self.theme, text, weight=weight)
        cell.setFixedSize(COLUMN_WIDTH, LINE_HEIGHT)
        return cell

    def _add_answers(self) -> None:
        text = self.wording.text
        skip = self.make_button(text("import.columns.skip"), "skip_button", self.skipped)
        cancel = self.make_button(text("common.cancel"), "cancel_button", self.dismiss)
        go_on = text("import.columns.go_on")
        self.primary = self.make_button(go_on, "go_on_button", self._explain, kind=ButtonKind.PRIMARY)
        self.add_buttons(cancel, self.primary, left=skip)

    def _fill(self) -> None:
        """Show the draft in the choosers, whose own signals then mean nothing."""
        self._is_filling = True
        kind = self._draft.kind
        is_list = kind is TableKind.OPEN_ITEMS
        self._side.setVisible(is_list)
        self._side_label.setVisible(is_list)
        names = [(self.wording.text("import.columns.unused"), UNUSED)]
        names += [(field_name(self.wording, kind, field), field) for field in FIELDS[kind]]
        for chooser, meaning in zip(self._choosers, self._draft.meanings, strict=True):
            if [chooser.itemData(place) for place in range(chooser.count())] != [field for _, field in names]:
                chooser.clear()
                for name, field in names:
                    chooser.addItem(name, field)
            chooser.setCurrentIndex(chooser.findData(meaning))
        self._is_filling = False

    def _try(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(False)
        if self._draft.missing:
            self._say(missing_words(self.wording, self._draft.kind, self._draft.missing), "")
            return
        self._say(self.wording.text("import.columns.trying"), "")
        self.tried.emit(self._draft.mapping)

    def _explain(self) -> None:
        self.explained.emit(self._draft.mapping)

    def _change(self, draft: MappingDraft) -> None:
        self._draft = draft
        self._fill()
        self._try()

    def _on_kind(self, place: int) -> None:
        self._change(self._draft.with_kind(TableKind(self._kind.itemData(place))))

    def _on_side(self, place: int) -> None:
        self._change(self._draft.with_side(self._side.itemData(place)))

    def _on_meaning(self, column: int) -> None:
        if not self._is_filling:
            self._change(self._draft.with_meaning(column, self._choosers[column].currentData()))
