"""Read models of the plain lists: open items, and the event log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.connections import BankConnection
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import ClientId, ConnectionId, DocumentId
from kontali_desktop.services.storage import Event, Storage, StoredDocument, open_item_of


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with whose it is, and how many files came inside it."""

    client: Client
    document: StoredDocument
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with whose it is: a client's, or a connection's with the clients whose accounts it reads."""

    event: Event
    client: Client | None
    connection: BankConnection | None = None
    connection_clients: tuple[Client, ...] = ()


class Listings:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load_documents(self, client_id: ClientId | None = None) -> tuple[DocumentView, ...]:
        """Every document of one client or of all, settled ones too."""
        with self._storage.reading() as work:
            clients = {c.id: c for c in work.clients.load_all()}
            found = work.documents.load_of_client(client_id)
            attachments = work.attachments.count(client_id)
        return tuple(DocumentView(clients[d.client_id], d, attachments.get(d.id, 0)) for d in found)

    def load_open_items(self, client_id: ClientId | None = None) -> Mapping[DocumentId, OpenItem]:
        """The documents as the matching sees them, by id: what the aligned view of a whole queue needs."""
        with self._storage.reading() as work:
            return {d.id: open_item_of(d) for d in work.documents.load_of_client(client_id)}

    def load_events(self, client_id: ClientId | None = None, most: int = 2_000) -> tuple[EventView, ...]:
        """The newest events first: those of one client and of the connections that read its accounts, or all."""
        with self._storage.reading() as work:
            clients = {c.id: c for c in work.clients.load_all()}
            connections = {c.id: c for c in work.connections.load_all()}
            readers: dict[ConnectionId, dict[ClientId, Client]] = {}
            for account in work.accounts.load_all():
                if account.connection_id is not None:
                    readers.setdefault(account.connection_id, {})[account.client_id] = clients[account.client_id]
            own = frozenset(i for i, read in readers.items() if client_id in read)
            found = work.events.load(None, most, None if client_id is None else (client_id, own))
        return tuple(
            EventView(
                event,
                clients.get(event.client_id) if event.client_id is not None else None,
                connections.get(event.connection_id) if event.connection_id is not None else None,
                tuple(readers.get(event.connection_id, {}).values()) if event.connection_id is not None else (),
            )
            for event in found
        )
