"""Payouts of card and wallet providers: invoices in the order they were written, less what the provider keeps."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.evidence import HOPELESS_BY, has_reference, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.payout_runs import Runs, Stretch, runs_of
from kontali_desktop.matching.payout_terms import Flags, Floats, Ints, Run, Terms, ballot, surprise, usual_terms
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
_MOST_PAYOUTS = 4_000
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
_WEIGHED_KEPT = 2
_LONG_LESS = 0.3
_SCORE_DIGITS = 6
_ALWAYS_SAID = frozenset({"settlement_text", "consecutive", "date", "fee"})


def says_settlement(reading: Reading) -> bool:
    """A provider is named, a payout without a known counterparty, or a stranger pays several customers' orders."""
    if reading.amount <= 0 or reading.kid:
        return False
    words = f"{reading.name} {reading.words}"
    if _PROVIDER.search(words):
        return True
    is_strange = not reading.parties
    return is_strange and (bool(_SAYS_PAYOUT.search(reading.words)) or len(reading.references) > 1)


def _names_provider(reading: Reading) -> bool:
    return bool(_PROVIDER.search(f"{reading.name} {reading.words}"))


def provider_of(reading: Reading) -> str:
    found = _PROVIDER.search(f"{reading.name} {reading.words}")
    if found:
        return found.group(1).lower()
    return reading.name.casefold() if not reading.parties else ""


End = tuple[date, TransactionId, int, int]  # a payout that has its run: day, line, first and last place in the row


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
    rivals: frozenset[frozenset[int]] | None


@dataclass(frozen=True, slots=True)
class Found:
    """A payout's runs among what was free, and the terms they speak for; kept while the same is free."""

    reading: Reading
    window: Sequence[Entry]
    runs: Runs
    ballot: Mapping[Terms, float]
    weighed: list[tuple[Beside, frozenset[frozenset[int]], list[Hypothesis]]] = field(default_factory=list)


KeptRuns = dict[int, dict[TransactionId, Found]]


