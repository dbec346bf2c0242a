"""Payouts of card and wallet providers: invoices in the order they were written, less what the provider keeps."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.evidence import has_reference, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.payout_runs import Runs, Stretch, runs_of
from kontali_desktop.matching.payout_terms import Columns, Ints, Terms, ballots, usual_terms
from kontali_desktop.matching.payout_weights import Beside, End, Payout, weigh_payouts
from kontali_desktop.matching.reading import Reading

_PROVIDER = re.compile(
    r"\b(vipps|mobilepay|klarna|stripe|nets|sumup|i?zettle|paypal|swish|adyen|dintero|bambora|worldline|svea|qliro"
    r"|elavon|clearhaus|payex|swedbank pay|shopify|amex|american express|teller|quickpay|mollie|braintree|verifone"
    r"|payone|nexi|walley|riverty|apple pay|google pay|trustly|billmate|ratepay|payson|afterpay|checkout\.com|teya|dibs"
    r"|netaxept|handelsbanken kort|bankaxept oppgj[øo]r|surfboard|viva wallet|multisafepay|briqpay|gocardless)\b",
    re.IGNORECASE,
)
_SAYS_PAYOUT = re.compile(
    r"\b(?:utbet\w*|udbet\w*|pay-?outs?|oppgj[øo]r\w*|opg[øo]r\w*|avr|av(?:reg|rä)kn\w*|avregn\w*|afregn\w*|settle?ments?"
    r"|disburse\w*|transfer|auszahl\w*|kort(?:oppgj|oms|inns|innl|salg)\w*|netto(?:oppgj\w*|oms\w*)?)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[^\W\d_]{4,}")
_REGULARLY = 3
_LOOKS_BACK = timedelta(days=12)
_MOST_PAYOUTS = 4_000
_LEAST_SUPPORT = 6.0
_WEIGHED_KEPT = 2


def says_settlement(reading: Reading) -> bool:
    """A provider is named, a payout without a known counterparty, or a stranger pays several customers' orders."""
    if reading.amount <= 0 or reading.kid:
        return False
    words = f"{reading.name} {reading.words}"
    if _PROVIDER.search(words):
        return True
    is_strange = not reading.parties
    return is_strange and (bool(_SAYS_PAYOUT.search(reading.words)) or len(reading.references) > 1)


def regular_strangers(readings: Sequence[Reading]) -> frozenset[TransactionId]:
    """Who pays in again and again, but is no counterparty and names no document: perhaps a provider nobody knows."""
    strange = {r.id: lead for r in readings if _is_strange(r) and (lead := _lead_of(r.name or r.words))}
    often = Counter(strange[r.id] for r in readings if r.id in strange and r.name)
    return frozenset(tid for tid, lead in strange.items() if often[lead] >= _REGULARLY)


def _is_strange(reading: Reading) -> bool:
    is_silent = not reading.kid and not reading.references and not reading.text.has_other_purpose
    return reading.amount > 0 and is_silent and not reading.parties


def _lead_of(text: str) -> str:
    found = _LEAD.match(text)
    return found.group().casefold() if found else ""


def _names_provider(reading: Reading) -> bool:
    return bool(_PROVIDER.search(f"{reading.name} {reading.words}"))


def provider_of(reading: Reading) -> str:
    found = _PROVIDER.search(f"{reading.name} {reading.words}")
    if found:
        return found.group(1).lower()
    return reading.name.casefold() if not reading.parties else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A payout's runs among what was free, and the terms they speak for; kept while the same is free."""

    reading: Reading
    window: Sequence[Entry]
    runs: Runs
    ballot: Mapping[Terms, float]
    weighed: list[tuple[Beside, list[Hypothesis]]] = field(default_factory=list)


class KeptRuns:
    """Customer invoices in the order they were written, and by round the runs found, for each leaves less free."""

    def __init__(self, index: Index) -> None:
        self.row = _in_order(index)
        self.at = {place: n for n, place in enumerate(self.row)}
        self.found: dict[int, dict[TransactionId, Found]] = {}


