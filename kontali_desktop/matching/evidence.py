"""Weights of evidence: natural logarithms of how much likelier a sign is if the proposal is right than if not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kontali_desktop.domain.matches import Evidence
from kontali_desktop.domain.money import decimals_of, plain_amount
from kontali_desktop.matching.habits import NO_HABIT
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.names import EXACT, NEAR, PART, TYPO
from kontali_desktop.matching.tokens import Atom

HOPELESS_BY = 4.0  # odds of one in fifty, as a logarithm: less is not worth showing
KID_WEIGHT = 12.0
KID_IN_TEXT_WEIGHT = 10.0
SHORT_KID_WEIGHT = 6.0
_SHORT_KID = 6
KID_LAYOUT_WEIGHT = 7.0  # the check digit is right, and an invoice has the number that stands where it should
_NAME_LESS = {EXACT: 0.0, NEAR: 0.7, TYPO: 2.0, PART: 4.5}
_NAME_SHARE = 27.0  # four in five name the payer; three in a hundred lines name a party and pay for nothing known
_LEAST_NAME, _MOST_NAME = 5.5, 9.5
ACCOUNT_MORE = 0.5
LEARNT_LESS = 2.0  # once decided says less than decided again and again
NAME_IN_TEXT_LESS = 0.5
NAME_TOO = 1.0  # the name of a party that its account has told already
OTHER_NAME_WEIGHT = -2.5
OTHER_KNOWN_NAME_WEIGHT = -3.5
OTHER_PURPOSE_WEIGHT = -4.0
OTHER_NUMBER_WEIGHT = -6.5
CUT_LIST_WEIGHT = -1.0  # the text names more than can be read
STRAY_NUMBER_WEIGHT = -1.0
OTHER_KID_WEIGHT = -2.0
MOST_NUMBER_WEIGHT = 11.0
_NAMES_NUMBER = 0.6  # how many of the payments with an invoice name its number
_ANY_NUMBER, _OTHERS_NUMBER = 0.2, 0.02  # how many lines name some other number, and another invoice's
_LABEL_MORE, _VAGUE_LESS = 1.4, 3.5
DECOY_NUMBER_WEIGHT = 0.5
TYPO_NUMBER_WEIGHT = 2.5
_PART_NUMBER_LESS = 1.0
_ROUNDNESS = ((100_000, 120), (10_000, 300), (5_000, 500), (1_250, 1_000), (100, 2_500), (1, 12_000))
_AMOUNT_ALONE_MOST = 0.8
_MOST_WITH = {
    "competing_payments": 0.9,
    "already_paid": 0.95,
    "no_name_out": 0.95,  # nothing says that it is several payments
    "other_number": 0.85,  # the text names one that is not here
    "overpayment": 0.9,
}
_INEXACT_MOST = 0.9  # a name and an amount that is only nearly right: often another document, that is not here
_POSSIBLE_RATE_MOST = 0.9  # nothing tells what the document cost in the payment's currency
_INEXACT_SIGNALS = frozenset({"rounding", "fee", "reminder", "interest", "discount", "overpayment"})
_CAPS = {"sum_of_due": 1.0, "usual_rate": 1.0, "settlement_fee": 0.99, "orders_named": 1.0}
_REFERENCE_SIGNALS = frozenset({"kid", "kid_in_text", "kid_typo", "kid_layout", "number", "number_part", "number_typo"})
_TYPO_SIGNALS = frozenset({"kid_typo", "number_typo"})
_PARTY_SIGNALS = frozenset(
    {"learnt_payer", "learnt_text", "counterparty", "counterparty_account", "counterparty_in_text", "kid_counterparty"}
)
MOST_DATE_WEIGHT, _LEAST_DATE = 2.6, -3.5
_LATENESS = ((0.7, 5.0), (0.25, 20.0), (0.05, 60.0))  # shares of the payments, and how many days they stray
_PREPAID, _NOT_WRITTEN = 3, -12.0


@dataclass(frozen=True, slots=True)
class PartySign:
    """What speaks for a counterparty in one transaction."""

    weight: float
    evidence: tuple[Evidence, ...]


def kid_evidence(kid: str, index: Index, *, in_text: bool) -> Evidence:
    """A KID of many documents tells the customer, no more."""
    is_shared = len(index.by_kid.get(kid, ())) > 1
    most = name_weight(index) if is_shared else KID_IN_TEXT_WEIGHT if in_text else KID_WEIGHT
    weight = min(most, SHORT_KID_WEIGHT) if len(kid) < _SHORT_KID else most
    return Evidence("kid_in_text" if in_text else "kid", weight, {"kid": kid})


def number_evidence(digits: str, number: str, index: Index, atom: Atom, *, whole: bool) -> Evidence:
    """A number weighs by how seldom it stands in a text that does not mean it: long ones, and ones called invoice."""
    if atom.is_other:
        return Evidence("number", DECOY_NUMBER_WEIGHT, {"number": number, "context": "other"})
    chance = _ANY_NUMBER / (9 * 10 ** (len(digits) - 1)) + _OTHERS_NUMBER / (index.size + 1)
    weight = math.log(_NAMES_NUMBER / chance) + (
        _LABEL_MORE if atom.is_labelled else -_VAGUE_LESS if atom.is_vague else 0.0
    )
    weight = max(0.5, min(MOST_NUMBER_WEIGHT, weight)) - (0.0 if whole else _PART_NUMBER_LESS)
    return Evidence("number" if whole else "number_part", round(weight, 4), {"number": number})


def chance_of_amount(index: Index, currency: str, signed: int) -> float:
    """How often an unrelated payment has this amount: by its share in these books, and by its roundness."""
    share = len(index.by_amount.get((currency, signed), ())) / (index.size + 1)
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


def name_weight(index: Index, level: float = EXACT) -> float:
    """A name weighs more among a thousand counterparties than among ten."""
    most = min(_MOST_NAME, max(_LEAST_NAME, math.log(_NAME_SHARE * max(1, index.party_count))))
    return round(most - _NAME_LESS[level], 4)


def date_evidence(booked: date | None, entry: Entry, index: Index) -> Evidence | None:
    """Bookings lie about the due date, and may lie anywhere in these books' days if the two have nothing in common."""
    item = entry.item
    if booked is None or (item.issue_date is None and item.due_date is None):
        return None
    if item.issue_date and booked < item.issue_date:
        days = (item.issue_date - booked).days
        return Evidence("before_issue", -1.5 if days <= _PREPAID else _NOT_WRITTEN, {"days": str(days)})
    due = item.due_date or item.issue_date
    if due is None:
        return None
    days = (booked - due).days
    usual = index.habits.get(entry.party, NO_HABIT).days_late
    return Evidence("date", date_weight(days - usual, index.span_days), {"days": str(days)})


