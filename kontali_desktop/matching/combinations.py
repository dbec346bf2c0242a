"""Several documents for one transaction: those its text names, and sums of one counterparty's open items."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kontali_desktop.domain.documents import DocumentKind
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.candidates import circumstances
from kontali_desktop.matching.cut_lists import completing
from kontali_desktop.matching.differences import explain
from kontali_desktop.matching.habits import NO_HABIT
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.names import PART
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.sets import MOST_ITEMS, SetSearch, find_sets, work_for
from kontali_desktop.matching.settlements import says_settlement

_MOST_NAMED = 60
_MOST_PARTIES = 3
_MOST_OF_A_PARTY = 150
_NAMED_SET_MOST = 14.0
_AMOUNT_OF_NAMED = 4.0
_EARLIEST_AFTER = timedelta(days=3)
_NAMED_PART_WEIGHT, _STRANGE_PART_WEIGHT = -4.0, -9.0
_SET_WEIGHT = -1.0  # payments of several documents are a few in a hundred
_ALL_WEIGHT, _RUN_WEIGHT, _ANY_WEIGHT = -1.0, -1.4, -1.4
_CLEARLY_BETTER = 4.0
_TOO_MANY = 1_000
_PAIR = 2
_CUT_NUMBER_WEIGHT = 2.0
_TYPOS = frozenset({"kid_typo", "number_typo"})


def named_sets(reading: Reading, index: Index) -> list[Hypothesis]:
    """The documents named in the text taken together; where they do not add up, the part of them that does."""
    is_list = len(reading.references) >= _PAIR or reading.tail is not None
    entries = _named(reading, index) if is_list else []
    completed = _completed(reading, entries, index)
    if completed or len(entries) < _PAIR:
        return completed
    told = [e for e in entries if reading.references[e.place].weight > ev.DECOY_NUMBER_WEIGHT]
    for group in (told, entries):
        if len(group) > 1:
            whole = _weigh_named(reading, group, index)
            if whole:
                return [whole]
    found = find_sets([e.signed for e in entries], reading.amount, are_named=True)
    sets = [_set(reading, [entries[n] for n in places], found.count, index) for places in found.sets]
    return sets or ([] if says_settlement(reading) else _part_of_named(reading, told, index))


def _completed(reading: Reading, entries: Sequence[Entry], index: Index) -> list[Hypothesis]:
    """Where the text is cut off in its list of numbers: those it names, and one more that makes up the amount."""
    told = [e for e in entries if reading.references[e.place].weight > ev.DECOY_NUMBER_WEIGHT]
    if not told or reading.tail is None:
        return []
    missing = reading.amount - sum(e.signed for e in told)
    found = [e for e in completing(told, missing, reading.tail, index) if not _is_written_later(reading, e)]
    sets = []
    for entry in found:
        sign = Evidence("number_part", _CUT_NUMBER_WEIGHT, {"number": entry.item.number})
        whole = replace(reading, references={**reading.references, entry.place: sign})
        sets.append(_set(whole, [*told, entry], len(found), index))
    return sets


def _named(reading: Reading, index: Index) -> list[Entry]:
    """One side's named documents in this currency; of two with the same number, the one of the payer's."""
    told = [p for p, s in sorted(reading.references.items()) if s.signal not in _TYPOS] or sorted(reading.references)
    entries = [index.entries[p] for p in told[:_MOST_NAMED]]
    entries = [e for e in entries if not _is_written_later(reading, e) and not _shares_kid(reading, e, index)]
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


def _shares_kid(reading: Reading, entry: Entry, index: Index) -> bool:
    """A KID of many documents names the customer, not each of them."""
    kid = reading.references[entry.place].facts.get("kid", "")
    return bool(kid) and len(index.by_kid.get(kid, ())) > 1


def _is_written_later(reading: Reading, entry: Entry) -> bool:
    issued = entry.item.issue_date
    return bool(reading.booked and issued and issued > reading.booked + _EARLIEST_AFTER)


def _weigh_named(reading: Reading, entries: Sequence[Entry], index: Index) -> Hypothesis | None:
    total = sum(e.signed for e in entries)
    if total == reading.amount:
        return _set(reading, entries, 1, index)
    if total * reading.amount <= 0:
        return None
    difference = reading.amount - total
    paid, owed = abs(reading.amount), abs(total)
    why = explain(paid, owed, reading.currency, reading.booked, entries[0].item.due_date)
    if why:
        sign = ev.difference_evidence(str(why.reason), why.weight, difference, reading.currency)
        return _set(reading, entries, 1, index, (sign, difference, why.reason))
    return None


def _set(
    reading: Reading,
    entries: Sequence[Entry],
    count: int,
    index: Index,
    explained: tuple[Evidence, int, DifferenceReason] | None = None,
) -> Hypothesis:
    signs = _named_signs(reading, entries, index)
    if explained is None:
        facts = {"amount": plain_amount(abs(reading.amount), reading.currency), "documents": str(len(entries))}
        signs.append(Evidence("sum", _AMOUNT_OF_NAMED, facts))
        difference, reason = 0, None
    else:
        sign, difference, reason = explained
        signs.append(sign)
        if reading.tail is not None:
            signs.append(Evidence("other_number", ev.CUT_LIST_WEIGHT))
    parts = tuple(sorted((e.place, e.item.open_amount) for e in entries))
    return Hypothesis(parts, tuple(signs), difference, reason, combinations=max(1, count))


def _named_signs(reading: Reading, entries: Sequence[Entry], index: Index) -> list[Evidence]:
    """Every named number is shown; together they weigh no more than a KID and a little."""
    references = [reading.references[e.place] for e in entries]
    total = sum(r.weight for r in references)
    scale = min(1.0, _NAMED_SET_MOST / total) if total > 0 else 1.0
    signs = [Evidence(r.signal, round(r.weight * scale, 4), r.facts) for r in references]
    return signs + [
        e for e in circumstances(reading, entries[0], index) if e is not reading.references[entries[0].place]
    ]


def _part_of_named(reading: Reading, entries: Sequence[Entry], index: Index) -> list[Hypothesis]:
    """Less than the named documents: the oldest are settled first, the last one in part."""
    total = sum(e.signed for e in entries)
    if len(entries) < _PAIR or total * reading.amount <= 0 or abs(total) < abs(reading.amount):
        return []
    if any(e.signed * reading.amount < 0 for e in entries):
        return []
    left, parts = abs(reading.amount), []
    for entry in sorted(entries, key=lambda e: (e.item.due_date or e.item.issue_date or reading.booked, e.place)):
        amount = min(left, entry.item.open_amount)
        if amount:
            parts.append((entry.place, amount))
        left -= amount
    signs = _named_signs(reading, [index.entries[p] for p, _ in parts], index)
    is_theirs = all(index.entries[p].party in reading.parties for p, _ in parts) or not reading.parties
    weight = _NAMED_PART_WEIGHT if is_theirs else _STRANGE_PART_WEIGHT
    sign = Evidence("part_payment", weight, {"amount": plain_amount(abs(reading.amount), reading.currency)})
    return [Hypothesis(tuple(parts), (*signs, sign))] if len(parts) > 1 else []


def party_sums(reading: Reading, index: Index, left: Sequence[int], search: SetSearch) -> list[Hypothesis]:
    """Sets of one counterparty's open items that make the amount; `left` is what no surer payment has taken."""
    found: list[Hypothesis] = []
    for party in _likely_payers(reading, index):
        found += _sums_of(reading, party, index, left, search)
    return found


