"""What goes into an import and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import AccountId, ImportId
from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.domain.tables import TableSample
from kontali_desktop.services.ports import FileContent, RefusedRow

IMPORTED, IGNORED, REFUSED = "imported", "ignored", "refused"
ACCOUNT_NEEDED, MAPPING_NEEDED = "account_needed", "mapping_needed"
EMPTY, UNKNOWN_FORMAT = "empty", "unknown_format"  # why a file of nothing is refused, and one that is none of ours
OTHER_DOCUMENT = "other_document"  # one that is none of ours, but known for what it is


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file. `format` is empty where it was not known; `batches` are sums whose parts it tells.

    `doubts` are taken all the same, but a person should see them before: an account that names another owner.
    `closed` are the open documents that a whole list leaves out. `lines`, of `days`, are what the file says, known or
    not, and `accounts` whose bank lines they are: as the file tells, or as was chosen.
    """

    path: Path
    format: str
    status: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[RefusedRow, ...] = ()
    doubts: tuple[RefusedRow, ...] = ()
    closed: int = 0
    lines: int = 0
    days: Period = ALL_TIME
    accounts: tuple[str, ...] = ()

    @property
    def reason(self) -> RefusedRow | None:
        """Why nothing of a refused file is taken: what is said of the whole of it, else the first of its rows."""
        if self.status != REFUSED or not self.refused:
            return None
        return next((row for row in self.refused if not row.where), self.refused[0])

    @property
    def needs(self) -> str:
        """The question that keeps it from being taken (`account_needed`, `mapping_needed`), or nothing."""
        rows = (*self.refused, *self.doubts)
        asked = [row.why for row in rows if row.why in (ACCOUNT_NEEDED, MAPPING_NEEDED)]
        return asked[0] if asked and self.status != IMPORTED else ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The files in the order they were given; `import_id` where anything was stored."""

    files: tuple[FileResult, ...]
    import_id: ImportId | None = None

    @property
    def is_all_refused(self) -> bool:
        return bool(self.files) and all(f.status == REFUSED for f in self.files)

    @property
    def is_partly_refused(self) -> bool:
        return any(f.status == REFUSED or f.refused for f in self.files)


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """`done` files of `total` are read and `path` is next; it is None once all are read and about to be stored."""

    path: Path | None
    done: int
    total: int


OnProgress = Callable[[ReadProgress], None]


def say_nothing(_progress: ReadProgress) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read and waits to be stored; `place` is its number among those given."""

    place: int
    path: Path
    sha256: str
    content: FileContent


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """Everything read, nothing stored. `results` are of the files that cannot be stored, by place."""

    client: Client
    read: tuple[ReadFile, ...]
    results: Mapping[int, FileResult]

    @property
    def is_empty(self) -> bool:
        return not self.read


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the person said: the list is whole, and whose account a file without account number is of.

    `numbers` are of accounts that the client does not have yet; such a file is taken as if it told the number itself.
    """

    is_complete: bool = False
    accounts: Mapping[Path, AccountId] = field(default_factory=dict)
    numbers: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """A table whose columns a person explains, with a guess or what was answered before."""

    path: Path
    sample: TableSample


@dataclass(frozen=True, slots=True)
class MappingTrial:
    """What a table says by a mapping that is not remembered yet; `content` is empty where it cannot be read so."""

    content: FileContent | None
    refused: tuple[RefusedRow, ...]
