"""Figures, clients and days as Oversikt shows them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.overview import ClientView, DayCount, Light, OverviewView
from kontali_desktop.ui.overview.attention import Attention, Remedy, attentions, is_soon, needs_renewal
from kontali_desktop.ui.theme import Tone
from kontali_desktop.wording.wording import Wording

TONES = {Light.GREEN: Tone.POSITIVE, Light.AMBER: Tone.WARNING, Light.RED: Tone.NEGATIVE}
MOST_NOTICES = 3


@dataclass(frozen=True, slots=True)
class Figure:
    figure: str
    remark: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """`remedy` with its button, where one thing would put the light to green."""

    id: ClientId
    name: str
    tone: Tone
    light: str
    received: str
    done: str
    waiting: str
    is_waiting: bool
    proved: str
    consent: str
    consent_tone: Tone
    spoken: str
    button: str = ""
    remedy: Remedy | None = None
    connection: ConnectionId | None = None


@dataclass(frozen=True, slots=True)
class DayBar:
    """A booking day; `spoken` is all of it in a line."""

    weekday: str
    day: str
    automatic: int
    by_person: int
    waiting: int
    spoken: str

    @property
    def total(self) -> int:
        return self.automatic + self.by_person + self.waiting


@dataclass(frozen=True, slots=True)
class OverviewScreen:
    """Everything on the screen. `notices` are the worst, `more` how many others there are."""

    day: str
    notices: tuple[Attention, ...]
    more: int
    figures: tuple[Figure, Figure, Figure, Figure]
    clients: tuple[ClientRow, ...]
    bars: tuple[DayBar, ...]


def overview_screen(view: OverviewView, wording: Wording, today: date) -> OverviewScreen:
    found = attentions(view, wording)
    return OverviewScreen(
        day=wording.long_day(today),
        notices=found[:MOST_NOTICES],
        more=max(0, len(found) - MOST_NOTICES),
        figures=_figures(view, wording),
        clients=tuple(_client_row(client, wording, today) for client in view.clients),
        bars=tuple(_bar(day, wording) for day in view.days),
    )


def _figures(view: OverviewView, wording: Wording) -> tuple[Figure, Figure, Figure, Figure]:
    number = wording.integer
    received, done = sum(c.received for c in view.clients), sum(c.done for c in view.clients)
    automatic = sum(c.counts.auto_accepted for c in view.clients)
    counts = [c.counts for c in view.clients]
    split = {name: number(sum(getattr(count, name) for count in counts)) for name in ("sure", "likely", "without")}
    share = wording.text(
        "overview.done_share", percent=wording.percent(done, received, decimals=1), automatic=number(automatic)
    )
    return (
        Figure(number(received), wording.plural("overview.received_from", sum(len(c.accounts) for c in view.clients))),
        Figure(number(done), share if done else wording.text("overview.done_none")),
        Figure(
            number(view.waiting),
            wording.text("overview.waiting_split", **split) if view.waiting else wording.text("overview.waiting_none"),
        ),
        Figure(wording.text("overview.not_proved"), wording.text("overview.not_proved_text")),
    )


def _client_row(view: ClientView, wording: Wording, today: date) -> ClientRow:
    expired = next((c for c in view.connections if needs_renewal(c)), None)
    soon = next((c for c in view.connections if is_soon(c)), None)
    worst = (
        expired
        or soon
        or min(view.connections, key=lambda c: c.connection.consent.valid_until or date.max, default=None)
    )
    consent = wording.text("overview.no_consent")
    if worst is not None:
        until = worst.connection.consent.valid_until
        is_over = expired is not None and (until is None or until >= today)
        consent = (
            wording.connection_state(worst.connection.state)
            if is_over or until is None
            else wording.days_left_short(until, today)
        )
    button, remedy, connection = "", None, None
    renewed = expired or soon
    if renewed is not None:
        button, remedy, connection = wording.text("overview.renew_short"), Remedy.RENEW, renewed.connection.id
    elif view.counts.waiting:
        button, remedy = wording.text("overview.review"), Remedy.REVIEW
    has_bank = bool(view.accounts or view.connections)
    if not has_bank:
        button, remedy = wording.text("overview.connect_bank"), Remedy.CONNECT
    light = wording.text(f"overview.light.{view.light}" if has_bank else "overview.light.none")
    number = wording.integer
    facts = {"received": number(view.received), "done": number(view.done), "waiting": number(view.counts.waiting)}
    return ClientRow(
        id=view.client.id,
        name=view.client.name,
        tone=TONES[view.light] if has_bank else Tone.QUIET,
        light=light,
        **facts,
        is_waiting=view.counts.waiting > 0,
        proved=wording.text("overview.cell_not_proved") if has_bank else "",
        consent=consent,
        consent_tone=Tone.NEGATIVE if expired else Tone.WARNING if soon else Tone.QUIET,
        spoken=wording.text("overview.row_spoken", name=view.client.name, light=light, consent=consent, **facts),
        button=button,
        remedy=remedy,
        connection=connection,
    )


def _bar(day: DayCount, wording: Wording) -> DayBar:
    number = wording.integer
    spoken = wording.text(
        "overview.chart_day",
        day=wording.weekday(day.day),
        automatic=number(day.automatic),
        by_person=number(day.by_person),
        waiting=number(day.waiting),
    )
    weekday = wording.weekday(day.day)[:2]
    return DayBar(weekday, wording.short_day(day.day), day.automatic, day.by_person, day.waiting, spoken)
