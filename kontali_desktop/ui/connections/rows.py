"""Connections as the list shows them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.overview import WARN_DAYS, ConnectionView, Light
from kontali_desktop.services.storage import SyncRun
from kontali_desktop.ui.theme import Tone
from kontali_desktop.wording.wording import Wording

TONES = {Light.GREEN: Tone.POSITIVE, Light.AMBER: Tone.WARNING, Light.RED: Tone.NEGATIVE}
FREQUENCIES = (24, 12, 6)
DASH = "–"


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of the history."""

    at: str
    exact: str
    fetched: str
    added: str
    result: str
    duration: str
    is_failed: bool


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One connection; `error` says what went wrong last and what to do, and is empty while all is well."""

    id: ConnectionId
    title: str
    bank: str
    tone: Tone
    light: str
    accounts: str
    numbers: str
    consent: str
    consent_left: str
    consent_tone: Tone
    last: str
    last_exact: str
    brought: str
    frequency: int
    next: str
    error: str
    can_sync: bool
    should_renew: bool  # soon, or at once
    must_renew: bool
    runs: tuple[RunRow, ...]

    @property
    def spoken(self) -> str:
        parts = (self.title, self.bank, self.light, self.accounts, self.consent_left, self.last, self.error)
        return ", ".join(part for part in parts if part)


class RowWording:
    """Makes rows of views, with all that is said as of one moment."""

    def __init__(self, wording: Wording, now: datetime, today: date) -> None:
        self._wording = wording
        self._now = now
        self._today = today

    def row(self, view: ConnectionView) -> ConnectionRow:
        wording, connection = self._wording, view.connection
        must_renew = connection.state in (ConnectionState.EXPIRED, ConnectionState.SIGN_IN_REQUIRED) or (
            view.days_left is not None and view.days_left < 0
        )
        is_soon = view.days_left is not None and view.days_left <= WARN_DAYS
        bank = wording.bank(connection.bank)
        last = connection.last_success_at or connection.last_attempt_at
        good = next((run for run in view.runs if not run.error_code), None)
        return ConnectionRow(
            id=connection.id,
            title=", ".join(client.name for client in view.clients) or bank,
            bank=bank,
            tone=TONES[view.light],
            light=wording.text(f"connections.light_{view.light}"),
            accounts=wording.plural("connections.accounts", len(view.accounts)),
            numbers=" ".join(wording.short_account(account.number) for account in view.accounts),
            consent=self._consent(connection.consent.valid_until),
            consent_left=self._consent_left(view, must_renew=must_renew),
            consent_tone=Tone.NEGATIVE if must_renew else Tone.WARNING if is_soon else Tone.QUIET,
            last=wording.relative(last, self._now) if last else wording.text("connections.never"),
            last_exact=wording.exact(last) if last else "",
            brought=wording.run_brought(good) if good else "",
            frequency=connection.frequency_hours,
            next=self._next(view),
            error=self._error(view),
            can_sync=not must_renew,
            should_renew=must_renew or is_soon,
            must_renew=must_renew,
            runs=tuple(self._run(run) for run in view.runs),
        )

    def _consent(self, until: date | None) -> str:
        return self._wording.day(until) if until else self._wording.text("connections.no_end")

    def _consent_left(self, view: ConnectionView, *, must_renew: bool) -> str:
        until = view.connection.consent.valid_until
        if must_renew and (until is None or until >= self._today):
            return self._wording.connection_state(view.connection.state)
        return self._wording.days_left(until, self._today) if until else ""

    def _next(self, view: ConnectionView) -> str:
        if view.next_due is None:
            return self._wording.text("connections.on_hold")
        if view.next_due <= self._now:
            return self._wording.text("connections.next_soon")
        return self._wording.text("connections.next", time=self._wording.relative(view.next_due, self._now))

    def _error(self, view: ConnectionView) -> str:
        """Of the newest run; what only waits for a renewal says so by its consent already."""
        newest = view.runs[0] if view.runs else None
        if newest is None or not newest.error_code:
            return ""
        words = self._wording.stored_error(newest.error_code, newest.error_facts)
        return self._wording.text("connections.error", message=words.message, action=words.action).strip()

    def _run(self, run: SyncRun) -> RunRow:
        is_failed = bool(run.error_code)
        return RunRow(
            at=self._wording.instant(run.started_at),
            exact=self._wording.exact(run.started_at),
            fetched=DASH if is_failed else self._wording.integer(run.fetched),
            added=DASH if is_failed else self._wording.integer(run.added),
            result=self._wording.run_result(run),
            duration=self._wording.seconds((run.finished_at - run.started_at).total_seconds()),
            is_failed=is_failed,
        )


def remark(wording: Wording, views: tuple[ConnectionView, ...]) -> str:
    """6 tilkoblinger · 9 kontoer · 1 samtykke er utløpt, 1 utløper snart."""
    if not views:
        return ""
    parts = [
        wording.plural("connections.count", len(views)),
        wording.plural("connections.accounts", sum(len(view.accounts) for view in views)),
    ]
    expired = sum(1 for view in views if view.light is Light.RED)
    soon = sum(1 for v in views if v.light is not Light.RED and v.days_left is not None and v.days_left <= WARN_DAYS)
    told = [("connections.count_expired", expired), ("connections.count_soon", soon)]
    ends = ", ".join(wording.plural(key, count) for key, count in told if count)
    return " · ".join([*parts, ends] if ends else parts)
