"""Read models of the plain lists: open items, and the event log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import ClientId, DocumentId
from kontali_desktop.services.storage import Event, Storage, StoredDocument, open_item_of


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with whose it is."""

    client: Client
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with whose it is; None where it belongs to no client."""

    event: Event
    client: Client | None


class Listings:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load_documents(self, client_id: ClientId | None = None) -> tuple[DocumentView, ...]:
        """Every document of one client or of all, settled ones too."""
        with self._storage.reading() as work:
            clients = {c.id: c for c in work.clients.load_all()}
            found = work.documents.load_of_client(client_id)
        return tuple(DocumentView(clients[d.client_id], d) for d in found)

    def load_open_items(self, client_id: ClientId | None = None) -> Mapping[DocumentId, OpenItem]:
        """The documents as the matching sees them, by id: what the aligned view of a whole queue needs."""
        with self._storage.reading() as work:
            return {d.id: open_item_of(d) for d in work.documents.load_of_client(client_id)}

    def load_events(self, client_id: ClientId | None = None, most: int = 2_000) -> tuple[EventView, ...]:
        """The newest events first: those of one client, or all."""
        with self._storage.reading() as work:
            clients = {c.id: c for c in work.clients.load_all()}
            found = work.events.load(None, most)
        return tuple(
            EventView(e, clients.get(e.client_id) if e.client_id is not None else None)
            for e in found
            if client_id is None or e.client_id == client_id
        )
