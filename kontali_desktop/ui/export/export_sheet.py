"""What goes out: whose, in which layout, from when to when, and what that would bring."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kontali_desktop.domain.periods import Period
from kontali_desktop.services.export import ARCHIVE, ExportPreview
from kontali_desktop.ui.export.held_rows import HeldArea, HeldRows
from kontali_desktop.ui.export.period_row import PeriodRow
from kontali_desktop.ui.export.periods import is_backwards, period_words
from kontali_desktop.ui.export.steps import Foreseen
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import CONTROL_HEIGHT, PAGE_MARGIN, SMALL_CONTROL_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.notice import Notice, Severity
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.wording.wording import Wording

WIDTH, LABEL_WIDTH = 660, 96
FRAME = 34  # the card's edge and margins


class ExportSheet(WordedSheet):
    """`value_given` carries a DocumentId and the text; `agreed` when the person wants the file."""

    client_chosen = Signal(object)
    format_chosen = Signal(str)
    period_chosen = Signal(object)
    value_given = Signal(object, str)
    agreed = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Foreseen, today: date) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("export.title"), width=WIDTH)
        self.setObjectName("export_sheet")
        self.client = self._make_clients(step)
        self.layout_ = self._make_layouts(step)
        self._purpose = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._purpose.setObjectName("format_purpose")
        self.period = PeriodRow(theme, wording, today)
        self.period.chosen.connect(self.period_chosen)
        self.period.resized.connect(self.refit)
        self.body.addLayout(self._make_form())
        self.body.addWidget(divider())
        self.summary = Label(theme, size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        self.summary.setObjectName("export_summary")
        self._note = Label(theme, tone=Tone.QUIET, wrap=True)
        self._note.setObjectName("export_note")
        self.body.addWidget(self.summary)
        self.body.addWidget(self._note)
        self.written_before = Notice(theme)
        self.written_before.setObjectName("export_written_before")
        self.body.addWidget(self.written_before)
        self.held = HeldRows(theme, wording)
        self.held.value_given.connect(self.value_given)
        self.held_area = HeldArea(self.held)
        self.body.addWidget(self.held_area, 1)
        self.problem = Notice(theme)
        self.problem.setObjectName("export_problem")
        self.body.addWidget(self.problem)
        self._add_answers()
        self.show_step(step)

    def open_sheet(self) -> None:
        """To the first thing that is not chosen."""
        super().open_sheet()
        first = self.client if self.client.isVisible() and self.client.currentData() is None else self.layout_
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refit()

    def show_step(self, step: Foreseen) -> None:
        self.client.setCurrentIndex(self.client.findData(step.client.id if step.client is not None else None))
        self.layout_.setCurrentIndex(self.layout_.findData(step.format))
        self._purpose.setText(self.wording.text(f"export.purpose.{step.format}"))
        self.period.show_period(step.period)
        self._show_outcome(step)
        if step.problem is not None:
            self.problem.show_notice(step.problem.severity, step.problem.title, step.problem.text)
        else:
            self.problem.hide()
        self.refit()

    def refit(self) -> None:
        """The held-back lines get the height they want; where there is no room for it they scroll."""
        self.held_area.fit(min(WIDTH, self.window().width() - 2 * PAGE_MARGIN) - FRAME)
        super().refit()

    def _show_outcome(self, step: Foreseen) -> None:
        text = self.wording.text
        preview = step.preview
        button = "export.again" if step.is_repeatable else "export.button"
        if self.primary is not None:
            self.primary.set_text(text(button))
            self.primary.setEnabled(preview is None or step.has_new or step.is_repeatable)
        if preview is None:
            is_asked = step.client is not None and not is_backwards(step.period)
            self.summary.setText(text("export.looking") if is_asked else "")
            self._note.setText("" if step.client is not None else text("export.client.choose_first"))
        else:
            self.summary.setText(self._summary(preview, step.format))
            self._note.setText(self._explanation(step, preview))
            self.held.show_held_back(preview.held_back)
        self._warn(preview)
        self.summary.setVisible(bool(self.summary.text()))
        self._note.setVisible(bool(self._note.text()))
        self.held_area.setVisible(bool(self.held.rows))

    def _warn(self, preview: ExportPreview | None) -> None:
        """Before it is written: the same vouchers are in a file of another layout already."""
        warning = self.wording.exported_elsewhere(preview.exported_elsewhere) if preview is not None else ""
        if warning:
            title = self.wording.text("export.written_before.title")
            self.written_before.show_notice(Severity.WARNING, title, warning)
        else:
            self.written_before.hide()

    def _summary(self, preview: ExportPreview, format_: str) -> str:
        """12 nye bilag, 1 tilbakeføring, 2 holdt tilbake."""
        plural = self.wording.plural
        counted = "export.preview.archive" if format_ == ARCHIVE else "export.preview.new"
        is_empty = not preview.new and not preview.reversals
        parts = [self.wording.text("export.nothing")] if is_empty else []
        counts = ((counted, preview.new), ("export.preview.reversals", preview.reversals))
        parts += [plural(key, count) for key, count in counts if count]
        if preview.held_back:
            parts.append(plural("export.preview.held", len(preview.held_back)))
        return ", ".join(parts)

    def _explanation(self, step: Foreseen, preview: ExportPreview) -> str:
        told = []
        if preview.reversals:
            told.append(self.wording.text("export.preview.reversals_note"))
        if preview.closed:
            told.append(self.wording.plural("export.preview.closed", preview.closed))
        if step.is_repeatable and step.latest is not None:
            latest = step.latest
            span = period_words(self.wording, Period(latest.since, latest.until))
            at = self.wording.instant(latest.at)
            told.append(self.wording.plural("export.latest", latest.count, at=at, period=span))
        elif not step.has_new and not preview.held_back and not preview.closed:
            told.append(self.wording.text("export.nothing_yet"))
        return "\n".join(told)

    def _make_clients(self, step: Foreseen) -> ComboBox:
        chooser = ComboBox(self.theme, name=self.wording.text("export.client"))
        chooser.setObjectName("export_client")
        if step.client is None:
            chooser.addItem(self.wording.text("export.client.choose"), None)
        for client in step.clients:
            chooser.addItem(client.name, client.id)
        chooser.activated.connect(self._on_client)
        return chooser

    def _make_layouts(self, step: Foreseen) -> ComboBox:
        chooser = ComboBox(self.theme, name=self.wording.text("export.format"))
        chooser.setObjectName("export_format")
        for format_ in step.formats:
            chooser.addItem(self.wording.export_format(format_), format_)
        chooser.activated.connect(lambda place: self.format_chosen.emit(chooser.itemData(place)))
        return chooser

    def _make_form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(12)
        form.setColumnMinimumWidth(0, LABEL_WIDTH)
        form.setColumnStretch(1, 1)
        layouts = QVBoxLayout()
        layouts.setSpacing(4)
        layouts.addWidget(self.layout_)
        layouts.addWidget(self._purpose)
        top = Qt.AlignmentFlag.AlignTop
        for line, key in enumerate(("export.client", "export.format", "export.period")):
            caption = Label(self.theme, self.wording.text(key))
            caption.setMinimumHeight(CONTROL_HEIGHT if key != "export.period" else SMALL_CONTROL_HEIGHT)
            form.addWidget(caption, line, 0, top)
        form.addWidget(self.client, 0, 1)
        form.addLayout(layouts, 1, 1)
        form.addWidget(self.period, 2, 1)
        return form

    def _add_answers(self) -> None:
        text = self.wording.text
        earlier = self.make_button(text("export.history.button"), "export_history_button", self.history_wanted)
        cancel = self.make_button(text("common.cancel"), "cancel_button", self.dismiss)
        self.primary = self.make_button(text("export.button"), "export_button", self.agreed, kind=ButtonKind.PRIMARY)
        self.add_buttons(cancel, self.primary, left=earlier)

    def _on_client(self, place: int) -> None:
        chosen = self.client.itemData(place)
        if chosen is None:
            return
        empty = self.client.findData(None)
        if empty >= 0:
            self.client.removeItem(empty)
        self.client_chosen.emit(chosen)
