"""Transfers between the client's own accounts: opposite amounts, near dates, and an own account or text to say so."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.ids import AccountId, TransactionId
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind

_SAYS_TRANSFER = re.compile(
    r"\b(?:overf[øo]rt|overf[øo]ring|egne konti|egen konto|mellom konti|(?:til|fra) (?:"
    r"sparekonto|driftskonto|h[øo]yrente\w*"
    r"|skattetrekk\w*|brukskonto|lønnskonto|konto)|internal transfer|own account)\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"\b(?:egne konti|egen konto|skattetrekkskonto|sparekonto|driftskonto)\b", re.IGNORECASE)
_ACCOUNT_WEIGHT, _OWN_TEXT_WEIGHT, _TEXT_WEIGHT, _AMOUNT_WEIGHT = 7.0, 4.0, 2.0, 2.0
_DAY_LESS = 0.6
_PRIOR = -3.0
_MOST_DAYS = 5
_MOST_ALIKE = 50


@dataclass(frozen=True, slots=True)
class _Pair:
    out: BankTransaction
    into: BankTransaction
    evidence: tuple[Evidence, ...]

    @property
    def rank(self) -> tuple[float, TransactionId, TransactionId]:
        return (-sum(e.weight for e in self.evidence), self.out.id, self.into.id)


def propose_transfers(
    transactions: Sequence[BankTransaction],
    own_accounts: Mapping[AccountId, str],
    rejected: frozenset[tuple[TransactionId, str]],
) -> dict[TransactionId, Proposal]:
    """Both transactions of a pair get the proposal that names the other one; none stands in two pairs."""
    numbers = {a: account_number_of(n) for a, n in own_accounts.items()}
    pairs = sorted(_pairs(transactions, numbers), key=lambda p: p.rank)
    alike = Counter((p.out.id, p.rank[0]) for p in pairs)
    found: dict[TransactionId, Proposal] = {}
    for pair in pairs:
        if pair.out.id in found or pair.into.id in found:
            continue
        equal = alike[pair.out.id, pair.rank[0]]
        out, into = (_proposal(pair.evidence, other, equal) for other in (pair.into, pair.out))
        if (pair.out.id, out.key) not in rejected and (pair.into.id, into.key) not in rejected:
            found[pair.out.id], found[pair.into.id] = out, into
    return found


def _pairs(transactions: Sequence[BankTransaction], numbers: Mapping[AccountId, str]) -> list[_Pair]:
    incoming: dict[tuple[str, int], list[BankTransaction]] = defaultdict(list)
    for transaction in sorted(transactions, key=lambda t: t.id):
        if transaction.reported.amount > 0:
            incoming[transaction.reported.currency, transaction.reported.amount].append(transaction)
    pairs: list[_Pair] = []
    for out in sorted(transactions, key=lambda t: t.id):
        if out.reported.amount < 0:
            for into in incoming.get((out.reported.currency, -out.reported.amount), ())[:_MOST_ALIKE]:
                evidence = _evidence(out, into, numbers) if out.account_id != into.account_id else None
                if evidence:
                    pairs.append(_Pair(out, into, evidence))
    return pairs


def _evidence(
    out: BankTransaction, into: BankTransaction, numbers: Mapping[AccountId, str]
) -> tuple[Evidence, ...] | None:
    left, right = out.reported, into.reported
    if left.booking_date is None or right.booking_date is None:
        return None
    days = abs((right.booking_date - left.booking_date).days)
    signs = _account_signs(out, into, numbers)
    if days > _MOST_DAYS or signs is None:
        return None
    texts = (left.text, right.text)
    if any(_OWN_WORDS.search(t) for t in texts):
        signs.append(Evidence("transfer_text", _OWN_TEXT_WEIGHT))
    elif any(_SAYS_TRANSFER.search(t) for t in texts) and not (left.counterparty or right.counterparty):
        signs.append(Evidence("transfer_text", _TEXT_WEIGHT))
    if not signs:
        return None
    signs.append(Evidence("opposite_amount", _AMOUNT_WEIGHT))
    signs.append(Evidence("days_apart", round(1.0 - _DAY_LESS * days, 4), {"days": str(days)}))
    return tuple(signs)


def _account_signs(
    out: BankTransaction, into: BankTransaction, numbers: Mapping[AccountId, str]
) -> list[Evidence] | None:
    """None where one of them names another account than the other's."""
    signs: list[Evidence] = []
    for this, other in ((out, into), (into, out)):
        named, wanted = account_number_of(this.reported.counterparty_account), numbers.get(other.account_id, "")
        if named and named != wanted:
            return None
        if wanted and (named == wanted or wanted in account_number_of(this.reported.text)):
            signs.append(Evidence("own_account", _ACCOUNT_WEIGHT, {"account": wanted}))
    return signs


def _proposal(evidence: tuple[Evidence, ...], other: BankTransaction, alike: int) -> Proposal:
    confidence = 1 / (1 + math.exp(-(sum(e.weight for e in evidence) + _PRIOR)))
    return Proposal(
        kind=ProposalKind.TRANSFER,
        confidence=round(confidence / max(1, alike), 4),
        combinations=max(1, alike),
        evidence=evidence,
        counter_transaction=other.id,
    )
