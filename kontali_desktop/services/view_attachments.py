"""Looking at what came inside a document, in whatever program the person has for it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from kontali_desktop.domain.attachments import ENDINGS, safe_name
from kontali_desktop.domain.errors import AttachmentNotViewable
from kontali_desktop.domain.ids import AttachmentId, DocumentId
from kontali_desktop.services.documents import Documents
from kontali_desktop.services.file_storage import StoredAttachment


class ViewingFolder(Protocol):
    """Where copies to look at lie while the program runs, readable by nobody else."""

    def put(self, name: str, content: bytes) -> Path:
        """Raises AttachmentNotOpened."""
        ...


class ViewAttachments:
    """Only kinds of file that a viewer shows and nothing runs; under a safe name, whatever the database says."""

    def __init__(self, documents: Documents, folder: ViewingFolder) -> None:
        self._documents = documents
        self._folder = folder

    def attachments_of(self, document_ids: tuple[DocumentId, ...]) -> tuple[StoredAttachment, ...]:
        return self._documents.attachments_of(document_ids)

    def put_out(self, attachment_id: AttachmentId) -> Path:
        """A private copy. Raises UnknownAttachment, AttachmentNotViewable, AttachmentNotOpened."""
        found = self._documents.load_attachment(attachment_id)
        if found.media_type not in ENDINGS:
            raise AttachmentNotViewable(name=found.name, media_type=found.media_type)
        return self._folder.put(safe_name(found.name, found.media_type), found.content)
