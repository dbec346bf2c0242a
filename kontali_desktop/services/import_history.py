"""What was taken in before: to look at, to take back as one, and to correct the rows that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from kontali_desktop.domain.errors import ImportUndone, PeriodClosed, UnknownImport
from kontali_desktop.domain.ids import ClientId, DocumentId, ImportId, TransactionId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.file_storage import (
    BALANCE,
    BATCH,
    DOCUMENT,
    POSTING,
    TRANSACTION,
    ImportedFile,
    ImportRecord,
    RowChange,
)
from kontali_desktop.services.payment_batches import attach_batches
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.review import Decider, closed_in, new_batch
from kontali_desktop.services.row_changes import handed_over, restored, restored_fields, restored_source, to_alone
from kontali_desktop.services.storage import Event, Storage, UnitOfWork
from kontali_desktop.services.store_documents import by_books, save_by_books


@dataclass(frozen=True, slots=True)
class ImportUndo:
    """What was taken away again, and the matches that had to go with it.

    `batches` are settlements and bulk payments opened into their parts, `postings` the ledger's lines on bank accounts;
    `restored` are rows that another source brought, and that are as they were before the import.
    """

    lines: int
    documents: int
    matches: int
    batches: int = 0
    postings: int = 0
    restored: int = 0


class _ClosedBooks:
    """The client's closed period, in which no import changes bank lines or balances by being taken back."""

    def __init__(self, work: UnitOfWork, client_id: ClientId) -> None:
        self._name = next(client.name for client in work.clients.load_all() if client.id == client_id)
        self._closed = work.clients.load_settings(client_id).closed

    def refuse(self, day: date | None) -> None:
        """Raises PeriodClosed where the day lies in it."""
        if day is not None and self._closed is not None and day in self._closed:
            until = self._closed.until.isoformat()
            raise PeriodClosed(what="import", client=self._name, day=day.isoformat(), closed_until=until)


