from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kontali_desktop.domain.connections import BankConnection, ConnectionState, Consent, Environment
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.schedule import is_due, latest_slot, next_due

NOW = datetime(2026, 2, 13, 8, 0, tzinfo=UTC)


def connection(
    hours: int = 24,
    success: datetime | None = None,
    attempt: datetime | None = None,
    error: str = "",
    state: ConnectionState = ConnectionState.ACTIVE,
) -> BankConnection:
    return BankConnection(
        ConnectionId(1),
        "demo",
        Environment.SANDBOX,
        state,
        Consent("c", None),
        hours,
        last_success_at=success,
        last_attempt_at=attempt or success,
        last_error=error,
    )


@pytest.mark.parametrize(
    ("hours", "now", "slot"),
    [
        (24, NOW, NOW.replace(hour=3)),
        (24, NOW.replace(hour=2), NOW.replace(hour=3) - timedelta(days=1)),
        (6, NOW.replace(hour=9, minute=1), NOW.replace(hour=9)),
        (6, NOW.replace(hour=2), NOW.replace(hour=21) - timedelta(days=1)),
        (12, NOW.replace(hour=14), NOW.replace(hour=3)),
        (12, NOW.replace(hour=15), NOW.replace(hour=15)),
    ],
)
def test_slots_begin_at_three_utc(hours: int, now: datetime, slot: datetime) -> None:
    assert latest_slot(hours, now) == slot


def test_a_missed_night_is_due_at_start() -> None:
    assert is_due(connection(success=NOW - timedelta(days=2)), NOW)


def test_one_that_ran_tonight_waits_for_the_next_night() -> None:
    ran = connection(success=NOW.replace(hour=3, minute=1))
    assert not is_due(ran, NOW)
    assert next_due(ran, NOW) == NOW.replace(hour=3) + timedelta(days=1)


def test_a_failed_one_is_tried_again_an_hour_later() -> None:
    failed = connection(
        success=NOW - timedelta(days=1), attempt=NOW - timedelta(minutes=30), error="service_unreachable"
    )
    assert not is_due(failed, NOW)
    assert is_due(failed, NOW + timedelta(minutes=31))


def test_a_clock_that_ran_ahead_does_not_stop_the_feed() -> None:
    assert is_due(connection(success=NOW + timedelta(days=400)), NOW)
    ahead = connection(success=NOW - timedelta(days=2), attempt=NOW + timedelta(days=400), error="rate_limited")
    assert is_due(ahead, NOW)


@pytest.mark.parametrize("state", [s for s in ConnectionState if s is not ConnectionState.ACTIVE])
def test_what_needs_a_person_is_never_due(state: ConnectionState) -> None:
    assert next_due(connection(state=state), NOW) is None
