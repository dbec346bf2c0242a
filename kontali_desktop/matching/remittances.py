"""Sums that the client's own bank paid out for several suppliers at once, with nothing but a total on the statement."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from operator import ne

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.sets import MOST_EXHAUSTED, every_set

_PAYMENTS = r"(?:(?:ut)?betalinger|overf[øo]ringer|transaksjoner|payments|transfers|transactions)"
# Many at once: a plural of payment, "samle-", "masse-", "fil-", or payees that are suppliers.
_SAYS_REMITTANCE = re.compile(
    r"\b(?:remit\w*|dir\.? ?rem\w*|telepay|pain[ .]?001|autogiro ut|direkte remittering|bunt"
    r"|(?:samle|masse|gruppe|fil)(?:ut|over)?(?:bet|trans|f[øo]r|oppdrag|post)\w*"
    r"|(?:ut)?betalings(?:oppdrag|fil|liste|kj[øo]ring|bunt|bunke)\w*"
    r"|(?:leverand[øo]r|kreditor)(?:ut)?bet\w*"
    r"|(?:bulk|batch|mass|file|vendor|supplier|creditor)[ -]?(?:payments?|transfers?|runs?)"
    r"|payments? (?:out|file|run)|utg[åa]ende (?:ut)?betal\w*|lev\.? ?bet\w*|bet\.? ?oppdrag"
    rf"|sum (?:\d+ )?(?:{_PAYMENTS}|oppdrag)|oppdrag sum|\d+ {_PAYMENTS}|{_PAYMENTS} \d{{1,3}})\b",
    re.IGNORECASE,
)
# Of a purchase as well, unless the text says nothing else.
_MAY_SAY = re.compile(
    r"\b(?:sammel\w*|samlet|kreditorer|leverand[øo]rer|\w*(?:bunt|bunke)|\d+ oppdrag|oppdrag \d{1,3}"
    r"|\d+ (?:mottakere|payees))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAYS_NOTHING = frozenset(
    {"sum", "antall", "ant", "stk", "ref", "ark", "arkivref", "trans", "transid", "betaling", "bank"}
)
_CARD_OR_KNOWN = re.compile(
    r"\b(?:visa|mastercard|bankaxept|vare|kortkj[øo]p|varekj[øo]p|easypark|autopass|bompenge\w*|kurs)\b", re.IGNORECASE
)
_COUNT = re.compile(
    rf"\b(?:antall|ant\.?|oppdrag|{_PAYMENTS})\s*:?\s*(\d{{1,3}})\b|\b(\d{{1,3}})\s+(?:{_PAYMENTS}|oppdrag|mottakere|payees|betal\w*|stk)\b",
    re.IGNORECASE,
)
_SAID_MORE, _UNSAID_LESS = 2.5, 4.5  # than what speaks for no document at all
_COUNT_WEIGHT = 2.0
_NEARNESS = (
    (1, 0.45),
    (3, 0.25),
    (6, 0.08),
    (12, 0.02),
    (90, 0.004),
)  # days from the rest, and how often it is paid then
_OFFSETS = ((1, 0.5), (4, 0.08), (10, 0.04), (90, 0.01))  # a whole payment's days from due, and how often
_CLEARLY_BETTER = 4.0
_MOST_SETS = 300
_MOST_SEARCHES = 1_500  # a millisecond or two each
_LISTED = 10
_WINDOW = timedelta(days=36)


def says_remittance(reading: Reading) -> bool:
    return _may_be_remittance(reading) and _says_many(reading.words)


def _says_many(words: str) -> bool:
    if _SAYS_REMITTANCE.search(words):
        return True
    rest = _MAY_SAY.sub(" ", words)
    return rest != words and all(w.casefold() in _SAYS_NOTHING for w in _WORD.findall(rest))


def could_be_remittance(reading: Reading) -> bool:
    """A sum out without a name, a number or a purpose that says otherwise."""
    is_other = reading.text.has_other_purpose or bool(_CARD_OR_KNOWN.search(reading.words))
    return _may_be_remittance(reading) and not reading.parties and not is_other


def _may_be_remittance(reading: Reading) -> bool:
    return reading.amount < 0 and not reading.references and not reading.kid and not reading.name


@dataclass(slots=True)
class Due:
    """What was open about a payment's day, how common its amount is, and the sets that make it; `seen` when last."""

    items: list[tuple[Entry, date]]
    chance: float
    sets: list[Hypothesis]
    seen: int