class Payouts:
    """All payouts of a client, weighed together: each tells of the others' terms, and where in the row they begin."""

    def __init__(self, readings: Sequence[Reading], index: Index, kept: KeptRuns) -> None:
        self._readings = sorted(readings, key=lambda r: (str(r.booked), r.id))[:_MOST_PAYOUTS]
        self._names = {r.id: provider_of(r) for r in self._readings}
        self._index = index
        self._nothing = no_document_score(index)
        self._row = [index.entries[p] for p in kept.row]
        self._at = kept.at
        self._terms: dict[str, tuple[tuple[Terms, float], ...]] = {}
        self._kept = kept.found
        self._found: dict[TransactionId, Found] = {}
        self._has_provider = {r.id: _names_provider(r) for r in self._readings}
        self._known: dict[TransactionId, tuple[Hypothesis, dict[Terms, float]]] = {}

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
        self._find(mine, stretch, before)
        votes = {r.id: self._found[r.id].ballot for r in mine}
        self._vote({t: h for t, h in chosen.items() if t in self._names and h.difference < 0}, votes)
        self._terms = usual_terms(votes, self._names)
        return self._weigh(mine, self._ends(chosen), stretch.at)

    def _find(self, mine: Sequence[Reading], free: Stretch, before: Mapping[TransactionId, Found]) -> None:
        """Each one's runs among what is free."""
        anew: list[tuple[Reading, Sequence[Entry], Runs]] = []
        for reading in mine:
            window = free.between(reading.booked - _LOOKS_BACK, reading.booked) if reading.booked else free.none
            kept = before.get(reading.id)
            if kept is not None and kept.reading is reading and kept.window == window.entries:
                self._found[reading.id] = kept
            else:
                runs = runs_of(reading, window.in_currency(reading.currency), self._index, self._at)
                anew.append((reading, window.entries, runs))
        votes = ballots([runs.unbroken() for _, _, runs in anew])
        for (reading, entries, runs), vote in zip(anew, votes, strict=True):
            self._found[reading.id] = Found(reading, entries, runs, vote)

    def _terms_for(self, name: str) -> list[tuple[Terms, float]]:
        """The provider's; where it is not known who paid, anybody's."""
        if name:
            return list(self._terms.get(name, ()))
        return [t for terms in self._terms.values() for t in terms]

    def _vote(
        self, chosen: Mapping[TransactionId, Hypothesis], votes: dict[TransactionId, Mapping[Terms, float]]
    ) -> None:
        """What the runs that payouts have taken say of the terms."""
        anew = [(t, h) for t, h in chosen.items() if t not in self._known or self._known[t][0] is not h]
        theirs = ballots([self._columns(h) for _, h in anew])
        self._known.update((t, (h, vote)) for (t, h), vote in zip(anew, theirs, strict=True))
        votes.update((t, self._known[t][1]) for t in chosen)

    def _columns(self, hypothesis: Hypothesis) -> Columns:
        count = len(hypothesis.parts)
        total = sum(self._index.entries[p].signed for p, _ in hypothesis.parts)
        named = count if has_reference(hypothesis.evidence) else 0
        found, fee, payments, told = np.array([[total], [-hypothesis.difference], [count], [named]], dtype=np.int64)
        return found, fee, payments, told

    def _ends(self, chosen: Mapping[TransactionId, Hypothesis]) -> list[End]:
        """In the order of their days."""
        found = []
        for reading in self._readings:
            places = [self._at[p] for p in chosen[reading.id].places if p in self._at] if reading.id in chosen else []
            if places and reading.booked:
                found.append((reading.booked, reading.id, min(places), max(places)))
        return found

    def _weigh(
        self, mine: Sequence[Reading], ends: Sequence[End], free_at: Ints
    ) -> dict[TransactionId, list[Hypothesis]]:
        """The best few of the likeliest runs; what was weighed beside just the same before is taken over."""
        answers: dict[TransactionId, list[Hypothesis]] = {}
        anew: list[Payout] = []
        for reading in mine:
            found = self._found[reading.id]
            if not len(found.runs) or reading.booked is None:
                answers[reading.id] = []
                continue
            beside = self._beside(reading, found, ends, free_at)
            known = next((w for w in found.weighed if w[0] == beside), None)
            if known is None:
                anew.append(Payout(reading, found.runs, beside, self._has_provider[reading.id]))
            else:
                answers[reading.id] = known[1]
        weighed = weigh_payouts(anew, self._index, self._nothing, free_at)
        for payout, hypotheses in zip(anew, weighed, strict=True):
            found = self._found[payout.reading.id]
            found.weighed[:] = [*found.weighed[-_WEIGHED_KEPT:], (payout.beside, hypotheses)]
            answers[payout.reading.id] = hypotheses
        return answers

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
        )


def _free_near(runs: Runs, before: End | None, after: End | None, free_at: Ints) -> tuple[int, bytes, int]:
    first, last = (int(n) for n in np.searchsorted(free_at, (runs.first.min(), runs.last.max() + 1)))
    ahead = max(0, first - int(np.searchsorted(free_at, before[3], "right"))) if before else 0
    behind = max(0, int(np.searchsorted(free_at, after[2], "left")) - last) if after else 0
    return ahead, free_at[first:last].tobytes(), behind


def _in_order(index: Index) -> list[int]:
    """The places of customer invoices in the order they were written."""
    entries = [
        e
        for e in index.entries
        if e.item.side is Side.CUSTOMER and e.item.kind is DocumentKind.INVOICE and e.item.issue_date is not None
    ]
    entries.sort(key=lambda e: (str(e.item.issue_date), e.item.number, e.place))
    return [e.place for e in entries]
