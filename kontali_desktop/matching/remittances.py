"""Sums that the client's own bank paid out for several suppliers at once, with nothing but a total on the statement."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.reading import Reading

_SAYS_REMITTANCE = re.compile(
    r"\b(?:oppdrag sum|sum oppdrag|remittering|remitt|samleutbetaling|samlebetaling|betalingsoppdrag|massebetaling"
    r"|bulk payment|batch payment)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:antall|ant\.?)\s*:?\s*(\d{1,3})\b|\b(\d{1,3})\s+(?:betalinger|transaksjoner|oppdrag|payments)\b",
    re.IGNORECASE,
)
_MOST_ITEMS = 40  # with six documents at most, two halves of at most 9,880 sums each
_MOST_DOCUMENTS = 6
_MOST_FOUND = 400
_TEXT_WEIGHT = 6.0
_DATE_SHARE = 1.5
_CLEARLY_BETTER = 2.0
_LISTED = 10
_BEFORE_DUE, _AFTER_DUE = timedelta(days=35), timedelta(days=35)


def says_remittance(reading: Reading) -> bool:
    return reading.amount < 0 and not reading.references and bool(_SAYS_REMITTANCE.search(reading.words))


def remittance_sets(reading: Reading, index: Index, left: Sequence[int]) -> list[Hypothesis]:
    """Sets of open supplier invoices about their due date that make the sum; the text may tell how many they are."""
    entries = _due_about(reading, index, left)
    sizes = _sizes(reading.words, len(entries))
    found: list[Hypothesis] = []
    tries = sum(math.comb(len(entries), size) for size in sizes)
    weight = -math.log(min(1.0, max(1, tries) * ev.chance_of_amount(index, reading.currency, reading.amount) / 10))
    for size in sizes:
        sets = _sets_of(size, [e.signed for e in entries], reading.amount)
        found += [_hypothesis(reading, [entries[n] for n in places], len(entries), weight) for places in sets]
    found.sort(key=lambda h: (-h.score, h.parts))
    return [replace(h, combinations=_near(h, found)) for h in found[:_LISTED]]


def _near(hypothesis: Hypothesis, found: Sequence[Hypothesis]) -> int:
    """How many are about as good as this one or better."""
    return max(1, sum(1 for h in found if h.score > hypothesis.score - _CLEARLY_BETTER))


def _due_about(reading: Reading, index: Index, left: Sequence[int]) -> list[Entry]:
    booked = reading.booked
    if booked is None:
        return []
    near: list[tuple[int, int, Entry]] = []
    for entry in index.entries:
        item = entry.item
        due = item.due_date or item.issue_date
        if item.side is not Side.SUPPLIER or entry.signed > 0 or item.currency != reading.currency or due is None:
            continue
        if left[entry.place] < item.open_amount or abs(entry.signed) > abs(reading.amount):
            continue
        if _is_open_then(item.issue_date, due, booked):
            near.append((abs((booked - due).days), entry.place, entry))
    return [e for _, _, e in sorted(near)[:_MOST_ITEMS]]


def _is_open_then(issued: date | None, due: date, booked: date) -> bool:
    return (issued is None or issued <= booked) and due - _BEFORE_DUE <= booked <= due + _AFTER_DUE


def _sizes(words: str, available: int) -> list[int]:
    told = _COUNT.search(words)
    if told:
        count = int(told.group(1) or told.group(2))
        return [count] if 1 <= count <= min(_MOST_DOCUMENTS, available) else []
    return list(range(1, min(_MOST_DOCUMENTS - 1, available) + 1))


def _sets_of(size: int, amounts: Sequence[int], target: int) -> list[tuple[int, ...]]:
    """Sets of exactly `size` positions that make the target, cut into a lower and an upper half of positions."""
    lower, upper = size // 2, size - size // 2
    by_sum: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for places in combinations(range(len(amounts)), lower):
        by_sum[sum(amounts[n] for n in places)].append(places)
    found: list[tuple[int, ...]] = []
    for places in combinations(range(len(amounts)), upper):
        for first in by_sum.get(target - sum(amounts[n] for n in places), ()):
            if not first or first[-1] < places[0]:
                found.append(first + places)
                if len(found) >= _MOST_FOUND:
                    return found
    return found


def _hypothesis(reading: Reading, entries: Sequence[Entry], available: int, weight: float) -> Hypothesis:
    dates = [d for d in (ev.date_evidence(reading.booked, e) for e in entries) if d]
    mean = math.fsum(d.weight for d in dates) / len(dates) if dates else 0.0
    days = max((abs(int(d.facts["days"])) for d in dates), default=0)
    signs = (
        Evidence("remittance_text", _TEXT_WEIGHT),
        Evidence("sum_of_due", round(weight, 4), {"documents": str(len(entries)), "open": str(available)}),
        Evidence("date", round(mean * _DATE_SHARE * len(entries), 4), {"days": str(days)}),
    )
    parts = tuple(sorted((e.place, e.item.open_amount) for e in entries))
    return Hypothesis(parts, signs)
