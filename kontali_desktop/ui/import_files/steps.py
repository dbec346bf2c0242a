"""What the person sees of an import, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services.file_storage import ImportedFile, ImportRecord
from kontali_desktop.services.import_models import ImportChoices, ImportReport, TableQuestion
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
class Comparing:
    """All is read; what of it is new is being found out."""

    client: Client


@dataclass(frozen=True, slots=True)
class ExplainColumns:
    """A table whose columns a person explains."""

    client: Client
    question: TableQuestion


@dataclass(frozen=True, slots=True)
class AccountQuestion:
    """A file that does not tell its account; `accounts` are the client's of the same currency."""

    path: Path
    accounts: tuple[BankAccount, ...]


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would come in. `is_current` is False while an answer's effect is being found out.

    `tables` can be explained: for the first time, or anew.
    """

    client: Client
    report: ImportReport
    choices: ImportChoices
    accounts: tuple[AccountQuestion, ...] = ()
    tables: tuple[TableQuestion, ...] = ()
    has_list: bool = False
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Storing:
    """From here on the import is not stopped."""

    client: Client


@dataclass(frozen=True, slots=True)
class Matching:
    """All is stored; proposals are being made."""

    client: Client


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it.

    `match` is empty where nothing new was stored, so that nothing was matched; `record` where nothing was stored at
    all, so that nothing can be undone.
    """

    client: Client
    report: ImportReport
    match: MatchReport | None
    record: ImportRecord | None = None

    @property
    def savable(self) -> tuple[ImportedFile, ...]:
        return savable_of(self.record) if self.record is not None else ()


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """The import as a whole failed."""

    error: KontaliError


Busy = Reading | Comparing | Storing | Matching
Step = ChooseClient | NoClient | Busy | ExplainColumns | Previewed | Imported | ImportProblem


def savable_of(record: ImportRecord) -> tuple[ImportedFile, ...]:
    """The files whose refused rows can be saved as a file of their own."""
    return tuple(file for file in record.files if any(row.raw for row in file.refused))
