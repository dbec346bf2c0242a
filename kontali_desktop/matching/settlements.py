"""Payouts of card and wallet providers: invoices in the order they were written, less what the provider keeps."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.evidence import has_reference, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.payout_terms import (
    FIXED_FEES,
    LEAST_RATE,
    MOST_RATE,
    Run,
    Terms,
    is_plausible,
    surprise,
    usual_terms,
)
from kontali_desktop.matching.reading import Reading

_PROVIDER = re.compile(
    r"\b(vipps|mobilepay|klarna|stripe|nets|sumup|i?zettle|paypal|swish|adyen|dintero|bambora|worldline|svea|qliro"
    r"|elavon|clearhaus|payex|swedbank pay|shopify|amex|american express|teller|quickpay|mollie|braintree|verifone"
    r"|payone|nexi|walley|riverty|apple pay|google pay)\b",
    re.IGNORECASE,
)
_SAYS_PAYOUT = re.compile(
    r"\b(?:utbet\w*|payout|pay-out|oppgj[øo]r\w*|avregning|settlement|disbursement|transfer|kortoppgj\w*)\b",
    re.IGNORECASE,
)
_LOOKS_BACK = timedelta(days=12)
_MOST_ITEMS = 60
_LONGEST_RUN = 30
_MOST_GAPS = 2
_MOST_RUNS = 400
_MOST_PAYOUTS = 4_000
_MOST_FOR_TWO_GAPS, _LONGEST_WITH_GAPS = 6, 14
_MOST_WEIGHED = 25
_TEXT_LESS, _PROVIDER_LESS = 4.5, 2.5  # below what speaks for no document at all
_GAP_WEIGHT, _FOLLOWS_WEIGHT, _BEHIND_WEIGHT = -3.5, 2.0, -2.5
_ODD_RATE_WEIGHT, _MOST_RATE_WEIGHT = -1.0, 8.0
_LEAST_SUPPORT = 6.0
_RIVAL_WEIGHT = -1.0
_NAMED_WEIGHT, _NAMED_BUT_ONE_WEIGHT, _OTHER_NAMED_WEIGHT = 12.0, 7.0, -3.0
_DAY_WEIGHT = -0.3
_USUAL_DAYS = 4
_CLEARLY_BETTER = 2.0
_LISTED = 10


def says_settlement(reading: Reading) -> bool:
    """A provider is named, a payout without a known counterparty, or a stranger pays several customers' orders."""
    if reading.amount <= 0 or reading.kid:
        return False
    words = f"{reading.name} {reading.words}"
    if _PROVIDER.search(words):
        return True
    is_strange = not reading.parties
    return is_strange and (bool(_SAYS_PAYOUT.search(reading.words)) or len(reading.references) > 1)


def provider_of(reading: Reading) -> str:
    found = _PROVIDER.search(f"{reading.name} {reading.words}")
    if found:
        return found.group(1).lower()
    return reading.name.casefold() if not reading.parties else ""


