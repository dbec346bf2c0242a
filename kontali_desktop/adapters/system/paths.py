"""Where the program keeps its things, and which installation this is."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.services.errors import StorageUnwritable

APP_NAME = "kontali-desktop"
_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))  # Linux; elsewhere the host's name


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The files of one data directory."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "kontali.sqlite"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def locks(self) -> Path:
        return self.root / "locks"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def demo_bank(self) -> Path:
        return self.root / "demo-bank"

    @property
    def installation(self) -> Path:
        return self.root / "installation.json"


def data_paths(chosen: Path | None) -> DataPaths:
    """The chosen data directory, or the platform's own place; made where it is not there, for this user alone."""
    if chosen is None:
        import platformdirs  # noqa: PLC0415 - only where no directory was given

        chosen = platformdirs.user_data_path(APP_NAME, appauthor=False)
    root = chosen.expanduser().absolute()
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageUnwritable(path=str(root), detail=error.strerror or "") from error
    return DataPaths(root)


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
        raise StorageUnwritable(path=str(paths.installation), detail=error.strerror or "") from error
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
