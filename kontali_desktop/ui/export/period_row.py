"""A span of days: chosen by a word, or typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.domain.periods import Period
from kontali_desktop.ui.export.periods import Quick, is_backwards, period_of, quick_of
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.date_field import DateField
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

DATE_WIDTH = 130


class PeriodRow(QWidget):
    """`chosen` carries a Period; `resized` when what is wrong with it is said, or no longer."""

    chosen = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, wording: Wording, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._today = theme, wording, today
        chips = [Chip(quick, wording.text(f"export.period.{quick}")) for quick in Quick]
        self.quick = ChipRow(theme, chips, name=wording.text("export.period"))
        self.quick.setObjectName("export_quick")
        self.quick.chosen.connect(self._on_quick)
        self.since = self._make_field("since")
        self.until = self._make_field("until")
        self._problem = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._problem.setObjectName("period_problem")
        self._problem.hide()
        fields = QHBoxLayout()
        fields.setSpacing(8)
        for field, key in ((self.since, "export.since"), (self.until, "export.until")):
            caption = Label(theme, wording.text(key), size=Size.SMALL, tone=Tone.QUIET)
            caption.setBuddy(field)
            fields.addWidget(caption)
            fields.addWidget(field)
            fields.addSpacing(8)
        fields.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.quick)
        layout.addLayout(fields)
        layout.addWidget(self._problem)

    def show_period(self, period: Period) -> None:
        """Not over what is being typed."""
        self.quick.choose(quick_of(period, self._today))
        for field, day in ((self.since, period.since), (self.until, period.until)):
            if field.is_valid and field.day != day:
                field.set_day(day)

    def _make_field(self, name: str) -> DateField:
        text = self._wording.text
        field = DateField(text(f"export.{name}"), text("connect.date_hint"), text("connect.date_wrong"))
        field.setObjectName(f"export_{name}")
        field.setFixedWidth(DATE_WIDTH)
        field.setFont(self._theme.font(figures=True))
        field.textEdited.connect(self._on_typed)
        return field

    def _on_quick(self, key: str) -> None:
        quick = Quick(key)
        if quick is Quick.OWN:
            self.since.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        period = period_of(quick, self._today)
        self.since.set_day(period.since)
        self.until.set_day(period.until)
        self._say("")
        self.chosen.emit(period)

    def _on_typed(self) -> None:
        problem = self.since.problem or self.until.problem
        if problem:
            self._say("")  # the field itself is marked until the date is whole
            return
        period = Period(self.since.day, self.until.day)
        self._say(self._wording.text("export.period.backwards") if is_backwards(period) else "")
        self.chosen.emit(period)

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.resized.emit()
