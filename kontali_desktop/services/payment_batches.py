"""Sums at the bank meet the files that tell their parts, whichever came first."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kontali_desktop.domain.bank import BankTransaction, BookingStatus
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.ids import AccountId, BatchId, ClientId, ImportId, TransactionId
from kontali_desktop.domain.payment_parts import UNNAMED_PROVIDER, PartKind, PaymentBatch
from kontali_desktop.services.file_storage import BATCH, StoredBatch
from kontali_desktop.services.storage import UnitOfWork

_BEFORE, _AFTER = timedelta(days=1), timedelta(days=5)  # a bank books a sum on its day, or after a long weekend
_TELLING = 8  # signs of a reference that nothing else has by chance
_AFTER_PAYOUT = timedelta(days=7)  # a provider's payout takes its days to arrive


def keyed(batches: Iterable[PaymentBatch]) -> Iterator[tuple[str, PaymentBatch]]:
    """Each batch of one file with what it is known by: account, day, sum and parts, and being the n-th such.

    Two sources that tell of the same payments (camt.054 and OCR giro) give the same key.
    """
    seen: Counter[bytes] = Counter()
    for batch in batches:
        payments = sorted((part.amount, part.kid) for part in batch.parts if part.kind is PartKind.PAYMENT)
        told = (
            batch.account_number,
            batch.currency,
            batch.amount,
            batch.booking_date,
            batch.provider,
            batch.reference if batch.provider else "",
            payments,
        )
        likeness = hashlib.sha256(repr(told).encode()).digest()
        seen[likeness] += 1
        yield hashlib.sha256(likeness + str(seen[likeness]).encode()).hexdigest(), batch


def take_batches(
    work: UnitOfWork, client_id: ClientId, batches: Sequence[PaymentBatch], source: str, import_id: ImportId
) -> tuple[int, int]:
    """Keep the sums of one file; how many were new and how many known."""
    if not batches:
        return 0, 0
    new, known = work.batches.add(client_id, keyed(batches), source, import_id)
    work.imports.note_sightings(import_id, BATCH, known)
    return new, len(known)


@dataclass(frozen=True, slots=True)
class _Link:
    """A line that a batch may explain, the surest first."""

    rank: tuple[bool, bool, int, str, str, int]
    batch: BatchId
    line: TransactionId
    is_sure: bool


def attach_batches(work: UnitOfWork, client_id: ClientId) -> None:
    """Tie each sum to its line, anew for all that is undecided, so that the order of arrival decides nothing."""
    batches = work.batches.load(client_id)
    if not batches:
        return
    decided = work.matches.decided_ids(client_id)
    free = [b for b in batches if b.transaction_id is None or b.transaction_id not in decided]
    taken = {b.transaction_id for b in batches if b.transaction_id in decided}
    amounts = {b.batch.amount for b in free}
    accounts = {account.id: account for account in work.accounts.load_all(client_id)}
    lines = [t for t in work.transactions.load_of_amounts(client_id, amounts) if t.id not in taken]
    links = _chosen(_links(free, lines, accounts))
    now = {b.id: b.transaction_id for b in free}
    work.batches.attach({batch: links.get(batch) for batch, line in now.items() if links.get(batch) != line})


def _links(
    batches: Sequence[StoredBatch], lines: Sequence[BankTransaction], accounts: dict[AccountId, BankAccount]
) -> list[_Link]:
    by_sum: dict[tuple[int, str], list[BankTransaction]] = {}
    for line in lines:
        if line.reported.status is BookingStatus.BOOKED:
            by_sum.setdefault((line.reported.amount, line.reported.currency), []).append(line)
    found = []
    for stored in batches:
        alike = by_sum.get((stored.batch.amount, stored.batch.currency), ())
        found += [link for line in alike if (link := _link(stored, line, accounts[line.account_id].number))]
    return found


def _link(stored: StoredBatch, line: BankTransaction, account: str) -> _Link | None:
    batch, reported = stored.batch, line.reported
    if batch.account_number not in ("", account) or reported.booking_date is None:
        return None
    days = 0
    if batch.booking_date is not None:
        after = _AFTER_PAYOUT if batch.provider else _AFTER
        if not batch.booking_date - _BEFORE <= reported.booking_date <= batch.booking_date + after:
            return None
        days = abs((reported.booking_date - batch.booking_date).days)
    words = f"{reported.counterparty} {reported.text} {reported.entry_reference}".casefold()
    is_named = _is_named(batch.reference.casefold(), words)
    is_provider = batch.provider not in ("", UNNAMED_PROVIDER) and batch.provider.casefold() in words.replace(" ", "")
    rank = (not is_named, not is_provider, days, str(reported.booking_date), stored.key, line.ordinal)
    return _Link(rank, stored.id, line.id, is_named or is_provider or bool(batch.account_number))


def _is_named(reference: str, words: str) -> bool:
    """A short reference is part of many a longer number, and of none where it stands for itself."""
    if len(reference) >= _TELLING:
        return reference in words
    return bool(reference) and re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", words) is not None


def _chosen(links: Sequence[_Link]) -> dict[BatchId, TransactionId]:
    """The surest first; a line that nothing but its sum speaks for only where it is the only one."""
    rivals = Counter(link.batch for link in links)
    chosen: dict[BatchId, TransactionId] = {}
    used: set[TransactionId] = set()
    for link in sorted(links, key=lambda one: (one.rank, one.line)):
        if link.batch in chosen or link.line in used or not (link.is_sure or rivals[link.batch] == 1):
            continue
        chosen[link.batch] = link.line
        used.add(link.line)
    return chosen
