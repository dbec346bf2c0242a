"""When the next synchronisation is due; asked each minute by wall clock, so sleep and resume need no special case."""

from __future__ import annotations

from datetime import datetime, timedelta

from kontali_desktop.domain.connections import BankConnection, ConnectionState

NIGHTLY_HOUR_UTC = 3
RETRY_AFTER = timedelta(hours=1)


def latest_slot(frequency_hours: int, now: datetime) -> datetime:
    """The last moment, not after `now`, at which a connection of this frequency should fetch: 03:00 UTC and on."""
    start = now.replace(hour=NIGHTLY_HOUR_UTC, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return start + (now - start) // timedelta(hours=frequency_hours) * timedelta(hours=frequency_hours)


def next_due(connection: BankConnection, now: datetime) -> datetime | None:
    """The instant of the next unattended fetch, in the past where one was missed; None while it cannot be fetched."""
    if connection.state is not ConnectionState.ACTIVE:
        return None
    slot = latest_slot(connection.frequency_hours, now)
    success, attempt = connection.last_success_at, connection.last_attempt_at
    # What lies in the future was noted by a clock that ran ahead, and says nothing.
    if success is not None and slot <= success <= now:
        return slot + timedelta(hours=connection.frequency_hours)
    if connection.last_error and attempt is not None and slot <= attempt <= now:
        return attempt + RETRY_AFTER
    return slot


def is_due(connection: BankConnection, now: datetime) -> bool:
    due = next_due(connection, now)
    return due is not None and due <= now
