"""`doctor`: what is well and what is not, one line each, with what to do."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kontali_desktop.adapters.system.sandbox_bank import this_program
from kontali_desktop.cli.door import DONE, PERSON_NEEDED, Door
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services.errors import StorageDamaged

if TYPE_CHECKING:
    from kontali_desktop.bootstrap.core import Core

_LEAST_FREE = 500 * 1024 * 1024
_WEB_VIEW_SECONDS = 30.0
_OLDEST_PLAUSIBLE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` names the part looked at; `detail` says what was found."""

    what: str
    is_well: bool
    detail: str = ""
    error: KontaliError | None = None


async def doctor(core: Core, door: Door) -> int:
    """Looks at keychain, web view, database, disk, clock and network. Exit 3 when anything is not well."""
    findings = [
        await _keychain(core),
        await _web_view(),
        _database(core),
        _disk(core),
        Finding("clock", core.clock.now() > _OLDEST_PLAUSIBLE, core.clock.now().isoformat()),
        await _network(),
    ]
    wording = door.wording
    lines, document = [], []
    for finding in findings:
        state = "well" if finding.is_well else "unwell"
        detail = wording.error(finding.error).line if finding.error else finding.detail
        text = wording.text(f"doctor.{finding.what}.{state}", detail=detail)
        lines.append(f"{'✓' if finding.is_well else '✗'} {text}")
        document.append({"what": finding.what, "well": finding.is_well, "text": text})
    door.answer(document, lines)
    return DONE if all(f.is_well for f in findings) else PERSON_NEEDED


async def _keychain(core: Core) -> Finding:
    try:
        await core.keychain.save("doctor", "doctor")
        is_kept = await core.keychain.load("doctor") == "doctor"
    except KontaliError as error:
        return Finding("keychain", is_well=False, error=error)
    finally:
        with contextlib.suppress(KontaliError):
            await core.keychain.forget("doctor")
    return Finding("keychain", is_kept)


async def _web_view() -> Finding:
    """In a child process: Qt never loads into the headless door."""
    command = [*this_program(), "doctor-web-view"]
    quiet = asyncio.subprocess.DEVNULL
    child = await asyncio.create_subprocess_exec(*command, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(_WEB_VIEW_SECONDS):
            code = await child.wait()
    except TimeoutError:
        child.kill()
        code = await child.wait()
    return Finding("web_view", code == 0, str(code))


def _database(core: Core) -> Finding:
    from kontali_desktop.adapters.storage.engine import check_integrity

    try:
        core.storage.prepare()
        core.storage.close()
    except KontaliError as error:
        return Finding("database", is_well=False, error=error)
    found = check_integrity(core.paths.database)
    damage = None if found == "ok" else StorageDamaged(path=str(core.paths.database), detail=found)
    return Finding("database", damage is None, error=damage)


def _disk(core: Core) -> Finding:
    free = shutil.disk_usage(core.paths.root).free
    return Finding("disk", free > _LEAST_FREE, str(free // (1024 * 1024)))


async def _network() -> Finding:
    """Whether the machine has a way out at all: the local address that a call to the bank would leave from."""
    import socket

    def find() -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 443))  # RFC 5737: nothing is sent, only a route is looked up
            return str(probe.getsockname()[0])

    try:
        return Finding("network", is_well=True, detail=await asyncio.to_thread(find))
    except OSError as error:
        return Finding("network", is_well=False, detail=error.strerror or "")
