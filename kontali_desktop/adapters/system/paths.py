"""Where the program keeps its things, and which installation this is."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.services.errors import StorageUnwritable

APP_NAME = "kontali-desktop"


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
    """The name of this installation in the keychain; a directory restored on another machine gets a new one."""
    machine = hashlib.sha256(_machine_name().encode()).hexdigest()[:16]
    try:
        known = _known_id(paths.installation, machine)
        return known if known is not None else _new_id(paths.installation, machine)
    except OSError as error:
        raise StorageUnwritable(path=str(paths.installation), detail=error.strerror or "") from error


def _known_id(path: Path, machine: str) -> str | None:
    try:
        known = json.loads(path.read_text("utf-8"))
        return str(known["id"]) if known["machine"] == machine else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _new_id(path: Path, machine: str) -> str:
    """Written whole under another name first: of two programs started at once, both go on with the one id."""
    path.unlink(missing_ok=True) if _is_of_another(path, machine) else None
    descriptor, written = tempfile.mkstemp(dir=path.parent, prefix="installation-")
    new = uuid.uuid4().hex
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"id": new, "machine": machine}, file)
        os.link(written, path)
    except FileExistsError:
        return _known_id(path, machine) or new
    finally:
        os.unlink(written)
    return new