def work_of_sums(reading: Reading, index: Index) -> int:
    """How dear `party_sums` may be; the same whatever is free."""
    return sum(work_for(min(MOST_ITEMS, len(index.by_party[p]))) for p in _likely_payers(reading, index))


def _likely_payers(reading: Reading, index: Index) -> list[int]:
    strongest = sorted(reading.parties.items(), key=lambda p: (-p[1].weight, p[0]))[:_MOST_PARTIES]
    least = ev.name_weight(index, PART)
    return [p for p, sign in strongest if sign.weight > least or p in reading.kid_parties]


def _sums_of(reading: Reading, party: int, index: Index, left: Sequence[int], search: SetSearch) -> list[Hypothesis]:
    entries = _open_at(reading, [index.entries[p] for p in index.by_party[party][-_MOST_OF_A_PARTY:]], left)
    found: list[Hypothesis] = []
    for side in sorted({e.item.side for e in entries}):
        mine = [e for e in entries if e.item.side is side][-MOST_ITEMS:]
        if len(mine) > 1:
            found += _sums_of_side(reading, mine, index, search)
    return found


def _sums_of_side(reading: Reading, mine: list[Entry], index: Index, search: SetSearch) -> list[Hypothesis]:
    sums = search.find([e.signed for e in mine], reading.amount)
    named = {n for n, e in enumerate(mine) if has_told_reference(reading, e)}
    if named:  # what the text names belongs to the set
        fitting = tuple(s for s in sums.sets if named <= set(s))
        sums = replace(sums, sets=fitting, count=len(fitting))
    coincidence = -math.log(ev.chance_of_amount(index, reading.currency, reading.amount))
    usual = _SET_WEIGHT + index.habits.get(mine[0].party, NO_HABIT).in_sums
    weighed = [(usual + coincidence + _likelihood(places, mine), places) for places in sums.sets]
    best = max((weight for weight, _ in weighed), default=0.0)
    shown = sum(1 for weight, _ in weighed if weight > best - _CLEARLY_BETTER)
    unseen = sums.count - len(sums.sets)
    count = shown + (unseen if weighed and weighed[-1][0] > best - _CLEARLY_BETTER else 0)
    if not sums.is_complete and not _is_plain(weighed, best, len(mine)):
        count = max(count, _TOO_MANY)
    return [
        _sum_hypothesis(reading, [mine[n] for n in places], _sum_sign(weight, places, count, len(mine)), index)
        for weight, places in weighed
    ]


