"""Read models of Oversikt and Banktilkoblinger: how every client and connection stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.connections import BankConnection, ConnectionState
from kontali_desktop.domain.errors import UnknownConnection
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.queue import ReviewQueue, counts_of
from kontali_desktop.services.review_models import QueueCounts, QueueItem
from kontali_desktop.services.schedule import next_due
from kontali_desktop.services.storage import Event, Storage, StoredDocument, SyncRun

WARN_DAYS = 14
RUNS_SHOWN = 10


class Light(StrEnum):
    """Green: nothing to do. Amber: something waits for a person. Red: something stands still."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class ConnectionView:
    """A connection with its accounts, clients, newest runs (newest first) and next unattended fetch."""

    connection: BankConnection
    accounts: tuple[BankAccount, ...]
    clients: tuple[Client, ...]
    runs: tuple[SyncRun, ...]
    next_due: datetime | None
    days_left: int | None
    light: Light


@dataclass(frozen=True, slots=True)
class ClientView:
    """A client's day. `received` counts its booked lines after the start, `done` those decided.

    `documents` are all that its books have told of, `documents_open` those with something left to settle.
    """

    client: Client
    counts: QueueCounts
    received: int
    done: int
    accounts: tuple[BankAccount, ...]
    connections: tuple[ConnectionView, ...]
    documents: int
    documents_open: int
    light: Light


@dataclass(frozen=True, slots=True)
class DayCount:
    """Lines booked on a day: how many are done by the program, by the person, and how many wait."""

    day: date
    automatic: int
    by_person: int
    waiting: int


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Everything on Oversikt."""

    clients: tuple[ClientView, ...]
    connections: tuple[ConnectionView, ...]
    days: tuple[DayCount, ...]
    light: Light

    @property
    def waiting(self) -> int:
        return sum(c.counts.waiting for c in self.clients)


class Overview:
    """Reads only, but for the settings of a connection."""

    def __init__(self, storage: Storage, queue: ReviewQueue, clock: Clock) -> None:
        self._storage = storage
        self._queue = queue
        self._clock = clock

    def load(self, client_id: ClientId | None = None, days: int = 14) -> OverviewView:
        """How things stand for one client or all; `days` is how many booking days the chart shows."""
        queue = self._queue.load(client_id, None)
        connections = self.load_connections(include_disconnected=False)
        with self._storage.reading() as work:
            clients = [c for c in work.clients.load_all() if client_id in (None, c.id)]
            accounts = work.accounts.load_all(client_id)
            documents = work.documents.load_of_client(client_id)
        by_client: dict[ClientId, list[QueueItem]] = {c.id: [] for c in clients}
        for item in queue.items:
            by_client[item.client.id].append(item)
        views = tuple(
            _client_view(
                client,
                by_client[client.id],
                tuple(a for a in accounts if a.client_id == client.id),
                tuple(c for c in connections if any(o.id == client.id for o in c.clients)),
                [d for d in documents if d.client_id == client.id],
            )
            for client in clients
        )
        shown = (
            connections
            if client_id is None
            else tuple({c.connection.id: c for v in views for c in v.connections}.values())
        )
        return OverviewView(views, shown, _days(queue.items, days), _worst([v.light for v in views]))

    def load_connections(self, *, include_disconnected: bool = True) -> tuple[ConnectionView, ...]:
        now = self._clock.now()
        with self._storage.reading() as work:
            clients = {c.id: c for c in work.clients.load_all()}
            views = []
            for connection in work.connections.load_all():
                if connection.state is ConnectionState.DISCONNECTED and not include_disconnected:
                    continue
                accounts = work.accounts.load_of_connection(connection.id)
                owners = tuple(clients[i] for i in dict.fromkeys(a.client_id for a in accounts))
                runs = work.connections.load_runs(connection.id, RUNS_SHOWN)
                until = connection.consent.valid_until
                left = (until - now.date()).days if until is not None else None
                due = next_due(connection, now)
                views.append(ConnectionView(connection, accounts, owners, runs, due, left, _light_of(connection, left)))
        return tuple(views)

    def set_frequency(self, connection_id: ConnectionId, hours: int) -> None:
        """6, 12 or 24 hours between unattended fetches. Raises UnknownConnection."""
        with self._storage.writing() as work:
            if work.connections.find(connection_id) is None:
                raise UnknownConnection(id=connection_id)
            work.connections.set_frequency(connection_id, hours)
            facts = {"hours": str(hours)}
            now = self._clock.now()
            work.events.add(Event(now, PERSON, "frequency.changed", facts, connection_id=connection_id))
            work.commit()


def _light_of(connection: BankConnection, days_left: int | None) -> Light:
    if connection.state is not ConnectionState.ACTIVE or (days_left is not None and days_left < 0):
        return Light.RED
    is_soon = days_left is not None and days_left <= WARN_DAYS
    return Light.AMBER if is_soon or connection.last_error else Light.GREEN


def _worst(lights: list[Light]) -> Light:
    for light in (Light.RED, Light.AMBER):
        if light in lights:
            return light
    return Light.GREEN


def _client_view(
    client: Client,
    items: list[QueueItem],
    accounts: tuple[BankAccount, ...],
    connections: tuple[ConnectionView, ...],
    documents: list[StoredDocument],
) -> ClientView:
    counts = counts_of(items)
    done = counts.done
    received = done + counts.waiting + counts.parked
    lights = [c.light for c in connections] + ([Light.AMBER] if counts.waiting else [])
    return ClientView(
        client,
        counts,
        received,
        done,
        accounts,
        connections,
        documents=len(documents),
        documents_open=sum(1 for d in documents if d.open_amount > 0),
        light=_worst(lights),
    )


def _days(items: tuple[QueueItem, ...], most: int) -> tuple[DayCount, ...]:
    """The newest booking days that have lines."""
    by_day: dict[date, list[QueueItem]] = {}
    for item in items:
        day = item.transaction.reported.booking_date
        if day is not None:
            by_day.setdefault(day, []).append(item)
    counted = []
    for day in sorted(by_day)[-most:]:
        counts = counts_of(by_day[day])
        counted.append(DayCount(day, counts.auto_accepted, counts.by_person, counts.waiting + counts.parked))
    return tuple(counted)
