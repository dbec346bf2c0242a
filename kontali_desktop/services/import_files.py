"""Files in: documents and bank statements for one client, stored as one unit of work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.clients import BankAccount, Client, next_ledger_account
from kontali_desktop.domain.ids import AccountId, ClientId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.clients import find_client
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import Clock, FileContent, FileFinder, FileReader, RefusedRow, Statement
from kontali_desktop.services.storage import Event, ImportedFile, Storage, UnitOfWork
from kontali_desktop.services.store_documents import DocumentLedger
from kontali_desktop.services.store_listing import Stored, store_listing

IMPORTED, IGNORED, REFUSED = "imported", "ignored", "refused"
LISTS = frozenset({"open-items-csv"})


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file. `format` is empty where it was not known."""

    path: Path
    format: str
    status: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The files in the order they were given."""

    files: tuple[FileResult, ...]

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


@dataclass(frozen=True, slots=True)
class _Read:
    place: int
    path: Path
    sha256: str
    content: FileContent


def _say_nothing(_progress: ReadProgress) -> None:
    """Nobody watches."""


class ImportFiles:
    """Reads files whatever their names and order, and stores what they say."""

    def __init__(self, storage: Storage, reader: FileReader, finder: FileFinder, clock: Clock) -> None:
        self._storage = storage
        self._reader = reader
        self._finder = finder
        self._clock = clock

    def run(
        self,
        client_orgnr: str | None,
        paths: Iterable[Path],
        *,
        is_complete: bool = False,
        on_progress: OnProgress = _say_nothing,
    ) -> ImportReport:
        """Import for one client; `is_complete` says that the list of open items is whole.

        Where any of it was refused, the list is not known to be whole, and nothing is closed by what it leaves out.
        An unknown file that was named is refused, one found in a folder ignored. Raises UnknownClient, ClientNeeded,
        and what `on_progress` raises: then nothing is stored.
        """
        with self._storage.reading() as work:
            client = find_client(work, client_orgnr)
        results: dict[int, FileResult] = {}
        contents: list[_Read] = []
        found = tuple(self._finder.find(paths))
        for place, (path, is_named) in enumerate(found):
            on_progress(ReadProgress(path, place, len(found)))
            outcome = self._read(place, path, client.orgnr, is_named=is_named)
            if isinstance(outcome, FileResult):
                results[place] = outcome
            else:
                contents.append(outcome)
        on_progress(ReadProgress(None, len(found), len(found)))
        with self._storage.writing() as work:
            is_whole = not any(result.refused for result in results.values())
            for result in results.values():
                if result.status == REFUSED:
                    self._tell_alone(work, client.id, result)
            results |= self._store_all(work, client, contents, is_complete=is_complete, is_whole=is_whole)
            work.commit()
        return ImportReport(tuple(results[place] for place in sorted(results)))

    def _read(self, place: int, path: Path, orgnr: str, *, is_named: bool) -> _Read | FileResult:
        try:
            content = self._reader.read(path, orgnr)
            if content is None:
                unknown = (RefusedRow("", "unknown_format", {}),)
                return FileResult(path, "", REFUSED, refused=unknown) if is_named else FileResult(path, "", IGNORED)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotUnderstood as error:
            return FileResult(path, "", REFUSED, refused=(_refusal(error),))
        except OSError as error:
            why = RefusedRow("", "unreadable", {"detail": error.strerror or ""})
            return FileResult(path, "", REFUSED, refused=(why,))
        return _Read(place, path, digest, content)

    def _store_all(
        self, work: UnitOfWork, client: Client, contents: Sequence[_Read], *, is_complete: bool, is_whole: bool
    ) -> dict[int, FileResult]:
        ledger = DocumentLedger(work, client.id, self._clock.now())
        results = {}
        for read in sorted(contents, key=lambda r: r.sha256):
            results[read.place] = self._store(work, client, ledger, read)
        if is_complete and is_whole and not any(result.refused for result in results.values()):
            ledger.close_what_is_missing()
        elif is_complete:
            results = {place: _not_closed(result) for place, result in results.items()}
        for read in contents:
            self._log(work, client.id, results[read.place], read.sha256)
        self._tell(work, client.id, [results[read.place] for read in contents])
        ledger.save()
        return results

    def _store(self, work: UnitOfWork, client: Client, ledger: DocumentLedger, read: _Read) -> FileResult:
        content = read.content
        total = Stored()
        refused = list(content.refused)
        for statement in _one_an_account(content.statements):
            account = self._account_of(work, client, statement)
            if isinstance(account, RefusedRow):
                refused.append(account)
            else:
                total += self._store_statement(work, account.id, statement, content.format)
        for document in content.documents:
            total += ledger.take(document, content.format, is_list=content.format in LISTS)
        has_nothing = not content.documents and len(refused) > 0 and total == Stored()
        return FileResult(
            read.path,
            content.format,
            REFUSED if has_nothing else IMPORTED,
            total.added,
            total.updated,
            total.unchanged,
            tuple(refused),
        )

    def _store_statement(self, work: UnitOfWork, account_id: AccountId, statement: Statement, source: str) -> Stored:
        now = self._clock.now()
        booked = [line for line in statement.transactions if line.status is BookingStatus.BOOKED]
        work.accounts.save_balances(account_id, statement.balances, source)
        return store_listing(work, account_id, booked, source, now)

    def _account_of(self, work: UnitOfWork, client: Client, statement: Statement) -> BankAccount | RefusedRow:
        """The client's account of this number, made where it is new and nobody else is said to own it."""
        number = statement.account_number
        known = work.accounts.find(number, statement.currency)
        if known is not None:
            mine = known.client_id == client.id
            return known if mine else RefusedRow(number, "account_of_another_client", {"account": number})
        if statement.owner_orgnr not in ("", client.orgnr):
            facts = {
                "account": number,
                "owner": statement.owner_name,
                "owner_orgnr": statement.owner_orgnr,
                "client_orgnr": client.orgnr,
            }
            return RefusedRow(number, "other_owner", facts)
        taken = {account.ledger_account for account in work.accounts.load_all(client.id)}
        return work.accounts.add(
            BankAccount(
                id=AccountId(0),
                client_id=client.id,
                number=statement.account_number,
                currency=statement.currency,
                owner_name=statement.owner_name,
                ledger_account=next_ledger_account(taken),
            )
        )

    def _log(self, work: UnitOfWork, client_id: ClientId, result: FileResult, sha256: str) -> None:
        now = self._clock.now()
        rows = [{"where": r.where, "why": r.why, "facts": r.facts} for r in result.refused]
        work.events.add_imported_file(
            ImportedFile(
                client_id,
                now,
                result.path.name,
                sha256,
                result.format,
                result.status,
                result.added,
                result.updated,
                result.unchanged,
                json.dumps(rows, ensure_ascii=False),
            )
        )

    def _tell_alone(self, work: UnitOfWork, client_id: ClientId, result: FileResult) -> None:
        facts = {"file": result.path.name, "format": result.format} | _counts([result])
        work.events.add(Event(self._clock.now(), PERSON, f"file.{result.status}", facts, client_id=client_id))

    def _tell(self, work: UnitOfWork, client_id: ClientId, results: Sequence[FileResult]) -> None:
        """One event for what came in together, and one for each file of which something was refused."""
        now = self._clock.now()
        alone = [r for r in results if r.refused or len(results) == 1]
        for result in alone:
            self._tell_alone(work, client_id, result)
        together = [r for r in results if not r.refused]
        if len(results) > 1 and together:
            facts = {"files": str(len(together))} | _counts(together)
            work.events.add(Event(now, PERSON, "files.imported", facts, client_id=client_id))


