"""Files in: documents, books and bank statements for one client, stored as one unit of work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.tables import ColumnMapping, TableSample
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.clients import find_client
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.file_storage import ImportedFile
from kontali_desktop.services.import_models import (
    EMPTY,
    IGNORED,
    MAPPING_NEEDED,
    OTHER_DOCUMENT,
    REFUSED,
    UNKNOWN_FORMAT,
    FileResult,
    ImportChoices,
    ImportReport,
    MappingTrial,
    OnProgress,
    PreparedImport,
    ReadFile,
    ReadProgress,
    TableQuestion,
    say_nothing,
)
from kontali_desktop.services.os_errors import os_reason
from kontali_desktop.services.ports import Clock, FileFinder, FileReader, RefusedRow
from kontali_desktop.services.storage import Event, Storage, UnitOfWork
from kontali_desktop.services.store_import import StoreImport

_BLOCK = 1 << 20
_NO_CHOICES = ImportChoices()


class ImportFiles:
    """Reads files whatever their names and order, and stores what they say."""

    def __init__(
        self, storage: Storage, reader: FileReader, finder: FileFinder, clock: Clock, actor: str = PERSON
    ) -> None:
        self._storage = storage
        self._reader = reader
        self._finder = finder
        self._clock = clock
        self._actor = actor

    def run(
        self,
        client_orgnr: str | None,
        paths: Iterable[Path],
        *,
        is_complete: bool = False,
        on_progress: OnProgress = say_nothing,
    ) -> ImportReport:
        """Import for one client without asking; `is_complete` says that the list of open items is whole.

        An unknown file that was named is refused, one found in a folder ignored. Raises UnknownClient, ClientNeeded,
        and what `on_progress` raises: then nothing is stored.
        """
        prepared = self.prepare(client_orgnr, paths, on_progress=on_progress)
        return self.store(prepared, ImportChoices(is_complete))

    def prepare(
        self, client_orgnr: str | None, paths: Iterable[Path], *, on_progress: OnProgress = say_nothing
    ) -> PreparedImport:
        """Read everything, store nothing. Raises as `run`."""
        with self._storage.reading() as work:
            client = find_client(work, client_orgnr)
            mappings = work.imports.load_mappings(client.id)
        results: dict[int, FileResult] = {}
        contents: list[ReadFile] = []
        found = tuple(self._finder.find(paths))
        for place, (path, is_named) in enumerate(found):
            on_progress(ReadProgress(path, place, len(found)))
            outcome = self._read(place, path, client.orgnr, mappings, is_named=is_named)
            if isinstance(outcome, FileResult):
                results[place] = outcome
            else:
                contents.append(outcome)
        on_progress(ReadProgress(None, len(found), len(found)))
        return PreparedImport(client, tuple(contents), results)

    def preview(self, prepared: PreparedImport, choices: ImportChoices = _NO_CHOICES) -> ImportReport:
        """What storing it would bring, told by storing it and taking it all back."""
        with self._storage.writing() as work:
            return self._store(work, prepared, choices)

    def store(self, prepared: PreparedImport, choices: ImportChoices = _NO_CHOICES) -> ImportReport:
        """Everything at once or nothing."""
        with self._storage.writing() as work:
            report = self._store(work, prepared, choices)
            work.commit()
        return report

    def is_known(self, client_id: ClientId, path: Path) -> bool:
        """Whether this very content was read for the client before, taken or refused; True where it cannot be read."""
        try:
            digest = _digest(path)
        except OSError:
            return True
        with self._storage.reading() as work:
            return work.imports.is_known_file(client_id, digest)

    def questions(self, prepared: PreparedImport) -> tuple[TableQuestion, ...]:
        """The tables whose columns a person must explain before they can be taken."""
        asked = [result.path for result in prepared.results.values() if result.needs == MAPPING_NEEDED]
        samples = [(path, self._reader.sample(path)) for path in asked]
        return tuple(TableQuestion(path, sample) for path, sample in samples if sample is not None)

    def explained(self, prepared: PreparedImport) -> tuple[TableQuestion, ...]:
        """The tables that are read by what a person said of their columns; what was said is the guess."""
        with self._storage.reading() as work:
            mappings = work.imports.load_mappings(prepared.client.id)
        if not mappings:
            return ()
        told = [(read.path, read.content) for read in prepared.read]
        paths = [path for path, content in told if content.statements or content.batches or content.is_list]
        paths += [result.path for result in prepared.results.values() if result.status == REFUSED]
        found = []
        for path in paths:
            sample = self._sample(path)
            mapping = mappings.get(sample.key) if sample is not None else None
            if sample is not None and mapping is not None:
                found.append(TableQuestion(path, replace(sample, guess=mapping)))
        return tuple(found)

    def try_mapping(self, client: Client, question: TableQuestion, mapping: ColumnMapping) -> MappingTrial:
        """Read a table by a mapping, and remember nothing."""
        try:
            content = self._reader.read(question.path, client.orgnr, {question.sample.key: mapping})
        except FileNotUnderstood as error:
            return MappingTrial(None, (_refusal(error),))
        return MappingTrial(content, content.refused if content is not None else ())

    def explain(self, client_id: ClientId, headings: str, mapping: ColumnMapping) -> None:
        """Remember what the columns of a table with these headings mean (`TableSample.key`)."""
        with self._storage.writing() as work:
            work.imports.save_mapping(client_id, headings, mapping)
            work.events.add(
                Event(self._clock.now(), self._actor, "columns.explained", {"kind": mapping.kind}, client_id=client_id)
            )
            work.commit()

    def _sample(self, path: Path) -> TableSample | None:
        with suppress(FileNotUnderstood):
            return self._reader.sample(path)
        return None

    def _read(
        self, place: int, path: Path, orgnr: str, mappings: Mapping[str, ColumnMapping], *, is_named: bool
    ) -> ReadFile | FileResult:
        try:
            content = self._reader.read(path, orgnr, mappings)
            if content is None:
                unknown = (RefusedRow("", UNKNOWN_FORMAT, {}),)
                return FileResult(path, "", REFUSED, refused=unknown) if is_named else FileResult(path, "", IGNORED)
            return ReadFile(place, path, _digest(path), content)
        except FileNotUnderstood as error:
            why = _refusal(error)
            if (
                why.why in (MAPPING_NEEDED, EMPTY, OTHER_DOCUMENT) and not is_named
            ):  # what lies in a folder may be anybody's
                return FileResult(path, "", IGNORED, doubts=(why,))
            return FileResult(path, error.format, REFUSED, refused=(why,))
        except OSError as error:
            why = RefusedRow("", "unreadable", {"detail": os_reason(error)})
            return FileResult(path, "", REFUSED, refused=(why,))

    def _store(self, work: UnitOfWork, prepared: PreparedImport, choices: ImportChoices) -> ImportReport:
        client = prepared.client
        results = dict(prepared.results)
        for result in results.values():
            if result.status == REFUSED:
                self._tell_alone(work, client, result)
                self._remember(work, client, result)
        import_id = None
        if prepared.read:
            now = self._clock.now()
            import_id = work.imports.begin(client.id, now, self._actor)
            storing = StoreImport(work, client, now, import_id, choices)
            is_whole = not any(result.refused for result in results.values())
            results |= storing.store(prepared.read, is_whole=is_whole)
            storing.attach(prepared.read, self._reader)
            for read in prepared.read:
                work.imports.add_file(import_id, self._record(client, results[read.place], read))
            self._tell(work, client, [results[read.place] for read in prepared.read])
        return ImportReport(tuple(results[place] for place in sorted(results)), import_id)

    def _remember(self, work: UnitOfWork, client: Client, result: FileResult) -> None:
        """A refused file is known again by its content, unless it only waits for an answer."""
        if result.needs:
            return
        with suppress(OSError):
            digest = _digest(result.path)
            refused = ImportedFile(
                client.id, self._clock.now(), result.path.name, digest, result.format, REFUSED, 0, 0, 0, result.refused
            )
            work.imports.add_file(None, refused)

    def _record(self, client: Client, result: FileResult, read: ReadFile) -> ImportedFile:
        return ImportedFile(
            client.id,
            self._clock.now(),
            result.path.name,
            read.sha256,
            result.format,
            result.status,
            result.added,
            result.updated,
            result.unchanged,
            result.refused,
            read.content.refused_head,
            read.content.refused_tail,
        )

    def _tell_alone(self, work: UnitOfWork, client: Client, result: FileResult) -> None:
        facts = {"file": result.path.name, "format": result.format} | _counts([result])
        work.events.add(Event(self._clock.now(), self._actor, f"file.{result.status}", facts, client_id=client.id))

    def _tell(self, work: UnitOfWork, client: Client, results: Sequence[FileResult]) -> None:
        """One event for what came in together, and one for each file of which something was refused."""
        alone = [r for r in results if r.refused or len(results) == 1]
        for result in alone:
            self._tell_alone(work, client, result)
        together = [r for r in results if not r.refused]
        if len(results) > 1 and together:
            facts = {"files": str(len(together))} | _counts(together)
            work.events.add(Event(self._clock.now(), self._actor, "files.imported", facts, client_id=client.id))


def _digest(path: Path) -> str:
    """Raises OSError, also for a pipe or a device: it has no end."""
    if not path.is_file():
        raise OSError(path)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _counts(results: Sequence[FileResult]) -> dict[str, str]:
    return {
        "added": str(sum(r.added for r in results)),
        "updated": str(sum(r.updated for r in results)),
        "unchanged": str(sum(r.unchanged for r in results)),
        "refused": str(sum(len(r.refused) for r in results)),
        "doubts": str(sum(len(r.doubts) for r in results)),
    }


def _refusal(error: FileNotUnderstood) -> RefusedRow:
    facts = {name: str(value) for name, value in error.parameters.items()}
    return RefusedRow(facts.pop("where", ""), facts.pop("why", "broken"), facts)
