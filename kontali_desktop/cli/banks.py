"""Verbs that speak with banks: connect, connections, sync, disconnect."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kontali_desktop.cli.door import DONE, FAILED, PERSON_NEEDED, Door
from kontali_desktop.cli.report_json import connection_json, error_json, match_json, sync_json
from kontali_desktop.domain.bank import ReportedAccount
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.errors import UnknownAccount
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.connect import AccountChoice, SignedIn
from kontali_desktop.services.errors import ConsentExpired, KeychainUnavailable, SignInRequired
from kontali_desktop.services.synchronise import SyncProgress, SyncReport


async def connect(door: Door, given: argparse.Namespace) -> int:
    """Sign in through the system browser, keep the chosen accounts, fetch and match."""
    owner = door.services.clients.find(given.client)
    service = door.services.connect
    signed_in = await service.sign_in(given.bank, door.browser(given.timeout))
    try:
        chosen = _chosen(signed_in, given.accounts)
    except UnknownAccount:
        await service.abandon(signed_in)
        raise
    choices = [AccountChoice(a, owner.id, given.booked_to) for a in chosen]
    connection_id = await service.keep(signed_in, choices)
    report = await door.services.synchronise.run(connection_id, is_attended=True, on_progress=_progress(door))
    document = {
        "connection": str(connection_id),
        "accounts": [a.number for a in chosen],
        "sync": sync_json(report, door.wording),
        "match": match_json(report.match),
    }
    door.answer(document, _sync_lines(door, report))
    return _exit_code([report])


def _chosen(signed_in: SignedIn, wanted: str) -> list[ReportedAccount]:
    """Raises UnknownAccount for a number that the consent does not cover."""
    if wanted == "all":
        return [o.reported for o in signed_in.accounts]
    numbers = [account_number_of(n) for n in wanted.split(",") if n.strip()]
    for number in numbers:
        if all(o.reported.number != number for o in signed_in.accounts):
            raise UnknownAccount(id=number)
    return [o.reported for o in signed_in.accounts if o.reported.number in numbers]


async def connections(door: Door, _given: argparse.Namespace) -> int:
    views = door.services.overview.load_connections()
    lines = [
        f"{v.connection.id:>4}  {v.connection.bank:6} {v.connection.state:16} {', '.join(a.number for a in v.accounts)}"
        for v in views
    ]
    door.answer([connection_json(v) for v in views], lines)
    return DONE


async def disconnect(door: Door, given: argparse.Namespace) -> int:
    """Exit 3 where the bank did not confirm the revocation: the tokens are forgotten all the same."""
    refusal = await door.services.disconnect.run(ConnectionId(given.id))
    document = {
        "id": str(given.id),
        "state": "disconnected",
        "revoked_at_bank": refusal is None,
        "error": error_json(refusal, door.wording) if refusal else None,
    }
    lines = [door.wording.text("cli.disconnected" if refusal is None else "cli.disconnected_not_revoked")]
    if refusal is not None:
        lines.append(door.wording.error(refusal).line)
    door.answer(document, lines)
    return DONE if refusal is None else PERSON_NEEDED


async def sync(door: Door, given: argparse.Namespace) -> int:
    """Every open connection, or one; one that fails does not stop the others."""
    if given.connection is not None:
        wanted = [ConnectionId(given.connection)]
    else:
        views = door.services.overview.load_connections()
        wanted = [v.connection.id for v in views if v.connection.state is not ConnectionState.DISCONNECTED]
    reports = []
    for connection_id in wanted:
        report = await door.services.synchronise.run(
            connection_id, is_attended=not given.unattended, on_progress=_progress(door)
        )
        reports.append(report)
        if report.error is not None:
            door.say(door.wording.error(report.error).line)
    lines = [line for report in reports for line in _sync_lines(door, report)]
    door.answer([sync_json(r, door.wording) for r in reports], lines)
    return _exit_code(reports)


def _progress(door: Door) -> Callable[[SyncProgress], None]:
    def on_progress(progress: SyncProgress) -> None:
        door.say(door.wording.sync_progress(progress))

    return on_progress


def _sync_lines(door: Door, report: SyncReport) -> list[str]:
    return [f"{report.connection}: {door.wording.sync_result(report)}"]


def _exit_code(reports: list[SyncReport]) -> int:
    errors = [r.error for r in reports if r.error is not None]
    needs_person = [e for e in errors if isinstance(e, ConsentExpired | SignInRequired | KeychainUnavailable)]
    if len(needs_person) < len(errors):
        return FAILED
    return PERSON_NEEDED if needs_person else DONE
