"""Fetches in words: how far one is, what it brought, what a run in the history was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.errors import error_text, stored_error_text
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.domain.connections import ConnectionState
    from kontali_desktop.services.storage import SyncRun
    from kontali_desktop.services.synchronise import SyncProgress, SyncReport


def sync_progress(texts: Texts, progress: SyncProgress) -> str:
    """Henter konto 2 av 3 … 214 transaksjoner."""
    lines = texts.plural("sync.transactions", progress.transactions)
    at = min(progress.accounts_done + 1, progress.accounts)
    if progress.accounts > 1:
        return texts.text("sync.fetching_account", account=at, accounts=progress.accounts, transactions=lines)
    return texts.text("sync.fetching", transactions=lines)


def sync_result(texts: Texts, dates: DateWords, report: SyncReport) -> str:
    """Ferdig: 214 transaksjoner, 187 forslag; or why not."""
    if report.error is not None:
        return error_text(texts, dates, report.error).message
    lines = texts.plural("sync.transactions", report.total.added)
    proposed = texts.plural("sync.proposals", report.match.proposed)
    if report.match.auto_accepted:
        proposed += ", " + texts.plural("sync.auto_accepted", report.match.auto_accepted)
    return texts.text("sync.done", transactions=lines, proposals=proposed)


def run_brought(texts: Texts, run: SyncRun) -> str:
    """+214 nye, 0 endret."""
    return texts.text("sync.brought", added=run.added, updated=run.updated)


def run_result(texts: Texts, dates: DateWords, run: SyncRun) -> str:
    """The run's outcome. Balances are not proved yet, and that is said as it is."""
    if run.error_code:
        return stored_error_text(texts, dates, run.error_code, run.error_facts).message
    return texts.text("sync.not_proved")


def connection_state(texts: Texts, state: ConnectionState) -> str:
    return texts.text(f"connection.state.{state}")


def frequency_text(texts: Texts, hours: int) -> str:
    """Hver natt, hver 12. time, hver 6. time."""
    return texts.text(f"frequency.{hours}")
