"""The facts with a search over them, the decisions behind the chosen one, and "Glem dette"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from kontali_desktop.services.learnt_list import LearntEntry
from kontali_desktop.ui.learnt.presenter import GROUP_OF, Group
from kontali_desktop.ui.learnt.rows import LINE, WHAT, LearntModel, LearntRow, SourceModel, found
from kontali_desktop.ui.sheets.about_client import AboutClient, AboutClientSheet
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.chips import Chip, ChipRow
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.quiet_strip import QuietStrip
from kontali_desktop.ui.widgets.search_field import SearchField
from kontali_desktop.ui.widgets.table import TableView
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

WIDTH, SHOWN_ROWS, SOURCE_ROWS, EMPTY_HEIGHT = 960, 9, 4, 260
MOST_SOURCES = 200  # a KID's layout rests on thousands
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
Content = AboutClient[tuple[LearntRow, ...]]


class LearntSheet(AboutClientSheet):
    """`forget_wanted` carries the chosen entry."""

    forget_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, of: Content) -> None:
        text = wording.text
        title = text("learnt.title")
        super().__init__(theme, wording, window, title, client=of.client, clients=of.clients, width=WIDTH)
        self.setObjectName("learnt_sheet")
        self._rows: tuple[LearntRow, ...] = ()
        self._client_id = of.client.id
        self._is_away = False
        self.body.addWidget(Label(theme, text("learnt.note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        self.body.addLayout(self._make_filters())
        self.table, self._model = self._make_table()
        self.body.addWidget(self.table, 1)
        self._empty = EmptyState(theme, IconName.TRAY, "")
        self._empty.setMinimumHeight(EMPTY_HEIGHT)
        self.body.addWidget(self._empty, 1)
        self._heading = heading(theme, text("learnt.sources"))
        self.body.addWidget(self._heading)
        self.sources, self._source_model = self._make_sources()
        self.body.addWidget(self.sources)
        self.strip = QuietStrip(theme, text("common.undo"), ("Ctrl", "Z"))
        self.strip.undone.connect(self.undo_wanted)
        self.strip.hide()
        self.body.addWidget(self.strip)
        self.forget = Button(theme, text("learnt.forget"), keys=(text("learnt.forget.key"),))
        self.forget.setObjectName("forget_button")
        self.forget.clicked.connect(self._on_forget)
        self.primary = self.make_button(text("common.close"), "close_button", self.dismiss, kind=ButtonKind.PRIMARY)
        self.add_buttons(self.primary, left=self.forget)
        self.show_content(of)
        self.first = self.table if of.content else self.primary

    def show_content(self, of: Content) -> None:
        """After a change, with the same row chosen; of another client, from its first."""
        row = self.table.currentIndex().row() if of.client.id == self._client_id else 0
        self._client_id = of.client.id
        self._rows = of.content
        counts = dict.fromkeys(Group, 0)
        for one in self._rows:
            counts[GROUP_OF[one.entry.fact.kind]] += 1
        counts[Group.ALL] = len(self._rows)
        self.groups.set_counts({group.value: counts[group] for group in Group})
        for group in Group:
            self.groups.set_shown(group.value, shown=group is Group.ALL or counts[group] > 0)
        self._show_rows(max(0, row))

    def say(self, text: str, *, undoable: bool) -> None:
        self.strip.say(text, undoable=undoable)
        self.strip.show()
        self.refit()

    @property
    def chosen(self) -> LearntEntry | None:
        index = self.table.currentIndex()
        return self._model.at(self.table.proxy.mapToSource(index).row()).entry if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table would look for a row that begins with what is typed."""
        is_key = watched is self.table and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self.undo_wanted.emit()
        elif event.key() in DELETE:
            self._on_forget()
        elif event.text() == "/":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            return False
        return True

    def _on_forget(self) -> None:
        if self.chosen is not None and self.forget.isEnabled():
            self.forget_wanted.emit(self.chosen)

    def _make_filters(self) -> QHBoxLayout:
        text = self.wording.text
        chips = [Chip(group.value, text(f"learnt.group.{group.value}")) for group in Group]
        self.groups = ChipRow(self.theme, chips, name=text("learnt.groups"), write=self.wording.integer)
        self.groups.setObjectName("learnt_groups")
        self.groups.chosen.connect(lambda _key: self._show_rows(0))
        self.search = SearchField(self.theme, text("learnt.search"), name=text("learnt.search.name"))
        self.search.field.setObjectName("learnt_search")
        self.search.changed.connect(lambda _text: self._show_rows(0))
        self.search.left.connect(lambda: self.table.setFocus(Qt.FocusReason.ShortcutFocusReason))
        row = QHBoxLayout()
        row.addWidget(self.groups, 1)
        row.addWidget(self.search)
        return row

    def _make_table(self) -> tuple[TableView, LearntModel]:
        model = LearntModel((), self.wording, self)
        table = _table(self.theme, self.wording.text("learnt.title"), model, WHAT)
        table.setObjectName("learnt_list")
        table.want_rows(SHOWN_ROWS)
        table.horizontalHeader().setSortIndicatorShown(False)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.selectionModel().currentChanged.connect(self._on_current)
        table.installEventFilter(self)
        return table, model

    def _make_sources(self) -> tuple[TableView, SourceModel]:
        model = SourceModel((), self.wording, self)
        table = _table(self.theme, self.wording.text("learnt.sources"), model, LINE)
        table.setObjectName("learnt_sources")
        table.want_rows(SOURCE_ROWS)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        return table, model

    def _show_rows(self, row: int) -> None:
        group = Group(self.groups.current)
        mine = [r for r in self._rows if group in (Group.ALL, GROUP_OF[r.entry.fact.kind])]
        shown = found(mine, self.search.text)
        self._model.show_records(shown)
        has_rows = bool(shown)
        had_focus = self.table.hasFocus() or self._is_away
        for widget in (self.table, self._heading, self.sources):
            widget.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        self.forget.setEnabled(has_rows)
        self._is_away = had_focus and not has_rows  # the keyboard, from a table that is not shown
        if had_focus and self.primary is not None:
            (self.table if has_rows else self.primary).setFocus(Qt.FocusReason.OtherFocusReason)
        if not has_rows:
            text = self.wording.text
            key = "common.nothing_fits" if self._rows else "learnt.empty"
            self._empty.show_state(IconName.SEARCH if self._rows else IconName.TRAY, text(key), text(f"{key}.text"))
            return
        index = self.table.model().index(min(row, len(shown) - 1), 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self._on_current(index, index)

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        self._source_model.show_records(chosen.sources[:MOST_SOURCES])
        is_cut = len(chosen.sources) > MOST_SOURCES
        said = self.wording.text("learnt.sources.newest" if is_cut else "learnt.sources", count=MOST_SOURCES)
        self._heading.setText(said.upper())
        self._heading.setAccessibleName(said)


def _table(theme: Theme, name: str, model: LearntModel | SourceModel, stretch: int) -> TableView:
    table = TableView(theme, name=name)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.set_model(model, widths=[width for _, width in model.COLUMNS], stretch=stretch)
    return table
