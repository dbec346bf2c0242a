"""Accepted matches out as numbered vouchers, each once; what was exported never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.errors import EmptyPeriod, UnknownExport, UnknownExportFormat
from kontali_desktop.domain.ids import AccountId, ClientId, ExportId, TransactionId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.domain.vouchers import VoucherFile
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.clients import find_client
from kontali_desktop.services.make_vouchers import Books, HeldBackError, make_voucher, reversing
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Event, Storage, StoredMatch, UnitOfWork
from kontali_desktop.services.voucher_storage import ExportRecord, StoredVoucher, VoucherWriter

ARCHIVE = "saft"  # the whole period every time; the other layouts give each voucher once
_UNDONE = "undone"
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An accepted match that cannot be booked yet, and why (a code with facts)."""

    transaction: BankTransaction
    why: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportedElsewhere:
    """How many of the vouchers are in a file of another layout too, and in which: read in twice, booked twice.

    The archive does not count: nobody reads it in to book it.
    """

    count: int = 0
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file ready to be saved. `is_repeated`: the same as an earlier one, byte for byte.

    `closed` counts accepted lines that are left out because they are booked in a closed period.
    """

    format: str
    content: bytes
    vouchers: tuple[StoredVoucher, ...]
    held_back: tuple[HeldBack, ...]
    is_repeated: bool = False
    export_id: ExportId | None = None
    exported_elsewhere: ExportedElsewhere = ExportedElsewhere()
    closed: int = 0


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export would bring: matches not exported in this layout yet, and those that must wait.

    `closed` is as an `ExportFile`'s.
    """

    new: int
    reversals: int
    held_back: tuple[HeldBack, ...]
    exported_elsewhere: ExportedElsewhere = ExportedElsewhere()
    closed: int = 0


