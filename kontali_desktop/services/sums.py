"""A bank line that is a sum, opened: each part with the document of the proposal that it goes to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.documents import Side, folded_name
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import ProposedLine
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.services.storage import Storage

_TOKEN = re.compile(r"[\w/-]+|\w+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SumPart:
    """A part with the proposal's line it goes to, where there is one."""

    part: PaymentPart
    line: ProposedLine | None = None


@dataclass(frozen=True, slots=True)
class OpenedSum:
    """`total` in minor units; `matched` of its `payments` have a document. Fees are parts but no payments."""

    parts: tuple[SumPart, ...] = ()

    @property
    def total(self) -> int:
        return sum(one.part.amount for one in self.parts)

    @property
    def payments(self) -> int:
        return sum(1 for one in self.parts if one.part.kind is PartKind.PAYMENT)

    @property
    def matched(self) -> int:
        return sum(1 for one in self.parts if one.line is not None)


class Sums:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(
        self, transaction_id: TransactionId, lines: Sequence[ProposedLine], kids: Mapping[DocumentId, str]
    ) -> OpenedSum:
        """`lines` are those of the proposal, `kids` the KID of each document that has one."""
        with self._storage.reading() as work:
            parts = work.batches.parts_of(transaction_id)
        return OpenedSum(pair(parts, lines, kids))


def pair(
    parts: Iterable[PaymentPart], lines: Sequence[ProposedLine], kids: Mapping[DocumentId, str]
) -> tuple[SumPart, ...]:
    """By KID, then by number; what is left by amount, where the name agrees or there is one line for each payment.

    Several payments may name one document; by amount alone a document is given to one.
    """
    found = tuple(parts)
    by_kid = {kids[line.document_id]: line for line in reversed(lines) if kids.get(line.document_id)}
    by_number = {line.number.casefold(): line for line in reversed(lines) if line.number}
    chosen = {place: line for place, part in enumerate(found) if (line := _named(part, by_kid, by_number)) is not None}
    chosen |= _by_amount(found, lines, chosen)
    return tuple(SumPart(part, chosen.get(place)) for place, part in enumerate(found))


def at_bank(line: ProposedLine) -> int:
    """What the line comes to as the bank counts: money in is positive."""
    return line.amount if line.side is Side.CUSTOMER else -line.amount


def _named(
    part: PaymentPart, by_kid: Mapping[str, ProposedLine], by_number: Mapping[str, ProposedLine]
) -> ProposedLine | None:
    if part.kind is not PartKind.PAYMENT:
        return None
    words = f"{part.kid} {part.text} {part.reference}".casefold()
    tokens = (*_TOKEN.findall(words), *_WORD.findall(words))
    named = (by_kid.get(part.kid) if part.kid else None, *(by_number.get(token) for token in tokens))
    return next((line for line in named if line is not None and (at_bank(line) > 0) == (part.amount > 0)), None)


def _by_amount(
    parts: Sequence[PaymentPart], lines: Sequence[ProposedLine], chosen: Mapping[int, ProposedLine]
) -> dict[int, ProposedLine]:
    """What is left on both sides: by amount and name, then by amount where as many lines are left as payments."""
    taken = {line.document_id for line in chosen.values()}
    left = [n for n, part in enumerate(parts) if part.kind is PartKind.PAYMENT and n not in chosen]
    free = [line for line in lines if line.document_id not in taken]
    found = _dealt(
        {n: (parts[n].amount, folded_name(parts[n].counterparty)) for n in left if parts[n].counterparty},
        [((at_bank(line), folded_name(line.counterparty)), line) for line in free],
    )
    named = {line.document_id for line in found.values()}
    rest = [(at_bank(line), line) for line in free if line.document_id not in named]
    wanting = {n: parts[n].amount for n in left if n not in found}
    sought, offered = Counter(wanting.values()), Counter(amount for amount, _ in rest)
    return found | _dealt({n: amount for n, amount in wanting.items() if sought[amount] == offered[amount]}, rest)


def _dealt(
    wanting: Mapping[int, Hashable], offered: Iterable[tuple[Hashable, ProposedLine]]
) -> dict[int, ProposedLine]:
    """To each place a line of its likeness, in their order, as far as they go."""
    alike: dict[Hashable, deque[ProposedLine]] = defaultdict(deque)
    for likeness, line in offered:
        alike[likeness].append(line)
    return {place: alike[likeness].popleft() for place, likeness in wanting.items() if alike[likeness]}