class ImportHistory:
    """The imports of a client, the newest first."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def load(self, client_id: ClientId | None, most: int = 200) -> tuple[ImportRecord, ...]:
        with self._storage.reading() as work:
            return work.imports.load(client_id, most)

    def undo(self, import_id: ImportId) -> ImportUndo:
        """Take back all that this import alone brought.

        What another import or a bank connection told of too stays; what it changed is changed back where nothing
        changed it since; matches on what goes are undone, each with a decision of its own.
        Raises UnknownImport, ImportUndone, and PeriodClosed where bank lines, balances or matches of a closed period
        would change.
        """
        with self._storage.writing() as work:
            undone = self._undo(work, import_id)
            work.commit()
        return undone

    def foresee_undo(self, import_id: ImportId) -> ImportUndo:
        """What `undo` would take away, told by doing it and taking it all back. Raises as `undo`."""
        with self._storage.writing() as work:
            return self._undo(work, import_id)

    def _undo(self, work: UnitOfWork, import_id: ImportId) -> ImportUndo:
        record = work.imports.find(import_id)
        if record is None:
            raise UnknownImport(id=import_id)
        if record.undone_at is not None:
            raise ImportUndone(id=import_id)
        now = self._clock.now()
        own = frozenset(work.imports.brought(import_id, DOCUMENT))
        closed = _ClosedBooks(work, record.client_id)
        restored = self._restore(work, import_id, own, closed)
        for kind in (TRANSACTION, DOCUMENT, BATCH, POSTING, BALANCE):
            work.imports.hand_over(import_id, kind)
        closed.refuse(work.imports.first_day_brought(import_id))
        lines, documents = work.imports.brought(import_id, TRANSACTION), work.imports.brought(import_id, DOCUMENT)
        restored[1].update(self._retell(work, own.difference(documents)))
        batches, postings = work.imports.brought(import_id, BATCH), work.imports.brought(import_id, POSTING)
        decisions = work.matches.accepts_of_import(import_id)
        decider = Decider(work, now, PERSON, new_batch())
        with closed_in("import_match"):
            for decision in decisions:
                decider.undo(decision)
        _forget_proposals(work, record.client_id, frozenset(lines), frozenset(documents))
        work.imports.withdraw(import_id, now)
        for closing in work.matches.closes_given_back(record.client_id):
            decider.undo(closing)
        attach_batches(work, record.client_id)
        set_back = len(restored[0].difference(lines)) + len(restored[1].difference(documents))
        undone = ImportUndo(len(lines), len(documents), len(decisions), len(batches), len(postings), set_back)
        work.events.add(Event(now, PERSON, "import.undone", _told(record, undone), client_id=record.client_id))
        return undone

    def _restore(
        self, work: UnitOfWork, import_id: ImportId, own: frozenset[int], closed: _ClosedBooks
    ) -> tuple[set[int], set[int]]:
        """The lines and documents that got former values back; its own documents have none to get.

        Where a later import told of a field, its undo gets those instead.
        """
        lines: set[int] = set()
        for change in self._last_word(work, import_id, TRANSACTION):
            line = work.transactions.find(TransactionId(change.row_id))
            if line is not None:
                source = work.transactions.sources([line.id])[line.id]
                fields = restored_fields(change, line.reported) | restored_source(change, source)
                work.transactions.restore(line.id, fields)
                is_changed = any(getattr(line.reported, name, source) != former for name, former in fields.items())
                if is_changed:
                    closed.refuse(line.reported.booking_date)
                    lines.add(line.id)
        return lines, self._set_back(work, self._last_word(work, import_id, DOCUMENT, without=own))

    def _retell(self, work: UnitOfWork, handed_over: frozenset[int]) -> set[int]:
        """Documents that another import has from the undone one become what that one alone would have made of them."""
        heirs: dict[ImportId, set[int]] = {}
        for row_id, heir in work.imports.owners(DOCUMENT, handed_over).items():
            heirs.setdefault(heir, set()).add(row_id)
        changed: set[int] = set()
        for heir, rows in sorted(heirs.items()):
            told = [c for change in work.imports.load_changes(heir, DOCUMENT) if (c := to_alone(change)) is not None]
            told = [change for change in told if change.row_id in rows]
            changed |= self._set_back(work, self._handed_on(work, heir, DOCUMENT, told))
        return changed

    def _set_back(self, work: UnitOfWork, changes: Sequence[RowChange]) -> set[int]:
        changed: set[int] = set()
        documents = work.documents.find(DocumentId(change.row_id) for change in changes)
        for change in changes:
            stored = documents.get(DocumentId(change.row_id))
            if stored is not None:
                former = restored(change, by_books(stored))
                changed |= {stored.id} if former != by_books(stored) else set()
                save_by_books(work, stored, former)
        return changed

    def _last_word(
        self, work: UnitOfWork, import_id: ImportId, kind: str, without: frozenset[int] = frozenset()
    ) -> list[RowChange]:
        changes = work.imports.load_changes(import_id, kind)
        return self._handed_on(work, import_id, kind, [change for change in changes if change.row_id not in without])

    def _handed_on(
        self, work: UnitOfWork, import_id: ImportId, kind: str, changes: Sequence[RowChange]
    ) -> list[RowChange]:
        """Of an import's changes the fields that no later import has told of; those hand their former values on."""
        later: dict[int, list[tuple[int, RowChange]]] = {}
        for change_id, change in work.imports.later_changes(import_id, kind):
            later.setdefault(change.row_id, []).append((change_id, change))
        last = []
        for change in changes:
            rest = change
            for place, (change_id, following) in enumerate(later.get(change.row_id, [])):
                rest, handed_on = handed_over(rest, following)
                if handed_on != following:
                    later[change.row_id][place] = change_id, handed_on
                    work.imports.change_former(change_id, handed_on.before)
            last.append(rest)
        return last


def _forget_proposals(work: UnitOfWork, client_id: ClientId, lines: frozenset[int], documents: frozenset[int]) -> None:
    """What names a line or a document that goes is no longer proposed."""
    for transaction_id, ranked in work.matches.load_proposals(client_id).items():
        kept = tuple(
            proposal
            for proposal in ranked
            if proposal.counter_transaction not in lines
            and documents.isdisjoint(line.document_id for line in proposal.lines)
        )
        if kept != ranked:
            work.matches.set_proposals(transaction_id, kept)


def _told(record: ImportRecord, undone: ImportUndo) -> dict[str, str]:
    return {
        "files": str(len(record.files)),
        "file": record.files[0].name if record.files else "",
        **{name: str(count) for name, count in asdict(undone).items()},
    }


def refused_file(file: ImportedFile) -> str:
    rows = [row.raw for row in file.refused if row.raw]
    if not rows:
        return ""
    lines = [part.rstrip("\r\n") for part in (file.refused_head, *rows, file.refused_tail)]
    return "\n".join(line for line in lines if line) + "\n"
