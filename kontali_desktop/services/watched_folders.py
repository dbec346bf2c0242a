"""Folders whose new files are taken in by themselves, one for a client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.domain.clients import Client
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_models import ImportReport, OnProgress, say_nothing
from kontali_desktop.services.ports import FileFinder
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.storage import Storage


@dataclass(frozen=True, slots=True)
class WatchReport:
    """What came of the files that were found; `is_missing` where the folder itself is gone or closed to us."""

    client: Client
    folder: Path
    report: ImportReport | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was when we looked: one that grows is still being written."""

    path: Path
    size: int
    changed_ns: int


class WatchedFolders:
    """Looks when it is asked to. Files are read where they lie, never moved or deleted."""

    def __init__(self, storage: Storage, importing: ImportFiles, finder: FileFinder, propose: ProposeMatches) -> None:
        self._storage = storage
        self._importing = importing
        self._finder = finder
        self._propose = propose
        self._waiting: dict[Path, _Seen] = {}
        self._done: set[_Seen] = set()
        self._missing: set[Path] = set()

    def has_any(self) -> bool:
        """Whether a client has a folder at all."""
        return bool(self._folders())

    def look(self, on_progress: OnProgress = say_nothing) -> tuple[WatchReport, ...]:
        """Take in what is new and was the same at the last look; what was taken in ever before is passed over.

        A folder that is missing is told of once, until it is there again. What `on_progress` raises ends the look.
        """
        reports = []
        for client, folder in self._folders():
            if not folder.is_dir():
                if folder not in self._missing:
                    self._missing.add(folder)
                    reports.append(WatchReport(client, folder, is_missing=True))
                continue
            self._missing.discard(folder)
            settled = tuple(self._settled(client, folder))
            if settled:
                report = self._importing.run(client.orgnr, [seen.path for seen in settled], on_progress=on_progress)
                self._done.update(settled)  # not before: what was broken off is looked at again
                self._propose.run(client.id)
                reports.append(WatchReport(client, folder, report))
        return tuple(reports)

    def _folders(self) -> list[tuple[Client, Path]]:
        with self._storage.reading() as work:
            clients = [
                (client, work.clients.load_settings(client.id).watched_folder) for client in work.clients.load_all()
            ]
        return [(client, Path(folder)) for client, folder in clients if folder]

    def _settled(self, client: Client, folder: Path) -> Iterator[_Seen]:
        for path, _ in self._finder.find([folder]):
            seen = _look_at(path)
            if seen is None or seen in self._done:
                continue
            if self._waiting.get(path) != seen:
                self._waiting[path] = seen
                continue
            if self._importing.is_known(client.id, path):
                self._done.add(seen)
            else:
                yield seen


def _look_at(path: Path) -> _Seen | None:
    try:
        stat = path.stat()
    except OSError:  # taken away between the listing and now
        return None
    return _Seen(path, stat.st_size, stat.st_mtime_ns)
