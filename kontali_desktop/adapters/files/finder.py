"""Opens folders into their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


class FolderFinder:
    """Finds files in a fixed order: as named, and inside a folder by name, whatever the file system's own order."""

    def find(self, paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
        """Each file once, and whether it was named itself.

        What is missing or closed to us comes as if it were a named file, for the reader to say so.
        Links to folders inside a folder are not followed, so that a circle of them ends.
        """
        seen: set[str] = set()
        for path in paths:
            for found, is_named in _opened(path):
                real = os.path.realpath(found)
                if real not in seen:
                    seen.add(real)
                    yield found, is_named


def _opened(path: Path) -> Iterator[tuple[Path, bool]]:
    if not _is_folder(path):
        yield path, True
        return
    closed: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=closed.append):
        folders.sort()
        for name in sorted(files):
            found = Path(folder, name)
            if found.is_file():
                yield found, False
    for error in closed:
        yield Path(os.fsdecode(error.filename)), True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, for one
        return False
