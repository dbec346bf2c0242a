"""Several payments of one counterparty for one document: together, or with what came before, they make it whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.candidates import circumstances, patient
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.rates import named_parties
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.sets import find_sets

_MOST_PAYMENTS = 12
_MOST_INSTALMENTS = 6
_MOST_DOCUMENTS = 60
MOST_PARTIES_SEARCHED = 2_000
_PRIOR = -2.0
_MOST_WEIGHT = 7.0


def may_owe(reading: Reading, index: Index) -> tuple[int, ...]:
    """Whose documents a payment that found nothing of its own may settle with others: whom it names, in whole."""
    return tuple({*named_parties(reading, index)} | {index.entries[p].party for p in reading.references})


def instalments_of(
    party: int, theirs: Sequence[Reading], index: Index, left: Sequence[int]
) -> list[tuple[TransactionId, Hypothesis]]:
    """For a party's payments in the order of their days; `left` is what no surer payment has taken."""
    found: list[tuple[TransactionId, Hypothesis]] = []
    for place in index.by_party[party][-_MOST_DOCUMENTS:]:
        if left[place]:
            found += _completing(index.entries[place], theirs, index, left[place])
    return found


def _completing(
    entry: Entry, theirs: Sequence[Reading], index: Index, left: int
) -> Iterator[tuple[TransactionId, Hypothesis]]:
    issued = entry.item.issue_date
    fitting = [
        r
        for r in theirs
        if r.currency == entry.item.currency
        and r.amount * entry.signed > 0
        and abs(r.amount) <= left
        and (issued is None or r.booked is None or r.booked >= issued)
        and (not r.has_reference or entry.place in r.references)
    ][:_MOST_PAYMENTS]
    is_begun = left < entry.item.open_amount
    least = 1 if is_begun else 2
    sums = find_sets([abs(r.amount) for r in fitting], left, least)
    if sums.count != 1 or len(sums.sets[0]) > _MOST_INSTALMENTS:
        return
    tries = math.comb(len(fitting), len(sums.sets[0]))
    chance = ev.chance_of_amount(index, entry.item.currency, entry.signed)
    weight = round(_PRIOR + min(_MOST_WEIGHT, -math.log(min(1.0, tries * chance))), 4)
    facts = {
        "payments": str(len(sums.sets[0])),
        "amount": plain_amount(left, entry.item.currency),
        "currency": entry.item.currency,
    }
    sign = Evidence("rest" if is_begun and len(sums.sets[0]) == 1 else "completes", weight, facts)
    for place in sums.sets[0]:
        reading = fitting[place]
        signs = (*patient(circumstances(reading, entry, index)), sign)
        yield reading.id, Hypothesis(((entry.place, abs(reading.amount)),), signs, is_whole=False)
