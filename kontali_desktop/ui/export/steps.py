"""What an export shows, one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ExportId
from kontali_desktop.domain.periods import Period
from kontali_desktop.services.errors import FileNotWritten
from kontali_desktop.services.export import ExportFile, ExportPreview
from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.widgets.notice import NoticeData

_NOT_IN_NAMES = re.compile(r"[^\w.]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is chosen and what it would bring; `preview` is None until that is known, or while nobody is chosen.

    `latest` is the newest file in this layout; `problem` what an export ended with.
    """

    clients: tuple[Client, ...]
    client: Client | None
    formats: tuple[str, ...]
    format: str
    period: Period
    preview: ExportPreview | None = None
    latest: ExportRecord | None = None
    problem: NoticeData | None = None

    @property
    def has_new(self) -> bool:
        return self.preview is not None and self.preview.new + self.preview.reversals > 0

    @property
    def is_repeatable(self) -> bool:
        """There is nothing new, but the latest file can be had again."""
        return self.preview is not None and not self.has_new and self.latest is not None


@dataclass(frozen=True, slots=True)
class SaveWish:
    """A file to be saved where the person says; `export_id` where it is an earlier one's."""

    client: Client
    format: str
    period: Period
    name: str
    export_id: ExportId | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The file is where the person wants it."""

    file: ExportFile
    path: Path
    client: Client


@dataclass(frozen=True, slots=True)
class NotWritten:
    """It is not; the same file can go to another place."""

    error: FileNotWritten
    wish: SaveWish


Step = Foreseen | Written | NotWritten


def file_name(client: Client, word: str, period: Period, today: date, suffix: str) -> str:
    """Fjord-Elektro-AS-bilag-2026-02-01-2026-02-28.csv; `today` where the period is open at its end."""
    name = _NOT_IN_NAMES.sub("-", client.name)[:_LONGEST].strip("-.") or client.orgnr
    days = [str(day) for day in (period.since, period.until or today) if day is not None]
    return "-".join([name, word, *days]) + suffix


def free_path(path: Path) -> Path:
    """So that the second file of a day does not take the first one's place."""
    place = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem} ({place}){path.suffix}")
        place += 1
    return free
