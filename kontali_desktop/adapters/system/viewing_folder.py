"""A temporary folder for this user alone, gone when the program ends."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from kontali_desktop.services.errors import AttachmentNotOpened
from kontali_desktop.services.os_errors import os_reason


class PrivateViewingFolder:
    """`ViewingFolder` in the system's temporary directory, made at the first file."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._put: dict[tuple[str, str], Path] = {}

    def put(self, name: str, content: bytes) -> Path:
        """The same file asked for again is the same copy: a viewer may hold it open."""
        key = name, hashlib.sha256(content).hexdigest()
        known = self._put.get(key)
        if known is not None and known.exists():
            return known
        try:
            path = Path(tempfile.mkdtemp(dir=self._root())) / name  # a folder each, so that each keeps its name
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        except OSError as error:
            raise AttachmentNotOpened(name=name, detail=os_reason(error)) from error
        self._put[key] = path
        return path

    def close(self) -> None:
        """Remove everything; what a viewer still holds open on Windows goes with the system's own cleaning."""
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None
        self._put.clear()

    def _root(self) -> str:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="kontali-", ignore_cleanup_errors=True)
        return self._folder.name
