"""What speaks for each of a payout's possible runs: the fee, the place in the row, the text and the days.

Payouts that go by the same terms are weighed together, for there are thousands with a few dozen runs each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.evidence import HOPELESS_BY
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.payout_runs import Runs
from kontali_desktop.matching.payout_terms import Flags, Floats, Ints, Run, Terms, surprise
from kontali_desktop.matching.reading import Reading

_MOST_WEIGHED = 25
_AT_ONCE = 200  # payouts, so that their columns stay near the processor
_TEXT_LESS, _PROVIDER_LESS = 4.5, 2.5  # below what speaks for no document at all
_GAP_WEIGHT, _FOLLOWS_WEIGHT, _BEHIND_WEIGHT = -3.5, 2.0, -2.5
_ODD_RATE_WEIGHT, _MOST_RATE_WEIGHT = -1.0, 8.0
_RIVAL_WEIGHT = -1.0
_NAMED_WEIGHT, _NAMED_BUT_ONE_WEIGHT, _OTHER_NAMED_WEIGHT = 12.0, 7.0, -3.0
_DAY_WEIGHT = -0.3
_USUAL_DAYS = 4
_CLEARLY_BETTER = 2.0
_LISTED = 10
_LONG_LESS = 0.3
_SCORE_DIGITS = 6
_ALWAYS_SAID = frozenset({"settlement_text", "consecutive", "date", "fee"})
_SEVERAL = 2

End = tuple[date, TransactionId, int, int]  # a payout that has its run: day, line, first and last place in the row
Rivals = frozenset[frozenset[int]]  # runs that fit; of several no more than two


@dataclass(frozen=True, slots=True)
class Beside:
    """All that bears on a payout's weights but its own runs.

    `terms` are those known, with whether enough payouts speak for them; `own` are its provider's first; `near` is
    what is free about its runs, and how much from the payout before to them and from them to the next.
    """

    terms: tuple[tuple[Terms, bool], ...]
    own: Terms | None
    is_own_known: bool
    before: End | None
    after: End | None
    near: tuple[int, bytes, int]


@dataclass(frozen=True, slots=True)
class Payout:
    """One that is to be weighed; it has runs."""

    reading: Reading
    runs: Runs
    beside: Beside
    names_provider: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Likely:
    """The likeliest few runs of several payouts in columns; `at` is a run's place among its own payout's."""

    sizes: list[int]  # how many each payout has
    at: Ints
    total: Ints
    count: Ints
    gaps: Ints
    first: Ints
    last: Ints
    days: Ints
    named: Ints
    fits: list[Flags]  # by terms

    def beside_each(self, values: Iterable[float]) -> Floats:
        """What a payout has, beside each of its runs."""
        return np.repeat(np.array(list(values), dtype=np.float64), self.sizes)

    def slices(self) -> Iterator[slice]:
        first = 0
        for size in self.sizes:
            yield slice(first, first + size)
            first += size


def weigh_payouts(payouts: Sequence[Payout], index: Index, nothing: float, free_at: Ints) -> list[list[Hypothesis]]:
    """The best few runs of each, every set of documents once."""
    by_terms: dict[tuple[tuple[Terms, bool], ...], list[int]] = {}
    for n, payout in enumerate(payouts):
        by_terms.setdefault(payout.beside.terms, []).append(n)
    found: list[list[Hypothesis]] = [[]] * len(payouts)
    for alike in by_terms.values():
        for first in range(0, len(alike), _AT_ONCE):
            some = alike[first : first + _AT_ONCE]
            for n, weighed in zip(some, _weigh([payouts[n] for n in some], index, nothing, free_at), strict=True):
                found[n] = weighed
    return found


def _weigh(payouts: Sequence[Payout], index: Index, nothing: float, free_at: Ints) -> Iterator[list[Hypothesis]]:
    terms = payouts[0].beside.terms
    likely, rivals = _likely(payouts, [t for t, _ in terms])
    is_known, fee = _fee_weights(payouts, likely, terms)
    weights = {
        **_base_weights(payouts, likely, nothing, _has_rival(payouts, likely, rivals, index)),
        "fee": fee,
        "in_order": _place_weights(payouts, likely, free_at),
    }
    columns = np.array(list(weights.values()))
    scores = np.round(np.sum(columns, axis=0), _SCORE_DIGITS).tolist()
    for payout, mine in zip(payouts, likely.slices(), strict=True):
        order = _each_once(payout.runs, likely, mine, scores)
        backwards = [-scores[n] for n in order]
        found = []
        for n in order[:_LISTED]:
            if scores[n] >= nothing - HOPELESS_BY:
                near = bisect_left(backwards, _CLEARLY_BETTER - scores[n])
                said = dict(zip(weights, columns[:, n].tolist(), strict=True))
                run, days = payout.runs.run(int(likely.at[n])), int(likely.days[n])
                found.append(_hypothesis(payout.reading, run, _signs(said, is_usual=bool(is_known[n])), days, near))
        yield found


def _likely(payouts: Sequence[Payout], terms: Sequence[Terms]) -> tuple[_Likely, list[Rivals]]:
    """Those that the text names first, then those that fit the terms, then those with the fewest gaps."""
    total, fee, count, gaps, named = (
        np.concatenate([c[n] for c in [p.runs.columns for p in payouts]]) for n in range(5)
    )
    fits = [t.fit(total, fee, count) for t in terms]
    is_usual = np.logical_or.reduce(fits) if fits else np.zeros(len(total), dtype=np.bool_)
    rank = (gaps + 4 * ~is_usual + 8 * (named == 0)).astype(np.uint8)
    is_rival = is_usual & (gaps <= 1)
    rows, rivals, at = [], [], []
    first = 0
    for payout in payouts:
        mine = slice(first, first + len(payout.runs))
        best = np.argsort(rank[mine], kind="stable")[:_MOST_WEIGHED]
        at.append(best)
        rows.append(best + first)
        rivals.append(_rivals(payout.runs, np.nonzero(is_rival[mine])[0].tolist()))
        first = mine.stop
    row = np.concatenate(rows)
    first_at, last_at, days = (
        np.concatenate([c[n][best] for c, best in zip([p.runs.whereabouts for p in payouts], at, strict=True)])
        for n in range(3)
    )
    found = _Likely(
        sizes=[len(best) for best in at],
        at=np.concatenate(at),
        total=total[row],
        count=count[row],
        gaps=gaps[row],
        first=first_at,
        last=last_at,
        days=days,
        named=named[row],
        fits=[fit[row] for fit in fits],
    )
    return found, rivals


def _rivals(runs: Runs, fitting: Sequence[int]) -> Rivals:
    """Runs that fit the terms; a payout that has several is not sure of any, and two tell as much as more."""
    found: set[frozenset[int]] = set()
    for n in fitting:
        found.add(runs.run(n).places)
        if len(found) == _SEVERAL:
            break
    return frozenset(found)


def _has_rival(payouts: Sequence[Payout], likely: _Likely, rivals: Sequence[Rivals], index: Index) -> Flags:
    found = np.repeat(np.array([bool(r) for r in rivals], dtype=np.bool_), likely.sizes)
    for payout, mine, theirs in zip(payouts, likely.slices(), rivals, strict=True):
        if len(theirs) == 1:
            (only,) = theirs
            total = sum(index.entries[p].signed for p in only)
            for n in np.nonzero(likely.total[mine] == total)[0].tolist():
                found[mine.start + n] = payout.runs.run(int(likely.at[mine.start + n])).places != only
    return found


def _base_weights(payouts: Sequence[Payout], likely: _Likely, nothing: float, has_rival: Flags) -> dict[str, Floats]:
    """By signal: the text, how plain the run is, how long it waited, and whether the text says otherwise."""
    named, is_named = likely.named, likely.named > 0
    told = likely.beside_each(len(p.reading.references) for p in payouts)
    other = likely.beside_each(_OTHER_NAMED_WEIGHT if p.reading.references else 0.0 for p in payouts)
    return {
        "settlement_text": likely.beside_each(
            nothing - (_PROVIDER_LESS if p.names_provider else _TEXT_LESS) for p in payouts
        ),
        "consecutive": _GAP_WEIGHT * likely.gaps - _LONG_LESS * np.log(likely.count),
        "date": _DAY_WEIGHT * np.maximum(0, likely.days - _USUAL_DAYS),
        "other_run_fits": np.where(~is_named & has_rival, _RIVAL_WEIGHT, 0.0),
        "orders_named": np.where(is_named, np.where(named == told, _NAMED_WEIGHT, _NAMED_BUT_ONE_WEIGHT), 0.0),
        "other_reference": np.where(is_named, 0.0, other),
    }


def _fee_weights(
    payouts: Sequence[Payout], likely: _Likely, terms: Sequence[tuple[Terms, bool]]
) -> tuple[Flags, Floats]:
    """Whether the fee is by the provider's terms; where it is not known who paid, by anybody's."""
    usual = np.minimum(_MOST_RATE_WEIGHT, surprise(likely.total, likely.count))
    is_known = np.zeros(len(likely.total), dtype=np.bool_)
    weights = likely.beside_each(_ODD_RATE_WEIGHT * (3 if p.beside.is_own_known else 1) for p in payouts)
    for (theirs, is_supported), fit in zip(reversed(terms), reversed(likely.fits), strict=True):  # the first decide
        if is_supported:
            less = likely.beside_each(0.0 if theirs == p.beside.own else 1.0 for p in payouts)
            weights = np.where(fit, usual - less, weights)
            is_known |= fit
    return is_known, weights


def _place_weights(payouts: Sequence[Payout], likely: _Likely, free_at: Ints) -> Floats:
    """Payouts follow one another along the row: one begins where the last ended, and ends where the next begins."""
    first, last = likely.first, likely.last
    has_before = likely.beside_each(p.beside.before is not None for p in payouts) > 0
    has_after = likely.beside_each(p.beside.after is not None for p in payouts) > 0
    ended = likely.beside_each(p.beside.before[3] if p.beside.before else 0 for p in payouts)
    begins = likely.beside_each(p.beside.after[2] if p.beside.after else 0 for p in payouts)
    ahead = np.searchsorted(free_at, first, "left") - np.searchsorted(free_at, ended, "right")
    behind = np.searchsorted(free_at, begins, "left") - np.searchsorted(free_at, last, "right")
    weights = np.where(has_before, _beside_end(first < ended, ahead), 0.0)
    weights += np.where(has_after, _beside_end(last > begins, behind), 0.0)
    return np.where(first < 0, 0.0, weights)


def _beside_end(is_beyond: Flags, between: Ints) -> Floats:
    return np.where(is_beyond, _BEHIND_WEIGHT, np.where(between <= 0, _FOLLOWS_WEIGHT, 0.0))


def _each_once(runs: Runs, likely: _Likely, mine: slice, scores: Sequence[float]) -> list[int]:
    """Rows of one payout, the best first; of runs of the same documents only the better."""
    order = sorted(range(mine.start, mine.stop), key=lambda n: -scores[n])
    if not runs.told:
        return order
    totals = likely.total[mine].tolist()
    often = Counter(totals)
    seen: set[frozenset[int]] = set()
    kept = []
    for n in order:
        if often[totals[n - mine.start]] > 1:
            places = runs.run(int(likely.at[n])).places
            if places in seen:
                continue
            seen.add(places)
        kept.append(n)
    return kept


def _signs(said: Mapping[str, float], *, is_usual: bool) -> dict[str, float]:
    """What is worth saying, the fee last."""
    found = {s: round(w, 4) for s, w in said.items() if w or s in _ALWAYS_SAID}
    fee = found.pop("fee")
    found["usual_rate" if is_usual else "settlement_fee"] = fee
    return found


def _hypothesis(reading: Reading, run: Run, weights: Mapping[str, float], days: int, combinations: int) -> Hypothesis:
    count = {"documents": str(len(run.entries))}
    fee = {
        "difference": plain_amount(-run.fee, reading.currency),
        "currency": reading.currency,
        "rate": f"{run.rate * 100:.2f}",
    }
    facts = {
        "consecutive": count,
        "orders_named": count,
        "date": {"days": str(days)},
        "usual_rate": fee,
        "settlement_fee": fee,
    }
    signs = tuple(Evidence(signal, weight, facts.get(signal, {})) for signal, weight in weights.items())
    parts = tuple(sorted((e.place, e.item.open_amount) for e in run.entries))
    return Hypothesis(parts, signs, -run.fee, DifferenceReason.FEE, combinations=combinations)
