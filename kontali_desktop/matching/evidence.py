"""Weights of evidence: natural logarithms of how much likelier a sign is if the proposal is right than if not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.matches import Evidence
from kontali_desktop.domain.money import decimals_of, plain_amount
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.names import EXACT, NEAR, PART, TYPO

HOPELESS_BY = 4.0  # odds of one in fifty, as a logarithm: less is not worth showing
KID_WEIGHT = 12.0
KID_IN_TEXT_WEIGHT = 10.0
SHORT_KID_WEIGHT = 6.0
_SHORT_KID = 6
KID_PARTY_WEIGHT = 7.0
ACCOUNT_WEIGHT = 6.5
NAME_WEIGHTS = {EXACT: 6.0, NEAR: 5.3, TYPO: 4.0, PART: 1.5}
NAME_IN_TEXT_LESS = 0.5
OTHER_NAME_WEIGHT = -2.5
OTHER_KNOWN_NAME_WEIGHT = -3.5
OTHER_ACCOUNT_WEIGHT = -1.5
OTHER_PURPOSE_WEIGHT = -4.0
OTHER_NUMBER_WEIGHT = -4.0
OTHER_KID_WEIGHT = -2.0
MOST_NUMBER_WEIGHT = 9.0
UNLABELLED_LESS = 1.0
DECOY_NUMBER_WEIGHT = 0.5
TYPO_NUMBER_WEIGHT = 2.5
_PART_NUMBER_LESS = 1.0
_NUMBER_LESS = 1.0  # not every payment names its number, and numbers of others lie in the same series
_ROUNDNESS = ((100_000, 120), (10_000, 300), (5_000, 500), (1_250, 1_000), (100, 2_500), (1, 12_000))
_AMOUNT_ALONE_MOST = 0.8
_COMPETING_MOST = 0.9
_INEXACT_MOST = 0.9  # a name and an amount that is only nearly right: often another document, that is not here
_INEXACT_SIGNALS = frozenset({"rounding", "fee", "reminder", "interest", "discount", "overpayment", "part_payment"})
_CAPS = {"sum_of_due": 0.95, "usual_rate": 0.99, "orders_named": 1.0}
_REFERENCE_SIGNALS = frozenset({"kid", "kid_in_text", "kid_typo", "number", "number_part", "number_typo"})
_PARTY_SIGNALS = frozenset({"counterparty", "counterparty_account", "counterparty_in_text", "kid_counterparty"})
MOST_DATE_WEIGHT = 0.8
_LATE, _VERY_LATE, _EARLY, _PREPAID = 45, 120, 40, 3


@dataclass(frozen=True, slots=True)
class PartySign:
    """What speaks for a counterparty in one transaction."""

    weight: float
    evidence: tuple[Evidence, ...]


def kid_evidence(kid: str, *, in_text: bool) -> Evidence:
    most = KID_IN_TEXT_WEIGHT if in_text else KID_WEIGHT
    weight = min(most, SHORT_KID_WEIGHT) if len(kid) < _SHORT_KID else most
    return Evidence("kid_in_text" if in_text else "kid", weight, {"kid": kid})


def number_evidence(digits: str, number: str, *, labelled: bool, other: bool, whole: bool) -> Evidence:
    """A number weighs what its length makes it: by chance this very one stands there once in all of that length."""
    if other:
        return Evidence("number", DECOY_NUMBER_WEIGHT, {"number": number, "context": "other"})
    weight = len(digits) * math.log(10) - _NUMBER_LESS - (0.0 if labelled else UNLABELLED_LESS)
    weight = max(0.5, min(MOST_NUMBER_WEIGHT, weight)) - (0.0 if whole else _PART_NUMBER_LESS)
    return Evidence("number" if whole else "number_part", round(weight, 4), {"number": number})


def chance_of_amount(index: Index, currency: str, signed: int) -> float:
    """How often an unrelated payment has this amount: by its share in these books, and by its roundness."""
    share = len(index.by_amount.get((currency, signed), ())) / (len(index.entries) + 1)
    roundness = next(1 / often for step, often in _ROUNDNESS if signed % step == 0)
    return min(0.5, max(share, roundness))


def amount_evidence(index: Index, entry: Entry) -> Evidence:
    item = entry.item
    if entry.place in index.amount_signs:
        return index.amount_signs[entry.place]
    alike = len(index.by_amount[item.currency, entry.signed])
    weight = -math.log(chance_of_amount(index, item.currency, entry.signed))
    facts = {"amount": plain_amount(item.open_amount, item.currency), "currency": item.currency, "alike": str(alike)}
    sign = Evidence("amount", round(weight, 4), facts)
    index.amount_signs[entry.place] = sign
    return sign


def difference_evidence(signal: str, weight: float, difference: int, currency: str) -> Evidence:
    return Evidence(signal, weight, {"difference": plain_amount(difference, currency), "currency": currency})


def date_evidence(booked: date | None, entry: Entry) -> Evidence | None:
    """Bookings lie about the due date; before the document was written there is nothing to pay."""
    item = entry.item
    if booked is None or (item.issue_date is None and item.due_date is None):
        return None
    if item.issue_date and booked < item.issue_date:
        days = (item.issue_date - booked).days
        return Evidence("before_issue", -1.5 if days <= _PREPAID else -5.0, {"days": str(days)})
    due = item.due_date or item.issue_date
    if due is None:
        return None
    days = (booked - due).days
    weight = MOST_DATE_WEIGHT - 0.02 * abs(days)
    if days > _VERY_LATE:
        weight = -2.5
    elif days > _LATE or days < -_EARLY:
        weight = -1.0
    return Evidence("date", round(weight, 4), {"days": str(days)})


def no_document_score(index: Index) -> float:
    """The weight that says nothing fits: even odds for a document at all, and each of them as likely as the next."""
    return math.log(2 * (len(index.entries) + 1))


def has_reference(evidence: Iterable[Evidence]) -> bool:
    return any(e.signal in _REFERENCE_SIGNALS and "context" not in e.facts for e in evidence)


def has_party(evidence: Iterable[Evidence]) -> bool:
    return any(e.signal in _PARTY_SIGNALS for e in evidence)


def cap_of(evidence: Iterable[Evidence]) -> float:
    """The highest confidence that the kind of evidence allows."""
    signs = tuple(evidence)
    kinds = {e.signal for e in signs}
    if "competing_payments" in kinds:
        return _COMPETING_MOST
    if "overpayment" in kinds:
        return _INEXACT_MOST
    if has_reference(signs):
        return 1.0
    if kinds & _INEXACT_SIGNALS:
        return _INEXACT_MOST
    if has_party(signs):
        return 1.0
    return max((_CAPS.get(e.signal, _AMOUNT_ALONE_MOST) for e in signs), default=_AMOUNT_ALONE_MOST)


def unit(currency: str) -> int:
    """One whole krone (euro …) in minor units."""
    return int(10 ** decimals_of(currency))
