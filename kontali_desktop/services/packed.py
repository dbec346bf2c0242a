"""What a large file says, kept small until it is stored: a bank statement may have half a million lines."""

from __future__ import annotations

import marshal
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from typing import overload

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart

_QUICKEST = 1  # of zlib's levels; payloads of one bank are so alike that it makes them ten times smaller
_MOST_WAITING = 10_000  # lines or parts that wait to be packed
_ENOUGH = 5_000  # lines that are stored at once, or more where a day has more
_MOST_AT_ONCE = 20_000  # lines of one day that are stored at once
_NO_DAY = 0
_AMOUNT = 2  # its place in a packed line
_REST = attrgetter(
    "amount",
    "currency",
    "counterparty",
    "counterparty_account",
    "kid",
    "text",
    "entry_reference",
    "bank_transaction_id",
    "end_to_end_id",
    "bank_transaction_code",
    "balance_after",
    "raw",
)
_PART = attrgetter("amount", "counterparty", "counterparty_account", "kid", "text", "reference")
_Plain = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Packed lines of one day."""

    day: int
    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class PackedLines(Sequence[ReportedTransaction]):
    """Lines by day, and within a day as they came; each is made anew when it is asked for."""

    chunks: tuple[_Chunk, ...]

    def __len__(self) -> int:
        return sum(chunk.count for chunk in self.chunks)

    def __iter__(self) -> Iterator[ReportedTransaction]:
        return _lines(self.chunks)

    @overload
    def __getitem__(self, place: int) -> ReportedTransaction: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ReportedTransaction]: ...
    def __getitem__(self, place: int | slice) -> ReportedTransaction | Sequence[ReportedTransaction]:
        if isinstance(place, slice):
            return tuple(self)[place]
        first = place + len(self) if place < 0 else place
        for line in islice(self, max(first, 0), first + 1):
            return line
        raise IndexError(place)

    def by_days(self) -> Iterator[Sequence[ReportedTransaction]]:
        """All lines, some days at a time. Only a day of very many is parted, and never between equal amounts."""
        together: list[_Chunk] = []
        for _, chunks in groupby(self.chunks, key=attrgetter("day")):
            of_day = list(chunks)
            if _count(of_day) > _MOST_AT_ONCE:
                yield from _by_amounts(of_day)
                continue
            together += of_day
            if _count(together) >= _ENOUGH:
                yield list(_lines(together))
                together.clear()
        if together:
            yield list(_lines(together))


def _count(chunks: Iterable[_Chunk]) -> int:
    return sum(chunk.count for chunk in chunks)


def _by_amounts(chunks: Sequence[_Chunk]) -> Iterator[Sequence[ReportedTransaction]]:
    """A day's lines from the lowest amounts to the highest, equal ones together."""
    amounts = sorted(plain[_AMOUNT] for chunk in chunks for plain in _unpacked(chunk.data))
    bounds = sorted(set(amounts[_ENOUGH::_ENOUGH]))
    shares: list[list[_Chunk]] = [[] for _ in range(len(bounds) + 1)]
    for chunk in chunks:
        waiting: dict[int, list[_Plain]] = {}
        for plain in _unpacked(chunk.data):
            waiting.setdefault(bisect_right(bounds, plain[_AMOUNT]), []).append(plain)
        for share, lines in waiting.items():
            shares[share].append(_Chunk(chunk.day, len(lines), _packed(lines)))
    for of_share in filter(None, shares):
        yield list(_lines(of_share))


def _lines(chunks: Iterable[_Chunk]) -> Iterator[ReportedTransaction]:
    for chunk in chunks:
        booked = date.fromordinal(chunk.day) if chunk.day else None
        for status, value_day, *rest in _unpacked(chunk.data):
            value_date = date.fromordinal(value_day) if value_day else None
            yield ReportedTransaction(BookingStatus(status), booked, value_date, *rest)


class LinePacker:
    """Takes lines one by one, in whichever order of days."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[_Plain]] = {}
        self._count = 0
        self._chunks: list[_Chunk] = []

    def add(self, line: ReportedTransaction) -> None:
        day = line.booking_date.toordinal() if line.booking_date else _NO_DAY
        value_day = line.value_date.toordinal() if line.value_date else _NO_DAY
        self._waiting.setdefault(day, []).append((line.status.value, value_day, *_REST(line)))
        self._count += 1
        if self._count >= _MOST_WAITING:
            self._pack()

    def packed(self) -> PackedLines:
        self._pack()
        return PackedLines(tuple(sorted(self._chunks, key=attrgetter("day"))))

    def _pack(self) -> None:
        self._chunks += [_Chunk(day, len(lines), _packed(lines)) for day, lines in self._waiting.items()]
        self._waiting.clear()
        self._count = 0


def joined_lines(listings: Sequence[Sequence[ReportedTransaction]]) -> Sequence[ReportedTransaction]:
    """One listing of several of the same account, in order."""
    packed = [listing for listing in listings if isinstance(listing, PackedLines)]
    if len(packed) < len(listings):
        return tuple(line for listing in listings for line in listing)
    return PackedLines(tuple(sorted((c for listing in packed for c in listing.chunks), key=attrgetter("day"))))


@dataclass(frozen=True, slots=True)
class PackedBatches(Sequence[PaymentBatch]):
    """Sums with their parts in the order they came; each is made anew when it is asked for."""

    chunks: tuple[tuple[int, bytes], ...] = ()

    def __len__(self) -> int:
        return sum(count for count, _ in self.chunks)

    def __iter__(self) -> Iterator[PaymentBatch]:
        for _, data in self.chunks:
            yield from map(_batch, _unpacked(data))

    @overload
    def __getitem__(self, place: int) -> PaymentBatch: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PaymentBatch]: ...
    def __getitem__(self, place: int | slice) -> PaymentBatch | Sequence[PaymentBatch]:
        return tuple(self)[place]


class BatchPacker:
    """Takes sums one by one."""

    def __init__(self) -> None:
        self._waiting: list[_Plain] = []
        self._parts = 0
        self._chunks: list[tuple[int, bytes]] = []

    def add(self, batch: PaymentBatch) -> None:
        day = batch.booking_date.toordinal() if batch.booking_date else _NO_DAY
        parts = [(part.kind.value, *_PART(part)) for part in batch.parts]
        self._waiting.append(
            (day, parts, batch.amount, batch.currency, batch.account_number, batch.reference, batch.provider)
        )
        self._parts += len(parts)
        if self._parts >= _MOST_WAITING:
            self._pack()

    def packed(self) -> PackedBatches:
        self._pack()
        return PackedBatches(tuple(self._chunks))

    def _pack(self) -> None:
        if self._waiting:
            self._chunks.append((len(self._waiting), _packed(self._waiting)))
        self._waiting.clear()
        self._parts = 0


def _batch(plain: tuple[int, list[tuple[str, int, str, str, str, str, str]], int, str, str, str, str]) -> PaymentBatch:
    day, parts, amount, currency, account, reference, provider = plain
    return PaymentBatch(
        amount,
        tuple(PaymentPart(amount, PartKind(kind), *rest) for kind, amount, *rest in parts),
        currency,
        account,
        date.fromordinal(day) if day else None,
        reference,
        provider,
    )


def _packed(plain: list[_Plain]) -> bytes:
    return zlib.compress(marshal.dumps(plain), _QUICKEST)


def _unpacked(data: bytes) -> list[tuple]:  # type: ignore[type-arg]  # as they were packed, by the functions above
    return marshal.loads(zlib.decompress(data))  # type: ignore[no-any-return]  # noqa: S302 - packed here, never stored
