"""What a rule would have done in the past twelve months, and only then the button that lets it act."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kontali_desktop.domain.rules import Effect
from kontali_desktop.services.rule_tests import RuleVerdict
from kontali_desktop.ui.rules.rows import LineModel, of_verdict
from kontali_desktop.ui.rules.steps import Removing, Tested
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, PAGE_MARGIN, ROW_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import ButtonKind
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.notice import Notice, Severity
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, LEAST_ROWS = 980, 9, 3
FRAME = 34  # the card's edge and margins
AROUND = 330  # all but the table, with a notice
ALL = ""
ORDER = (RuleVerdict.CONFLICTS, RuleVerdict.AGREES, RuleVerdict.UNDECIDED, RuleVerdict.EARLIER)


class TestedSheet(WordedSheet):
    """`use_wanted` says whether it is in spite of conflicts."""

    __test__ = False  # no test of pytest's

    use_wanted = Signal(bool)
    keep_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Tested) -> None:
        text = wording.text
        name = step.books.client.name
        super().__init__(theme, wording, window, text("rules.test.title"), subtitle=name, width=WIDTH)
        self.setObjectName("tested_sheet")
        self._step = step
        sentence = wording.rule(step.rule, step.books.numbers)
        self._sentence = Label(theme, sentence, size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        self.body.addWidget(self._sentence)
        self.summary = Label(theme, self._told(step), wrap=True)
        self.summary.setObjectName("rule_test_summary")
        self.body.addWidget(self.summary)
        self.notice = Notice(theme)
        self.notice.setObjectName("rule_test_notice")
        self.body.addWidget(self.notice)
        self.chips = self._make_chips(step)
        self.body.addWidget(self.chips)
        self.table = self._make_table(step)
        self.body.addWidget(self.table)
        self._choose_first()
        self._add_answers(step)
        self._warn(step)
        if step.test.conflicts:
            self.chips.choose(RuleVerdict.CONFLICTS)  # they are what is to be looked at
            self._on_filter(RuleVerdict.CONFLICTS)
        self.first = self.table if step.test.lines else self.primary

    def open_sheet(self) -> None:
        super().open_sheet()
        self.refit()

    def refit(self) -> None:
        """The table gives way first."""
        room = max(LEAST_ROWS, min(SHOWN_ROWS, (self.window().height() - AROUND) // ROW_HEIGHT))
        rows = min(room, max(LEAST_ROWS, len(self._step.test.lines)))
        self.table.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * rows + 2)
        width = min(WIDTH, self.window().width() - 2 * PAGE_MARGIN) - FRAME
        for label in (self._sentence, self.summary):  # a layout would guess a narrower width, and leave gaps
            label.setFixedHeight(label.heightForWidth(width))
        super().refit()

    def _told(self, step: Tested) -> str:
        wording, test = self.wording, step.test
        since = wording.day(test.since)
        if not test.lines:
            return wording.text("rules.test.nothing", since=since)
        parts = [wording.plural("rules.test.hits", test.hits, since=since)]
        if step.rule.effect is not Effect.NEVER_AUTOMATIC and test.hits:
            counted = ((RuleVerdict.AGREES, test.agreements), (RuleVerdict.CONFLICTS, len(test.conflicts)))
            parts += [wording.plural(f"rules.test.{verdict}", count) for verdict, count in counted]
        earlier = test.count(RuleVerdict.EARLIER)
        if earlier:
            parts.append(wording.plural("rules.test.earlier", earlier))
        return " ".join(parts)

    def _warn(self, step: Tested) -> None:
        text = self.wording.text
        if step.test.conflicts:
            title = self.wording.plural("rules.test.conflict_title", len(step.test.conflicts))
            told = text("rules.test.conflict_automatic" if step.rule.is_automatic else "rules.test.conflict_text")
            self.notice.show_notice(Severity.WARNING, title, told)
        elif not step.test.lines:
            self.notice.show_notice(Severity.INFO, text("rules.test.nothing_title"), text("rules.test.nothing_text"))
        elif step.rule.is_automatic and not step.test.agreements:
            self.notice.show_notice(
                Severity.WARNING, text("rules.test.unproved_title"), text("rules.test.unproved_text")
            )

    def _make_chips(self, step: Tested) -> ChipRow:
        text, test = self.wording.text, step.test
        counts = [(verdict, test.count(verdict)) for verdict in ORDER]
        chips = [Chip(ALL, text("common.all"), len(test.lines))]
        chips += [Chip(verdict, text(f"rules.verdict.{verdict}"), count) for verdict, count in counts if count]
        row = ChipRow(self.theme, chips, name=text("common.filters"), write=self.wording.integer)
        row.setObjectName("rule_test_filter")
        row.setVisible(len(chips) > 2)  # noqa: PLR2004 - with one kind alone there is nothing to choose
        row.chosen.connect(self._on_filter)
        return row

    def _make_table(self, step: Tested) -> TableView:
        self._model = LineModel(step.test.lines, self.wording, self)
        table = TableView(self.theme, name=self.wording.text("rules.test.lines"))
        table.setObjectName("rule_test_lines")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.set_model(self._model, widths=[width for _, width in LineModel.COLUMNS], stretch=LineModel.TEXT)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        table.setVisible(bool(step.test.lines))
        return table

    def _choose_first(self) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.table.model().index(0, 0), flags)

    def _on_filter(self, verdict: str) -> None:
        self._model.show_records(of_verdict(self._step.test.lines, verdict))
        self._choose_first()

    def _add_answers(self, step: Tested) -> None:
        """With conflicts Enter goes back: in spite of them only on purpose."""
        text = self.wording.text
        has_conflicts = bool(step.test.conflicts)
        quiet, primary = ButtonKind.QUIET, ButtonKind.PRIMARY
        change = self.make_button(
            text("rules.test.change"), "back_button", self.back_wanted, kind=primary if has_conflicts else quiet
        )
        keep = self.make_button(text("rules.test.keep"), "keep_rule_button", self.keep_wanted)
        keep.setVisible(not step.is_kept)
        use = self.make_button(
            text("rules.test.use_anyway" if has_conflicts else "rules.test.use"),
            "use_rule_button",
            lambda: self.use_wanted.emit(has_conflicts),
            kind=quiet if has_conflicts else primary,
        )
        self.primary = change if has_conflicts else use
        if has_conflicts:
            self.add_buttons(keep, use, change)
        else:
            self.add_buttons(keep, use, left=change)


class RemoveSheet(WordedSheet):
    """The question before a rule is deleted; `agreed` is the answer yes."""

    agreed = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Removing) -> None:
        text = wording.text
        super().__init__(theme, wording, window, text("rules.remove.title"))
        self.setObjectName("remove_rule_sheet")
        sentence = wording.rule(step.rule.rule, step.books.numbers)
        self.body.addWidget(Label(theme, sentence, weight=Weight.MEDIUM, wrap=True))
        self.body.addWidget(Label(theme, text("rules.remove.text"), tone=Tone.QUIET, wrap=True))
        back = self.make_button(text("common.cancel"), "cancel_button", self.back_wanted)
        self.primary = self.make_button(
            text("rules.remove.button"), "remove_button", self.agreed, kind=ButtonKind.PRIMARY
        )
        self.add_buttons(back, self.primary)
        self.first = self.primary
