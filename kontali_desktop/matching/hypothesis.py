"""A possible match while it is weighed: places in the index with amounts, the difference and what speaks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from kontali_desktop.domain.documents import DocumentKind
from kontali_desktop.domain.matches import DifferenceReason, Evidence, ProposedLine
from kontali_desktop.matching.index import Index

_OF_TIME = frozenset({"date", "before_issue"})

Likes = tuple[tuple[int, ...], tuple[tuple[str, float], ...]]
Kin = tuple[int, Likes] | tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """`parts` holds (place, amount on the document, never negative); `unlisted` counts equally good ones left out.

    `party` is the one counterparty of all its documents where the payment does not tell which of them, else −1.
    `is_whole` is false where a part of the document stays open.
    """

    parts: tuple[tuple[int, int], ...]
    evidence: tuple[Evidence, ...]
    difference: int = 0
    reason: DifferenceReason | None = None
    unlisted: int = 0
    combinations: int = 1
    party: int = -1
    is_whole: bool = True
    score: float = field(init=False)
    likes_kept: Likes | None = field(init=False, default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", math.fsum([e.weight for e in self.evidence]))

    @property
    def is_exact(self) -> bool:
        """One document, its whole amount, and nothing to explain."""
        return len(self.parts) == 1 and not self.difference and self.reason is None and self.is_whole

    @property
    def is_payout(self) -> bool:
        return any(e.signal == "settlement_text" for e in self.evidence)

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(p for p, _ in self.parts)


def order_of(hypothesis: Hypothesis) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The best first; of equally good ones those of the oldest documents."""
    return (-round(hypothesis.score, 6), hypothesis.parts)


def likes_of(hypothesis: Hypothesis) -> Likes:
    """Equal for sets that are equally good: the same amounts and the same evidence, dates apart. Kept once found."""
    if hypothesis.likes_kept is None:
        timeless = tuple(sorted([(e.signal, e.weight) for e in hypothesis.evidence if e.signal not in _OF_TIME]))
        object.__setattr__(hypothesis, "likes_kept", (tuple(sorted([a for _, a in hypothesis.parts])), timeless))
    return hypothesis.likes_kept or ((), ())


def kin_of(hypothesis: Hypothesis, likes: Likes) -> Kin:
    """Equal where it makes no difference which it is: equal amounts of one counterparty that the text does not name."""
    return hypothesis.parts if hypothesis.party < 0 else (hypothesis.party, likes)


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
