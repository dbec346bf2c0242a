"""Reports of import, matching, synchronisation and connections as the contract's JSON."""

from __future__ import annotations

from typing import Any

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services.import_models import FileResult, ImportReport
from kontali_desktop.services.overview import ConnectionView
from kontali_desktop.services.ports import RefusedRow
from kontali_desktop.services.propose_matches import MatchReport
from kontali_desktop.services.synchronise import AccountReport, SyncReport
from kontali_desktop.wording.wording import Wording


def error_json(error: KontaliError, wording: Wording) -> dict[str, str]:
    text = wording.error(error)
    return {"code": error.code, "message": text.message, "action": text.action}


def import_json(report: ImportReport, wording: Wording) -> dict[str, Any]:
    return {"files": [_file(f, wording) for f in report.files]}


def _file(result: FileResult, wording: Wording) -> dict[str, Any]:
    return {
        "path": str(result.path),
        "format": result.format or None,
        "status": result.status,
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "refused": [_row(r, wording) for r in result.refused],
        "doubts": [_row(r, wording) for r in result.doubts],
    }


def _row(row: RefusedRow, wording: Wording) -> dict[str, str]:
    return {"where": row.where, "why": wording.refusal("", row.why, row.facts)}


def match_json(report: MatchReport) -> dict[str, Any]:
    return {
        "transactions": report.transactions,
        "documents": report.documents,
        "proposed": report.proposed,
        "auto_accepted": report.auto_accepted,
        "seconds": report.seconds,
    }


def sync_json(report: SyncReport, wording: Wording) -> dict[str, Any]:
    return {
        "connection": str(report.connection),
        "accounts": [_account(a) for a in report.accounts],
        "match": match_json(report.match),
        "error": error_json(report.error, wording) if report.error else None,
    }


def _account(report: AccountReport) -> dict[str, Any]:
    proved, gap = report.balance_proved_to, report.first_gap
    return {
        "account": report.account,
        "from": report.since.isoformat(),
        "to": report.until.isoformat(),
        "fetched": report.stored.fetched,
        "added": report.stored.added,
        "updated": report.stored.updated,
        "unchanged": report.stored.unchanged,
        "balance_proved_to": proved.isoformat() if proved else None,
        "first_gap": gap.isoformat() if gap else None,
    }


def connection_json(view: ConnectionView) -> dict[str, Any]:
    connection = view.connection
    until, success = connection.consent.valid_until, connection.last_success_at
    return {
        "id": str(connection.id),
        "bank": connection.bank,
        "environment": connection.environment.value,
        "state": connection.state.value,
        "accounts": [a.number for a in view.accounts],
        "clients": [c.orgnr for c in view.clients],
        "consent_valid_until": until.isoformat() if until else None,
        "frequency_hours": connection.frequency_hours,
        "last_success": success.isoformat() if success else None,
        "last_error": connection.last_error or None,
        "next_sync": view.next_due.isoformat() if view.next_due else None,
    }
