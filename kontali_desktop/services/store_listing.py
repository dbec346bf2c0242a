"""Storing what a source reports of one account, so that the same line never stands twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.identity import is_changed, leads, merge, pair_listing
from kontali_desktop.domain.ids import AccountId, ImportId, TransactionId
from kontali_desktop.services.file_storage import TRANSACTION, RowChange
from kontali_desktop.services.packed import PackedLines
from kontali_desktop.services.row_changes import row_change
from kontali_desktop.services.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a listing, in lines."""

    fetched: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Stored) -> Stored:
        return Stored(
            self.fetched + other.fetched,
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


def store_listing(
    work: UnitOfWork,
    account_id: AccountId,
    listing: Sequence[ReportedTransaction],
    source: str,
    now: datetime,
    *,
    import_id: ImportId | None = None,
) -> Stored:
    """Booked lines meet what is stored of their days; pending ones are the caller's to replace.

    An import notes what it saw and changed, so that it can be undone. A packed listing is stored some days at a time:
    lines of two days are never the same.
    """
    total = Stored()
    for lines in listing.by_days() if isinstance(listing, PackedLines) else (listing,):
        total += _store_days(work, account_id, lines, source, now, import_id=import_id)
    return total


def _store_days(
    work: UnitOfWork,
    account_id: AccountId,
    lines: Sequence[ReportedTransaction],
    source: str,
    now: datetime,
    *,
    import_id: ImportId | None,
) -> Stored:
    booked = [line for line in lines if line.status is BookingStatus.BOOKED]
    days = [line.booking_date for line in booked if line.booking_date is not None]
    if not days:
        return Stored(fetched=len(lines))
    amounts = [line.amount for line in booked]
    stored = work.transactions.load_booked(account_id, (min(days), max(days)), (min(amounts), max(amounts)))
    pairing = pair_listing(stored, booked)
    work.transactions.add_booked(account_id, pairing.new, source, now, import_id)
    sources = work.transactions.sources([old.id for old, _ in pairing.known])
    updated = 0
    beside: list[tuple[TransactionId, str]] = []
    changes: list[RowChange] = []
    for old, line in pairing.known:
        former = sources[old.id]
        is_leading = leads(source, former)
        merged = merge(old.reported, line, is_leading=is_leading)
        is_taken_over = is_leading and former != source
        if merged is old.reported and not is_taken_over:
            beside += [] if is_leading else [(old.id, line.raw)]
            continue
        updated += is_changed(old.reported, merged)
        changes.append(row_change(old.id, old.reported, merged, (former, source) if is_taken_over else None))
        work.transactions.update(old.id, merged, line.raw, source, now, takes_over=former if is_leading else "")
    work.transactions.keep_beside(beside, source, now)
    if import_id is not None:
        work.imports.note_sightings(import_id, TRANSACTION, [old.id for old, _ in pairing.known])
        work.imports.note_changes(import_id, TRANSACTION, changes)
    unchanged = len(pairing.known) - updated
    return Stored(len(lines), len(pairing.new), updated, unchanged)


def replace_pending(
    work: UnitOfWork, account_id: AccountId, listing: Sequence[ReportedTransaction], source: str, now: datetime
) -> None:
    """Reserved lines have no lasting identity at any bank: the newest list is the whole truth."""
    pending = [line for line in listing if line.status is BookingStatus.PENDING]
    work.transactions.replace_pending(account_id, pending, source, now)
