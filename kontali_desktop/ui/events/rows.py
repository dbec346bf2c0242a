"""An event as a row of the log, worded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.services.listings import EventView
from kontali_desktop.ui.listing.columns import Column, haystack, sort_text
from kontali_desktop.ui.theme import Tone
from kontali_desktop.wording.wording import Wording


class Group(StrEnum):
    """The chips over the log besides ALL."""

    BANK = "bank"
    FILES = "files"
    DECISIONS = "decisions"
    SETTINGS = "settings"


_GROUPS = {
    "sync": Group.BANK,
    "connection": Group.BANK,
    "file": Group.FILES,
    "files": Group.FILES,
    "document": Group.FILES,
    "documents": Group.FILES,
    "match": Group.DECISIONS,
}
_WENT_WRONG = (".failed", ".refused")


@dataclass(frozen=True, slots=True)
class EventRow:
    """`place` counts from the newest, and keeps apart what happened in the same instant; `about` names whose it is."""

    view: EventView
    place: int
    group: str
    actor: str
    about: str
    what: str
    hay: str

    @property
    def key(self) -> Hashable:
        return self.view.event.at, self.what

    @property
    def tone(self) -> Tone:
        return Tone.NEGATIVE if self.view.event.code.endswith(_WENT_WRONG) else Tone.TEXT


def make_rows(views: Iterable[EventView], wording: Wording) -> tuple[EventRow, ...]:
    """Newest first in, newest first out."""
    return tuple(_row(place, view, wording) for place, view in enumerate(views))


def _row(place: int, view: EventView, wording: Wording) -> EventRow:
    event = view.event
    actor, about, what = wording.actor(event.actor), _about(view, wording), wording.event(event)
    group = _GROUPS.get(event.code.partition(".")[0], Group.SETTINGS)
    return EventRow(view, place, group, actor, about, what, haystack(actor, about, what, wording.instant(event.at)))


def _about(view: EventView, wording: Wording) -> str:
    """The client; of a connection its bank and the clients whose accounts it reads."""
    if view.client is not None:
        return view.client.name
    if view.connection is None:
        return ""
    bank = wording.bank(view.connection.bank)
    names = [client.name for client in view.connection_clients]
    if not names:
        return bank
    several = len(names) > 1
    whose = wording.text("connections.several_clients", first=names[0], count=len(names) - 1) if several else names[0]
    return f"{whose} · {bank}"


def make_columns(wording: Wording) -> tuple[Column[EventRow], ...]:
    text = wording.text
    return (
        Column(
            "at",
            text("events.column.at"),
            156,
            lambda row: wording.instant(row.view.event.at),
            lambda row: (row.view.event.at, -row.place),
            tip=lambda row: wording.exact(row.view.event.at),
        ),
        Column("actor", text("events.column.actor"), 88, lambda row: row.actor, lambda row: sort_text(row.actor)),
        Column(
            "about",
            text("events.column.about"),
            240,
            lambda row: row.about,
            lambda row: sort_text(row.about),
            tone=lambda _row: Tone.QUIET,
            least=120,
        ),
        Column(
            "what",
            text("events.column.what"),
            400,
            lambda row: row.what,
            lambda row: sort_text(row.what),
            tone=lambda row: row.tone,
            least=340,
        ),
    )
