"""What there is to see of the current line besides its fields: a sum's parts, attachments, and why it waits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import ProposedLine
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.services.sums import OpenedSum, Sums
from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter, ShownDocument
from kontali_desktop.ui.review.sum_rows import SumModel
from kontali_desktop.ui.review.why import WhyPresenter
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOADING = "load sum"
REST_SECONDS = 0.06  # a key held down runs past sums that nobody looks at

Shown = tuple[TransactionId, int, tuple[ProposedLine, ...]]


class LinePresenter(QObject):
    """`item` is the line whose parts are in `model`; `opened` is None while they are loaded, or where it is no sum."""

    changed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        sums: Sums,
        attachments: AttachmentsPresenter,
        why: WhyPresenter,
        tasks: TaskOwner,
        wording: Wording,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sums, self._tasks, self._wording = sums, tasks, wording
        self._shown: Shown | None = None
        self.attachments, self.why = attachments, why
        self.item: QueueItem | None = None
        self.opened: OpenedSum | None = None
        self.model = SumModel(wording, self)
        tasks.failed.connect(self._on_failed)

    @property
    def is_loading(self) -> bool:
        return self._tasks.is_running(LOADING)

    def show(self, item: QueueItem | None, documents: Mapping[DocumentId, OpenItem]) -> None:
        """The current row, each time it may have changed."""
        lines = item.proposal.lines if item is not None and item.proposal is not None else ()
        self.attachments.show([ShownDocument(line.document_id, line.number, line.kind) for line in lines])
        shown = (item.id, item.payments, lines) if item is not None and item.payments else None
        if shown == self._shown:
            return
        is_same_line = shown is not None and self._shown is not None and shown[0] == self._shown[0]
        self._shown, self.item = shown, item if shown is not None else None
        if not is_same_line:
            self.opened = None
            self.model.show_parts((), "")
        if shown is None:
            self._tasks.cancel(LOADING)
        else:
            kids = {d: documents[d].kid for line in lines if (d := line.document_id) in documents}
            self._tasks.start(LOADING, partial(self._load, shown, kids), replace=True)
        self.changed.emit()

    async def _load(self, shown: Shown, kids: Mapping[DocumentId, str]) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(REST_SECONDS)
        transaction_id, _, lines = shown
        opened = await loop.run_in_executor(None, self._sums.load, transaction_id, lines, kids)
        if shown != self._shown or self.item is None:
            return
        self.opened = opened
        self.model.show_parts(opened.parts, self.item.transaction.reported.currency)
        self.changed.emit()

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name == LOADING:
            self._shown, self.item = None, None
            self.changed.emit()
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.WARNING, words.message, words.text))
