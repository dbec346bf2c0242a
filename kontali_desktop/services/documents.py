"""A single document: what came embedded in it, and what its books say it is worth in kroner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kontali_desktop.domain.errors import AmountNotUnderstood, UnknownAttachment, UnknownDocument
from kontali_desktop.domain.ids import AttachmentId, DocumentId
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.file_storage import StoredAttachment
from kontali_desktop.services.ports import Attachment, Clock
from kontali_desktop.services.storage import Event, Storage


class Documents:
    """What a person looks up or corrects on a document."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def attachments_of(self, document_ids: Iterable[DocumentId]) -> tuple[StoredAttachment, ...]:
        with self._storage.reading() as work:
            return work.attachments.load_of(document_ids)

    def load_attachment(self, attachment_id: AttachmentId) -> Attachment:
        """With its content. Raises UnknownAttachment."""
        with self._storage.reading() as work:
            found = work.attachments.load(attachment_id)
        if found is None:
            raise UnknownAttachment(id=attachment_id)
        return found

    def set_booked_value(self, document_id: DocumentId, amount_nok: int) -> None:
        """The whole document's value in øre as the books have it; needed for gain and loss on foreign documents.

        Raises UnknownDocument, AmountNotUnderstood where it is not above zero.
        """
        if amount_nok <= 0:
            raise AmountNotUnderstood(text=plain_amount(amount_nok))
        with self._storage.writing() as work:
            stored = work.documents.find([document_id]).get(document_id)
            if stored is None:
                raise UnknownDocument(id=document_id)
            valued = replace(stored.reported, amount_nok=amount_nok)
            work.documents.update(document_id, valued, stored.matched_in_books, stored.difference)
            facts = {
                "number": stored.reported.number,
                "counterparty": stored.reported.counterparty,
                "amount": plain_amount(amount_nok),
            }
            work.events.add(Event(self._clock.now(), PERSON, "document.valued", facts, client_id=stored.client_id))
            work.commit()
