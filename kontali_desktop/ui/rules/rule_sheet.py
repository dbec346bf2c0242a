"""The form of a rule: which lines it means, what becomes of them, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.domain.rules import Direction, Effect
from kontali_desktop.ui.rules.draft import Draft, Field
from kontali_desktop.ui.rules.steps import Edited
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.check_box import CheckBox
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.fitting_area import FittingArea
from kontali_desktop.ui.widgets.text import Label, divider, heading
from kontali_desktop.wording.wording import Wording

WIDTH = 720
LONGEST = {Field.POSTING: 8, Field.VAT: 3, Field.NUMBER: 40}
Look = Callable[[Draft], tuple[str, Mapping[Field, str]]]  # its sentence, empty where it has none, and what is wrong
DIRECTIONS = (Direction.BOTH, Direction.IN, Direction.OUT)
EFFECTS = (Effect.POST, Effect.PREFER, Effect.NEVER_AUTOMATIC)


class RuleSheet(WordedSheet):
    """`test_wanted` carries the Draft; what is wrong stands below its field once that was left, or tested."""

    test_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        window: QWidget,
        step: Edited,
        look: Look,
    ) -> None:
        title = "rules.form.new" if step.rule_id is None else "rules.form.change"
        subtitle = step.books.client.name
        super().__init__(theme, wording, window, wording.text(title), subtitle=subtitle, width=WIDTH)
        self.setObjectName("rule_sheet")
        self._read = look
        self._left: set[Field] = set()
        self.fields = {field: self._make_field(field, step.draft) for field in Field}
        self._make_choices(step)
        area = FittingArea()
        area.body.addWidget(heading(theme, wording.text("rules.form.when")))
        area.body.addLayout(self._make_conditions())
        area.body.addWidget(heading(theme, wording.text("rules.form.then")))
        area.body.addLayout(self._make_effect())
        self._area = area
        self.body.addWidget(area, 1)
        self.body.addWidget(divider())
        self.said = Label(theme, weight=Weight.MEDIUM, wrap=True)
        self.said.setObjectName("rule_sentence")
        self.body.addWidget(self.said)
        self._note = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._note.setText(wording.text("rules.form.was_active"))
        self._note.setVisible(step.was_active)
        self.body.addWidget(self._note)
        back = self.make_button(wording.text("common.back"), "back_button", self.back_wanted)
        self.primary = self.make_button(
            wording.text("rules.form.test"), "test_rule_button", self._on_test, kind=ButtonKind.PRIMARY
        )
        self.add_buttons(back, self.primary)
        self.first = self.fields[Field.TEXT]
        for field in self.fields.values():
            field.changed.connect(self._look)
        for signal in (self.words.toggled, self.automatic.toggled, self.direction.activated, self.account.activated):
            signal.connect(self._look)
        self._follow_effect()

    @property
    def draft(self) -> Draft:
        """What stands in the fields now."""
        return Draft(
            {field: widget.text for field, widget in self.fields.items()},
            self.words.isChecked(),
            DIRECTIONS[self.direction.currentIndex()],
            self.account.currentData(),
            Effect(self.effects.current),
            self.automatic.isChecked(),
        )

    def show_problems(self, problems: Mapping[Field, str]) -> None:
        """After a test was asked for: all of them, and the keyboard to the first."""
        self._left = set(Field)
        self._look()
        first = next((field for field in Field if field in problems), None)
        if first is not None:
            self.fields[first].input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.fields[first])

    def refit(self) -> None:
        for layout in (self._area.body, self.body, self.card.layout()):
            if layout is not None:
                layout.invalidate()
        self._area.updateGeometry()
        super().refit()

    def _make_field(self, field: Field, draft: Draft) -> TextField:
        text = self.wording.text
        made = TextField(self.theme, text(f"rules.field.{field}"), text(f"rules.example.{field}"))
        made.input.setObjectName(f"rule_{field}")
        made.input.setProperty("tall", "false")  # as high as the lists to choose from beside it
        made.input.setMaxLength(LONGEST.get(field, 200))
        made.set_text(draft.texts.get(field, ""))
        made.input.editingFinished.connect(lambda: self._on_left(field))
        return made

    def _make_choices(self, step: Edited) -> None:
        text, draft = self.wording.text, step.draft
        self.words = CheckBox(self.theme, text("rules.form.words"))
        self.words.setObjectName("rule_words")
        self.words.setChecked(draft.are_words)
        self.direction = ComboBox(self.theme, name=text("rules.form.direction"))
        self.direction.setObjectName("rule_direction")
        for direction in DIRECTIONS:
            self.direction.addItem(text(f"rules.form.direction.{direction}"))
        self.direction.setCurrentIndex(DIRECTIONS.index(draft.direction))
        self.account = ComboBox(self.theme, name=text("rules.form.account"))
        self.account.setObjectName("rule_account")
        self.account.addItem(text("rules.form.account.any"), None)
        for account in step.books.accounts:
            self.account.addItem(f"{account.number} ({account.ledger_account})", account.id)
        self.account.setCurrentIndex(max(0, self.account.findData(draft.account_id)))
        chips = [Chip(effect, text(f"rules.form.effect.{effect}")) for effect in EFFECTS]
        self.effects = ChipRow(self.theme, chips, name=text("rules.form.then"))
        self.effects.setObjectName("rule_effect")
        self.effects.choose(draft.effect)
        self.effects.chosen.connect(self._follow_effect)
        self.automatic = CheckBox(self.theme, text("rules.form.automatic"))
        self.automatic.setObjectName("rule_automatic")
        self.automatic.setChecked(draft.is_automatic)

    def _make_conditions(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.fields[Field.TEXT])
        left.addWidget(self.words)
        for field in (Field.LOW, Field.HIGH):
            self.fields[field].input.setAlignment(Qt.AlignmentFlag.AlignRight)
        rows = QVBoxLayout()
        rows.setSpacing(10)
        rows.addLayout(_row(left, self.fields[Field.COUNTERPARTY]))
        rows.addLayout(_row(self.fields[Field.NUMBER], self._captioned("rules.form.account", self.account)))
        way = self._captioned("rules.form.direction", self.direction)
        rows.addLayout(_row(self.fields[Field.LOW], self.fields[Field.HIGH], way))
        return rows

    def _make_effect(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(10)
        rows.addWidget(self.effects)
        rows.addLayout(_row(self.fields[Field.POSTING], self.fields[Field.VAT], self.fields[Field.PREFERRED]))
        rows.addWidget(self.automatic)
        self._about = Label(self.theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        rows.addWidget(self._about)
        return rows

    def _captioned(self, key: str, chooser: ComboBox) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(5)
        caption = Label(self.theme, self.wording.text(key), size=Size.SMALL, weight=Weight.MEDIUM)
        caption.setBuddy(chooser)
        column.addWidget(caption)
        column.addWidget(chooser)
        column.addStretch(1)
        return column

    def _follow_effect(self) -> None:
        effect = Effect(self.effects.current)
        for field in (Field.POSTING, Field.VAT):
            self.fields[field].setVisible(effect is Effect.POST)
        self.automatic.setVisible(effect is Effect.POST)
        self.fields[Field.PREFERRED].setVisible(effect is Effect.PREFER)
        self._about.setText(self.wording.text(f"rules.form.about.{effect}"))
        self._look()

    def _on_left(self, field: Field) -> None:
        if self.fields[field].text:
            self._left.add(field)
            self._look()

    def _look(self) -> None:
        """The sentence follows every letter; of what is wrong, only what was left."""
        said, problems = self._read(self.draft)
        for field, widget in self.fields.items():
            widget.set_problem(problems.get(field, "") if field in self._left else "")
        is_marked = any(field in problems for field in self._left)
        self.said.setText(said or self.wording.text("rules.form.marked" if is_marked else "rules.form.no_sentence"))
        self.said.set_tone(Tone.TEXT if said else Tone.QUIET)
        self.refit()

    def _on_test(self) -> None:
        self.test_wanted.emit(self.draft)


def _row(*parts: QWidget | QVBoxLayout) -> QHBoxLayout:
    """Equally wide, their labels on one line."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for part in parts:
        column = QVBoxLayout() if isinstance(part, QWidget) else part
        if isinstance(part, QWidget):
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(part)
        column.addStretch(1)
        row.addLayout(column, 1)
    return row
