"""The attachments of the documents that are shown, and opening them, without widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kontali_desktop.domain.attachments import ENDINGS
from kontali_desktop.domain.documents import DocumentKind
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import AttachmentId, DocumentId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.file_storage import StoredAttachment
from kontali_desktop.services.view_attachments import ViewAttachments
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

FINDING, OPENING = "find attachments", "open attachment"
REST_SECONDS = 0.06  # a key held down runs past rows that nobody looks at
PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document on the screen."""

    id: DocumentId
    number: str
    kind: DocumentKind


@dataclass(frozen=True, slots=True)
class Choice:
    """An attachment as a menu names it."""

    id: AttachmentId
    text: str


class AttachmentsPresenter(QObject):
    """`choices` belong to the documents last shown; `wanted` comes when they may be opened, once `want` was asked."""

    changed = Signal()
    wanted = Signal()
    notice = Signal(object)

    def __init__(
        self, viewing: ViewAttachments, tasks: TaskOwner, wording: Wording, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._viewing, self._tasks, self._wording = viewing, tasks, wording
        self._documents: tuple[ShownDocument, ...] = ()
        self._is_wanted = False
        self.choices: tuple[Choice, ...] = ()
        self.label = ""  # of the button
        tasks.failed.connect(self._on_failed)

    @property
    def is_finding(self) -> bool:
        return self._tasks.is_running(FINDING)

    def show(self, documents: Sequence[ShownDocument]) -> None:
        """Find what came with these; until it is found there is nothing to open."""
        shown = tuple(documents)
        if shown == self._documents:
            return
        self._documents, self._is_wanted = shown, False
        self._offer(())
        if shown:
            self._tasks.start(FINDING, partial(self._find, shown), replace=True)
        else:
            self._tasks.cancel(FINDING)

    def want(self) -> None:
        """Open the one attachment, or let the person choose, as soon as it is known what there is."""
        if self.is_finding:
            self._is_wanted = True
        elif self.choices:
            self.wanted.emit()

    def open(self, attachment_id: AttachmentId) -> None:
        self._tasks.start(OPENING, partial(self._open, attachment_id))

    async def _find(self, documents: tuple[ShownDocument, ...]) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(REST_SECONDS)
        ids = tuple(document.id for document in documents)
        found = await loop.run_in_executor(None, self._viewing.attachments_of, ids)
        if documents != self._documents:
            return
        self._offer(found)
        if self._is_wanted and self.choices:
            self.wanted.emit()
        self._is_wanted = False

    async def _open(self, attachment_id: AttachmentId) -> None:
        path = await asyncio.to_thread(self._viewing.put_out, attachment_id)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self._wording.text
            said = text("attachment.no_viewer.text", name=path.name)
            self.notice.emit(NoticeData(Severity.WARNING, text("attachment.no_viewer"), said))

    def _offer(self, found: Sequence[StoredAttachment]) -> None:
        by_id = {document.id: document for document in self._documents}
        shown = [a for a in found if a.media_type in ENDINGS and a.document_id in by_id]
        self.choices = tuple(Choice(a.id, f"{by_id[a.document_id].number}: {a.name}") for a in shown)
        self.label = self._label(shown, by_id[shown[0].document_id].kind) if shown else ""
        self.changed.emit()

    def _label(self, shown: Sequence[StoredAttachment], kind: DocumentKind) -> str:
        if len(shown) > 1:
            return self._wording.plural("attachment.show.several", len(shown))
        ending = ENDINGS[shown[0].media_type][0]
        what = kind.value if ending == PDF else "file"
        return self._wording.text(f"attachment.show.{what}", type=ending.removeprefix(".").upper())

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name in (FINDING, OPENING):
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.WARNING, words.message, words.text))
