"""Which installation this is: the program's name for itself in the keychain."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import uuid
from pathlib import Path

from kontali_desktop.adapters.system.paths import DataPaths
from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))  # Linux; elsewhere the host's name


def installation_id(paths: DataPaths) -> str:
    """The name of this installation in the keychain; a directory restored on another machine gets a new one.

    Of two programs that start at once on an empty directory, both find the same name.
    """
    machine = hashlib.sha256(_machine_name().encode()).hexdigest()[:16]
    try:
        known = json.loads(paths.installation.read_text("utf-8"))
        if known["machine"] == machine:
            return str(known["id"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    new = hashlib.sha256(f"{machine}/{paths.root}".encode()).hexdigest()[:32]
    written = paths.installation.with_suffix(f".{uuid.uuid4().hex[:8]}")
    try:
        written.touch(mode=0o600)
        written.write_text(json.dumps({"id": new, "machine": machine}), "utf-8")
        written.replace(paths.installation)
    except OSError as error:
        raise StorageUnwritable(path=str(paths.installation), detail=os_reason(error)) from error
    return new


def _machine_name() -> str:
    """What the system calls this machine; network cards come and go, and without one Python makes up an address."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - only there

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for known in _MACHINE_IDS:
        try:
            if name := known.read_text("ascii").strip():
                return name
        except (OSError, ValueError):
            continue
    return platform.node()
