"""Several documents for one transaction: those its text names, and sums of one counterparty's open items."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.candidates import circumstances
from kontali_desktop.matching.differences import explain
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.names import PART
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.sets import MOST_ITEMS, find_sets

_MOST_NAMED = 60
_MOST_PARTIES = 3
_MOST_OF_A_PARTY = 150
_NAMED_SET_MOST = 14.0
_AMOUNT_OF_NAMED = 4.0
_EARLIEST_AFTER = timedelta(days=3)
_SETTLEMENT_FEE_LEAST, _SETTLEMENT_FEE_MOST = 0.002, 0.06
_SETTLEMENT_FEE_WEIGHT = 2.0
_NAMED_PART_WEIGHT = -2.0


def named_sets(reading: Reading, index: Index) -> list[Hypothesis]:
    """The documents named in the text taken together; where they do not add up, the part of them that does."""
    entries = _named(reading, index)
    if len(entries) < 2:  # noqa: PLR2004 - one document is no set
        return []
    told = [e for e in entries if reading.references[e.place].weight > ev.DECOY_NUMBER_WEIGHT]
    for group in (told, entries):
        if len(group) > 1:
            whole = _weigh_named(reading, group)
            if whole:
                return [whole]
    found = find_sets([e.signed for e in entries], reading.amount)
    sets = [_set(reading, [entries[n] for n in places], found.count) for places in found.sets]
    return sets or _part_of_named(reading, told, index)


def _named(reading: Reading, index: Index) -> list[Entry]:
    """One side's named documents in this currency; of two with the same number, the one of the payer's."""
    entries = [index.entries[p] for p in sorted(reading.references)][:_MOST_NAMED]
    sides = {e.item.side for e in entries if e.signed * reading.amount > 0}
    fitting = [e for e in entries if e.item.side in sides and e.item.currency == reading.currency]
    by_number: dict[str, list[Entry]] = {}
    for entry in fitting:
        by_number.setdefault(entry.item.number, []).append(entry)
    chosen: list[Entry] = []
    for alike in by_number.values():
        mine = [e for e in alike if e.party in reading.parties]
        chosen += mine or alike
    return sorted(chosen, key=lambda e: e.place)


def _weigh_named(reading: Reading, entries: Sequence[Entry]) -> Hypothesis | None:
    total = sum(e.signed for e in entries)
    if total == reading.amount:
        return _set(reading, entries, 1)
    if total * reading.amount <= 0:
        return None
    difference = reading.amount - total
    paid, owed = abs(reading.amount), abs(total)
    why = explain(paid, owed, reading.currency, reading.booked, entries[0].item.due_date)
    if why:
        sign = ev.difference_evidence(str(why.reason), why.weight, difference, reading.currency)
        return _set(reading, entries, 1, (sign, difference, why.reason))
    if reading.amount > 0 and _SETTLEMENT_FEE_LEAST <= (owed - paid) / owed <= _SETTLEMENT_FEE_MOST:
        sign = ev.difference_evidence("settlement_fee", _SETTLEMENT_FEE_WEIGHT, difference, reading.currency)
        return _set(reading, entries, 1, (sign, difference, DifferenceReason.FEE))
    return None


def _set(
    reading: Reading,
    entries: Sequence[Entry],
    count: int,
    explained: tuple[Evidence, int, DifferenceReason] | None = None,
) -> Hypothesis:
    signs = _named_signs(reading, entries)
    if explained is None:
        facts = {"amount": plain_amount(abs(reading.amount), reading.currency), "documents": str(len(entries))}
        signs.append(Evidence("sum", _AMOUNT_OF_NAMED, facts))
        difference, reason = 0, None
    else:
        sign, difference, reason = explained
        signs.append(sign)
    parts = tuple((e.place, e.item.open_amount) for e in entries)
    return Hypothesis(parts, tuple(signs), difference, reason, combinations=max(1, count))


def _named_signs(reading: Reading, entries: Sequence[Entry]) -> list[Evidence]:
    """Every named number is shown; together they weigh no more than a KID and a little."""
    references = [reading.references[e.place] for e in entries]
    total = sum(r.weight for r in references)
    scale = min(1.0, _NAMED_SET_MOST / total) if total > 0 else 1.0
    signs = [Evidence(r.signal, round(r.weight * scale, 4), r.facts) for r in references]
    return signs + [e for e in circumstances(reading, entries[0]) if e is not reading.references[entries[0].place]]


def _part_of_named(reading: Reading, entries: Sequence[Entry], index: Index) -> list[Hypothesis]:
    """Less than the named documents: the oldest are settled first, the last one in part."""
    total = sum(e.signed for e in entries)
    if len(entries) < 2 or total * reading.amount <= 0 or abs(total) < abs(reading.amount):  # noqa: PLR2004 - one is no set
        return []
    if any(e.signed * reading.amount < 0 for e in entries):
        return []
    left, parts = abs(reading.amount), []
    for entry in sorted(entries, key=lambda e: (e.item.due_date or e.item.issue_date or reading.booked, e.place)):
        amount = min(left, entry.item.open_amount)
        if amount:
            parts.append((entry.place, amount))
        left -= amount
    signs = _named_signs(reading, [index.entries[p] for p, _ in parts])
    sign = Evidence("part_payment", _NAMED_PART_WEIGHT, {"amount": plain_amount(abs(reading.amount), reading.currency)})
    return [Hypothesis(tuple(parts), (*signs, sign))] if len(parts) > 1 else []


def party_sums(reading: Reading, index: Index, left: Sequence[int]) -> list[Hypothesis]:
    """Sets of one counterparty's open items that make the amount; `left` is what no surer payment has taken."""
    found: list[Hypothesis] = []
    strongest = sorted(reading.parties.items(), key=lambda p: (-p[1].weight, p[0]))[:_MOST_PARTIES]
    for party, sign in strongest:
        if sign.weight > ev.NAME_WEIGHTS[PART]:
            found += _sums_of(reading, party, index, left)
    return found