class Payables:
    """Open supplier invoices by their due date."""

    def __init__(self, index: Index) -> None:
        self._index = index
        rows = [(d, e.place) for e in index.entries if (d := _payable_due(e)) is not None]
        self._rows = sorted(rows)
        self._days = [r[0] for r in self._rows]
        self._free: list[int] = [0] * len(rows)
        self._changed = [0] * (len(rows) + 1)  # how many of those before each are otherwise than at the last look
        self._looks = 0
        self._asked: dict[tuple[object, ...], Due] = {}  # at this look

    def look(self, left: Sequence[int]) -> None:
        """See what is wholly free now; asked once before the payments are."""
        entries, before = self._index.entries, self._free
        self._free = [
            e.signed if left[e.place] == e.item.open_amount else 0 for e in (entries[p] for _, p in self._rows)
        ]
        if self._free != before:
            self._changed = [0, *accumulate(map(ne, self._free, before))]
        elif self._changed[-1]:
            self._changed = [0] * len(self._changed)
        self._looks += 1
        self._asked = {}

    def due_for(self, reading: Reading, known: Due | None) -> Due | None:
        """Sets about their due date that make the sum; `known` is taken over where nothing about it has changed.

        None where so many have been looked for that the person searches.
        """
        told = says_remittance(reading), _count_told(reading.words)
        asked = (reading.booked, reading.currency, reading.amount, *told)
        if asked not in self._asked:
            if len(self._asked) >= _MOST_SEARCHES:
                return None
            self._asked[asked] = self._due_for(reading, known)
        return self._asked[asked]

    def _due_for(self, reading: Reading, known: Due | None) -> Due:
        first, last = self._window(reading)
        chance = ev.chance_of_amount(self._index, reading.currency, reading.amount)
        if known is not None and known.chance == chance:
            is_next = known.seen == self._looks - 1
            if is_next and self._changed[first] == self._changed[last]:
                known.seen = self._looks
                return known
        items = self._due_about(reading, first, last)
        if known is not None and known.items == items and known.chance == chance:
            known.seen = self._looks
            return known
        return Due(items, chance, self._sets(reading, items, -math.log(chance)) if items else [], self._looks)

    def _window(self, reading: Reading) -> tuple[int, int]:
        if reading.booked is None:
            return 0, 0
        days = self._days
        return bisect_left(days, reading.booked - _WINDOW), bisect_right(days, reading.booked + _WINDOW)

    def _sets(self, reading: Reading, items: list[tuple[Entry, date]], coincidence: float) -> list[Hypothesis]:
        """The text may tell how many they are."""
        is_said = says_remittance(reading)
        sets = every_set([e.signed for e, _ in items], reading.amount, _MOST_SETS + 1)
        if len(sets) > _MOST_SETS and not is_said:
            return []
        count = _count_told(reading.words)
        likely = _Likelihood([(reading.booked - due).days for _, due in items] if reading.booked else [])
        told = _COUNT_WEIGHT if count else 0.0
        ranked = []
        said = _said(reading, ev.no_document_score(self._index))
        for places in sorted(sets, key=lambda s: (len(s), s))[:_MOST_SETS]:
            if count is None or len(places) == count:
                weight = round(likely.of(places) + coincidence + told, 4)
                parts = tuple(sorted([(items[n][0].place, items[n][0].item.open_amount) for n in places]))
                ranked.append((-math.fsum((said.weight, weight)), parts, weight))
        ranked.sort(key=lambda r: r[:2])
        backwards = [score for score, _, _ in ranked]
        unseen = max(0, len(sets) - _MOST_SETS)
        found = []
        for score, parts, weight in ranked[:_LISTED]:
            facts = {"documents": str(len(parts)), "open": str(len(items))}
            near = max(1, bisect_left(backwards, score + _CLEARLY_BETTER))
            signs = (said, Evidence("sum_of_due", weight, facts))
            found.append(Hypothesis(parts, signs, combinations=near + unseen))
        return found

    def _due_about(self, reading: Reading, first: int, last: int) -> list[tuple[Entry, date]]:
        """What is wholly free and nearest to its due date."""
        booked, most, entries = reading.booked, abs(reading.amount), self._index.entries
        if booked is None:
            return []
        near = [
            (abs((booked - due).days), place, due)
            for (due, place), free in zip(self._rows[first:last], self._free[first:last], strict=True)
            if -most <= free < 0
        ]
        found = [
            (entries[place], due)
            for _, place, due in sorted(near)
            if entries[place].item.currency == reading.currency
            and ((issued := entries[place].item.issue_date) is None or issued <= booked)
        ]
        return found[:MOST_EXHAUSTED]


def _payable_due(entry: Entry) -> date | None:
    if entry.item.side is not Side.SUPPLIER or entry.item.bank_sign >= 0:
        return None
    return entry.item.due_date or entry.item.issue_date


def _share(table: Sequence[tuple[int, float]], days: int) -> float:
    return next((share for most, share in table if days <= most), table[-1][1])


_FARTHEST = 120
_PAID = tuple(math.log(_share(_NEARNESS, days)) for days in range(_FARTHEST + 1))
_NOT_PAID = tuple(math.log(1 - _share(_NEARNESS, days)) for days in range(_FARTHEST + 1))


class _Likelihood:
    """How likely just some of what is open are paid together: near the due date, or all about as late as another."""

    def __init__(self, days: Sequence[int]) -> None:
        self._days = days
        self._known: dict[int, tuple[float, list[float]]] = {}

    def of(self, places: Sequence[int]) -> float:
        latest_last = sorted(places, key=self._days.__getitem__)
        days = [self._days[n] for n in latest_last]
        weights = []
        for offset in {0, days[0], days[len(days) // 2], days[-1]}:
            weight, more = self._known.get(offset) or self._about(offset)
            for n in latest_last:
                weight += more[n]
            weights.append(weight)
        return max(weights)

    def _about(self, offset: int) -> tuple[float, list[float]]:
        """For so many days late: how likely none of them is paid, and what paying each of them adds."""
        apart = [min(_FARTHEST, abs(d - offset)) for d in self._days]
        none = math.fsum([_NOT_PAID[n] for n in apart]) + math.log(_share(_OFFSETS, abs(offset)))
        self._known[offset] = none, [_PAID[n] - _NOT_PAID[n] for n in apart]
        return self._known[offset]


def _count_told(words: str) -> int | None:
    told = _COUNT.search(words)
    return int(told.group(1) or told.group(2)) if told else None


def _said(reading: Reading, nothing: float) -> Evidence:
    if _says_many(reading.words):
        return Evidence("remittance_text", round(nothing + _SAID_MORE, 4))
    return Evidence("no_name_out", round(nothing - _UNSAID_LESS, 4))
