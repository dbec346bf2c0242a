"""The client's documents for a line, without widgets: why the chosen one was not proposed ("hvorfor ikke denne?")."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.storage import StoredDocument
from kontali_desktop.services.why_not import LineDocuments, WhyNotDocument
from kontali_desktop.ui.review.detail import evidence_items
from kontali_desktop.ui.widgets.evidence import EvidenceItem
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOADING, EXPLAINING = "load documents of a line", "explain a document"
REST_SECONDS = 0.06  # a key held down runs past documents that nobody asks about


@dataclass(frozen=True, slots=True)
class Explained:
    """Of one document: the reasons in sentences, and what the engine would see in it alone."""

    document: StoredDocument
    reasons: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]


class WhyNotPresenter(QObject):
    """`shown` carries `LineDocuments`, or None when they are no longer to be seen; `explained` an `Explained`."""

    shown = Signal(object)
    explained = Signal(object)
    notice = Signal(object)

    def __init__(
        self, why_not: WhyNotDocument, tasks: TaskOwner, wording: Wording, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._why_not, self._tasks, self._wording = why_not, tasks, wording
        self._of: LineDocuments | None = None
        tasks.failed.connect(self._on_failed)

    def begin(self, transaction_id: TransactionId) -> None:
        self._tasks.start(LOADING, partial(self._load, transaction_id), replace=True)

    def choose(self, document: StoredDocument) -> None:
        if self._of is not None:
            self._tasks.start(EXPLAINING, partial(self._explain, self._of.line.id, document), replace=True)

    def close(self) -> None:
        self._of = None
        self._tasks.cancel(EXPLAINING)
        self.shown.emit(None)

    async def _load(self, transaction_id: TransactionId) -> None:
        self._of = await asyncio.to_thread(self._why_not.documents, transaction_id)
        self.shown.emit(self._of)

    async def _explain(self, transaction_id: TransactionId, document: StoredDocument) -> None:
        await asyncio.sleep(REST_SECONDS)
        why = await asyncio.to_thread(self._why_not.explain, transaction_id, document.id)
        if self._of is None or self._of.line.id != transaction_id:
            return
        reasons = self._wording.why_not_document(why, document)
        evidence = evidence_items(why.alone, self._wording) if why.alone is not None else ()
        self.explained.emit(Explained(document, reasons, evidence))

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name in (LOADING, EXPLAINING):
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
