"""Kontroll: header, chips and search, the two-sided list, the strip, the detail, and the keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.services.queue import WAITING
from kontali_desktop.ui.review.detail import make_detail
from kontali_desktop.ui.review.detail_pane import DetailPane
from kontali_desktop.ui.review.line import LinePresenter
from kontali_desktop.ui.review.listing import Group, group_of
from kontali_desktop.ui.review.presenter import ReviewPresenter
from kontali_desktop.ui.review.state import ListState, Said
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedList
from kontali_desktop.wording.wording import Wording

DIGITS = range(int(Qt.Key.Key_1), int(Qt.Key.Key_9) + 1)
STATES = {
    ListState.LOADING: ("review.loading", IconName.CLOCK, Tone.QUIET),
    ListState.UNTOUCHED: ("review.empty", IconName.BANK, Tone.QUIET),
    ListState.DONE: ("review.all_done", IconName.CHECK_CIRCLE, Tone.POSITIVE),
    ListState.NOTHING_FOUND: ("review.empty_filter", IconName.SEARCH, Tone.QUIET),
    ListState.FAILED: ("review.failed", IconName.ERROR, Tone.NEGATIVE),
}
BUTTONS = {
    ListState.UNTOUCHED: "review.empty.button",
    ListState.NOTHING_FOUND: "review.empty_filter.button",
    ListState.FAILED: "review.failed.button",
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReviewPage(QWidget):
    """Widgets and layout; the presenter decides, and `line` knows what more there is to see of the current row."""

    keys_asked = Signal()
    why_not_asked = Signal(object)  # the TransactionId of the current line
    name = "review"

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        presenter: ReviewPresenter,
        line: LinePresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._line = theme, wording, line
        self.presenter = presenter
        self._wanted: TransactionId | None = None
        self._can_undo = False  # what the strip says
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header = PageHeader(theme, wording.text("review.title"))
        layout.addWidget(self._header)
        layout.addLayout(self._make_filters())
        self._list = self._make_list()
        self._empty = EmptyState(theme, IconName.CLOCK, "")
        self._empty.button.setObjectName("review_empty_button")
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty.acted.connect(self._on_empty_acted)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self._list)
        self._middle.addWidget(self._empty)
        layout.addWidget(self._middle, 1)
        self._strip = QuietStrip(theme, wording.text("review.undo"), ("Ctrl", "Z"))
        self._strip.undone.connect(presenter.undo)
        layout.addWidget(self._strip)
        self._detail = self._make_detail()
        layout.addWidget(self._detail)
        self.setFocusProxy(self._list.view)
        presenter.changed.connect(self._on_changed)
        presenter.current_changed.connect(self._on_current_changed)
        presenter.row_left.connect(self._list.view.close_gap)
        presenter.said.connect(self._on_said)
        self._on_changed()
        self._on_current_changed(presenter.current_row)  # it may have loaded before this page was made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key a decision. What is typed into a field never comes here, but Enter would: it leaves the field."""
        focused = self.focusWidget()
        key = Qt.Key(event.key())
        if isinstance(focused, QLineEdit) and focused.hasFocus():
            if key in ENTER:
                self._list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                super().keyPressEvent(event)
            return
        if not self._on_key(key, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._detail.set_room(self.width(), self.height())

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.field.selectAll()

    def show_line(self, item_id: TransactionId) -> None:
        """Make a line the current one, in its own group; where the queue is being read, once it is."""
        self._wanted = item_id
        self._show_wanted()

    def _show_wanted(self) -> None:
        presenter = self.presenter
        if self._wanted is None or presenter.state in (ListState.LOADING, ListState.FAILED):
            return
        wanted, self._wanted = self._wanted, None
        try:
            item = presenter.item(wanted)
        except KeyError:  # taken out meanwhile, or another client's
            return
        group = Group.ALL if item.status in WAITING else group_of(item)
        self._search.clear()
        self._chips.choose(group.value)
        presenter.choose_group(group)
        presenter.choose(presenter.model.row_of(wanted))

    def _on_key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """Whether the key was one of the screen's. A key held down moves on but never decides again and again."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.presenter.undo()
            return True
        if modifiers:
            return False
        if key in (Qt.Key.Key_J, Qt.Key.Key_Down):
            self.presenter.move(1)
        elif key in (Qt.Key.Key_K, Qt.Key.Key_Up):
            self.presenter.move(-1)
        elif key == Qt.Key.Key_Slash or event.text() == "/":
            self.focus_search()
        elif key == Qt.Key.Key_W:
            self._ask_why_not()
        elif key in ENTER or key == Qt.Key.Key_R or int(key) in DIGITS:
            if not event.isAutoRepeat():
                self._decide(key)
        else:
            return False
        return True

    def _ask_why_not(self) -> None:
        current = self.presenter.current
        if current is not None:
            self.why_not_asked.emit(current.id)

    def _decide(self, key: Qt.Key) -> None:
        if key in ENTER:
            self.presenter.accept()
        elif key == Qt.Key.Key_R:
            self.presenter.reject()
        else:
            self.presenter.accept(alternative=int(key) - int(Qt.Key.Key_0))

    def _make_filters(self) -> QHBoxLayout:
        text = self._wording.text
        chips = [Chip(group.value, text(f"review.filter.{group.value}")) for group in Group]
        self._chips = ChipRow(self._theme, chips, name=text("review.filters"), write=self._wording.integer)
        self._chips.setObjectName("review_groups")
        self._chips.chosen.connect(lambda key: self.presenter.choose_group(Group(key)))
        self._search = SearchField(self._theme, text("review.search"), name=text("review.search.name"))
        self._search.field.setObjectName("review_search")
        self._search.changed.connect(self.presenter.search)
        self._search.left.connect(lambda: self._list.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        row = QHBoxLayout()
        row.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 12)
        row.addWidget(self._chips, 1)
        row.addWidget(self._search)
        return row

    def _make_list(self) -> TwoSidedList:
        text = self._wording.text
        made = TwoSidedList(
            self._theme,
            (text("review.column.bank"), text("review.column.confidence"), text("review.column.proposal")),
            name=text("review.list"),
            accept_tip=f"{text('review.accept')} (⏎)",
            reject_tip=f"{text('review.reject')} (R)",
        )
        made.view.setObjectName("review_list")
        made.set_model(self.presenter.model)
        made.view.selectionModel().currentChanged.connect(self._on_view_moved)
        made.view.accept_clicked.connect(lambda index: self.presenter.accept(self._id_at(index)))
        made.view.reject_clicked.connect(lambda index: self.presenter.reject(self._id_at(index)))
        return made

    def _make_detail(self) -> DetailPane:
        made = DetailPane(self._theme, self._wording, self._line)
        made.accepted.connect(partial(self.presenter.accept, None))
        made.rejected.connect(partial(self.presenter.reject, None))
        made.undone.connect(self.presenter.undo)
        made.alternative_taken.connect(lambda number: self.presenter.accept(alternative=number))
        made.keys_asked.connect(self.keys_asked)
        made.why_not_asked.connect(self._ask_why_not)
        return made

    def _id_at(self, index: QModelIndex) -> TransactionId:
        return self.presenter.model.ids[index.row()]

    def _on_view_moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.presenter.choose(index.row())

    def _on_current_changed(self, row: int) -> None:
        """The view follows the presenter, and the detail with it."""
        view = self._list.view
        chosen = view.selectionModel()
        if row >= 0 and (row != view.currentIndex().row() or not chosen.hasSelection()):
            # A view that gets the keyboard makes its first row the current one, and does not choose it.
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            chosen.setCurrentIndex(self.presenter.model.index(row), flags)
        if row >= 0:
            view.scrollTo(view.currentIndex())
        self._strip.offer_undo(offered=self._can_undo and not self.presenter.is_on_automatic)
        item = self.presenter.current
        counter = self.presenter.counter_item(item.proposal) if item else None
        self._detail.show_detail(make_detail(item, counter, self.presenter.documents, self._wording))
        self._line.show(item, self.presenter.documents)
        self._line.why.show(item, counter, self.presenter.settings)

    def _on_changed(self) -> None:
        presenter, wording = self.presenter, self._wording
        waiting = wording.plural("review.subtitle", presenter.waiting)
        done = wording.plural("review.auto_accepted", presenter.automatic) if presenter.automatic else ""
        is_loaded = presenter.state not in (ListState.LOADING, ListState.FAILED, ListState.UNTOUCHED)
        self._header.set_remark(" · ".join(part for part in (done, waiting) if part) if is_loaded else "")
        self._chips.set_counts({group.value: presenter.count(group) if is_loaded else None for group in Group})
        self._chips.set_shown(Group.PARKED.value, shown=presenter.count(Group.PARKED) > 0)
        total = len(presenter.model.ids)
        place, last = (wording.integer(number) for number in (presenter.current_row + 1, total))
        position = wording.text("review.position", place=place, total=last)
        self._strip.set_position(position if total else "")
        self._show_state(presenter.state)
        self._show_wanted()

    def _show_state(self, state: ListState) -> None:
        has_rows = state is ListState.ROWS
        had_focus = self._empty.hasFocus() or self._list.view.hasFocus() or self._detail.has_focus()
        self._middle.setCurrentWidget(self._list if has_rows else self._empty)
        self._detail.setVisible(has_rows)
        self._strip.setVisible(state not in (ListState.LOADING, ListState.UNTOUCHED, ListState.FAILED))
        self.setFocusProxy(self._list.view if has_rows else self._empty)
        if had_focus and not self._search.field.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # what had it may be hidden now
        if not has_rows:
            key, icon, tone = STATES[state]
            text = self._wording.text
            more = "" if state is ListState.LOADING else text(f"{key}.text")
            button = text(BUTTONS[state]) if state in BUTTONS else ""
            self._empty.show_state(icon, text(key), more, button, tone=tone)

    def _on_empty_acted(self) -> None:
        presenter = self.presenter
        if presenter.state is ListState.UNTOUCHED:
            presenter.wants_connect.emit(None)
        elif presenter.state is ListState.NOTHING_FOUND:
            self._search.clear()
            self._chips.choose(Group.ALL.value)
            presenter.choose_group(Group.ALL)
        else:
            presenter.refresh()

    def _on_said(self, said: Said) -> None:
        done = IconName.UNDO if said.is_undo else IconName.CHECK
        icon = done if said.is_done else IconName.INFO
        self._can_undo = said.can_undo
        self._strip.say(said.text, more=said.more, icon=icon, undoable=said.can_undo)