def _is_plain(weighed: Sequence[tuple[float, tuple[int, ...]]], best: float, available: int) -> bool:
    """Whether the best set is so plain (all that is open, or the first of it) that unseen ones cannot be as good."""
    chosen = next((places for weight, places in weighed if weight == best), ())
    return len(chosen) > 1 and chosen == tuple(range(len(chosen))) and len(chosen) * 4 >= available


def _likelihood(places: tuple[int, ...], mine: Sequence[Entry]) -> float:
    """How often people pay just this set of what is open: all, the first, a run, an invoice and its credit note."""
    count = len(mine)
    if len(places) == count:
        return _ALL_WEIGHT
    if places[-1] - places[0] == len(places) - 1:
        return _RUN_WEIGHT - (math.log(count) if places[0] == 0 else 2 * math.log(count))
    notes = [n for n, e in enumerate(mine) if e.item.kind is DocumentKind.CREDIT_NOTE]
    if len(places) == _PAIR and sum(n in notes for n in places) == 1:
        return _RUN_WEIGHT - math.log(len(notes) * (count - len(notes)))
    return _ANY_WEIGHT - math.log(math.comb(count, len(places)))


def _sum_sign(weight: float, places: tuple[int, ...], count: int, available: int) -> Evidence:
    facts = {"documents": str(len(places)), "open": str(available), "combinations": str(count)}
    if count >= _TOO_MANY:
        return Evidence("too_many_combinations", round(weight, 4), facts)
    return Evidence("only_combination" if count == 1 else "several_combinations", round(weight, 4), facts)


def _sum_hypothesis(reading: Reading, chosen: list[Entry], sign: Evidence, index: Index) -> Hypothesis:
    likeliest = max(chosen, key=lambda e: (_date_weight(reading, e, index), -e.place))
    signs = (*circumstances(reading, likeliest, index), sign)
    parts = tuple((e.place, e.item.open_amount) for e in chosen)
    return Hypothesis(parts, signs, combinations=int(sign.facts["combinations"]))


def has_told_reference(reading: Reading, entry: Entry) -> bool:
    """Whether the text names just this document."""
    reference = reading.references.get(entry.place)
    return reference is not None and reference.signal in ("number", "number_part") and "context" not in reference.facts


def _date_weight(reading: Reading, entry: Entry, index: Index) -> float:
    sign = ev.date_evidence(reading.booked, entry, index)
    return sign.weight if sign else 0.0


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
