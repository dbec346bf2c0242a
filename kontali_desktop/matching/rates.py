"""Payments in another currency that state neither amount nor rate: the rate of this client's other payments tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.candidates import circumstances, is_possible_rate, rate_between
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.names import PART
from kontali_desktop.matching.reading import Reading

_NEIGHBOURS = 5
_MOST_DAYS = timedelta(days=45)
_BANDS = ((0.006, 5.5), (0.012, 4.5), (0.025, 3.0))  # how far from the usual rate, and what that weighs
_FAR, _FAR_WEIGHT = 0.06, 1.0  # a rate that can be, but that explains nothing
_UNKNOWN_WEIGHT = 1.0
_MOST_OF_A_PARTY = 60


class Rates:
    """What one unit of a currency has cost this client, day by day."""

    def __init__(self, seen: Iterable[tuple[str, str, date, float]]) -> None:
        self._rates: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
        for ours, theirs, day, rate in seen:
            self._rates[ours, theirs].append((day, rate))
        for rates in self._rates.values():
            rates.sort()

    def usual(self, ours: str, theirs: str, day: date) -> float | None:
        """The median of the nearest few payments; None where there is none within six weeks."""
        rates = self._rates.get((ours, theirs), [])
        at = bisect_left(rates, (day, 0.0))
        near = [r for r in rates[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS] if abs(r[0] - day) <= _MOST_DAYS]
        near.sort(key=lambda r: (abs(r[0] - day), r))
        return median(r for _, r in near[:_NEIGHBOURS]) if near else None


def rates_seen(
    readings: Sequence[Reading], chosen: dict[TransactionId, Hypothesis], index: Index
) -> Iterable[tuple[str, str, date, float]]:
    for reading in readings:
        hypothesis = chosen.get(reading.id)
        if hypothesis and hypothesis.reason is DifferenceReason.CURRENCY and reading.booked:
            entry = index.entries[hypothesis.places[0]]
            yield reading.currency, entry.item.currency, reading.booked, rate_between(reading, entry)


def named_parties(reading: Reading, index: Index) -> list[int]:
    """Whom a payment names in whole."""
    return [p for p, sign in reading.parties.items() if sign.weight > ev.name_weight(index, PART)]


def by_usual_rate(reading: Reading, index: Index, rates: Rates, left: Sequence[int]) -> list[Hypothesis]:
    """Free documents in another currency of a counterparty that is named, at about the usual rate."""
    found: list[Hypothesis] = []
    if reading.booked is None:
        return found
    for party in named_parties(reading, index):
        for place in index.by_party[party][-_MOST_OF_A_PARTY:]:
            entry = index.entries[place]
            item = entry.item
            if (
                item.currency == reading.currency
                or entry.signed * reading.amount <= 0
                or left[place] < item.open_amount
            ):
                continue
            rate = rate_between(reading, entry)
            told = _rate_sign(rate, rates.usual(reading.currency, item.currency, reading.booked), reading, entry)
            if told is not None:
                signs = (*circumstances(reading, entry, index), told)
                found.append(Hypothesis(((place, item.open_amount),), signs, 0, DifferenceReason.CURRENCY))
    return found


def _rate_sign(rate: float, usual: float | None, reading: Reading, entry: Entry) -> Evidence | None:
    """How well it goes with the usual rate; where there is none, or it is a little off, that it can be at all."""
    facts = {"rate": f"{rate:.4f}", "currency": entry.item.currency}
    if usual is None:
        is_possible = is_possible_rate(reading.currency, entry.item.currency, rate)
        return Evidence("rate", _UNKNOWN_WEIGHT, facts) if is_possible else None
    off = abs(rate / usual - 1)
    weight = next((w for most, w in _BANDS if off <= most), None)
    if weight is not None:
        return Evidence("rate_of_the_day", weight, facts)
    return Evidence("rate", _FAR_WEIGHT, facts) if off <= _FAR else None
