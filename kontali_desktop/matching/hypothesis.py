"""A possible match while it is weighed: places in the index with amounts, the difference and what speaks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from kontali_desktop.domain.documents import DocumentKind
from kontali_desktop.domain.matches import DifferenceReason, Evidence, ProposedLine
from kontali_desktop.matching.index import Index

Likes = tuple[tuple[int, ...], tuple[tuple[str, float], ...]]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """`parts` holds (place, amount on the document, never negative); `unlisted` counts equally good ones left out.

    `likes` is equal for sets that are equally good: the same amounts and the same evidence, dates apart.
    """

    parts: tuple[tuple[int, int], ...]
    evidence: tuple[Evidence, ...]
    difference: int = 0
    reason: DifferenceReason | None = None
    unlisted: int = 0
    combinations: int = 1
    score: float = field(init=False)
    likes: Likes = field(init=False)

    def __post_init__(self) -> None:
        timeless = tuple(sorted((e.signal, e.weight) for e in self.evidence if e.signal != "date"))
        object.__setattr__(self, "score", math.fsum(e.weight for e in self.evidence))
        object.__setattr__(self, "likes", (tuple(sorted(a for _, a in self.parts)), timeless))

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(p for p, _ in self.parts)


def lines_of(parts: tuple[tuple[int, int], ...], index: Index) -> tuple[ProposedLine, ...]:
    lines = []
    for place, amount in parts:
        item = index.entries[place].item
        sign = 1 if item.kind is DocumentKind.INVOICE else -1
        lines.append(
            ProposedLine(
                document_id=item.id,
                side=item.side,
                kind=item.kind,
                number=item.number,
                counterparty=item.counterparty,
                amount=sign * amount,
                remaining_after=item.open_amount - amount,
                currency=item.currency,
            )
        )
    return tuple(lines)
