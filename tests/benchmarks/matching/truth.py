"""What a made bank line really is."""

from __future__ import annotations

from dataclasses import dataclass, field

from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.matching.request import MatchRequest


@dataclass(frozen=True, slots=True)
class Truth:
    """`amounts` is what the line puts on each document. `told`: it names a number or KID.

    `pair` is the other line of a transfer, `paid_already` the document of a duplicate payment; `is_knowable` is false
    where nothing in the data tells which document is meant.
    """

    scenario: str
    amounts: dict[DocumentId, int] = field(default_factory=dict)
    told: bool = False
    pair: TransactionId | None = None
    paid_already: DocumentId | None = None
    account: str = ""
    is_knowable: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A made company: what the engine is asked, and the answer."""

    regime: str
    request: MatchRequest
    truth: dict[TransactionId, Truth]
