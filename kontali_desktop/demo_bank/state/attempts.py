"""Sign-ins under way: begun by a client or by a consent, gone when done or long past."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from kontali_desktop.demo_bank.state.records import Attempt
from kontali_desktop.demo_bank.state.store import Store

LIFETIME = timedelta(minutes=10)
_KEPT = timedelta(hours=2)  # long enough after running out to tell the person so


def begin(
    store: Store,
    now: datetime,
    *,
    language: str,
    redirect_uri: str,
    refused_uri: str,
    client_id: str = "",
    scopes: list[str] | None = None,
    state: str = "",
    challenge: str = "",
    consent_id: str = "",
) -> Attempt:
    for old in [a.id for a in store.attempts.values() if a.started_at + _KEPT < now]:
        del store.attempts[old]
    attempt = Attempt(
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(24),
        now,
        language,
        redirect_uri,
        refused_uri,
        client_id,
        scopes or [],
        state,
        challenge,
        consent_id,
    )
    store.attempts[attempt.id] = attempt
    return attempt


def address(attempt: Attempt) -> str:
    """The page of the step that has been reached."""
    return f"/sign-in/{attempt.id}/{attempt.step}"


def has_run_out(attempt: Attempt, now: datetime) -> bool:
    return attempt.started_at + LIFETIME <= now
