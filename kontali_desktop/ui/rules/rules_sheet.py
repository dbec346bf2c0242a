"""The client's rules in their order, suggestions above them, and what can be done to the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.ui.rules.rows import rule_rows
from kontali_desktop.ui.rules.rule_list import RuleList
from kontali_desktop.ui.rules.steps import Listed
from kontali_desktop.ui.rules.suggestions import Suggestions
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.text import Label, divider
from kontali_desktop.wording.wording import Wording

WIDTH, FRAME, CLIENT_WIDTH = 880, 34, 280
LEAST_LIST, EMPTY_HEIGHT, AROUND = 120, 200, 190  # AROUND: all but list and suggestions


class RulesSheet(WordedSheet):
    """Signals carry a RuleId, a SuggestedRule or a ClientId."""

    client_chosen = Signal(object)
    add_wanted = Signal()
    suggestion_taken = Signal(object)
    suggestion_dismissed = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Listed) -> None:
        super().__init__(theme, wording, window, wording.text("rules.title"), width=WIDTH)
        self.setObjectName("rules_sheet")
        self.body.addLayout(self._make_head(step))
        self.suggestions = Suggestions(theme, wording)
        self.suggestions.taken.connect(self.suggestion_taken)
        self.suggestions.dismissed.connect(self.suggestion_dismissed)
        self.body.addWidget(self.suggestions)
        self.list = RuleList(theme, wording)
        self.list.current_changed.connect(self._show_chosen)
        self.body.addWidget(self.list)
        self._empty = EmptyState(theme, IconName.LIST, wording.text("rules.empty"), wording.text("rules.empty_text"))
        self._empty.setMinimumHeight(EMPTY_HEIGHT)
        self.body.addWidget(self._empty)
        self._tools = self._make_tools()
        self.body.addWidget(self._tools)
        self.body.addWidget(divider())
        self._told = Label(theme, tone=Tone.QUIET)
        self._told.setObjectName("rules_told")
        close = self.make_button(wording.text("common.close"), "close_button", self.dismiss)
        self.primary = self.make_button(
            wording.text("rules.new"), "new_rule_button", self.add_wanted, kind=ButtonKind.PRIMARY
        )
        self.add_buttons(close, self.primary, left=self._told)
        self.show_step(step)

    def open_sheet(self) -> None:
        """To the rules, or to the first suggestion while there is none."""
        self.first = self.list if self.list.chosen is not None else self.suggestions.first or self.primary
        super().open_sheet()
        self.refit()

    def show_step(self, step: Listed) -> None:
        """After a change the keyboard stays where it was, or goes to the list from a suggestion that is gone."""
        had_suggestion = self._has_keyboard(self.suggestions)
        self._show_client(step)
        self.suggestions.show_suggestions(step.suggestions)
        self.list.show_rows(rule_rows(step.rules, step.books, self.wording), step.chosen)
        for widget in (self.list, self._tools):
            widget.setVisible(bool(step.rules))
        self._empty.setVisible(not step.rules)
        self._told.setText(step.told)
        self._told.setAccessibleName(step.told)
        self._show_chosen()
        if had_suggestion:
            following = self.suggestions.first or (self.list if step.rules else self.primary)
            if following is not None:
                following.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refit()

    def refit(self) -> None:
        """The list is as high as its rules, and scrolls where there is no room for that."""
        room = self.window().height() - 2 * PAGE_MARGIN - AROUND - self.suggestions.sizeHint().height()
        width = min(WIDTH, self.window().width() - 2 * PAGE_MARGIN) - FRAME
        self.list.setFixedHeight(min(self.list.content_height(width), max(LEAST_LIST, room)))
        for layout in (self.body, self.card.layout()):
            if layout is not None:
                layout.invalidate()
        super().refit()

    def _make_head(self, step: Listed) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(self.theme, self.wording.text("rules.about"), tone=Tone.QUIET, wrap=True), 1)
        self.client = ComboBox(self.theme, name=self.wording.text("rules.client"))
        self.client.setObjectName("rules_client")
        self.client.setFixedWidth(CLIENT_WIDTH)
        for client in step.books.clients:
            self.client.addItem(client.name, client.id)
        self.client.activated.connect(lambda place: self.client_chosen.emit(self.client.itemData(place)))
        self._name = Label(self.theme, size=Size.BODY)
        head.addWidget(self.client, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_tools(self) -> QWidget:
        """What the keys of the list do too."""
        text = self.wording.text
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        wishes = self.list
        self._edit = self._tool("rules.edit", "edit_rule_button", ("⏎",), lambda: self._say(wishes.edit_wanted))
        self._toggle = self._tool(
            "rules.switch_on", "toggle_rule_button", (text("key.space"),), lambda: self._say(wishes.toggle_wanted)
        )
        self._up = self._tool("rules.up", "rule_up_button", ("Alt ↑",), lambda: self._move(-1))
        self._down = self._tool("rules.down", "rule_down_button", ("Alt ↓",), lambda: self._move(1))
        self._remove = self._tool(
            "rules.remove", "remove_rule_button", ("Del",), lambda: self._say(wishes.remove_wanted)
        )
        for button in (self._edit, self._toggle, self._up, self._down):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._remove)
        return tools

    def _tool(self, key: str, name: str, keys: tuple[str, ...], act: Callable[[], None]) -> Button:
        button = Button(self.theme, self.wording.text(key), keys=keys, small=True)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _show_client(self, step: Listed) -> None:
        several = len(step.books.clients) > 1
        self.client.setVisible(several)
        self.client.setCurrentIndex(self.client.findData(step.books.client.id))
        self._name.setVisible(not several)
        self._name.setText(step.books.client.name)

    def _show_chosen(self) -> None:
        row, last = self.list.chosen, self.list.model_.rowCount() - 1
        self._toggle.set_text(self.wording.text("rules.switch_off" if row and row.is_active else "rules.switch_on"))
        self._up.setEnabled(self.list.place > 0)
        self._down.setEnabled(0 <= self.list.place < last)

    def _say(self, wanted: SignalInstance) -> None:
        row = self.list.chosen
        if row is not None:
            wanted.emit(row.id)

    def _move(self, by: int) -> None:
        row = self.list.chosen
        if row is not None:
            self.list.move_wanted.emit(row.id, by)

    def _has_keyboard(self, part: QWidget) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and part.isAncestorOf(focused)
