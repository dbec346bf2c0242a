"""Payouts of card and wallet providers: a run of invoices less a fee, known again by the rate the provider takes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.reading import Reading

_PROVIDER = re.compile(
    r"\b(vipps|mobilepay|klarna|stripe|nets|sumup|i?zettle|paypal|swish|adyen|dintero|bambora|worldline|svea|qliro"
    r"|elavon|clearhaus|payex|swedbank pay|shopify|amex|american express|teller)\b",
    re.IGNORECASE,
)
_SAYS_PAYOUT = re.compile(r"\b(?:utbetaling|payout|oppgj[øo]r|settlement|disbursement)\b", re.IGNORECASE)
_LEAST_RATE, _MOST_RATE = 0.002, 0.06
_LOOKS_BACK = timedelta(days=10)
_MOST_ITEMS = 60
_LONGEST_RUN = 30
_MOST_RUNS = 60
_MOST_PAYOUTS = 400  # with the bounds above a second or two at worst; more are left to the person
_MOST_COMPARED = 200
_RATE_STEP = 0.0001  # rates are quoted in hundredths of a percent
_BASE_TOLERANCE = 0.00002
_TEXT_WEIGHT, _PROVIDER_WEIGHT, _RUN_WEIGHT, _GAP_WEIGHT = 3.0, 2.0, 2.0, -1.0
_SUPPORT_WEIGHT, _MOST_SUPPORT_WEIGHT = 1.0, 6.0
_TOLD_SUPPORT = 2
_WELL_SUPPORTED = 3
_ROUND_RATE_WEIGHT, _ODD_RATE_WEIGHT = 2.0, -2.0
_NAMED_WEIGHT, _OTHER_NAMED_WEIGHT = 7.0, -2.0
_DAY_WEIGHT = -0.2
_USUAL_DAYS = 3
_CLEARLY_BETTER = 1.5
_LISTED = 10


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive free invoices whose sum less a fee is the payout; `tolerance` is what rounding to øre hides."""

    entries: tuple[Entry, ...]
    total: int
    rate: float
    tolerance: float
    has_gap: bool


def says_settlement(reading: Reading) -> bool:
    if reading.amount <= 0:
        return False
    words = f"{reading.name} {reading.words}"
    return bool(_PROVIDER.search(words)) or bool(_SAYS_PAYOUT.search(reading.words) and not reading.parties)


def settlement_sets(
    readings: Sequence[Reading],
    told: Mapping[TransactionId, float],
    names: Mapping[TransactionId, str],
    index: Index,
    left: Sequence[int],
) -> dict[TransactionId, list[Hypothesis]]:
    """For each payout the runs that fit. `told` are the rates of payouts whose text names their orders."""
    dated = _dated(index, left)
    runs = {r.id: _runs(r, dated) for r in readings[:_MOST_PAYOUTS]}
    rates = _Rates(runs, told, names)
    return {r.id: _weigh(r, runs[r.id], rates) for r in readings[:_MOST_PAYOUTS]}


def provider_of(reading: Reading) -> str:
    found = _PROVIDER.search(f"{reading.name} {reading.words}")
    return found.group(1).lower() if found else ""


def _runs(reading: Reading, dated: Sequence[Entry]) -> list[_Run]:
    entries = _recent(reading, dated)
    found: list[_Run] = []
    for first in range(len(entries)):
        total = 0
        for last in range(first, min(first + _LONGEST_RUN, len(entries))):
            total += entries[last].signed
            whole = entries[first : last + 1]
            _add(found, reading, whole, total, has_gap=False)
            for gap in range(first + 1, last):
                without = total - entries[gap].signed
                if reading.amount < without and without * (1 - _MOST_RATE) <= reading.amount:
                    _add(found, reading, whole[: gap - first] + whole[gap - first + 1 :], without, has_gap=True)
            if total > 2 * reading.amount:
                break
    return sorted(found, key=lambda r: r.has_gap)[:_MOST_RUNS]


def _add(found: list[_Run], reading: Reading, entries: Iterable[Entry], total: int, *, has_gap: bool) -> None:
    if total <= reading.amount or not _LEAST_RATE <= (total - reading.amount) / total <= _MOST_RATE:
        return
    chosen = tuple(entries)
    rate = (total - reading.amount) / total
    found.append(_Run(chosen, total, rate, (len(chosen) + 1) / total, has_gap))


def _dated(index: Index, left: Sequence[int]) -> list[Entry]:
    """Free customer invoices in the order they were written."""
    entries = [
        e
        for e in index.entries
        if e.item.side is Side.CUSTOMER
        and e.item.kind is DocumentKind.INVOICE
        and e.item.issue_date is not None
        and left[e.place] == e.item.open_amount
    ]
    return sorted(entries, key=lambda e: (str(e.item.issue_date), e.item.number, e.place))


