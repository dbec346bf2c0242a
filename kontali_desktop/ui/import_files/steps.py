"""What the person sees of an import, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services.import_files import ImportReport
from kontali_desktop.services.propose_matches import MatchReport


@dataclass(frozen=True, slots=True)
class ChooseClient:
    """Several clients, and none of them is chosen in the window."""

    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True)
class NoClient:
    """There is nobody whose books the files could belong to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The file that is being read; `total` 0 while nobody has counted."""

    client: Client
    file: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Storing:
    """All is read; from here on the import is not stopped."""

    client: Client


@dataclass(frozen=True, slots=True)
class Matching:
    """All is stored; proposals are being made."""

    client: Client


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it. `match` is empty where nothing new was stored, so that nothing was matched."""

    client: Client
    report: ImportReport
    match: MatchReport | None


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """The import as a whole failed."""

    error: KontaliError


Step = ChooseClient | NoClient | Reading | Storing | Matching | Imported | ImportProblem
