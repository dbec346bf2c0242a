"""Where the program keeps its things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

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
        raise StorageUnwritable(path=str(root), detail=os_reason(error)) from error
    return DataPaths(root)