class Payouts:
    """All payouts of a client, weighed together: each tells of the others' terms, and where in the row they begin."""

    def __init__(self, readings: Sequence[Reading], index: Index, kept: KeptRuns) -> None:
        self._readings = sorted(readings, key=lambda r: (str(r.booked), r.id))[:_MOST_PAYOUTS]
        self._names = {r.id: provider_of(r) for r in self._readings}
        self._index = index
        self._nothing = no_document_score(index)
        self._row = _in_order(index)
        self._at = {e.place: n for n, e in enumerate(self._row)}
        self._terms: dict[str, tuple[tuple[Terms, float], ...]] = {}
        self._kept = kept  # by round, for each leaves less free
        self._found: dict[TransactionId, Found] = {}
        self._has_provider = {r.id: _names_provider(r) for r in self._readings}
        self._known: dict[TransactionId, tuple[Hypothesis, dict[Terms, float]]] = {}
        self._rivals: dict[TransactionId, frozenset[frozenset[int]]] = {}  # runs that fitted while all was still free

    def weigh(
        self,
        turn: int,
        waiting: Sequence[Reading],
        chosen: Mapping[TransactionId, Hypothesis],
        left: Sequence[int],
    ) -> dict[TransactionId, list[Hypothesis]]:
        """For each payout that waits the runs that fit, now that `chosen` have theirs; `turn` counts the rounds."""
        before, self._found = self._kept.get(turn, {}), {}
        self._kept[turn] = self._found
        free = [e for e in self._row if e.signed > 0 and left[e.place] == e.item.open_amount]
        stretch = Stretch.of(free, self._at)
        waits = {r.id for r in waiting}
        mine = [r for r in self._readings if r.id in waits]
        for reading in mine:
            self._found[reading.id] = self._find(reading, stretch, before.get(reading.id))
        ballots = {r.id: self._found[r.id].ballot for r in mine}
        known = {t: self._vote(t, h) for t, h in chosen.items() if t in self._names and h.difference < 0}
        self._terms = usual_terms(ballots | known, self._names)
        ends = self._ends(chosen)
        return {r.id: self._weigh(r, ends, stretch.at) for r in mine}

    def _find(self, reading: Reading, free: Stretch, kept: Found | None) -> Found:
        window = free.between(reading.booked - _LOOKS_BACK, reading.booked) if reading.booked else free.none
        if kept is not None and kept.reading is reading and kept.window == window.entries:
            return kept
        runs = runs_of(reading, window.in_currency(reading.currency), self._index, self._at)
        return Found(reading, window.entries, runs, runs.vote())

    def _terms_for(self, name: str) -> list[tuple[Terms, float]]:
        """The provider's; where it is not known who paid, anybody's."""
        if name:
            return list(self._terms.get(name, ()))
        return [t for terms in self._terms.values() for t in terms]

    def _vote(self, tid: TransactionId, hypothesis: Hypothesis) -> dict[Terms, float]:
        """What the run that a payout has taken says of the terms."""
        if tid not in self._known or self._known[tid][0] is not hypothesis:
            total = sum(self._index.entries[p].signed for p in hypothesis.places)
            count = len(hypothesis.places)
            named = count if has_reference(hypothesis.evidence) else 0
            columns = (np.array([n], dtype=np.int64) for n in (total, -hypothesis.difference, count, named))
            self._known[tid] = (hypothesis, ballot(*columns))
        return self._known[tid][1]

    def _ends(self, chosen: Mapping[TransactionId, Hypothesis]) -> list[End]:
        """In the order of their days."""
        found = []
        for reading in self._readings:
            places = [self._at[p] for p in chosen[reading.id].places if p in self._at] if reading.id in chosen else []
            if places and reading.booked:
                found.append((reading.booked, reading.id, min(places), max(places)))
        return found

    def _weigh(self, reading: Reading, ends: Sequence[End], free_at: Ints) -> list[Hypothesis]:
        """The best few of the likeliest runs; what was weighed beside just the same before is taken over."""
        found = self._found[reading.id]
        if not len(found.runs) or reading.booked is None:
            return []
        beside = self._beside(reading, found, ends, free_at)
        known = next((w for w in found.weighed if w[0] == beside), None)
        if known is None:
            rivals = beside.rivals if beside.rivals is not None else _rivals(found.runs, beside)
            known = (beside, rivals, self._weigh_runs(reading, found.runs, replace(beside, rivals=rivals), free_at))
            found.weighed[:] = [*found.weighed[-_WEIGHED_KEPT:], known]
        self._rivals[reading.id] = known[1]
        return known[2]

    def _beside(self, reading: Reading, found: Found, ends: Sequence[End], free_at: Ints) -> Beside:
        at = bisect_left(ends, (reading.booked, reading.id))
        before, after = ends[at - 1] if at else None, ends[at] if at < len(ends) else None
        own = self._terms.get(self._names[reading.id], ())
        near = _free_near(found.runs, before, after, free_at)
        return Beside(
            tuple((t, support >= _LEAST_SUPPORT) for t, support in self._terms_for(self._names[reading.id])),
            own[0][0] if own else None,
            bool(own) and own[0][1] >= _LEAST_SUPPORT,
            before,
            after,
            near,
            self._rivals.get(reading.id),
        )

    def _weigh_runs(self, reading: Reading, runs: Runs, beside: Beside, free_at: Ints) -> list[Hypothesis]:
        """Each set of documents once."""
        fits = [t.fit(runs.total, runs.fee, runs.count) for t, _ in beside.terms]
        is_usual = np.logical_or.reduce(fits) if fits else np.zeros(len(runs), dtype=np.bool_)
        likely = np.lexsort((runs.gaps, ~is_usual, runs.named == 0))[:_MOST_WEIGHED]
        weights = self._base_weights(reading, runs, likely, beside.rivals or frozenset())
        is_known, weights["fee"] = _fee_weights(runs, likely, fits, beside)
        weights["in_order"] = _place_weights(runs.first[likely], runs.last[likely], beside, free_at)
        scores = np.round(np.sum(list(weights.values()), axis=0), _SCORE_DIGITS)
        order = _each_once(runs, likely, scores)
        best = scores[order]
        found = []
        for n in order[:_LISTED].tolist():
            if scores[n] >= self._nothing - HOPELESS_BY:
                mine = {
                    signal: round(float(w[n]), 4) for signal, w in weights.items() if w[n] or signal in _ALWAYS_SAID
                }
                fee = mine.pop("fee")
                mine["usual_rate" if is_known[n] else "settlement_fee"] = fee
                near = int(np.count_nonzero(best > scores[n] - _CLEARLY_BETTER))
                found.append(_hypothesis(reading, runs.run(int(likely[n])), mine, int(runs.days[likely[n]]), near))
        return found

    def _base_weights(
        self, reading: Reading, runs: Runs, likely: Ints, rivals: frozenset[frozenset[int]]
    ) -> dict[str, Floats]:
        """By signal: the text, how plain the run is, how long it waited, and whether the text says otherwise."""
        less = _PROVIDER_LESS if self._has_provider[reading.id] else _TEXT_LESS
        named = runs.named[likely]
        all_named = np.where(named == len(reading.references), _NAMED_WEIGHT, _NAMED_BUT_ONE_WEIGHT)
        return {
            "settlement_text": np.full(len(likely), self._nothing - less),
            "consecutive": _GAP_WEIGHT * runs.gaps[likely] - _LONG_LESS * np.log(runs.count[likely]),
            "date": _DAY_WEIGHT * np.maximum(0, runs.days[likely] - _USUAL_DAYS),
            "other_run_fits": np.where(
                (named == 0) & _has_rival(runs, likely, rivals, self._index), _RIVAL_WEIGHT, 0.0
            ),
            "orders_named": np.where(named > 0, all_named, 0.0),
            "other_reference": np.where(named == 0, _OTHER_NAMED_WEIGHT if reading.references else 0.0, 0.0),
        }


