"""Bank lines that are sums, with their parts known: each part is matched as a payment of its own, then put together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kontali_desktop.domain.bank import BankTransaction, ReportedTransaction
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence, Proposal, ProposalKind, expected_difference
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.hypothesis import lines_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.scale import Weighed

_MOST_ALTERNATIVES = 9
_WITHOUT_DOCUMENT_MOST = 0.5  # a payment in the sum that has no document may have one that was not found
_BEYOND_DOUBT = 0.999
_MIXED_MOST = 0.9  # two reasons at once make one difference that a person must split
_MOST_COMBINATIONS = 1_000_000
# Parts come after every line, in the order of their lines; what is decided of one line renumbers no other's.
_FIRST_PART, _MOST_PARTS = 2**64, 2**32


@dataclass(frozen=True, slots=True)
class OpenedSum:
    """A bank line with its payments as transactions of their own; `fees` is what the provider kept, signed."""

    transaction: BankTransaction
    payments: tuple[BankTransaction, ...]
    fees: int


def open_line(line: BankTransaction, parts: Sequence[PaymentPart]) -> BankTransaction | OpenedSum:
    """Parts that do not add up to their line are not used; one part alone only adds what it knows to the line."""
    if not parts or sum(p.amount for p in parts) != line.reported.amount:
        return line
    if len(parts) == 1:
        return replace(line, reported=_with_clues(line.reported, parts[0]))
    paid = [p for p in parts if p.kind is PartKind.PAYMENT and p.amount]
    first = _FIRST_PART + line.id * _MOST_PARTS
    payments = tuple(_payment(line, p, TransactionId(first + n)) for n, p in enumerate(paid))
    return OpenedSum(line, payments, line.reported.amount - sum(p.amount for p in paid))


def _with_clues(reported: ReportedTransaction, part: PaymentPart) -> ReportedTransaction:
    words = [reported.text, part.text if part.text not in reported.text else ""]
    return replace(
        reported,
        counterparty=reported.counterparty or part.counterparty,
        counterparty_account=reported.counterparty_account or part.counterparty_account,
        kid=reported.kid or part.kid,
        text=" ".join(w for w in words if w),
    )


def _payment(line: BankTransaction, part: PaymentPart, new_id: TransactionId) -> BankTransaction:
    reported = ReportedTransaction(
        status=line.reported.status,
        booking_date=line.reported.booking_date,
        value_date=line.reported.value_date,
        amount=part.amount,
        currency=line.reported.currency,
        counterparty=part.counterparty,
        counterparty_account=part.counterparty_account,
        kid=part.kid,
        text=" ".join(w for w in (part.text, part.reference if part.reference not in part.text else "") if w),
    )
    return BankTransaction(new_id, line.account_id, line.ordinal, reported)


def proposals_of_sum(opened: OpenedSum, contest: Contest) -> list[Proposal]:
    """The documents of all parts together, then the same with the least sure part given its next best."""
    ranked = {
        p.id: [w for w in contest.ranked(p.id) if _is_in_currency(w, opened, contest.index)] for p in opened.payments
    }
    chosen = {p.id: ranked[p.id][0] for p in opened.payments if p.id in contest.chosen and ranked[p.id]}
    first = _together(opened, list(chosen.values()), contest.index)
    if first is None:
        return []
    found = {first.key: first}
    for payment_id in sorted(ranked, key=lambda i: (chosen[i].confidence if i in chosen else 0.0, i)):
        for other in ranked[payment_id][1:] if payment_id in chosen else ranked[payment_id]:
            changed = _together(opened, list((chosen | {payment_id: other}).values()), contest.index)
            if changed is not None and len(found) <= _MOST_ALTERNATIVES:
                most = first.confidence * other.confidence
                found.setdefault(changed.key, replace(changed, confidence=round(min(changed.confidence, most), 4)))
        if len(found) > _MOST_ALTERNATIVES:
            break
    rest = sorted(
        (p for p in found.values() if p is not first and p.confidence > 0), key=lambda p: (-p.confidence, p.key)
    )
    return [first, *rest]


def _is_in_currency(weighed: Weighed, opened: OpenedSum, index: Index) -> bool:
    currency = opened.transaction.reported.currency
    return all(index.entries[p].item.currency == currency for p in weighed.hypothesis.places)


def _together(opened: OpenedSum, chosen: Sequence[Weighed], index: Index) -> Proposal | None:
    amounts: Counter[int] = Counter()
    for weighed in chosen:
        amounts.update(dict(weighed.hypothesis.parts))
    if not amounts or any(a > index.entries[p].item.open_amount for p, a in amounts.items()):
        return None
    reported = opened.transaction.reported
    lines = lines_of(tuple(sorted(amounts.items())), index)
    difference = expected_difference(reported.amount, lines)
    without = len(opened.payments) - len(chosen)
    reason = None if without else _reason(opened.fees, chosen)
    confidence = _all_right([w.confidence for w in chosen])
    if without:
        confidence = min(confidence, _WITHOUT_DOCUMENT_MOST)
    elif difference and reason is None:
        confidence = min(confidence, _MIXED_MOST)
    return Proposal(
        kind=ProposalKind.DOCUMENTS,
        confidence=max(0.0001, round(min(confidence, 0.9999), 4)),
        combinations=min(_MOST_COMBINATIONS, math.prod(w.combinations for w in chosen)),
        lines=lines,
        difference=difference,
        difference_reason=reason if difference else None,
        evidence=_evidence(opened, chosen, reported),
    )


def _all_right(chances: Sequence[float]) -> float:
    """The product of those in doubt; the parts that are as sure as can be are right or wrong together."""
    return min(math.prod(c for c in chances if c < _BEYOND_DOUBT), *chances)


def _reason(fees: int, chosen: Sequence[Weighed]) -> DifferenceReason | None:
    """The one reason for what is left; None where there are several."""
    reasons = {w.hypothesis.reason for w in chosen if w.hypothesis.difference}
    if fees:
        reasons.add(DifferenceReason.FEE)
    return reasons.pop() if len(reasons) == 1 else None


def _evidence(opened: OpenedSum, chosen: Sequence[Weighed], reported: ReportedTransaction) -> tuple[Evidence, ...]:
    """How many of the payments have a document, what was kept, and what speaks for the least sure of them."""
    weakest = min(chosen, key=lambda w: (w.confidence, w.hypothesis.parts))
    facts = {"payments": str(len(opened.payments)), "matched": str(len(chosen))}
    signal = "opened_sum" if len(chosen) == len(opened.payments) else "opened_sum_in_part"
    signs = [Evidence(signal, round(math.log(len(opened.payments)), 4), facts)]
    if opened.fees:
        kept = {"difference": plain_amount(opened.fees, reported.currency), "currency": reported.currency}
        signs.append(Evidence("fee", 0.0, kept))
    return (*signs, *weakest.hypothesis.evidence)