def _recent(reading: Reading, dated: Sequence[Entry]) -> list[Entry]:
    if reading.booked is None:
        return []
    first = bisect_left(dated, str(reading.booked - _LOOKS_BACK), key=lambda e: str(e.item.issue_date))
    last = bisect_right(dated, str(reading.booked), key=lambda e: str(e.item.issue_date))
    near = dated[max(first, last - _MOST_ITEMS) : last]
    return [e for e in near if e.item.currency == reading.currency]


class _Rates:
    """Which rates the payouts of each provider have or may have, sorted for looking up."""

    def __init__(
        self,
        runs: Mapping[TransactionId, Sequence[_Run]],
        told: Mapping[TransactionId, float],
        names: Mapping[TransactionId, str],
    ) -> None:
        self.names = names
        self._by_name: dict[str, list[tuple[float, float, TransactionId, int]]] = defaultdict(list)
        for tid, theirs in runs.items():
            self._by_name[names[tid]] += [(r.rate, r.tolerance, tid, 1) for r in theirs if not r.has_gap]
        for tid, rate in told.items():
            self._by_name[names[tid]].append((rate, 0.0, tid, _TOLD_SUPPORT))
        for rates in self._by_name.values():
            rates.sort()

    def support(self, run: _Run, tid: TransactionId) -> int:
        """How many other payouts of the provider have the same rate; those that name their orders count double."""
        mine = self.names[tid]
        found: dict[TransactionId, int] = {}
        for name, rates in self._by_name.items():
            if not mine or not name or mine == name:
                width = run.tolerance + _BASE_TOLERANCE
                first = bisect_left(rates, run.rate - width - _RATE_STEP, key=lambda r: r[0])
                for rate, tolerance, other, counts in rates[first : first + _MOST_COMPARED]:
                    if other != tid and abs(rate - run.rate) <= width + tolerance:
                        found[other] = max(counts, found.get(other, 0))
        return sum(found.values())


def _weigh(reading: Reading, runs: Sequence[_Run], rates: _Rates) -> list[Hypothesis]:
    hypotheses = [_hypothesis(reading, run, rates.support(run, reading.id)) for run in runs]
    hypotheses.sort(key=lambda h: (-h.score, h.parts))
    return [
        replace(h, combinations=sum(1 for o in hypotheses if o.score > h.score - _CLEARLY_BETTER))
        for h in hypotheses[:_LISTED]
    ]


def _named(reading: Reading, run: _Run) -> tuple[Evidence, ...]:
    """Whether the text names orders, and just these."""
    named = {p for p in reading.references if p in {e.place for e in run.entries}}
    if not reading.references:
        return ()
    if len(named) == len(run.entries) == len(reading.references):
        return (Evidence("orders_named", _NAMED_WEIGHT, {"documents": str(len(named))}),)
    return (Evidence("other_reference", _OTHER_NAMED_WEIGHT),)


def _hypothesis(reading: Reading, run: _Run, support: int) -> Hypothesis:
    difference = reading.amount - run.total
    nearest = round(run.rate / _RATE_STEP) * _RATE_STEP
    is_round = abs(run.rate - nearest) <= run.tolerance
    days = min((reading.booked - e.item.issue_date).days for e in run.entries if reading.booked and e.item.issue_date)
    fee = {
        "difference": plain_amount(difference, reading.currency),
        "currency": reading.currency,
        "rate": f"{run.rate * 100:.2f}",
    }
    has_provider = bool(_PROVIDER.search(f"{reading.name} {reading.words}"))
    odd = _ODD_RATE_WEIGHT if support < _WELL_SUPPORTED else 0.0  # a fixed fee a payment makes rates odd
    signs = (
        Evidence("settlement_text", _TEXT_WEIGHT + (_PROVIDER_WEIGHT if has_provider else 0.0)),
        Evidence("consecutive", _GAP_WEIGHT if run.has_gap else _RUN_WEIGHT, {"documents": str(len(run.entries))}),
        Evidence("settlement_fee", _ROUND_RATE_WEIGHT if is_round else odd, fee),
        Evidence("usual_rate", min(_MOST_SUPPORT_WEIGHT, _SUPPORT_WEIGHT * support), {"payments": str(support)}),
        Evidence("date", round(_DAY_WEIGHT * max(0, days - _USUAL_DAYS), 4), {"days": str(days)}),
    )
    parts = tuple(sorted((e.place, e.item.open_amount) for e in run.entries))
    return Hypothesis(parts, (*signs, *_named(reading, run)), difference, DifferenceReason.FEE)
