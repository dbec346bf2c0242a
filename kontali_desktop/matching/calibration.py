"""From what the signs add up to, to a probability: of all proposals given at 0.9, nine in ten are right.

The numbers were fitted on made companies (`tests/benchmarks/matching`), kind of evidence by kind of evidence, and
checked on others. They are anonymous and the same for every client.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.calibration_table import FITTED
from kontali_desktop.matching.evidence import cap_of

_LEAST, _MOST = 0.0001, 0.9999
_REFERENCES = (
    ("kid", frozenset({"kid", "kid_in_text"})),
    ("number", frozenset({"number", "number_part", "kid_layout"})),
    ("typo", frozenset({"kid_typo", "number_typo"})),
)
_AMOUNTS = (
    ("currency", frozenset({"stated_amount", "stated_rate", "rate"})),
    ("rate", frozenset({"rate_of_the_day"})),
    ("set", frozenset({"only_combination", "several_combinations", "too_many_combinations"})),
    ("completes", frozenset({"completes", "rest"})),
    ("part", frozenset({"part_payment"})),
    ("over", frozenset({"overpayment"})),
    ("close", frozenset({"rounding", "fee", "reminder", "interest", "discount"})),
)
_AGAINST = frozenset({"other_number", "other_reference", "other_kid", "other_purpose", "before_issue"})
_NAMED = frozenset(
    {"learnt_payer", "learnt_text", "counterparty", "counterparty_account", "counterparty_in_text", "kid_counterparty"}
)


def kind_of(evidence: Iterable[Evidence]) -> str:
    """What kind of evidence it is, as the fitted numbers know it."""
    kinds = {e.signal for e in evidence if "context" not in e.facts}
    if "settlement_text" in kinds:
        return _payout_kind(kinds)
    if "sum_of_due" in kinds:
        return "remittance" if "remittance_text" in kinds else "remittance unsaid"
    reference = next((name for name, signals in _REFERENCES if kinds & signals), "none")
    amount = next((name for name, signals in _AMOUNTS if kinds & signals), "exact")
    if reference == "none" and "rate" in kinds:
        amount = "possible"
    party = "named" if kinds & _NAMED else "stranger" if "other_counterparty" in kinds else "silent"
    return f"{reference} {amount} {party}{_extra(kinds)}"


def _extra(kinds: set[str]) -> str:
    if "already_paid" in kinds:
        return " again"
    if "competing_payments" in kinds:
        return " competing"
    return " against" if kinds & _AGAINST else ""


def _payout_kind(kinds: set[str]) -> str:
    if "orders_named" in kinds:
        return "payout named"
    if "usual_rate" not in kinds:
        return "payout odd"
    return "payout rival" if "other_run_fits" in kinds else "payout usual"


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each kind (intercept, slope, most), on the log odds; kinds without numbers stay as they are."""

    shapes: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    def probability(self, raw: float, evidence: Sequence[Evidence], combinations: int) -> float:
        """Never above what the kind of evidence allows, nor above the share of `combinations` equally good ones."""
        raw = min(_MOST, max(_LEAST, raw))
        intercept, slope, most = self.shapes.get(kind_of(evidence), (0.0, 1.0, _MOST))
        odds = intercept + slope * math.log(raw / (1 - raw))
        return min(1 / (1 + math.exp(-odds)), most, cap_of(evidence), 1 / combinations)


FITTED_CALIBRATION = Calibration(FITTED)