class Payouts:
    """All payouts of a client, weighed together: each tells of the others' terms, and where in the row they begin."""

    def __init__(self, readings: Sequence[Reading], index: Index) -> None:
        self._readings = sorted(readings, key=lambda r: (str(r.booked), r.id))[:_MOST_PAYOUTS]
        self._names = {r.id: provider_of(r) for r in self._readings}
        self._index = index
        self._row = _in_order(index)
        self._at = {e.place: n for n, e in enumerate(self._row)}
        self._terms: dict[str, tuple[tuple[Terms, float], ...]] = {}
        self._rivals: dict[TransactionId, list[frozenset[int]]] = {}  # runs that fitted while all was still free

    def weigh(
        self, waiting: Sequence[Reading], chosen: Mapping[TransactionId, Hypothesis], left: Sequence[int]
    ) -> dict[TransactionId, list[Hypothesis]]:
        """For each payout that waits the runs that fit, now that `chosen` have theirs."""
        free = [e for e in self._row if left[e.place] == e.item.open_amount]
        days = [str(e.item.issue_date) for e in free]
        waits = {r.id for r in waiting}
        runs = {r.id: self._runs(r, free, days) for r in self._readings if r.id in waits}
        known = {t: [self._as_run(h)] for t, h in chosen.items() if t in self._names and h.difference < 0}
        self._terms = usual_terms(runs | known, self._names)
        for tid, theirs in runs.items():
            if tid not in self._rivals:
                self._rivals[tid] = [
                    frozenset(e.place for e in r.entries) for r in theirs if r.gaps <= 1 and self._fits(tid, r)
                ]
        ends = self._ends(chosen)
        free_at = [self._at[e.place] for e in free]
        return {r.id: self._weigh(r, runs[r.id], ends, free_at) for r in self._readings if r.id in waits}

    def _fits(self, tid: TransactionId, run: Run) -> bool:
        return any(t.fits(run) for t, _ in self._terms_for(self._names[tid]))

    def _terms_for(self, name: str) -> list[tuple[Terms, float]]:
        """The provider's; where it is not known who paid, anybody's."""
        if name:
            return list(self._terms.get(name, ()))
        return [t for terms in self._terms.values() for t in terms]

    def _as_run(self, hypothesis: Hypothesis) -> Run:
        entries = tuple(self._index.entries[p] for p in hypothesis.places)
        named = len(entries) if has_reference(hypothesis.evidence) else 0
        return Run(entries, sum(e.signed for e in entries), -hypothesis.difference, named=named)

    def _ends(self, chosen: Mapping[TransactionId, Hypothesis]) -> list[tuple[date, TransactionId, int, int]]:
        """(day, payout, first and last place in the row) of those that have theirs."""
        found = []
        for reading in self._readings:
            places = [self._at[p] for p in chosen[reading.id].places if p in self._at] if reading.id in chosen else []
            if places and reading.booked:
                found.append((reading.booked, reading.id, min(places), max(places)))
        return found

    def _runs(self, reading: Reading, free: Sequence[Entry], days: Sequence[str]) -> list[Run]:
        if reading.booked is None:
            return []
        first = bisect_left(days, str(reading.booked - _LOOKS_BACK))
        last = bisect_right(days, str(reading.booked))
        near = [e for e in free[max(first, last - _MOST_ITEMS) : last] if e.item.currency == reading.currency]
        return [*_named_runs(reading, self._index), *_runs_of(reading, near)][:_MOST_RUNS]

    def _weigh(
        self,
        reading: Reading,
        runs: Sequence[Run],
        ends: Sequence[tuple[date, TransactionId, int, int]],
        free_at: Sequence[int],
    ) -> list[Hypothesis]:
        before = max((e for e in ends if reading.booked and (e[0], e[1]) < (reading.booked, reading.id)), default=None)
        after = min((e for e in ends if reading.booked and (e[0], e[1]) > (reading.booked, reading.id)), default=None)
        found: dict[tuple[int, ...], Hypothesis] = {}
        terms = [t for t, _ in self._terms_for(self._names[reading.id])]
        likely = sorted(runs, key=lambda r: (not r.named, not any(t.fits(r) for t in terms), r.gaps))
        for run in likely[:_MOST_WEIGHED]:
            places = [self._at[e.place] for e in run.entries if e.place in self._at]
            follows = _place_sign(places, before, after, free_at)
            hypothesis = self._hypothesis(reading, run, follows)
            if hypothesis.places not in found or found[hypothesis.places].score < hypothesis.score:
                found[hypothesis.places] = hypothesis
        ranked = sorted(found.values(), key=lambda h: (-h.score, h.parts))
        return [
            replace(h, combinations=sum(1 for o in ranked if o.score > h.score - _CLEARLY_BETTER))
            for h in ranked[:_LISTED]
        ]

    def _hypothesis(self, reading: Reading, run: Run, follows: Evidence | None) -> Hypothesis:
        days = min(
            (reading.booked - e.item.issue_date).days for e in run.entries if reading.booked and e.item.issue_date
        )
        nothing = no_document_score(self._index)
        has_provider = bool(_PROVIDER.search(f"{reading.name} {reading.words}"))
        count = {"documents": str(len(run.entries))}
        signs = [
            Evidence("settlement_text", round(nothing - (_PROVIDER_LESS if has_provider else _TEXT_LESS), 4)),
            self._fee_sign(reading, run),
            Evidence("consecutive", round(_GAP_WEIGHT * run.gaps - 0.3 * math.log(len(run.entries)), 4), count),
            Evidence("date", round(_DAY_WEIGHT * max(0, days - _USUAL_DAYS), 4), {"days": str(days)}),
        ]
        if follows:
            signs.append(follows)
        mine = frozenset(e.place for e in run.entries)
        if not run.named and any(rival != mine for rival in self._rivals.get(reading.id, ())):
            signs.append(Evidence("other_run_fits", _RIVAL_WEIGHT))
        if run.named:
            is_all = run.named == len(reading.references)
            signs.append(Evidence("orders_named", _NAMED_WEIGHT if is_all else _NAMED_BUT_ONE_WEIGHT, count))
        elif reading.references:
            signs.append(Evidence("other_reference", _OTHER_NAMED_WEIGHT))
        parts = tuple(sorted((e.place, e.item.open_amount) for e in run.entries))
        return Hypothesis(parts, tuple(signs), -run.fee, DifferenceReason.FEE)

    def _fee_sign(self, reading: Reading, run: Run) -> Evidence:
        """Whether the fee is by the provider's terms; where it is not known who paid, by anybody's."""
        name = self._names[reading.id]
        mine = self._terms.get(name, ())
        facts = {
            "difference": plain_amount(-run.fee, reading.currency),
            "currency": reading.currency,
            "rate": f"{run.rate * 100:.2f}",
        }
        for terms, support in self._terms_for(name):
            if support >= _LEAST_SUPPORT and terms.fits(run):
                second = 0.0 if mine and (terms, support) == mine[0] else 1.0
                return Evidence("usual_rate", round(min(_MOST_RATE_WEIGHT, surprise(run)) - second, 4), facts)
        is_known = bool(mine) and mine[0][1] >= _LEAST_SUPPORT
        return Evidence("settlement_fee", _ODD_RATE_WEIGHT * (3 if is_known else 1), facts)


