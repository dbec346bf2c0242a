"""The figures, the lines behind them, and switching on what has shown that it holds."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.services.shadow import ShadowOutcome
from kontali_desktop.services.shadow_view import LEAST_DECIDED, ShadowRow, ShadowStand, ShadowView
from kontali_desktop.ui.shadow.rows import DAY, LINE, ShadowModel, done_words, proposal_words
from kontali_desktop.ui.sheets.about_client import AboutClient, AboutClientSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.card import FigureCard
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, EMPTY_HEIGHT = 1040, 8, 300
ALL = "all"
AUTOMATIC = (Mode.CAREFUL, Mode.BALANCED)
TONES = {
    ShadowStand.HOLDS: Tone.POSITIVE,
    ShadowStand.DIFFERS: Tone.WARNING,
    ShadowStand.TOO_FEW: Tone.TEXT,
    ShadowStand.NOTHING: Tone.TEXT,
}
Content = AboutClient[ShadowView]


class ShadowSheet(AboutClientSheet):
    """`mode_wanted` carries the Mode to go over to, `line_wanted` the TransactionId to be seen in the review."""

    mode_wanted = Signal(object)
    line_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, of: Content) -> None:
        text = wording.text
        title = text("shadow.title")
        super().__init__(theme, wording, window, title, client=of.client, clients=of.clients, width=WIDTH)
        self.setObjectName("shadow_sheet")
        self._view = of.content
        self._client_id = of.client.id
        self._period = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._period.setObjectName("shadow_period")
        self.body.addWidget(self._period)
        self._figures = {key: FigureCard(theme, text(f"shadow.figure.{key}")) for key in ("total", *ShadowOutcome)}
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in self._figures.values():
            cards.addWidget(card, 1)
        self.body.addLayout(cards)
        self.verdict = Label(theme, weight=Weight.MEDIUM, wrap=True)
        self.verdict.setObjectName("shadow_verdict")
        self.body.addWidget(self.verdict)
        self._chips = ChipRow(theme, self._make_chips(), name=text("shadow.groups"), write=wording.integer)
        self._chips.setObjectName("shadow_groups")
        self._chips.chosen.connect(lambda _key: self._show_rows())
        self.body.addWidget(self._chips)
        self.table, self._model = self._make_table()
        self.body.addWidget(self.table, 1)
        self._empty = EmptyState(theme, IconName.SCALES, "")
        self._empty.setMinimumHeight(EMPTY_HEIGHT)
        self.body.addWidget(self._empty, 1)
        self.told = Label(theme, wrap=True)
        self.told.setObjectName("shadow_told")
        self.body.addWidget(self.told)
        self._add_buttons()
        self.show_content(of)

    def show_content(self, of: Content) -> None:
        """After a change, or of another client."""
        self._view = view = of.content
        text = self.wording.text
        has_rows = bool(view.rows)
        for widget in (self._period, *self._figures.values(), self.verdict, self._chips, self.table, self.told):
            widget.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        self._show_buttons()
        self.first = self.table if has_rows else self.primary
        if not has_rows:
            is_on = "automatic" if view.mode in AUTOMATIC else "on" if view.mode is Mode.SHADOW else "off"
            self._empty.show_state(IconName.SCALES, text("shadow.empty"), text(f"shadow.empty.{is_on}"))
            return
        self._show_figures()
        counts = {outcome.value: view.report.count(outcome) for outcome in ShadowOutcome}
        self._chips.set_counts({**counts, ALL: len(view.rows)})
        if of.client.id != self._client_id or not self._model.rowCount():
            is_differing = counts[ShadowOutcome.DIFFERED] > 0
            self._chips.choose(ShadowOutcome.DIFFERED.value if is_differing else ALL)
        self._client_id = of.client.id
        self._show_rows()

    @property
    def chosen(self) -> ShadowRow | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()) if index.isValid() else None

    def _make_chips(self) -> list[Chip]:
        keys = (ShadowOutcome.DIFFERED, ShadowOutcome.AGREED, ShadowOutcome.UNDECIDED)
        words = self.wording.text
        return [*(Chip(key.value, words(f"shadow.group.{key.value}")) for key in keys), Chip(ALL, words("common.all"))]

    def _make_table(self) -> tuple[TableView, ShadowModel]:
        model = ShadowModel((), self.wording, self)
        table = TableView(self.theme, name=self.wording.text("shadow.list"))
        table.setObjectName("shadow_list")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.set_model(model, widths=[width for _, width in model.COLUMNS], stretch=LINE)
        table.sortByColumn(DAY, Qt.SortOrder.DescendingOrder)
        table.want_rows(SHOWN_ROWS)
        table.selectionModel().currentChanged.connect(self._on_current)
        return table, model

    def _add_buttons(self) -> None:
        text = self.wording.text
        self._see = self.make_button(text("shadow.see"), "see_line_button", self._on_see)
        self._close = self.make_button(text("common.close"), "close_button", self.dismiss)
        self.switch = self.make_button("", "switch_on_button", self._on_switch, kind=ButtonKind.PRIMARY)
        self.add_buttons(self._close, self.switch, left=self._see)

    def _show_buttons(self) -> None:
        """Automatic acceptance is offered where it holds; shadow mode where nothing is noted.

        Enter never takes automatic acceptance away.
        """
        view, text = self._view, self.wording.text
        is_holding = view.stand is ShadowStand.HOLDS and view.mode not in AUTOMATIC
        is_idle = view.stand is ShadowStand.NOTHING and view.mode is not Mode.SHADOW
        self.switch.set_text(text("shadow.switch_on" if is_holding else "shadow.start"))
        self.switch.setVisible(is_holding or is_idle)
        is_offered = is_holding or (is_idle and view.mode not in AUTOMATIC)
        self.primary = self.switch if is_offered else self._close
        self.switch.set_kind(ButtonKind.PRIMARY if is_offered else ButtonKind.QUIET)
        self._close.set_kind(ButtonKind.QUIET if is_offered else ButtonKind.PRIMARY)
        self._see.setVisible(bool(view.rows))

    def _show_figures(self) -> None:
        view, wording = self._view, self.wording
        total = len(view.report.lines)
        self._figures["total"].set_figure(wording.integer(total), wording.text("shadow.figure.total.note"))
        for outcome in ShadowOutcome:
            count = view.report.count(outcome)
            tone = Tone.WARNING if outcome is ShadowOutcome.DIFFERED and count else Tone.TEXT
            is_none = outcome is ShadowOutcome.DIFFERED and not count
            note = wording.text("shadow.figure.agreed.note" if is_none else f"shadow.figure.{outcome}.note")
            self._figures[outcome].set_figure(wording.integer(count), note, tone)
        moments = [line.at for line in view.report.lines]
        since, until = (wording.day(at.astimezone().date()) for at in (min(moments), max(moments)))
        key = "shadow.period" if since != until else "shadow.period.day"
        self._period.setText(wording.text(key, since=since, until=until))
        self.verdict.setText(self._verdict())
        self.verdict.set_tone(TONES[view.stand])

    def _verdict(self) -> str:
        view, wording = self._view, self.wording
        agreement = view.agreement
        if view.mode in AUTOMATIC:
            return wording.text("shadow.verdict.is_on")
        if view.stand is ShadowStand.DIFFERS:
            return wording.plural("shadow.verdict.differs", agreement.n - agreement.right)
        if view.stand is ShadowStand.TOO_FEW:
            if not agreement.n:
                return wording.text("shadow.verdict.none", least=LEAST_DECIDED)
            return wording.plural("shadow.verdict.too_few", agreement.n, least=LEAST_DECIDED)
        at_least = wording.percent(int(agreement.bounds[0] * 10_000), 10_000, 1)
        return wording.text("shadow.verdict.holds", n=wording.integer(agreement.n), at_least=at_least)

    def _show_rows(self) -> None:
        key = self._chips.current
        self._model.show_records([r for r in self._view.rows if key in (ALL, r.line.outcome)])
        index = self.table.model().index(0, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self._on_current(index, index)

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        row, text = self.chosen, self.wording.text
        self._see.setEnabled(row is not None)
        if row is None:
            self.told.setText("")
            return
        reported = row.transaction.reported
        line = " · ".join(part for part in (reported.counterparty, reported.text) if part)
        proposed = proposal_words(self.wording, row, row.proposed)
        kind = text(f"evidence_kind.{row.line.kind}")
        told = text("shadow.told", line=line, proposed=proposed, kind=kind, done=done_words(self.wording, row))
        self.told.setText(told)

    def _on_see(self) -> None:
        if self.chosen is not None:
            self.line_wanted.emit(self.chosen.transaction.id)

    def _on_switch(self) -> None:
        self.mode_wanted.emit(Mode.BALANCED if self._view.stand is ShadowStand.HOLDS else Mode.SHADOW)