class ExportVouchers:
    """Numbers vouchers when they are first exported: an undo before that leaves no trace and no hole."""

    def __init__(self, storage: Storage, writer: VoucherWriter, clock: Clock, version: str) -> None:
        self._storage = storage
        self._writer = writer
        self._clock = clock
        self._version = version

    def formats(self) -> tuple[str, ...]:
        return self._writer.formats()

    def suffix(self, format_: str) -> str:
        """How the name of such a file ends (`.csv`)."""
        return self._writer.suffix(format_)

    def preview(
        self,
        client_id: ClientId,
        format_: str,
        period: Period = ALL_TIME,
    ) -> ExportPreview:
        """Told by making the vouchers and taking them all back."""
        with self._storage.writing() as work:
            found, held_back, closed = self._make_for(work, client_id, format_, period)
            fresh = self._fresh(work, client_id, format_, found, period)
            elsewhere = self._elsewhere(work, client_id, format_, fresh)
        reversals = sum(v.reverses is not None for v in fresh)
        return ExportPreview(len(fresh) - reversals, reversals, held_back, elsewhere, closed)

    def run(
        self,
        client_orgnr: str | None,
        format_: str,
        period: Period = ALL_TIME,
    ) -> ExportFile:
        """The vouchers of this period, by booking date, that were not exported in this layout before.

        Where there is nothing new, the latest export of the same layout and period is given again. The SAF-T archive
        always has the whole period. A voucher that takes an exported one back is in the next export, whatever its
        period. With nothing at all the file has no vouchers.
        Raises UnknownClient, ClientNeeded, UnknownExportFormat, EmptyPeriod.
        """
        if format_ not in self._writer.formats():
            raise UnknownExportFormat(format=format_, known=", ".join(self._writer.formats()))
        if period.since is not None and period.until is not None and period.since > period.until:
            raise EmptyPeriod(since=period.since.isoformat(), until=period.until.isoformat())
        with self._storage.writing() as work:
            client = find_client(work, client_orgnr)
            found, held_back, closed = self._make_for(work, client.id, format_, period)
            fresh = self._fresh(work, client.id, format_, found, period)
            if not fresh:
                earlier = self._latest(work, client.id, format_, period)
                if earlier is not None:
                    return replace(self._again(work, earlier), held_back=held_back, closed=closed)
                content = self._writer.write(format_, self._nothing(client, period))
                return ExportFile(format_, content, (), held_back, closed=closed)
            content = self._writer.write(format_, self._file(client, fresh))
            elsewhere = self._elsewhere(work, client.id, format_, fresh)
            made = ExportFile(format_, content, fresh, held_back, exported_elsewhere=elsewhere, closed=closed)
            export_id = self._note(work, client, made, period)
            work.commit()
        return replace(made, export_id=export_id)

    def again(self, export_id: ExportId) -> ExportFile:
        """The same file again: same numbers, same bytes. Raises UnknownExport."""
        with self._storage.reading() as work:
            record = work.vouchers.find_export(export_id)
            if record is None:
                raise UnknownExport(id=export_id)
            return self._again(work, record)

    def history(self, client_id: ClientId | None, most: int = 200) -> tuple[ExportRecord, ...]:
        with self._storage.reading() as work:
            return work.vouchers.load_exports(client_id, most)

    def _again(self, work: UnitOfWork, record: ExportRecord) -> ExportFile:
        wanted = work.vouchers.vouchers_of(record.id)
        vouchers = tuple(v for v in work.vouchers.load(record.client_id) if v.id in wanted)
        content = work.vouchers.content_of(record.id)
        if content is None:
            client = next(known for known in work.clients.load_all() if known.id == record.client_id)
            content = self._writer.write(record.format, self._file(client, vouchers))
        elsewhere = self._elsewhere(work, record.client_id, record.format, vouchers)
        return ExportFile(
            record.format, content, vouchers, (), is_repeated=True, export_id=record.id, exported_elsewhere=elsewhere
        )

    def _elsewhere(
        self, work: UnitOfWork, client_id: ClientId, format_: str, vouchers: Sequence[StoredVoucher]
    ) -> ExportedElsewhere:
        if format_ == ARCHIVE:
            return ExportedElsewhere()
        ids = {v.id for v in vouchers}
        others = [other for other in self._writer.formats() if other not in (ARCHIVE, format_)]
        found = {other: ids & work.vouchers.exported_ids(client_id, other) for other in others}
        return ExportedElsewhere(len(frozenset().union(*found.values())), tuple(f for f in others if found[f]))

    def _latest(self, work: UnitOfWork, client_id: ClientId, format_: str, period: Period) -> ExportRecord | None:
        asked = (format_, period.since, period.until)
        exports = work.vouchers.load_exports(client_id, _ALL)
        return next((e for e in exports if (e.format, e.since, e.until) == asked), None)

    def _fresh(
        self, work: UnitOfWork, client_id: ClientId, format_: str, found: Sequence[StoredVoucher], period: Period
    ) -> tuple[StoredVoucher, ...]:
        within = [v for v in found if v.voucher.date in period]
        if format_ == ARCHIVE:
            done = self._latest(work, client_id, format_, period)
            is_same = done is not None and work.vouchers.vouchers_of(done.id) == {v.id for v in within}
            return () if is_same else tuple(within)
        exported = work.vouchers.exported_ids(client_id, format_)
        taken_back = [v for v in found if v.reverses in exported and v not in within]
        return tuple(v for v in sorted([*within, *taken_back], key=lambda v: v.voucher.number) if v.id not in exported)

    def _make_for(
        self, work: UnitOfWork, client_id: ClientId, format_: str, period: Period
    ) -> tuple[tuple[StoredVoucher, ...], tuple[HeldBack, ...], int]:
        """As `_make`, without the numbered vouchers that the layout cannot hold; those it never held are held back.

        One that was taken back before it got out is left out with what takes it back: together they are nothing.
        """
        found, held_back, closed = self._make(work, client_id, period)
        unfit = [v for v in found if self._writer.needs_vat_codes(format_) and v.voucher.line_without_vat_code]
        if not unfit:
            return found, held_back, closed
        exported = work.vouchers.exported_ids(client_id, format_)
        taken_back = {v.reverses for v in unfit}
        waiting = [
            v
            for v in unfit
            if v.id not in exported
            and v.id not in taken_back
            and (v.reverses in exported or (v.reverses is None and v.voucher.date in period))
        ]
        fit = tuple(v for v in found if v.voucher.line_without_vat_code is None)
        told = [held for v in waiting if (held := _held_voucher(work, v)) is not None]
        return fit, (*held_back, *told), closed

    def _make(
        self, work: UnitOfWork, client_id: ClientId, period: Period
    ) -> tuple[tuple[StoredVoucher, ...], tuple[HeldBack, ...], int]:
        """All vouchers of the client, with new ones for what was accepted or undone since the last time.

        No new one is dated in the client's closed period: what takes a voucher back is dated after it, and what was
        accepted there is left out and counted.
        """
        closed = work.clients.load_settings(client_id).closed
        known = work.vouchers.load(client_id)
        books = _books(work, client_id)
        number = max((v.voucher.number for v in known), default=0)
        now, today = self._clock.now(), self._clock.today()
        first_day = today if closed is None else max(today, closed.first_open_day)
        added: list[StoredVoucher] = []
        for stored in _to_take_back(work, known):
            number += 1
            voucher = reversing(stored.voucher, number, max(first_day, stored.voucher.date))
            added.append(work.vouchers.add(client_id, stored.match_id, voucher, now, stored.id))
        held_back: list[HeldBack] = []
        left_out = 0
        vouched = {v.match_id for v in known}
        for transaction, match in _accepted(work, client_id, books):
            day = transaction.reported.booking_date
            if match.id in vouched or day is None or day not in period:
                continue
            if closed is not None and day in closed:
                left_out += 1
                continue
            try:
                voucher = make_voucher(transaction, match.proposal, books, number + 1)
            except HeldBackError as reason:
                held_back.append(HeldBack(transaction, reason.why, reason.facts))
                continue
            number += 1
            added.append(work.vouchers.add(client_id, match.id, voucher, now))
        return (*known, *added), tuple(held_back), left_out

    def _file(self, client: Client, vouchers: Sequence[StoredVoucher]) -> VoucherFile:
        days = [v.voucher.date for v in vouchers]
        return VoucherFile(
            client_orgnr=client.orgnr,
            client_name=client.name,
            since=min(days),
            until=max(days),
            vouchers=tuple(v.voucher for v in vouchers),
            created=max(v.created_at for v in vouchers),
            version=self._version,
        )

    def _nothing(self, client: Client, period: Period) -> VoucherFile:
        today = self._clock.today()
        since, until = period.since or today, period.until or today
        created = datetime.combine(until, time(), UTC)
        return VoucherFile(client.orgnr, client.name, since, until, (), created, self._version)

    def _note(self, work: UnitOfWork, client: Client, made: ExportFile, period: Period) -> ExportId:
        now = self._clock.now()
        record = ExportRecord(
            id=ExportId(0),
            client_id=client.id,
            at=now,
            actor=PERSON,
            format=made.format,
            since=period.since,
            until=period.until,
            count=len(made.vouchers),
        )
        facts = {
            "format": made.format,
            "count": str(len(made.vouchers)),
            "first": str(made.vouchers[0].voucher.number),
            "last": str(made.vouchers[-1].voucher.number),
        }
        work.events.add(Event(now, PERSON, "vouchers.exported", facts, client_id=client.id))
        return work.vouchers.add_export(record, made.content, [v.id for v in made.vouchers])