def _in_order(index: Index) -> list[Entry]:
    """Customer invoices in the order they were written."""
    entries = [
        e
        for e in index.entries
        if e.item.side is Side.CUSTOMER and e.item.kind is DocumentKind.INVOICE and e.item.issue_date is not None
    ]
    return sorted(entries, key=lambda e: (str(e.item.issue_date), e.item.number, e.place))


def _place_sign(
    places: Sequence[int],
    before: tuple[date, TransactionId, int, int] | None,
    after: tuple[date, TransactionId, int, int] | None,
    free_at: Sequence[int],
) -> Evidence | None:
    """Payouts follow one another along the row: one begins where the last ended, and ends where the next begins."""
    if not places:
        return None
    first, last = min(places), max(places)
    weight = 0.0
    if before:
        between = bisect_left(free_at, first) - bisect_right(free_at, before[3])
        weight += _BEHIND_WEIGHT if first < before[3] else _FOLLOWS_WEIGHT if between <= 0 else 0.0
    if after:
        between = bisect_left(free_at, after[2]) - bisect_right(free_at, last)
        weight += _BEHIND_WEIGHT if last > after[2] else _FOLLOWS_WEIGHT if between <= 0 else 0.0
    return Evidence("in_order", weight) if weight else None


def _named_runs(reading: Reading, index: Index) -> list[Run]:
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
    sets = [tuple(fitting)]
    if len(fitting) > 1:
        sets += [tuple(e for e in fitting if e is not left_out) for left_out in fitting]
    found = []
    for entries in sets:
        total = sum(e.signed for e in entries)
        if entries and is_plausible(total, reading.amount, len(entries)):
            named_all = len(reading.references) if len(entries) == len(fitting) else len(entries)
            found.append(Run(entries, total, total - reading.amount, named=named_all))
    return found


def _runs_of(reading: Reading, near: Sequence[Entry]) -> list[Run]:
    """Consecutive invoices, or all but one or two of them, that make a little more than the payout."""
    found: list[Run] = []
    amounts = [e.signed for e in near]
    least, amount = reading.amount / (1 - LEAST_RATE), reading.amount
    for first in range(len(near)):
        total = biggest = 0
        for last in range(first, min(first + _LONGEST_RUN, len(near))):
            value = amounts[last]
            total += value
            if total >= least:
                count = last + 1 - first
                most = (amount + FIXED_FEES[-1] * count) / (1 - MOST_RATE)
                if total <= most:
                    found.append(Run(tuple(near[first : last + 1]), total, total - amount))
                if total - _MOST_GAPS * biggest > most:
                    break
                if _MOST_GAPS < count <= _LONGEST_WITH_GAPS:
                    for gap in _gaps(amounts[first + 1 : last], total - most, total - least):
                        entries = tuple(e for n, e in enumerate(near[first : last + 1]) if n not in gap)
                        without = sum(e.signed for e in entries)
                        found.append(Run(entries, without, without - amount, gaps=len(gap)))
            if last > first:
                biggest = max(biggest, value)
        if len(found) > _MOST_RUNS:
            break
    return sorted(found, key=lambda r: (r.gaps, len(r.entries)))


def _gaps(inner: Sequence[int], low: float, high: float) -> list[tuple[int, ...]]:
    """Which one or two between the first and the last are too many; their places count from the first."""
    gaps: list[tuple[int, ...]] = [(n,) for n, value in enumerate(inner, 1) if low <= value <= high]
    if len(inner) <= _MOST_FOR_TWO_GAPS:
        for n, value in enumerate(inner, 1):
            gaps += [(n, o) for o, other in enumerate(inner[n:], n + 1) if low <= value + other <= high]
    return gaps
