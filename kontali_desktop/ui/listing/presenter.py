"""A table screen without its widgets: loads in a thread, filters by group and by what is searched for."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.ui.listing.columns import Column, Row, folded
from kontali_desktop.ui.listing.model import RowsModel
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

ALL = "all"


class TableState(Enum):
    """What stands where the table is."""

    LOADING = auto()
    EMPTY = auto()  # there is nothing at all yet
    NOTHING_FOUND = auto()  # by group and search
    ROWS = auto()
    FAILED = auto()


class TablePresenter(QObject):
    """Rows are in `model`; a screen says what to load, its columns and its groups."""

    changed = Signal()  # state, counts, remark
    notice = Signal(object)
    data_changed = Signal()
    wants_screen = Signal(str)
    wants_connect = Signal(object)
    wants_import = Signal()

    def __init__(
        self,
        tasks: TaskOwner,
        wording: Wording,
        columns: Sequence[Column[Any]],
        *,
        sorted_by: str,
        order: Qt.SortOrder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._wording = tasks, wording
        self._task = f"load {type(self).__name__}"
        self._all: Sequence[Row] = ()
        self._is_loaded = False
        self._counts: Counter[str] = Counter()
        self._needle = ""
        self.client_id: ClientId | None = None
        self.group = ALL
        self.searched = ""
        self.state = TableState.LOADING
        place = next(place for place, column in enumerate(columns) if column.key == sorted_by)
        self.model = RowsModel(columns, place, order, self)
        tasks.failed.connect(self._on_failed)

    @property
    def is_loaded(self) -> bool:
        return self._is_loaded

    @property
    def total(self) -> int:
        """How many there are before group and search."""
        return len(self._all)

    def count(self, group: str) -> int:
        return sum(self._counts[g] for g in self.groups_in(group))

    def groups_in(self, chip: str) -> frozenset[str]:
        """The groups a chip lets through; ALL lets every one."""
        return frozenset(self._counts) if chip == ALL else frozenset({chip})

    @abstractmethod
    def load(self, client_id: ClientId | None) -> Sequence[Row]:
        """The rows as they stand now; runs in a thread."""

    @abstractmethod
    def remark(self) -> str:
        """The quiet line beside the title, of what is shown."""

    def refresh(self) -> None:
        """Load anew; what is shown stays until the new rows are there."""
        self._tasks.start(self._task, self._load, replace=True)

    def show_client(self, client_id: ClientId | None) -> None:
        if client_id != self.client_id:
            self.client_id = client_id
            self._all, self._is_loaded = (), False  # never one client's rows under another's name
            self._counts.clear()
            self.model.set_rows(())
            self._set_state(TableState.LOADING)
        self.refresh()

    def choose_group(self, group: str) -> None:
        self.group = group
        self._filter()

    def search(self, text: str) -> None:
        """Contains, in any column; blanks and the kind of minus do not matter."""
        self.searched, self._needle = text.strip(), folded(text)
        self._filter()

    async def _load(self) -> None:
        self._all = await asyncio.to_thread(self.load, self.client_id)
        self._counts = Counter(row.group for row in self._all)
        self._is_loaded = True
        self._filter()

    def _filter(self) -> None:
        if not self._is_loaded:
            return
        groups = self.groups_in(self.group)
        rows = [row for row in self._all if row.group in groups and self._needle in row.hay]
        self.model.set_rows(rows)
        if rows:
            self._set_state(TableState.ROWS)
        else:
            self._set_state(TableState.NOTHING_FOUND if self._all else TableState.EMPTY)

    def _set_state(self, state: TableState) -> None:
        self.state = state
        self.changed.emit()

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name != self._task:
            return
        text = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.WARNING, text.message, text.text))
        if not self._is_loaded:
            self._set_state(TableState.FAILED)
