"""Adding and naming the companies whose books are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from kontali_desktop.domain.check_digits import is_organisation_number
from kontali_desktop.domain.clients import Client, ClientSettings
from kontali_desktop.domain.errors import ClientNeeded, CloseInFuture, NotAnOrganisationNumber, UnknownClient
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Event, Storage, UnitOfWork


@dataclass(frozen=True, slots=True)
class NewClient:
    """A company that is not kept yet; an empty name is for the bank to give."""

    orgnr: str
    name: str = ""


def compact_orgnr(text: str) -> str:
    """Nine digits of an organisation number as people write it ("NO 974 760 673 MVA").

    Raises NotAnOrganisationNumber.
    """
    compact = "".join(text.upper().split()).removeprefix("NO").removesuffix("MVA")
    if not is_organisation_number(compact):
        raise NotAnOrganisationNumber(text=text[:40])
    return compact


def find_client(work: UnitOfWork, orgnr: str | None) -> Client:
    """The client of this number, or the only one there is. Raises UnknownClient, ClientNeeded."""
    if orgnr is not None:
        client = work.clients.find(compact_orgnr(orgnr))
        if client is None:
            raise UnknownClient(orgnr=orgnr)
        return client
    clients = work.clients.load_all()
    if len(clients) != 1:
        raise ClientNeeded(count=len(clients))
    return clients[0]


def add_client(work: UnitOfWork, new: NewClient, now: datetime) -> tuple[Client, bool]:
    """The client, and whether it is new; one that exists is left as it is. Raises NotAnOrganisationNumber."""
    number = compact_orgnr(new.orgnr)
    known = work.clients.find(number)
    if known is not None:
        return known, False
    client = work.clients.add(number, new.name.strip() or number, now)
    facts = {"client": client.name, "orgnr": number}
    work.events.add(Event(now, PERSON, "client.added", facts, client_id=client.id))
    return client, True


class Clients:
    """The list of clients and what is set for each."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def add(self, name: str, orgnr: str) -> tuple[Client, bool]:
        """See `add_client`."""
        with self._storage.writing() as work:
            client, is_new = add_client(work, NewClient(orgnr, name), self._clock.now())
            work.commit()
            return client, is_new

    def load_all(self) -> tuple[Client, ...]:
        with self._storage.reading() as work:
            return work.clients.load_all()

    def find(self, orgnr: str | None) -> Client:
        """See `find_client`."""
        with self._storage.reading() as work:
            return find_client(work, orgnr)

    def load_settings(self, client_id: ClientId) -> ClientSettings:
        with self._storage.reading() as work:
            return work.clients.load_settings(client_id)

    def save_settings(self, client_id: ClientId, settings: ClientSettings, actor: str = PERSON) -> None:
        """The closed period apart: that is `close_books`' alone."""
        with self._storage.writing() as work:
            closed = work.clients.load_settings(client_id).closed
            work.clients.save_settings(client_id, replace(settings, closed=closed))
            facts = {
                "threshold": f"{settings.threshold:.4f}",
                "mode": settings.mode.value,
                "automatic": str(settings.is_automatic).lower(),
                "cap": "" if settings.cap is None else plain_amount(settings.cap),
            }
            work.events.add(Event(self._clock.now(), actor, "client.settings_changed", facts, client_id=client_id))
            work.commit()

    def close_books(self, client_id: ClientId, until: date | None) -> None:
        """A person closes the books up to and with this day, or opens them again (an earlier day; None: all of them).

        Nothing is decided in a closed period, by no one; what the program decided there by itself teaches from then on.
        Raises CloseInFuture.
        """
        if until is not None and until > self._clock.today():
            raise CloseInFuture
        with self._storage.writing() as work:
            settings = work.clients.load_settings(client_id)
            before = settings.closed_until
            if before == until:
                return
            closed = None if until is None else ClosedPeriod(until, work.learning.last_decision(client_id))
            work.clients.save_settings(client_id, replace(settings, closed=closed))
            facts = {"closed_until": _iso(until), "closed_before": _iso(before)}
            work.events.add(Event(self._clock.now(), PERSON, _code(until, before), facts, client_id=client_id))
            work.commit()


def _code(until: date | None, before: date | None) -> str:
    if until is None:
        return "client.books_opened"
    return "client.books_closed" if before is None or until > before else "client.books_opened_after"


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