def _rivals(runs: Runs, beside: Beside) -> frozenset[frozenset[int]]:
    """Runs that fit the terms while all is still free."""
    fits = [t.fit(runs.total, runs.fee, runs.count) & (runs.gaps <= 1) for t, _ in beside.terms]
    fitting = np.nonzero(np.logical_or.reduce(fits))[0].tolist() if fits else []
    return frozenset(runs.run(n).places for n in fitting)


def _has_rival(runs: Runs, likely: Ints, rivals: frozenset[frozenset[int]], index: Index) -> Flags:
    found = np.full(len(likely), bool(rivals))
    if len(rivals) == 1:
        (only,) = rivals
        total = sum(index.entries[p].signed for p in only)
        for n in np.nonzero(runs.total[likely] == total)[0].tolist():
            found[n] = runs.run(int(likely[n])).places != only
    return found


def _fee_weights(runs: Runs, likely: Ints, fits: Sequence[Flags], beside: Beside) -> tuple[Flags, Floats]:
    """Whether the fee is by the provider's terms; where it is not known who paid, by anybody's."""
    usual = np.minimum(_MOST_RATE_WEIGHT, surprise(runs.total[likely], runs.count[likely]))
    is_known = np.zeros(len(likely), dtype=np.bool_)
    weights = np.full(len(likely), _ODD_RATE_WEIGHT * (3 if beside.is_own_known else 1))
    for (terms, is_supported), fit in zip(reversed(beside.terms), reversed(fits), strict=True):  # the first decide
        if is_supported:
            weights = np.where(fit[likely], usual - (0.0 if terms == beside.own else 1.0), weights)
            is_known |= fit[likely]
    return is_known, weights


def _free_near(runs: Runs, before: End | None, after: End | None, free_at: Ints) -> tuple[int, bytes, int]:
    first, last = (int(n) for n in np.searchsorted(free_at, (runs.first.min(), runs.last.max() + 1)))
    ahead = max(0, first - int(np.searchsorted(free_at, before[3], "right"))) if before else 0
    behind = max(0, int(np.searchsorted(free_at, after[2], "left")) - last) if after else 0
    return ahead, free_at[first:last].tobytes(), behind


def _each_once(runs: Runs, likely: Ints, scores: Floats) -> Ints:
    """Places in `likely`, the best first; of runs of the same documents only the better."""
    order = np.lexsort((np.arange(len(likely)), -scores))
    if not runs.told or len(set(runs.total[likely].tolist())) == len(likely):
        return order
    seen: set[frozenset[int]] = set()
    kept = []
    for n in order.tolist():
        places = runs.run(int(likely[n])).places
        if places not in seen:
            seen.add(places)
            kept.append(n)
    return np.array(kept, dtype=np.int64)


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


def _in_order(index: Index) -> list[Entry]:
    """Customer invoices in the order they were written."""
    entries = [
        e
        for e in index.entries
        if e.item.side is Side.CUSTOMER and e.item.kind is DocumentKind.INVOICE and e.item.issue_date is not None
    ]
    return sorted(entries, key=lambda e: (str(e.item.issue_date), e.item.number, e.place))


def _place_weights(first: Ints, last: Ints, beside: Beside, free_at: Ints) -> Floats:
    """Payouts follow one another along the row: one begins where the last ended, and ends where the next begins."""
    weights, before, after = np.zeros(len(first)), beside.before, beside.after
    if before:
        between = np.searchsorted(free_at, first, "left") - np.searchsorted(free_at, before[3], "right")
        weights += np.where(first < before[3], _BEHIND_WEIGHT, np.where(between <= 0, _FOLLOWS_WEIGHT, 0.0))
    if after:
        between = np.searchsorted(free_at, after[2], "left") - np.searchsorted(free_at, last, "right")
        weights += np.where(last > after[2], _BEHIND_WEIGHT, np.where(between <= 0, _FOLLOWS_WEIGHT, 0.0))
    return np.where(first < 0, 0.0, weights)
