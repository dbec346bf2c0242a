"""One connection in the list: two lines over its columns, what goes on, what went wrong, and its runs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.connections.columns import ACTIONS_WIDTH, DOT_WIDTH, MARGIN, STRETCHES, set_actions, set_columns
from kontali_desktop.ui.connections.presenter import Fetch
from kontali_desktop.ui.connections.rows import FREQUENCIES, ConnectionRow
from kontali_desktop.ui.connections.runs_table import RunsTable
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.menu_button import MenuButton, MoreButton
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.text import ElidedLabel, Label
from kontali_desktop.wording.wording import Wording

BAR = 3
TOGGLING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ConnectionRowWidget(QWidget):
    """A click, Enter or Space shows the runs."""

    sync_wanted = Signal()
    stop_wanted = Signal()
    renew_wanted = Signal()
    disconnect_wanted = Signal()
    frequency_chosen = Signal(int)

    def __init__(self, theme: Theme, wording: Wording, row: ConnectionRow, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self.setObjectName(f"connection_{row.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 9, 0, 10)
        self._layout.setSpacing(8)
        self._columns = QGridLayout()
        set_columns(self._columns)
        self._columns.setVerticalSpacing(0)
        self._upper, self._lower = self._make_lines()
        self._dot = StatusDot(theme)
        self._dot.setFixedWidth(DOT_WIDTH - 10)
        self._columns.addWidget(self._dot, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self._frequency = MenuButton(theme, name=wording.text("connections.frequency_of", bank=row.bank))
        self._frequency.setObjectName("frequency_button")
        self._frequency.chosen.connect(lambda key: self.frequency_chosen.emit(int(key)))
        self._columns.addWidget(self._frequency, 0, len(STRETCHES) - 1, Qt.AlignmentFlag.AlignLeft)
        self._make_actions(row)
        self._layout.addLayout(self._columns)
        self._make_below(row)
        self.runs = RunsTable(theme, wording)
        self.runs.setContentsMargins(0, 0, 0, 0)
        self._runs_box = self._indented(self.runs, right=MARGIN)
        self._runs_box.hide()
        self._layout.addWidget(self._runs_box)
        theme.changed.connect(self.update)
        self.show_row(row)

    @property
    def is_expanded(self) -> bool:
        return not self._runs_box.isHidden()

    def set_expanded(self, *, expanded: bool) -> None:
        self._runs_box.setVisible(expanded)
        self._fill_menu()
        self.update()

    def set_actions_width(self, width: int) -> None:
        self._actions.setFixedWidth(width)
        set_actions(self._columns, width)

    def show_row(self, row: ConnectionRow) -> None:
        """The same connection, as it stands now."""
        self._dot.set_status("", row.tone, row.light)
        upper = (row.title, row.accounts, row.consent, row.last)
        lower = (row.bank, row.numbers, row.consent_left, row.brought, row.next)
        for label, text in zip(self._upper, upper, strict=True):
            label.set_text(text)
        for label, text in zip(self._lower, lower, strict=True):
            label.set_text(text)
        self._upper[2].set_tone(Tone.NEGATIVE if row.must_renew else Tone.TEXT)
        self._lower[2].set_tone(row.consent_tone)
        self._upper[3].set_tip(row.last_exact)
        choices = [(str(hours), self._wording.frequency(hours)) for hours in FREQUENCIES]
        self._frequency.set_choices(choices, str(row.frequency))
        self.renew_button.setVisible(row.should_renew)
        self.renew_button.set_kind(ButtonKind.PRIMARY if row.must_renew else ButtonKind.QUIET)
        self.sync_button.setEnabled(row.can_sync and self._progress.isHidden())
        self._can_sync = row.can_sync
        self._error.setText(row.error)
        self._error_box.setVisible(bool(row.error) and self._progress.isHidden())
        self.runs.set_runs(row.runs)
        self.setAccessibleName(row.spoken)
        self._fill_menu()

    def show_fetch(self, fetch: Fetch | None) -> None:
        """What is being fetched just now; None when nothing is."""
        self._progress.setVisible(fetch is not None)
        self.sync_button.setEnabled(self._can_sync and fetch is None)
        self._error_box.setVisible(fetch is None and bool(self._error.text()))
        if fetch is not None:
            self._bar.show_progress(fetch.text, done=fetch.done, total=fetch.total)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in TOGGLING:
            self.set_expanded(expanded=not self.is_expanded)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.set_expanded(expanded=not self.is_expanded)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        if self.is_expanded:
            painter.fillRect(self.rect(), tokens.highlight)
            painter.fillRect(0, 0, BAR, self.height() - 1, tokens.accent)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.divider)
        if self.hasFocus():
            painter.setPen(tokens.accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -2))
        painter.end()

    def _make_lines(self) -> tuple[list[ElidedLabel], list[ElidedLabel]]:
        """The frequency has its button in the upper line, the light stands before the first column's texts."""
        upper = [self._line(0, column) for column in range(len(STRETCHES) - 1)]
        lower = [self._line(1, column) for column in range(len(STRETCHES))]
        for label in (upper[0], lower[0]):
            label.setContentsMargins(DOT_WIDTH, 0, 0, 0)
        lower[-1].setContentsMargins(4, 0, 0, 0)
        return upper, lower

    def _line(self, line: int, column: int) -> ElidedLabel:
        label = ElidedLabel(self._theme, tone=Tone.QUIET if line else Tone.TEXT)
        weight = Weight.STRONG if (line, column) == (0, 0) else Weight.REGULAR
        label.setFont(self._theme.font(Size.SMALL if line else Size.BODY, weight, figures=True))
        self._columns.addWidget(label, line, column)
        return label

    def _make_actions(self, row: ConnectionRow) -> None:
        text = self._wording.text
        self._actions = box = QWidget()
        box.setFixedWidth(ACTIONS_WIDTH)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addStretch(1)
        self.renew_button = Button(self._theme, text("connections.renew"), small=True)
        self.renew_button.setObjectName("renew_button")
        self.renew_button.setAccessibleName(text("connections.renew_of", bank=row.bank))
        self.renew_button.clicked.connect(self.renew_wanted)
        self.sync_button = Button(self._theme, text("connections.sync"), small=True)
        self.sync_button.setObjectName("sync_button")
        self.sync_button.setAccessibleName(text("connections.sync_of", bank=row.bank))
        self.sync_button.clicked.connect(self.sync_wanted)
        self.more_button = MoreButton(self._theme, name=text("connections.more"))
        self.more_button.setObjectName("more_button")
        self.more_button.chosen.connect(self._on_more)
        for button in (self.renew_button, self.sync_button, self.more_button):
            line.addWidget(button)
        self._columns.addWidget(box, 0, len(STRETCHES), 2, 1)
        self._can_sync = row.can_sync

    def _make_below(self, row: ConnectionRow) -> None:
        name = self._wording.text("connections.progress_name", bank=row.bank)
        self._bar = ProgressRow(self._theme, name=name, cancel=self._wording.text("connections.stop"))
        self._bar.cancelled.connect(self.stop_wanted)
        self._progress = self._indented(self._bar, right=MARGIN)
        self._progress.hide()
        self._layout.addWidget(self._progress)
        self._error = Label(self._theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._error.setObjectName("last_error")
        self._error_box = self._indented(self._error, right=MARGIN)
        self._layout.addWidget(self._error_box)

    def _indented(self, widget: QWidget, *, right: int) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(MARGIN + DOT_WIDTH, 0, right, 0)
        layout.addWidget(widget)
        return box

    def _fill_menu(self) -> None:
        text = self._wording.text
        runs = "connections.hide_runs" if self.is_expanded else "connections.show_runs"
        choices = (
            ("runs", text(runs)),
            ("renew", text("connections.renew")),
            ("disconnect", text("connections.disconnect")),
        )
        self.more_button.set_choices(choices)

    def _on_more(self, key: str) -> None:
        if key == "runs":
            self.set_expanded(expanded=not self.is_expanded)
        elif key == "renew":
            self.renew_wanted.emit()
        else:
            self.disconnect_wanted.emit()