def _one_an_account(statements: Sequence[Statement]) -> list[Statement]:
    """What one file says of an account is one listing: a day may be parted, and two like payments fall on both parts.

    The same statement given twice counts once.
    """
    together: dict[tuple[str, str], Statement] = {}
    for statement in dict.fromkeys(statements):
        key = statement.account_number, statement.currency
        before = together.get(key)
        together[key] = statement if before is None else _joined(before, statement)
    return list(together.values())


def _joined(first: Statement, second: Statement) -> Statement:
    return replace(
        first,
        transactions=first.transactions + second.transactions,
        balances=first.balances + second.balances,
    )


def _not_closed(result: FileResult) -> FileResult:
    if result.format not in LISTS:
        return result
    return replace(result, refused=(*result.refused, RefusedRow("", "not_closed", {})))


def _counts(results: Sequence[FileResult]) -> dict[str, str]:
    return {
        "added": str(sum(r.added for r in results)),
        "updated": str(sum(r.updated for r in results)),
        "unchanged": str(sum(r.unchanged for r in results)),
        "refused": str(sum(len(r.refused) for r in results)),
    }


def _refusal(error: FileNotUnderstood) -> RefusedRow:
    facts = {name: str(value) for name, value in error.parameters.items()}
    return RefusedRow(facts.pop("where", ""), facts.pop("why", "broken"), facts)
