"""Transfers between the client's own accounts: opposite amounts, near dates, and nobody else named.

What the text says helps, but a pair needs none of it: the same amount leaving one own account and reaching another on
the same day is a coincidence only as often as that amount is common in these books.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

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


Rejected = frozenset[tuple[TransactionId, str]]
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Near:
    """Two lines of opposite amounts, with what speaks for a transfer but how common their amount is."""

    out: BankTransaction
    into: BankTransaction
    before: tuple[Evidence, ...]
    after: tuple[Evidence, ...]

    @property
    def is_by_number(self) -> bool:
        return any(e.signal == "own_account" for e in self.before)


@dataclass(frozen=True, slots=True)
class _Pair:
    out: BankTransaction
    into: BankTransaction
    evidence: tuple[Evidence, ...]
    weight: float
    rank: tuple[float, TransactionId, TransactionId]


class Transfers:
    """Follows the lines as they come and go; only amounts that one of them has are looked at again."""

    def __init__(self) -> None:
        self._lines: dict[_Key, dict[TransactionId, BankTransaction]] = defaultdict(dict)
        self._common: Counter[int] = Counter()
        self._count = 0
        self._numbers: dict[AccountId, str] = {}
        self._near: dict[_Key, list[_Near]] = {}
        self._stale: set[_Key] = set()
        self._pairs: dict[tuple[TransactionId, TransactionId], tuple[_Near, float, _Pair]] = {}
        self._told: dict[tuple[TransactionId, TransactionId], tuple[_Pair, int, Proposal]] = {}

    def follow(
        self,
        gone: Iterable[BankTransaction],
        come: Iterable[BankTransaction],
        own_accounts: Mapping[AccountId, str],
    ) -> None:
        for line in gone:
            del self._lines[_key_of(line)][line.id]
            self._count_one(line, -1)
        for line in come:
            self._lines[_key_of(line)][line.id] = line
            self._count_one(line, 1)
        numbers = {a: account_number_of(n) for a, n in own_accounts.items()}
        if numbers != self._numbers:
            self._numbers = numbers
            self._stale.update(self._lines)
        for key in self._stale:
            self._look_again(key)
        self._stale.clear()

    def _count_one(self, line: BankTransaction, way: int) -> None:
        self._stale.add(_key_of(line))
        self._common[abs(line.reported.amount)] += way
        self._count += way

    def _look_again(self, key: _Key) -> None:
        lines = [line for _, line in sorted(self._lines[key].items())]
        near = list(_near(lines, self._numbers))
        if near:
            self._near[key] = near
        else:
            self._near.pop(key, None)
        if not lines:
            del self._lines[key]

    def propose(self, rejected: Rejected, told: Container[TransactionId]) -> dict[TransactionId, Proposal]:
        """Both transactions of a pair get the proposal that names the other one; none stands in two pairs.

        `told` name a document of their very amount, so only an own account's number makes a transfer of them.
        """
        pairs = sorted(self._likely(told), key=lambda p: p.rank)
        alike = Counter((p.out.id, round(p.weight, 4)) for p in pairs)
        found: dict[TransactionId, Proposal] = {}
        said, self._told = self._told, {}
        for pair in pairs:
            if pair.out.id in found or pair.into.id in found:
                continue
            equal = alike[pair.out.id, round(pair.weight, 4)]
            for this, other in ((pair.out, pair.into), (pair.into, pair.out)):
                known = said.get((this.id, other.id))
                is_as_before = known is not None and known[0] is pair and known[1] == equal
                proposal = known[2] if known is not None and is_as_before else _proposal(pair, other, equal)
                self._told[this.id, other.id] = (pair, equal, proposal)
            out, into = self._told[pair.out.id, pair.into.id][2], self._told[pair.into.id, pair.out.id][2]
            if (pair.out.id, out.key) not in rejected and (pair.into.id, into.key) not in rejected:
                found[pair.out.id], found[pair.into.id] = out, into
        return found

    def _likely(self, told: Container[TransactionId]) -> Iterator[_Pair]:
        known, self._pairs = self._pairs, {}
        for near in chain.from_iterable(self._near.values()):
            if (near.out.id in told or near.into.id in told) and not near.is_by_number:
                continue
            often = self._common[near.into.reported.amount] / self._count
            weight = round(min(_MOST_AMOUNT_WEIGHT, -math.log(often)), 4)
            before = known.get((near.out.id, near.into.id))
            pair = before[2] if before and before[0] is near and before[1] == weight else _pair(near, weight)
            self._pairs[near.out.id, near.into.id] = (near, weight, pair)
            if _chance(pair.weight) >= _LEAST_SHOWN:
                yield pair


def _key_of(line: BankTransaction) -> _Key:
    return line.reported.currency, abs(line.reported.amount)


def _near(lines: Sequence[BankTransaction], numbers: Mapping[AccountId, str]) -> Iterator[_Near]:
    """Of lines of one amount, in and out, in the order of their ids."""
    incoming = [line for line in lines if line.reported.amount > 0][:_MOST_ALIKE]
    for out in lines if incoming else ():
        for into in incoming if out.reported.amount < 0 else ():
            near = _together(out, into, numbers) if out.account_id != into.account_id else None
            if near:
                yield near


def _together(out: BankTransaction, into: BankTransaction, numbers: Mapping[AccountId, str]) -> _Near | None:
    left, right = out.reported, into.reported
    if left.booking_date is None or right.booking_date is None:
        return None
    days = abs((right.booking_date - left.booking_date).days)
    signs = _account_signs(out, into, numbers) if days <= _MOST_DAYS else None
    if signs is None:
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
    apart = Evidence("days_apart", round(1.0 - _DAY_LESS * days, 4), {"days": str(days)})
    return _Near(out, into, tuple(signs), (apart,))


def _pair(near: _Near, amount_weight: float) -> _Pair:
    evidence = (*near.before, Evidence("opposite_amount", amount_weight), *near.after)
    weight = math.fsum(e.weight for e in evidence)
    return _Pair(near.out, near.into, evidence, weight, (-weight, near.out.id, near.into.id))


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