def _sums_of(reading: Reading, party: int, index: Index, left: Sequence[int]) -> list[Hypothesis]:
    entries = _open_at(reading, [index.entries[p] for p in index.by_party[party][-_MOST_OF_A_PARTY:]], left)
    found: list[Hypothesis] = []
    for side in sorted({e.item.side for e in entries}):
        mine = [e for e in entries if e.item.side is side][-MOST_ITEMS:]
        if len(mine) > 1:
            found += _sums_of_side(reading, mine, index)
    return found


def _sums_of_side(reading: Reading, mine: list[Entry], index: Index) -> list[Hypothesis]:
    sums = find_sets([e.signed for e in mine], reading.amount)
    hypotheses = []
    for places in sums.sets:
        chosen = [mine[n] for n in places]
        tries = len(mine) if places == tuple(range(len(places))) else math.comb(len(mine), len(places)) * 2
        weight = -math.log(min(1.0, tries * ev.chance_of_amount(index, reading.currency, reading.amount)))
        signal = "only_combination" if sums.count == 1 else "several_combinations"
        facts = {"documents": str(len(places)), "open": str(len(mine)), "combinations": str(sums.count)}
        signs = (*circumstances(reading, chosen[-1]), Evidence(signal, weight, facts))
        parts = tuple((e.place, e.item.open_amount) for e in chosen)
        hypotheses.append(Hypothesis(parts, signs, combinations=sums.count))
    return hypotheses


def _open_at(reading: Reading, entries: Sequence[Entry], left: Sequence[int]) -> list[Entry]:
    """What was written before the payment and is wholly free, oldest first."""
    latest = reading.booked + _EARLIEST_AFTER if reading.booked else None
    fitting = [
        e
        for e in entries
        if e.item.currency == reading.currency
        and left[e.place] == e.item.open_amount
        and (latest is None or e.item.issue_date is None or e.item.issue_date <= latest)
    ]
    return sorted(fitting, key=lambda e: (str(e.item.due_date or e.item.issue_date or ""), e.place))
