"""The review without its widgets: decides at once, stores behind, and keeps the person's place."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject, QTimer

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.errors import KontaliError, NothingToUndo
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.ui.review import foresight
from kontali_desktop.ui.review.listing import Group, Listing, place_of
from kontali_desktop.ui.review.loading import Loaded, ReviewServices, load
from kontali_desktop.ui.review.model import QueueModel
from kontali_desktop.ui.review.rows import RowMaker
from kontali_desktop.ui.review.state import ListState, ReviewSignals, Said, about
from kontali_desktop.ui.review.writer import TASK as WRITING
from kontali_desktop.ui.review.writer import DecisionWriter, Step
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow
from kontali_desktop.wording.wording import Wording

LOADING, PROPOSING, UNDOING = "load review", "propose again", "load undone"
SETTLE_MS = 1500  # after the last decision, before the rest is matched anew


class ReviewPresenter(ReviewSignals):
    """Rows are in `model`, the current one is `current`; every command answers before it is stored."""

    def __init__(
        self,
        services: ReviewServices,
        tasks: TaskOwner,
        wording: Wording,
        *,
        settle_ms: int = SETTLE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._wording = services, tasks, wording
        self._client_id: ClientId | None = None
        self._listing = Listing()
        self.documents: dict[DocumentId, OpenItem] = {}
        self.settings: dict[ClientId, ClientSettings] = {}
        self._rows = RowMaker(wording, with_client=True)
        self._current: TransactionId | None = None
        self._undoable: list[Step] = []
        self._clients_touched: set[ClientId] = set()
        self._version = 0
        self._is_changing = False
        self.state = ListState.LOADING
        self.model = QueueModel(self.row, self)
        self._writer = DecisionWriter(tasks, self)
        self._writer.stored.connect(self._on_stored)
        self._writer.refused.connect(self._on_refused)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(settle_ms)
        self._settle.timeout.connect(self._on_settled)
        tasks.failed.connect(self._on_failed)

    # What is shown

    @property
    def current(self) -> QueueItem | None:
        return self._listing.find(self._current) if self._current is not None else None

    @property
    def current_row(self) -> int:
        return self.model.row_of(self._current) if self._current is not None else -1

    @property
    def group(self) -> Group:
        return self._listing.group

    @property
    def waiting(self) -> int:
        return self._listing.waiting

    @property
    def automatic(self) -> int:
        return self._listing.automatic

    @property
    def is_at_rest(self) -> bool:
        """Everything is stored and read again; nothing is on its way."""
        running = any(self._tasks.is_running(name) for name in (LOADING, PROPOSING, UNDOING, WRITING))
        return not running and not self._writer.is_busy and not self._settle.isActive()

    def item(self, item_id: TransactionId) -> QueueItem:
        return self._listing.get(item_id)

    def row(self, item_id: TransactionId) -> TwoSidedRow:
        """What the list shows of an item."""
        item = self._listing.get(item_id)
        other = self.counter_item(item.proposal)
        return self._rows.make(item, self.documents, other.account.number if other else "")

    def count(self, group: Group) -> int:
        return self._listing.count(group)

    def counter_item(self, proposal: Proposal | None) -> QueueItem | None:
        """The other transaction of a transfer, where it is among what was loaded."""
        other = proposal.counter_transaction if proposal else None
        return self._listing.find(other) if other is not None else None

    # What can be asked for

    def refresh(self) -> None:
        self._tasks.start(LOADING, self._load)

    def show_client(self, client_id: ClientId | None) -> None:
        """One client's queue, or everyone's; then each row names its client."""
        if client_id == self._client_id and self.state is not ListState.LOADING:
            return
        self._client_id = client_id
        self._current = None
        self._rows = RowMaker(self._wording, with_client=client_id is None)
        self._set_state(ListState.LOADING)
        self._tasks.start(LOADING, self._load, replace=True)

    def choose_group(self, group: Group) -> None:
        self._listing.group = group
        self._show_again()

    def search(self, text: str) -> None:
        self._listing.search(text)
        self._show_again()

    def choose(self, row: int) -> None:
        """Make a row the current one. What a view chooses by itself while rows come and go is not the person's wish."""
        if self._is_changing:
            return
        item_id = self.model.ids[row] if 0 <= row < len(self.model.ids) else None
        if item_id != self._current:
            self._current = item_id
            self.current_changed.emit(row if item_id is not None else -1)
            self.changed.emit()

    def move(self, step: int) -> None:
        row = self.current_row + step
        if 0 <= row < len(self.model.ids):
            self.choose(row)

    def accept(self, item_id: TransactionId | None = None, alternative: int = 0) -> None:
        """Accept the proposal of the current row (or of another), or one of its alternatives, counted from 1."""
        item = self._decidable(item_id)
        if item is None or item.proposal is None:
            self.say_nothing_proposed(self._wording, item)
            return
        ranked = (item.proposal, *item.alternatives)
        if alternative >= len(ranked):
            return
        proposal = ranked[alternative]
        step = Step(
            partial(self._services.review.accept_shown, item.id, proposal),
            before=self._touched_by(item, proposal),
            proposal=proposal,
        )
        after = foresight.both_accepted(item, self.counter_item(proposal), proposal, self.documents)
        self.documents.update(foresight.put_on(self.documents, proposal))
        decided = {i.id for i in after}
        after += [self._possible(i) for i in step.before if i.id not in decided]
        self._decide(step, after, "review.said.accepted", item)

    def reject(self, item_id: TransactionId | None = None) -> None:
        """Reject the proposal; the next alternative takes its place, and where there is none the next row comes."""
        item = self._decidable(item_id)
        if item is None or item.proposal is None:
            self.say_nothing_proposed(self._wording, item)
            return
        proposal = item.proposal
        other = self.counter_item(proposal)
        before = (item, other) if other is not None and other.status in WAITING else (item,)
        step = Step(partial(self._services.review.reject_shown, item.id, proposal), before=before)
        after = foresight.both_without(before, proposal, self.settings)
        is_current = item.id == self._current
        row = self.current_row
        self._decide(step, after, "review.said.rejected", item)
        if is_current and after[0].proposal is None and self._current == item.id and row + 1 < len(self.model.ids):
            self.choose(row + 1)

    @property
    def is_on_automatic(self) -> bool:
        """The current line was matched by the program: what is taken back is that."""
        return self.current is not None and self.current.is_automatic

    def undo(self) -> None:
        """Take back the person's own last decision, of this session or an earlier one.

        What the program decided is taken back only where its line is the current one.
        """
        if self.current is not None and self.is_on_automatic:
            self._undo_match(self.current.id)
            return
        step = self._undoable.pop() if self._undoable else None
        undo = self._services.review.undo_own
        self._writer.put(Step(undo, step.before if step else (), is_undo=True, undoes=step))
        self._version += 1
        if step is None:
            return
        if step.proposal is not None:
            self.documents.update(foresight.put_on(self.documents, step.proposal, back=True))
        self._bring_back(step.before)

    def _undo_match(self, item_id: TransactionId) -> None:
        if not self._writer.is_busy and not self._tasks.is_running(UNDOING):  # asked once
            self._writer.put(Step(partial(self._services.review.undo_match, item_id), is_undo=True))
            self._version += 1

    async def finish(self) -> None:
        """Return once every decision is stored; closing waits for it."""
        self._settle.stop()
        await self._writer.finish()

    # Inside

    def _decidable(self, item_id: TransactionId | None) -> QueueItem | None:
        item = self._listing.find(item_id) if item_id is not None else self.current
        if item is None or item.status not in WAITING:
            return None
        closed = foresight.period_closed(item, self.settings)
        if closed is not None:
            self.say_refused(self._wording, closed)
        return item if closed is None else None

    def _touched_by(self, item: QueueItem, proposal: Proposal) -> tuple[QueueItem, ...]:
        """The item, a transfer's other half, and whatever waits with a proposal of the same documents."""
        other = self.counter_item(proposal)
        same = self._listing.naming(line.document_id for line in proposal.lines)
        found = [item, *([other] if other else []), *same]
        return tuple({i.id: i for i in found}.values())

    def _possible(self, item: QueueItem) -> QueueItem:
        return foresight.possible(item, self.documents, self.settings[item.client.id])

    def _decide(self, step: Step, after: Iterable[QueueItem], key: str, item: QueueItem) -> None:
        self._version += 1
        self._undoable.append(step)
        self._clients_touched.add(item.client.id)
        self._put(after)
        self.said.emit(Said(about(self._wording, key, item), can_undo=True))
        self._writer.put(step)
        self._settle.start()

    def _put(self, items: Iterable[QueueItem]) -> None:
        """New states of items; rows leave or stay, and the current row is never lost."""
        row, left = self.current_row, -1
        with self._changing():
            for item in items:
                self._listing.put(item)
                self.model.forget(item.id)
                if not self._listing.is_visible(item) and (place := self.model.row_of(item.id)) >= 0:
                    left = place if item.id == self._current else left
                    self.model.remove(place)
                    row -= place < row
        self._keep_place(row)
        if left >= 0:
            self.row_left.emit(left)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._is_changing = True
        try:
            yield
        finally:
            self._is_changing = False

    def _keep_place(self, row: int) -> None:
        """The current item is still the current one; where it is gone, what stands in its place."""
        if self.current_row < 0:
            ids = self.model.ids
            self._current = ids[min(max(row, 0), len(ids) - 1)] if ids else None
        self._set_state(self._state_of_rows())
        self.current_changed.emit(self.current_row)

    def _bring_back(self, items: tuple[QueueItem, ...]) -> None:
        """Items as they were; the first of them becomes the current one."""
        if not items:
            return
        shown = [item for item in items if self._client_id in (None, item.client.id)]
        with self._changing():
            for item in shown:
                self._listing.put(item)
                self._clients_touched.add(item.client.id)
                self.model.forget(item.id)
                if self._listing.is_visible(item) and self.model.row_of(item.id) < 0:
                    self.model.insert(bisect_left(self.model.ids, place_of(item), key=self._place), item.id)
        if self.model.row_of(items[0].id) >= 0:
            self._current = items[0].id
        self.said.emit(Said(about(self._wording, "review.said.undone", items[0]), is_undo=True))
        self._keep_place(self.current_row)
        self._settle.start()

    def _place(self, item_id: TransactionId) -> tuple[int, int]:
        return place_of(self._listing.get(item_id))

    def _show_again(self) -> None:
        """Another group or search over the same items; the current row stays where it is still shown."""
        with self._changing():
            self.model.reset(self._listing.visible())
        self._keep_place(0)

    def _state_of_rows(self) -> ListState:
        if self.state is ListState.UNTOUCHED and not len(self._listing):
            return ListState.UNTOUCHED
        if self.model.ids:
            return ListState.ROWS
        return ListState.NOTHING_FOUND if self._listing.needle or self.group is not Group.ALL else ListState.DONE

    def _set_state(self, state: ListState) -> None:
        self.state = state
        self.changed.emit()

    # Behind

    async def _load(self) -> None:
        await self._writer.finish()
        version, client_id = self._version, self._client_id
        loaded = await asyncio.to_thread(load, self._services, client_id, self._listing)
        if client_id != self._client_id:
            return
        if version != self._version:
            self._settle.start()  # decided meanwhile: what was read is old already
            return
        self._take(loaded)

    def _take(self, loaded: Loaded) -> None:
        is_first = self.state in (ListState.LOADING, ListState.FAILED)
        row, asked = self.current_row, (self._listing.group, self._listing.needle)
        visible = loaded.visible
        if asked != (loaded.listing.group, loaded.listing.needle):
            loaded.listing.group, loaded.listing.needle = asked
            visible = loaded.listing.visible()
        self._listing = loaded.listing
        self.documents, self.settings = loaded.documents, loaded.settings
        with self._changing():
            (self.model.reset if is_first else self.model.merge)(visible)
            self.model.forget_all()
        self.state = ListState.UNTOUCHED if loaded.is_untouched else ListState.ROWS
        self._keep_place(row)

    def _on_stored(self, step: Step) -> None:
        if not step.is_undo:
            return
        if step.undoes is not None and set(step.touched) == set(step.undoes.touched):
            return
        if step.undoes is not None:
            self._undoable.append(step.undoes)  # something newer was taken back, decided elsewhere
        self._tasks.start(UNDOING, partial(self._load_undone, step.touched), replace=True)

    async def _load_undone(self, touched: tuple[TransactionId, ...]) -> None:
        items = await asyncio.to_thread(self._services.queue.load_items, touched)
        await self._load()
        if items:
            self._bring_back(items)
        else:  # a list's closing was taken back
            self.said.emit(Said(self._wording.text("review.said.reopened"), is_undo=True))
            self.data_changed.emit()

    def _on_refused(self, step: Step, error: KontaliError) -> None:
        if step in self._undoable:
            self._undoable.remove(step)
        if isinstance(error, NothingToUndo):
            self.say_nothing_own(self._wording)
            return
        if step.undoes is not None:
            self._undoable.append(step.undoes)  # it stands, and can still be taken back
        self.say_refused(self._wording, error)
        self._tasks.start(LOADING, self._load)

    def _on_settled(self) -> None:
        """Nothing was decided for a while: match the rest anew, and tell the other screens."""
        if self._tasks.is_running(PROPOSING) or self._writer.is_busy:
            self._settle.start()
            return
        self._tasks.start(PROPOSING, self._propose_again)

    async def _propose_again(self) -> None:
        clients, self._clients_touched = self._clients_touched, set()
        for client_id in clients:
            await asyncio.to_thread(self._services.propose.propose_anew, client_id)
        await self._load()
        self.data_changed.emit()

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name == WRITING:
            return
        if name == LOADING and not self.model.ids:
            self._set_state(ListState.FAILED)
        self.tell(self._wording, error)
