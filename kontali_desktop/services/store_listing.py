"""Storing what a source reports of one account, so that the same line never stands twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.identity import is_changed, merge, pair_listing
from kontali_desktop.domain.ids import AccountId, TransactionId
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
    work: UnitOfWork, account_id: AccountId, listing: Sequence[ReportedTransaction], source: str, now: datetime
) -> Stored:
    """Booked lines meet what is stored of their days; pending ones are the caller's to replace."""
    booked = [line for line in listing if line.status is BookingStatus.BOOKED]
    days = [line.booking_date for line in booked if line.booking_date is not None]
    if not days:
        return Stored(fetched=len(listing))
    pairing = pair_listing(work.transactions.load_booked(account_id, min(days), max(days)), booked)
    work.transactions.add_booked(account_id, pairing.new, source, now)
    sources = work.transactions.sources([old.id for old, _ in pairing.known])
    updated = 0
    beside: list[tuple[TransactionId, str]] = []
    for old, line in pairing.known:
        is_own = sources[old.id] == source
        merged = merge(old.reported, line, is_same_source=is_own)
        if merged is old.reported:
            beside += [] if is_own else [(old.id, line.raw)]
            continue
        updated += is_changed(old.reported, merged)
        work.transactions.update(old.id, merged, line.raw, source, now, is_own=is_own)
    work.transactions.keep_beside(beside, source, now)
    unchanged = len(pairing.known) - updated
    return Stored(len(listing), len(pairing.new), updated, unchanged)


def replace_pending(
    work: UnitOfWork, account_id: AccountId, listing: Sequence[ReportedTransaction], source: str, now: datetime
) -> None:
    """Reserved lines have no lasting identity at any bank: the newest list is the whole truth."""
    pending = [line for line in listing if line.status is BookingStatus.PENDING]
    work.transactions.replace_pending(account_id, pending, source, now)
