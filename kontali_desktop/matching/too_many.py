"""Lines that may be so many things that none of them is likely: one of them is shown, and that there are too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.candidates import weigh
from kontali_desktop.matching.hypothesis import Hypothesis, order_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading

_MANY_SETS = 100
_MANY_ALIKE = 1_000
_LEAST_CONFIDENCE, _MOST_CONFIDENCE = 0.0001, 0.01
_SAID = frozenset({"too_many_combinations", "several_combinations", "only_combination"})


def one_of_sets(found: Iterable[Hypothesis]) -> Hypothesis | None:
    """The likeliest of sets that are hundreds."""
    many = [h for h in found if h.combinations >= _MANY_SETS and len(h.parts) > 1 and _is_told(h)]
    if not many:
        return None
    best = min(many, key=order_of)
    facts = next((e.facts for e in best.evidence if "open" in e.facts), {})
    return _one(best, best.combinations, facts | {"combinations": str(best.combinations)})


def one_of_equals(reading: Reading, index: Index) -> Hypothesis | None:
    """The oldest of thousands of documents of this very amount, where nothing but the amount tells of any."""
    alike = index.by_amount.get((reading.currency, reading.amount), [])
    if len(alike) < _MANY_ALIKE or reading.references or reading.parties:
        return None
    best = weigh(reading, index.entries[alike[0]], index)
    facts = {"documents": "1", "open": str(len(alike)), "combinations": str(len(alike))}
    return _one(best, len(alike), facts) if best else None


def _is_told(hypothesis: Hypothesis) -> bool:
    """Nothing says that a purchase is a sum of invoices."""
    return all(e.signal != "no_name_out" for e in hypothesis.evidence)


def confidence_of(one: Hypothesis) -> float:
    return max(_LEAST_CONFIDENCE, min(_MOST_CONFIDENCE, 1 / one.combinations))


def _one(best: Hypothesis, combinations: int, facts: dict[str, str]) -> Hypothesis:
    weight = next((e.weight for e in best.evidence if e.signal in _SAID), 0.0)
    signs = tuple(e for e in best.evidence if e.signal not in _SAID)
    return replace(
        best,
        evidence=(*signs, Evidence("too_many_combinations", weight, facts)),
        combinations=combinations,
    )
