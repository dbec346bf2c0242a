"""Fetches in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.errors import ServiceRefused, ServiceUnreachable
from kontali_desktop.services.propose_matches import MatchReport
from kontali_desktop.services.storage import SyncRun
from kontali_desktop.services.store_listing import Stored
from kontali_desktop.services.synchronise import AccountReport, SyncProgress, SyncReport
from kontali_desktop.wording.wording import Wording

ID = ConnectionId(1)
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_progress(nb: Wording) -> None:
    assert nb.sync_progress(SyncProgress(0, 1, 214)) == "Henter … 214 transaksjoner"
    assert nb.sync_progress(SyncProgress(1, 3, 1)) == "Henter konto 2 av 3 … 1 transaksjon"
    assert nb.sync_progress(SyncProgress(3, 3, 0)) == "Henter konto 3 av 3 … 0 transaksjoner"


def test_results(nb: Wording, en: Wording) -> None:
    account = AccountReport("15032080119", DAY, DAY, Stored(fetched=220, added=214))
    report = SyncReport(ID, (account,), MatchReport(proposed=187))
    assert nb.sync_result(report) == "Ferdig: 214 transaksjoner, 187 forslag"
    automatic = SyncReport(ID, (account,), MatchReport(proposed=1, auto_accepted=186))
    assert en.sync_result(automatic) == "Done: 214 transactions, 1 proposal, 186 accepted automatically"
    failed = SyncReport(ID, (), MatchReport(), ServiceUnreachable(service="dnb"))
    assert nb.sync_result(failed) == "DNB svarer ikke."


def test_runs(nb: Wording) -> None:
    good = SyncRun(ID, AT, AT, is_attended=False, fetched=284, added=96, updated=2)
    assert nb.run_brought(good) == "+96 nye, 2 endret"
    assert nb.run_result(good) == "Saldo ikke avstemt"
    error = ServiceRefused(service="dnb", status=503)
    bad = SyncRun(ID, AT, AT, is_attended=False, error_code=error.code, error_facts=error.parameters)
    assert nb.run_result(bad) == "DNB avviste forespørselen (503)."


def test_every_state_and_frequency_has_words(wording: Wording) -> None:
    assert len({wording.connection_state(state) for state in ConnectionState}) == len(ConnectionState)
    assert len({wording.frequency(hours) for hours in (6, 12, 24)}) == 3