def _held_voucher(work: UnitOfWork, stored: StoredVoucher) -> HeldBack | None:
    line = stored.voucher.line_without_vat_code
    transaction = work.transactions.find(work.matches.get(stored.match_id).transaction_id)
    if line is None or transaction is None:
        return None
    facts = {"number": str(stored.voucher.number), "vat_code": line.vat_code, "account": line.account}
    return HeldBack(transaction, "vat_code_of_voucher", facts)


def _to_take_back(work: UnitOfWork, known: Sequence[StoredVoucher]) -> list[StoredVoucher]:
    """Vouchers whose match was undone since, and which nothing takes back yet."""
    reversed_ids = {v.reverses for v in known}
    standing = [v for v in known if v.reverses is None and v.id not in reversed_ids]
    return [v for v in standing if work.matches.get(v.match_id).state == _UNDONE]


def _books(work: UnitOfWork, client_id: ClientId) -> Books:
    transactions = work.transactions.load_of_client(client_id)
    documents = work.documents.load_of_client(client_id)
    return Books(
        bank_accounts={account.id: account for account in work.accounts.load_all(client_id)},
        documents={d.id: d.reported for d in documents},
        transactions={t.id: t for t in transactions},
        accounts=work.vouchers.load_accounts(client_id),
    )


def _accepted(work: UnitOfWork, client_id: ClientId, books: Books) -> list[tuple[BankTransaction, StoredMatch]]:
    """By booking date; of a transfer the half that the money left, and nothing before an account's start."""
    active = work.matches.load_active(client_id)
    pairs = [(books.transactions[t], match) for t, match in active.items() if t in books.transactions]
    chosen = [(t, m) for t, m in pairs if not _is_before_start(t, books) and not _is_arrival(t, m, active)]
    return sorted(chosen, key=lambda pair: _order(pair[0], books.bank_accounts[pair[0].account_id]))


def _order(transaction: BankTransaction, account: BankAccount) -> tuple[date, str, int, int]:
    reported = transaction.reported
    return reported.booking_date or date.min, account.number, reported.amount, transaction.ordinal


def _is_before_start(transaction: BankTransaction, books: Books) -> bool:
    booked_to = books.bank_accounts[AccountId(transaction.account_id)].booked_to
    day = transaction.reported.booking_date
    return booked_to is not None and day is not None and day <= booked_to


def _is_arrival(transaction: BankTransaction, match: StoredMatch, active: Mapping[TransactionId, StoredMatch]) -> bool:
    """The half of a transfer that the money came to: its other half books both."""
    is_transfer = match.proposal.kind is ProposalKind.TRANSFER
    return is_transfer and transaction.reported.amount > 0 and match.proposal.counter_transaction in active
