"""Transfers between the client's own accounts: opposite amounts, near dates, and nobody else named.

What the text says helps, but a pair needs none of it: the same amount leaving one own account and reaching another on
the same day is a coincidence only as often as that amount is common in these books.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.ids import AccountId, TransactionId
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind

_SAYS_TRANSFER = re.compile(
    r"\b(?:overf[øo]rt|overf[øo]ring|overf|egne konti|egen konto|mellom konti|kontoregulering|sparing|savings"
    r"|(?:til|fra) (?:spare\w*|drifts?\w*|h[øo]yrente\w*|skattetrekk\w*|skatte?konto|brukskonto|lønnskonto"
    r"|buffer\w*|konto)"
    r"|intern\w* (?:overf\w*|transfer)|own account)\b",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"\b(?:egne konti|egne kontoer|egen konto|egen overf\w*|mellom konti|skattetrekkskonto|sparekonto|driftskonto"
    r"|internal transfer|own account)\b",
    re.IGNORECASE,
)
_ACCOUNT_WEIGHT, _OWN_TEXT_WEIGHT, _TEXT_WEIGHT, _SAME_TEXT_WEIGHT = 7.0, 4.0, 2.0, 1.5
_SAME_NAME_WEIGHT, _OTHER_NAME_WEIGHT = 3.0, -5.0
_DAY_LESS = 0.9
_PRIOR = -1.5
_LEAST_SHOWN = 0.5
_MOST_AMOUNT_WEIGHT = 6.0
_MOST_DAYS = 5
_MOST_ALIKE = 50


@dataclass(frozen=True, slots=True)
class _Pair:
    out: BankTransaction
    into: BankTransaction
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        return math.fsum(e.weight for e in self.evidence)

    @property
    def rank(self) -> tuple[float, TransactionId, TransactionId]:
        return (-self.weight, self.out.id, self.into.id)


def propose_transfers(
    transactions: Sequence[BankTransaction],
    own_accounts: Mapping[AccountId, str],
    rejected: frozenset[tuple[TransactionId, str]],
    told: Container[TransactionId],
) -> dict[TransactionId, Proposal]:
    """Both transactions of a pair get the proposal that names the other one; none stands in two pairs.

    `told` name a document of their very amount, so only an own account's number makes a transfer of them.
    """
    numbers = {a: account_number_of(n) for a, n in own_accounts.items()}
    pairs = sorted(_pairs(transactions, numbers, told), key=lambda p: p.rank)
    alike = Counter((p.out.id, round(p.weight, 4)) for p in pairs)
    found: dict[TransactionId, Proposal] = {}
    for pair in pairs:
        if pair.out.id in found or pair.into.id in found:
            continue
        equal = alike[pair.out.id, round(pair.weight, 4)]
        out, into = (_proposal(pair, other, equal) for other in (pair.into, pair.out))
        if (pair.out.id, out.key) not in rejected and (pair.into.id, into.key) not in rejected:
            found[pair.out.id], found[pair.into.id] = out, into
    return found


def _pairs(
    transactions: Sequence[BankTransaction], numbers: Mapping[AccountId, str], told: Container[TransactionId]
) -> list[_Pair]:
    incoming: dict[tuple[str, int], list[BankTransaction]] = defaultdict(list)
    common = Counter([abs(t.reported.amount) for t in transactions])
    left = {-t.reported.amount for t in transactions if t.reported.amount < 0}
    for transaction in sorted(transactions, key=lambda t: t.id):
        if transaction.reported.amount in left:
            incoming[transaction.reported.currency, transaction.reported.amount].append(transaction)
    pairs: list[_Pair] = []
    for out in sorted(transactions, key=lambda t: t.id):
        if out.reported.amount < 0:
            for into in incoming.get((out.reported.currency, -out.reported.amount), ())[:_MOST_ALIKE]:
                is_told = out.id in told or into.id in told
                often = common[into.reported.amount] / len(transactions)
                evidence = _evidence(out, into, numbers, often) if out.account_id != into.account_id else None
                if evidence and not (is_told and all(e.signal != "own_account" for e in evidence)):
                    pairs.append(_Pair(out, into, evidence))
    return [p for p in pairs if _chance(p.weight) >= _LEAST_SHOWN]


def _evidence(
    out: BankTransaction, into: BankTransaction, numbers: Mapping[AccountId, str], often: float
) -> tuple[Evidence, ...] | None:
    left, right = out.reported, into.reported
    if left.booking_date is None or right.booking_date is None:
        return None
    days = abs((right.booking_date - left.booking_date).days)
    signs = _account_signs(out, into, numbers)
    if days > _MOST_DAYS or signs is None:
        return None
    signs += _text_signs(left.text, right.text)
    if left.counterparty or right.counterparty:
        is_same = left.counterparty.casefold() == right.counterparty.casefold()
        facts = {"ours": left.counterparty, "theirs": right.counterparty}
        signs.append(
            Evidence("own_name", _SAME_NAME_WEIGHT, facts)
            if is_same
            else Evidence("not_own_name", _OTHER_NAME_WEIGHT, {"theirs": left.counterparty or right.counterparty})
        )
    if left.kid or right.kid:
        signs.append(Evidence("transfer_kid", _OTHER_NAME_WEIGHT, {"kid": left.kid or right.kid}))
    weight = min(_MOST_AMOUNT_WEIGHT, -math.log(often))
    signs.append(Evidence("opposite_amount", round(weight, 4)))
    signs.append(Evidence("days_apart", round(1.0 - _DAY_LESS * days, 4), {"days": str(days)}))
    return tuple(signs)


def _text_signs(left: str, right: str) -> list[Evidence]:
    signs = []
    if any(_OWN_WORDS.search(t) for t in (left, right)):
        signs.append(Evidence("transfer_text", _OWN_TEXT_WEIGHT))
    elif any(_SAYS_TRANSFER.search(t) for t in (left, right)):
        signs.append(Evidence("transfer_text", _TEXT_WEIGHT))
    if left and left.casefold() == right.casefold():
        signs.append(Evidence("same_text", _SAME_TEXT_WEIGHT))
    return signs


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


def _chance(weight: float) -> float:
    return 1 / (1 + math.exp(-(weight + _PRIOR)))


def _proposal(pair: _Pair, other: BankTransaction, alike: int) -> Proposal:
    return Proposal(
        kind=ProposalKind.TRANSFER,
        confidence=round(min(0.9999, _chance(pair.weight)) / max(1, alike), 4),
        combinations=max(1, alike),
        evidence=pair.evidence,
        counter_transaction=other.id,
    )
