"""A bank transaction as a row of the table, with what is worded of it beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DECIDED, ProposalKind, QueueStatus
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.ui.listing.columns import Column, haystack, sort_text
from kontali_desktop.ui.theme import Tone
from kontali_desktop.wording.wording import Wording

NOTHING = "–"
KID_WIDTH = 144  # of fourteen figures
LATEST = date.max  # what has no date yet stands with the newest


class Group(StrEnum):
    """The chips over the table besides ALL."""

    WAITING = "waiting"
    DONE = "done"
    RESERVED = "reserved"
    BEFORE_START = "before_start"


_TONES = {
    Group.WAITING: Tone.WARNING,
    Group.DONE: Tone.POSITIVE,
    Group.RESERVED: Tone.QUIET,
    Group.BEFORE_START: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """`numbers` are the documents it is matched with, or what else it was decided to be; `sum` says it is one."""

    item: QueueItem
    group: str
    status: str
    numbers: str
    day: date | None
    hay: str
    sum: str = ""

    @property
    def key(self) -> TransactionId:
        return self.item.id


def make_rows(items: Iterable[QueueItem], wording: Wording) -> tuple[TransactionRow, ...]:
    found = tuple(items)
    accounts = {item.id: item.account.number for item in found}
    words = {status: _short_status(status, wording) for status in QueueStatus}
    reserved = wording.text("status.pending")
    return tuple(_row(item, accounts, words, reserved, wording) for item in found)


def _short_status(status: QueueStatus, wording: Wording) -> str:
    """In one word, as the column has room for; the whole of it is the cell's tip."""
    if status is QueueStatus.AUTO_ACCEPTED:
        return wording.text("transactions.status.auto_accepted")
    return wording.status(status)


def _row(
    item: QueueItem,
    accounts: Mapping[TransactionId, str],
    words: Mapping[QueueStatus, str],
    reserved: str,
    wording: Wording,
) -> TransactionRow:
    reported = item.transaction.reported
    group = group_of(item)
    status = reserved if group is Group.RESERVED else words[item.status]
    numbers = _numbers(item, accounts, wording)
    day = reported.booking_date or reported.value_date
    parts = wording.text("transactions.sum", count=wording.integer(item.payments)) if item.payments else ""
    hay = haystack(
        reported.counterparty,
        reported.counterparty_account,
        reported.text,
        reported.kid,
        item.client.name,
        item.account.number,
        item.account.name,
        status,
        wording.status(item.status),
        numbers,
        parts,
        plain_amount(reported.amount, reported.currency),
        wording.amount(reported.amount, reported.currency),
        wording.day(day) if day else "",
    )
    return TransactionRow(item, group, status, numbers, day, hay, parts)


def group_of(item: QueueItem) -> Group:
    """What is only reserved waits for nobody; what is parked still waits."""
    if item.transaction.reported.status is BookingStatus.PENDING:
        return Group.RESERVED
    if item.status is QueueStatus.BEFORE_START:
        return Group.BEFORE_START
    return Group.DONE if item.status in DECIDED else Group.WAITING


def _numbers(item: QueueItem, accounts: Mapping[TransactionId, str], wording: Wording) -> str:
    """Only of what is decided: a proposal's numbers here would look like a match."""
    proposal = item.proposal
    if proposal is None or item.status not in DECIDED:
        return ""
    if proposal.kind is ProposalKind.TRANSFER:
        other = accounts.get(proposal.counter_transaction) if proposal.counter_transaction is not None else None
        return wording.short_account(other) if other else wording.text("proposal.transfer.own")
    if proposal.posting is not None:
        return wording.ledger_account(proposal.posting.account)
    return ", ".join(line.number for line in proposal.lines)


def make_columns(wording: Wording) -> tuple[Column[TransactionRow], ...]:
    text = wording.text

    def day(row: TransactionRow) -> str:
        return wording.day(row.day) if row.day else NOTHING

    def account(row: TransactionRow) -> str:
        return f"{row.item.account.number} {row.item.account.name}".strip()

    def amount(row: TransactionRow) -> str:
        reported = row.item.transaction.reported
        return wording.amount(reported.amount, reported.currency)

    def whole_status(row: TransactionRow) -> str:
        whole = wording.status(row.item.status)
        return "" if row.group == Group.RESERVED or whole == row.status else whole

    return (
        Column("date", text("transactions.column.date"), 118, day, lambda row: row.day or LATEST),
        Column(
            "client",
            text("transactions.column.client"),
            150,
            lambda row: row.item.client.name,
            lambda row: sort_text(row.item.client.name),
            tone=lambda _row: Tone.QUIET,
            least=92,
            floor=72,
        ),
        Column(
            "account",
            text("transactions.column.account"),
            86,
            lambda row: wording.short_account(row.item.account.number),
            lambda row: row.item.account.number,
            tone=lambda _row: Tone.QUIET,
            tip=account,
            may_go=True,
        ),
        Column(
            "counterparty",
            text("transactions.column.counterparty"),
            186,
            lambda row: row.item.transaction.reported.counterparty or NOTHING,
            lambda row: sort_text(row.item.transaction.reported.counterparty),
            is_strong=True,
            least=128,
            floor=112,
        ),
        Column(
            "text",
            text("transactions.column.text"),
            180,
            lambda row: row.item.transaction.reported.text,
            lambda row: sort_text(row.item.transaction.reported.text),
            more=lambda row: row.sum,
            least=112,
            floor=64,
        ),
        Column(
            "kid",
            text("transactions.column.kid"),
            KID_WIDTH,
            lambda row: row.item.transaction.reported.kid,
            lambda row: row.item.transaction.reported.kid,
            may_go=True,  # a number cut short tells nothing: whole, or not at all
        ),
        Column(
            "status",
            text("transactions.column.status"),
            104,
            lambda row: row.status,
            lambda row: sort_text(row.status),
            tone=lambda row: _TONES[Group(row.group)],
            tip=whole_status,
            least=100,
            floor=84,
        ),
        Column(
            "documents",
            text("transactions.column.documents"),
            102,
            lambda row: row.numbers,
            lambda row: sort_text(row.numbers),
            least=84,
            floor=68,
        ),
        Column(
            "amount",
            text("transactions.column.amount"),
            110,
            amount,
            lambda row: (row.item.transaction.reported.currency, row.item.transaction.reported.amount),
            is_amount=True,
        ),
    )
