"""What needs a person, the worst first, each with the one button that fixes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.overview import WARN_DAYS, ClientView, ConnectionView, OverviewView
from kontali_desktop.ui.widgets.notice import Severity
from kontali_desktop.wording.wording import Wording


class Remedy(StrEnum):
    """What the button does."""

    RENEW = "renew"
    SYNC = "sync"
    IMPORT = "import"
    REVIEW = "review"
    CONNECT = "connect"


@dataclass(frozen=True, slots=True)
class Attention:
    """`connection` or `client` is what the remedy is for."""

    severity: Severity
    title: str
    text: str
    button: str
    remedy: Remedy
    connection: ConnectionId | None = None
    client: ClientId | None = None


_ORDER = (Severity.NEGATIVE, Severity.WARNING, Severity.INFO)


def attentions(view: OverviewView, wording: Wording) -> tuple[Attention, ...]:
    found = [made for c in view.connections if (made := _of_connection(c, wording)) is not None]
    without = [c for c in view.clients if c.received and not c.documents]
    if without:
        found.append(_without_invoices(without, wording))
    return tuple(sorted(found, key=lambda attention: _ORDER.index(attention.severity)))


def needs_renewal(view: ConnectionView) -> bool:
    has_run_out = view.days_left is not None and view.days_left < 0
    return view.connection.state in (ConnectionState.EXPIRED, ConnectionState.SIGN_IN_REQUIRED) or has_run_out


def is_soon(view: ConnectionView) -> bool:
    return view.days_left is not None and view.days_left <= WARN_DAYS


def _of_connection(view: ConnectionView, wording: Wording) -> Attention | None:
    connection = view.connection
    who = ", ".join(client.name for client in view.clients) or wording.bank(connection.bank)
    bank = wording.bank(connection.bank)
    if connection.state is ConnectionState.SIGN_IN_REQUIRED:
        title, text = wording.text("overview.sign_in", clients=who, bank=bank), wording.text("overview.expired_text")
        again = wording.text("overview.sign_in_again")
        return Attention(Severity.NEGATIVE, title, text, again, Remedy.RENEW, connection.id)
    renew = wording.text("overview.renew")
    if needs_renewal(view):
        until = connection.consent.valid_until
        title = wording.text("overview.expired_undated", clients=who, bank=bank)
        if until is not None and view.days_left is not None and view.days_left < 0:
            title = wording.text("overview.expired", clients=who, bank=bank, day=wording.short_day(until))
        text = wording.text("overview.expired_text")
        return Attention(Severity.NEGATIVE, title, text, renew, Remedy.RENEW, connection.id)
    newest = view.runs[0] if view.runs else None
    if newest is not None and newest.error_code:
        words = wording.stored_error(newest.error_code, newest.error_facts)
        title = wording.text("overview.failed", clients=who, message=words.message)
        return Attention(Severity.WARNING, title, words.text, wording.text("overview.sync"), Remedy.SYNC, connection.id)
    if is_soon(view) and view.days_left is not None:
        title = wording.plural("overview.soon", view.days_left, clients=who, bank=bank)
        if view.days_left == 0:
            title = wording.text("overview.today", clients=who, bank=bank)
        return Attention(
            Severity.WARNING, title, wording.text("overview.soon_text"), renew, Remedy.RENEW, connection.id
        )
    return None


def _without_invoices(clients: list[ClientView], wording: Wording) -> Attention:
    """Lines have come, and there is nothing to match them with, nor ever was: one notice for all such clients."""
    if len(clients) == 1:
        title = wording.text("overview.no_invoices", clients=clients[0].client.name)
    else:
        title = wording.plural("overview.no_invoices_many", len(clients))
    return Attention(
        Severity.INFO,
        title,
        wording.text("overview.no_invoices_text"),
        wording.text("overview.import"),
        Remedy.IMPORT,
        client=clients[0].client.id if len(clients) == 1 else None,
    )
