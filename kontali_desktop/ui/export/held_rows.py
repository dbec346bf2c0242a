"""What an export holds back: each line with its reason, and a field where a value in kroner is all that is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.services.export import HeldBack
from kontali_desktop.services.make_vouchers import NOK_VALUE_MISSING
from kontali_desktop.ui.export.presenter import ValueProblem
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ENTER, Button
from kontali_desktop.ui.widgets.overlay_scroll_bar import OverlayScrollBar
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, divider
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

VALUE_WIDTH, DAY_WIDTH, BAR_ROOM, LEAST_HEIGHT = 130, 76, 14, 120


class HeldRows(QWidget):
    """`value_given` carries a DocumentId and the text. A row stays as long as its line is held back for the same."""

    value_given = Signal(object, str)

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setObjectName("held_back")
        self.setAccessibleName(wording.text("export.held.name"))
        self._theme, self._wording = theme, wording
        self._rows: dict[object, HeldRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, BAR_ROOM, 0)
        self._layout.setSpacing(10)
        self._layout.addStretch(1)

    @property
    def rows(self) -> tuple[HeldRow, ...]:
        return tuple(self._rows.values())

    def show_held_back(self, held_back: Sequence[HeldBack]) -> None:
        """The keyboard goes on to the next field when its own row is gone."""
        keys = {(h.transaction.id, h.why, *sorted(h.facts.items())): h for h in held_back}
        gone = [key for key in self._rows if key not in keys]
        had_keyboard = any(self._rows[key].has_keyboard for key in gone)
        for key in gone:
            row = self._rows.pop(key)
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        for place, (key, held) in enumerate(keys.items()):
            if key not in self._rows:
                self._rows[key] = row = HeldRow(self._theme, self._wording, held)
                row.value_given.connect(self.value_given)
                self._layout.insertWidget(place, row)
        if had_keyboard:
            self._give_keyboard()

    def height_for(self, width: int) -> int:
        """Measured now: what was shown or hidden just before is not known to the layouts yet."""
        for row in self._rows.values():
            row.forget_height()
        self.updateGeometry()
        return self._layout.totalHeightForWidth(width)

    def show_problem(self, problem: ValueProblem) -> None:
        for row in self._rows.values():
            if row.document == problem.document:
                row.show_problem(problem.text)

    def _give_keyboard(self) -> None:
        fields = [row.value for row in self._rows.values() if row.value is not None]
        if fields:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)


class HeldArea(QScrollArea):
    """As high as its rows, and lower where there is no room."""

    def __init__(self, rows: HeldRows) -> None:
        super().__init__()
        self._rows = rows
        self._wanted = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(rows)
        self._bar = OverlayScrollBar(self)  # beside the rows, which never get narrower, and so higher, for its sake

    def fit(self, width: int) -> None:
        """Take the height that the rows have at this width."""
        self._wanted = max(0, self._rows.height_for(width))
        self.setMaximumHeight(self._wanted)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(LEAST_HEIGHT, self._wanted))


class HeldRow(QWidget):
    """One line of the bank."""

    value_given = Signal(object, str)

    def __init__(self, theme: Theme, wording: Wording, held: HeldBack) -> None:
        super().__init__()
        self._theme, self._wording = theme, wording
        self.document: DocumentId | None = None
        self.value: QLineEdit | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addLayout(self._make_line(held))
        reason = Label(theme, wording.held_back(held.why, held.facts), size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        reason.setObjectName("held_reason")
        self._layout.addWidget(reason)
        self._problem = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._problem.setObjectName("value_problem")
        self._problem.setParent(self)
        if held.why == NOK_VALUE_MISSING:
            self.document = DocumentId(int(held.facts["document"]))
            self._layout.addLayout(self._make_value(held))
        self._layout.addSpacing(4)
        self._layout.addWidget(divider())

    @property
    def has_keyboard(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def forget_height(self) -> None:
        self._layout.invalidate()
        self.updateGeometry()

    def show_problem(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._problem.setText(text)
        if self.value is not None:
            mark_wrong(self.value, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field gives its value, and does not export."""
        if event.key() in ENTER:
            self._give()
        else:
            super().keyPressEvent(event)

    def _make_line(self, held: HeldBack) -> QHBoxLayout:
        reported = held.transaction.reported
        booked = self._wording.day(reported.booking_date) if reported.booking_date else ""
        day = Label(self._theme, booked, figures=True)
        day.setMinimumWidth(DAY_WIDTH)
        who = ElidedLabel(self._theme, reported.counterparty or reported.text, weight=Weight.STRONG)
        amount = Label(self._theme, self._wording.amount(reported.amount, reported.currency), figures=True)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(day)
        line.addWidget(who, 1)
        line.addWidget(amount)
        return line

    def _make_value(self, held: HeldBack) -> QHBoxLayout:
        text = self._wording.text
        caption = Label(self._theme, text("export.value"), size=Size.SMALL, weight=Weight.MEDIUM)
        self.value = QLineEdit()
        self.value.setObjectName(f"value_{self.document}")
        self.value.setAccessibleName(text("export.value_of", number=held.facts["number"]))
        self.value.setPlaceholderText(self._wording.amount(0))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value.setFont(self._theme.font(figures=True))
        self.value.setFixedWidth(VALUE_WIDTH)
        self.value.textEdited.connect(lambda _text: self.show_problem(""))
        caption.setBuddy(self.value)
        save = Button(self._theme, text("common.save"), small=True)
        save.setObjectName(f"save_value_{self.document}")
        save.setAccessibleName(text("export.value_save", number=held.facts["number"]))
        save.clicked.connect(self._give)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(caption)
        line.addWidget(self.value)
        line.addWidget(save)
        line.addWidget(self._problem, 1)
        return line

    def _give(self) -> None:
        if self.value is not None:
            self.value_given.emit(self.document, self.value.text())
