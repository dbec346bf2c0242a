"""Which invoices a payout may be: runs of consecutive ones, or all but one or two of a run, found all at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from kontali_desktop.domain.documents import Side
from kontali_desktop.matching.cut_lists import following
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.payout_terms import (
    FIXED_FEES,
    LEAST_RATE,
    MOST_RATE,
    Columns,
    Ints,
    Run,
    is_plausible,
)
from kontali_desktop.matching.reading import Reading

MOST_ITEMS = 60
_LONGEST_RUN = 30
_FEWEST_WITH_GAP, _LONGEST_WITH_GAPS = 3, 14
_FEWEST_WITH_TWO_GAPS, _LONGEST_WITH_TWO_GAPS = 4, 8
_MOST_RUNS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Every run among so many invoices, those without gaps first, then the shortest; −1 for no gap."""

    first: Ints
    last: Ints
    after: Ints  # the place after the last
    gaps: tuple[Ints, Ints]
    count: Ints  # with the gaps
    gap_count: Ints
    most_fixed: Ints  # what the dearest provider asks for each payment
    unbroken: int  # how many have no gap
    with_one: int  # how many have one gap or none


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """One payout's possible runs in columns, those that its text names first; `near` is what the others are of.

    `first` and `last` are places in the row of all invoices, −1 where a named one is not in it; `days` is how long the
    newest waited.
    """

    told: tuple[Run, ...]
    near: Sequence[Entry]
    shape: Ints  # of those among `near`
    total: Ints
    fee: Ints
    count: Ints
    gaps: Ints
    first: Ints
    last: Ints
    days: Ints
    named: Ints  # how many of the text's numbers it has

    def __len__(self) -> int:
        return len(self.total)

    def run(self, n: int) -> Run:
        if n < len(self.told):
            return self.told[n]
        shapes, shape = shapes_among(len(self.near)), int(self.shape[n - len(self.told)])
        first, after, gaps = int(shapes.first[shape]), int(shapes.after[shape]), int(self.gaps[n])
        entries = self.near[first:after]
        if gaps:
            left_out = {int(gap[shape]) - first for gap in shapes.gaps}
            entries = [e for p, e in enumerate(entries) if p not in left_out]
        return Run(tuple(entries), int(self.total[n]), int(self.fee[n]), gaps=gaps)

    @property
    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        return self.total, self.fee, self.count, self.gaps, self.named

    @property
    def whereabouts(self) -> tuple[Ints, Ints, Ints]:
        return self.first, self.last, self.days

    def unbroken(self) -> Columns:
        """Those without gaps, which tell of the terms."""
        at = np.nonzero(self.gaps == 0)[0]
        return self.total[at], self.fee[at], self.count[at], self.named[at]


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Free invoices in the order they were written, with their amounts, their days and their places in the row."""

    entries: Sequence[Entry]
    signed: Ints
    day: Ints
    at: Ints
    currency: str  # empty where they have several

    @classmethod
    def of(cls, entries: Sequence[Entry], row: Mapping[int, int]) -> Stretch:
        currencies = {e.item.currency for e in entries}
        return cls(
            entries,
            _column(e.signed for e in entries),
            _column(e.item.issue_date.toordinal() for e in entries if e.item.issue_date),
            _column(row[e.place] for e in entries),
            currencies.pop() if len(currencies) == 1 else "",
        )

    def between(self, first_day: date, last_day: date) -> Stretch:
        """The last few of those days."""
        first, last = np.searchsorted(self.day, (first_day.toordinal(), last_day.toordinal() + 1)).tolist()
        return self._part(slice(max(first, last - MOST_ITEMS), last))

    @property
    def none(self) -> Stretch:
        return self._part(slice(0))

    def in_currency(self, currency: str) -> Stretch:
        if self.currency == currency:
            return self
        places = [n for n, e in enumerate(self.entries) if e.item.currency == currency]
        entries = [self.entries[n] for n in places]
        return Stretch(entries, self.signed[places], self.day[places], self.at[places], currency)

    def _part(self, part: slice) -> Stretch:
        return Stretch(self.entries[part], self.signed[part], self.day[part], self.at[part], self.currency)


def runs_of(reading: Reading, near: Stretch, index: Index, row: Mapping[int, int]) -> Runs:
    """Named orders and consecutive invoices that make a little more than the payout; no more than a few hundred."""
    told = tuple(_named_runs(reading, index))
    shapes = shapes_among(len(near.entries))
    total = _totals(near.signed, shapes)
    shape = _possible(reading.amount, total, shapes)[: max(0, _MOST_RUNS - len(told))]
    gaps, first, last = shapes.gap_count[shape], shapes.first[shape], shapes.last[shape]
    waited = (reading.booked.toordinal() if reading.booked else 0) - near.day
    named_at = [[row.get(e.place, -1) for e in r.entries] for r in told]
    totals = _joined((r.total for r in told), total[shape])
    return Runs(
        told,
        near.entries,
        shape,
        totals,
        totals - reading.amount,
        _joined((len(r.entries) for r in told), shapes.count[shape] - gaps),
        _joined((0 for _ in told), gaps),
        _joined((min(places) for places in named_at), near.at[first]),
        _joined((max(places) if min(places) >= 0 else -1 for places in named_at), near.at[last]),
        _joined((min(_days_waited(reading, e) for e in r.entries) for r in told), waited[last]),
        _joined((r.named for r in told), np.zeros_like(gaps)),
    )


def _possible(amount: int, total: Ints, shapes: Shapes) -> Ints:
    """Roughly first, for most runs are far from the amount."""
    least = math.floor(amount / (1 - LEAST_RATE))
    dearest = FIXED_FEES[-1] * _LONGEST_RUN
    near = np.nonzero((total >= least) & (total <= math.ceil((amount + dearest) / (1 - MOST_RATE)) + 1))[0]
    mine = total[near]
    possible = mine >= amount / (1 - LEAST_RATE)
    possible &= mine * (1 - MOST_RATE) - shapes.most_fixed[near] <= amount
    return near[possible]


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _joined(named: Iterable[int], others: Ints) -> Ints:
    mine = list(named)
    return np.concatenate((np.array(mine, dtype=np.int64), others)) if mine else others


def _days_waited(reading: Reading, entry: Entry) -> int:
    """From the invoice to the payout."""
    issued = entry.item.issue_date
    return (reading.booked - issued).days if reading.booked and issued else 0


def _totals(signed: Ints, shapes: Shapes) -> Ints:
    before = np.zeros(len(signed) + 1, dtype=np.int64)
    signed.cumsum(out=before[1:])
    total: Ints = before.take(shapes.after) - before.take(shapes.first)
    if shapes.unbroken < len(total):
        total[shapes.unbroken :] -= signed.take(shapes.gaps[0][shapes.unbroken :])
        total[shapes.with_one :] -= signed.take(shapes.gaps[1][shapes.with_one :])
    return total


@lru_cache(maxsize=MOST_ITEMS + 1)
def shapes_among(count: int) -> Shapes:
    rows = [
        (first, first + length - 1, one, two, length)
        for length in range(1, min(count, _LONGEST_RUN) + 1)
        for first in range(count - length + 1)
        for one, two in _gaps(first, length)
    ]
    rows.sort(key=lambda r: ((r[2] >= 0) + (r[3] >= 0), r[4] - (r[2] >= 0) - (r[3] >= 0), r))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    gap_count = (table[:, 2] >= 0).astype(np.int64) + (table[:, 3] >= 0)
    columns = [np.ascontiguousarray(table[:, n]) for n in range(5)]
    unbroken, with_one = (int(np.count_nonzero(gap_count <= most)) for most in (0, 1))
    most_fixed = columns[4] * FIXED_FEES[-1]
    gaps = columns[2], columns[3]
    first, last, length = columns[0], columns[1], columns[4]
    return Shapes(first, last, last + 1, gaps, length, gap_count, most_fixed, unbroken, with_one)


def _gaps(first: int, length: int) -> Iterator[tuple[int, int]]:
    """None, one or two of those between the first and the last."""
    yield -1, -1
    inner = range(first + 1, first + length - 1)
    if _FEWEST_WITH_GAP <= length <= _LONGEST_WITH_GAPS:
        for one in inner:
            yield one, -1
    if _FEWEST_WITH_TWO_GAPS <= length <= _LONGEST_WITH_TWO_GAPS:
        for one in inner:
            for two in range(one + 1, inner.stop):
                yield one, two


def _named_runs(reading: Reading, index: Index) -> Iterator[Run]:
    """The orders that the text names; all of them, or all but one, for another number may stand beside."""
    named = [index.entries[p] for p in sorted(reading.references)]
    fitting = [
        e
        for e in named
        if e.item.side is Side.CUSTOMER
        and e.signed > 0
        and e.item.currency == reading.currency
        and not (e.item.issue_date and reading.booked and e.item.issue_date > reading.booked)
    ]
    if fitting and reading.tail is not None:
        longer = [(*fitting, *more) for more in following(fitting, reading.tail, index)]
        runs = [run for entries in longer[:_MOST_RUNS] if (run := _run_of(entries, reading, len(reading.references)))]
        if runs:
            yield from runs
            return
    whole = sum(e.signed for e in fitting)
    if fitting and is_plausible(whole, reading.amount, len(fitting)):
        yield Run(tuple(fitting), whole, whole - reading.amount, named=len(reading.references))
    for left_out in fitting[: _MOST_RUNS - 1] if len(fitting) > 1 else ():
        total = whole - left_out.signed
        if is_plausible(total, reading.amount, len(fitting) - 1):
            entries = tuple(e for e in fitting if e is not left_out)
            yield Run(entries, total, total - reading.amount, named=len(entries))


def _run_of(entries: tuple[Entry, ...], reading: Reading, named: int) -> Run | None:
    total = sum(e.signed for e in entries)
    if not entries or not is_plausible(total, reading.amount, len(entries)):
        return None
    return Run(entries, total, total - reading.amount, named=named)
