"""A file saved whole or not at all."""

from __future__ import annotations

from pathlib import Path

from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.os_errors import os_reason


def save_whole(path: Path, content: bytes) -> None:
    """Written beside and moved into place: what stood there before stands until then. Raises FileNotWritten."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        _remove(part)
        raise FileNotWritten(path=str(path), detail=os_reason(error)) from error


def _remove(part: Path) -> None:
    """What is left of a file that was not saved; the first error is the one to tell of."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return
