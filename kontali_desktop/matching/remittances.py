"""Sums that the client's own bank paid out for several suppliers at once, with nothing but a total on the statement."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.sets import MOST_EXHAUSTED, every_set

_PAYMENTS = r"(?:(?:ut)?betalinger|overf[øo]ringer|transaksjoner|oppdrag|payments|transfers|transactions)"
# Many at once: a plural of payment, "samle-", "masse-", "fil-", "bunt", or payees that are suppliers.
_SAYS_REMITTANCE = re.compile(
    r"\b(?:remit\w*|telepay|pain[ .]?001|autogiro ut|direkte remittering|\w*bun(?:t|ke)\w*"
    r"|(?:samle|masse|gruppe|fil)(?:ut|over)?(?:bet|trans|f[øo]r|oppdrag|post)\w*"
    r"|(?:ut)?betalings(?:oppdrag|fil|liste|kj[øo]ring)\w*"
    r"|(?:leverand[øo]r|kreditor)(?:ut)?bet\w*"
    r"|(?:bulk|batch|mass|file|vendor|supplier|creditor)[ -]?(?:payments?|transfers?|runs?)"
    rf"|sum (?:\d+ )?{_PAYMENTS}|oppdrag sum|\d+ {_PAYMENTS}|{_PAYMENTS} \d{{1,3}})\b",
    re.IGNORECASE,
)
_CARD_OR_KNOWN = re.compile(
    r"\b(?:visa|mastercard|bankaxept|vare|kortkj[øo]p|varekj[øo]p|easypark|autopass|bompenge\w*|kurs)\b", re.IGNORECASE
)
_COUNT = re.compile(
    rf"\b(?:antall|ant\.?|{_PAYMENTS})\s*:?\s*(\d{{1,3}})\b|\b(\d{{1,3}})\s+(?:{_PAYMENTS}|betal\w*|stk)\b",
    re.IGNORECASE,
)
_SAID_MORE, _UNSAID_LESS = 2.5, 6.5  # than what speaks for no document at all
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
_LISTED = 10
_WINDOW = timedelta(days=36)


def says_remittance(reading: Reading) -> bool:
    return _may_be_remittance(reading) and bool(_SAYS_REMITTANCE.search(reading.words))


def could_be_remittance(reading: Reading) -> bool:
    """A sum out without a name, a number or a purpose that says otherwise."""
    is_other = reading.text.has_other_purpose or bool(_CARD_OR_KNOWN.search(reading.words))
    return _may_be_remittance(reading) and not reading.parties and not is_other


def _may_be_remittance(reading: Reading) -> bool:
    return reading.amount < 0 and not reading.references and not reading.kid and not reading.name


@dataclass(frozen=True, slots=True)
class Due:
    """What was open about a payment's day, how common its amount is, and the sets that make it."""

    items: list[tuple[Entry, date]]
    chance: float
    sets: list[Hypothesis]


class Payables:
    """Open supplier invoices by their due date."""

    def __init__(self, index: Index) -> None:
        self._index = index
        rows = [(d, e.place, e) for e in index.entries if (d := _payable_due(e)) is not None]
        self._rows = sorted(rows, key=lambda r: (r[0], r[1]))
        self._days = [r[0] for r in self._rows]

    def due_for(self, reading: Reading, left: Sequence[int], known: Due | None) -> Due:
        """Sets about their due date that make the sum; `known` is taken over where nothing about it has changed."""
        items = self._due_about(reading, left)
        chance = ev.chance_of_amount(self._index, reading.currency, reading.amount)
        if known is not None and known.items == items and known.chance == chance:
            return known
        return Due(items, chance, self._sets(reading, items, -math.log(chance)) if items else [])

    def _sets(self, reading: Reading, items: list[tuple[Entry, date]], coincidence: float) -> list[Hypothesis]:
        """The text may tell how many they are."""
        nothing = ev.no_document_score(self._index)
        count = _count_told(reading.words)
        found = []
        likely = _Likelihood([(reading.booked - due).days for _, due in items] if reading.booked else [])
        sets = every_set([e.signed for e, _ in items], reading.amount, _MOST_SETS + 1)
        if len(sets) > _MOST_SETS and not says_remittance(reading):
            return []
        for places in sorted(sets, key=lambda s: (len(s), s))[:_MOST_SETS]:
            if count is None or len(places) == count:
                chosen = [items[n] for n in places]
                weight = likely.of(places) + coincidence + (_COUNT_WEIGHT if count else 0.0)
                found.append(_hypothesis(reading, [e for e, _ in chosen], len(items), weight, nothing))
        found.sort(key=lambda h: (-h.score, h.parts))
        unseen = max(0, len(sets) - _MOST_SETS)
        return [replace(h, combinations=_near(h, found) + unseen) for h in found[:_LISTED]]

    def _due_about(self, reading: Reading, left: Sequence[int]) -> list[tuple[Entry, date]]:
        """What is wholly free and nearest to its due date."""
        booked = reading.booked
        if booked is None:
            return []
        first, last = bisect_left(self._days, booked - _WINDOW), bisect_right(self._days, booked + _WINDOW)
        near = [
            (abs((booked - due).days), place, entry, due)
            for due, place, entry in self._rows[first:last]
            if left[place] == entry.item.open_amount
            and entry.item.currency == reading.currency
            and abs(entry.signed) <= abs(reading.amount)
            and (entry.item.issue_date is None or entry.item.issue_date <= booked)
        ]
        return [(entry, due) for _, _, entry, due in sorted(near, key=lambda n: n[:2])[:MOST_EXHAUSTED]]


def _payable_due(entry: Entry) -> date | None:
    if entry.item.side is not Side.SUPPLIER or entry.signed >= 0:
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
        self._none: dict[int, float] = {}  # by offset: how likely none of them is

    def of(self, places: Sequence[int]) -> float:
        late = sorted([self._days[n] for n in places])
        return max(self._at(offset, late) for offset in {0, late[0], late[len(late) // 2], late[-1]})

    def _at(self, offset: int, late: Sequence[int]) -> float:
        if offset not in self._none:
            self._none[offset] = math.fsum(_NOT_PAID[min(_FARTHEST, abs(d - offset))] for d in self._days)
        weight = self._none[offset] + math.log(_share(_OFFSETS, abs(offset)))
        for day in late:
            apart = min(_FARTHEST, abs(day - offset))
            weight += _PAID[apart] - _NOT_PAID[apart]
        return weight


def _near(hypothesis: Hypothesis, found: Sequence[Hypothesis]) -> int:
    """How many are about as good as this one or better."""
    return max(1, sum(1 for h in found if h.score > hypothesis.score - _CLEARLY_BETTER))


def _count_told(words: str) -> int | None:
    told = _COUNT.search(words)
    return int(told.group(1) or told.group(2)) if told else None


def _hypothesis(
    reading: Reading, entries: Sequence[Entry], available: int, weight: float, nothing: float
) -> Hypothesis:
    said = bool(_SAYS_REMITTANCE.search(reading.words))
    signs = (
        Evidence(
            "remittance_text" if said else "no_name_out", round(nothing + (_SAID_MORE if said else -_UNSAID_LESS), 4)
        ),
        Evidence("sum_of_due", round(weight, 4), {"documents": str(len(entries)), "open": str(available)}),
    )
    parts = tuple(sorted((e.place, e.item.open_amount) for e in entries))
    return Hypothesis(parts, signs)
