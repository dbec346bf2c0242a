"""Files that ship with the program: icons, catalogues, the user guide."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


class ResourceMissing(Exception):
    """The installation is not whole; names the file and where it was looked for."""


def resource_path(name: str) -> Path:
    """The file or folder `resources/<name>`, alike from a checkout, an installed wheel and the bundle."""
    path = _resources() / name
    if not path.exists():
        raise ResourceMissing(str(path))
    return path


def _resources() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's word for the folder it runs from
    package = Path(bundle) / "kontali_desktop" if bundle else _PACKAGE
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parent / "resources"