@lru_cache(maxsize=4096)
def date_weight(days: int, span: int) -> float:
    density = math.fsum(share / (2 * scale) * math.exp(-abs(days) / scale) for share, scale in _LATENESS)
    return round(max(_LEAST_DATE, min(MOST_DATE_WEIGHT, math.log(density * span))), 4)


def no_document_score(index: Index) -> float:
    """The weight that says nothing fits: even odds for a document at all, and each of them as likely as the next."""
    return math.log(2 * (index.size + 1))


def has_reference(evidence: Iterable[Evidence]) -> bool:
    return any(e.signal in _REFERENCE_SIGNALS and "context" not in e.facts for e in evidence)


def has_party(evidence: Iterable[Evidence]) -> bool:
    return any(e.signal in _PARTY_SIGNALS for e in evidence)


def cap_of(evidence: Sequence[Evidence]) -> float:
    """The highest confidence that the kind of evidence allows."""
    kinds = {e.signal for e in evidence}
    most = min((_MOST_WITH[k] for k in kinds if k in _MOST_WITH), default=1.0)
    if has_reference(evidence) and not (kinds & _INEXACT_SIGNALS and _is_typo(kinds)):
        return most
    if "rate" in kinds:
        return min(most, _POSSIBLE_RATE_MOST)
    if kinds & _INEXACT_SIGNALS:
        return min(most, _INEXACT_MOST)
    if has_party(evidence):
        return most
    return min(most, max((_CAPS.get(k, _AMOUNT_ALONE_MOST) for k in kinds), default=_AMOUNT_ALONE_MOST))


def _is_typo(kinds: set[str]) -> bool:
    """Whether no number is quite right."""
    return bool(kinds & _TYPO_SIGNALS) and not kinds & (_REFERENCE_SIGNALS - _TYPO_SIGNALS)


def unit(currency: str) -> int:
    """One whole krone (euro …) in minor units."""
    return int(10 ** decimals_of(currency))
