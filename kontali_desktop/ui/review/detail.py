"""The two sides of the current row, field by field, with why and what else: facts for the detail pane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.ui.review.fields import FieldMaker
from kontali_desktop.ui.review.rows import proposed_amount, title_runs
from kontali_desktop.ui.widgets.alternatives import Alternative
from kontali_desktop.ui.widgets.detail_grid import DetailRow
from kontali_desktop.ui.widgets.evidence import EvidenceItem
from kontali_desktop.wording.wording import Wording

MOST_EVIDENCE = 5
SOME = 0.3  # of the heaviest


@dataclass(frozen=True, slots=True)
class Detail:
    """What the pane shows. `no_alternatives` says why there are none."""

    rows: tuple[DetailRow, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    no_alternatives: str = ""
    can_accept: bool = False


def make_detail(
    item: QueueItem | None,
    counter: QueueItem | None,
    documents: Mapping[DocumentId, OpenItem],
    wording: Wording,
) -> Detail:
    """`counter` is the other transaction of a transfer, where it is known."""
    if item is None:
        return Detail()
    reported = item.transaction.reported
    return Detail(
        rows=FieldMaker(item, counter, documents, wording).rows(),
        evidence=evidence_items(item.proposal, wording) if item.proposal else (),
        alternatives=tuple(
            Alternative(
                title_runs(wording.proposal(other, reported.currency, documents)),
                proposed_amount(item, other, wording),
                wording.confidence(other.confidence),
            )
            for other in item.alternatives
        ),
        no_alternatives=_no_alternatives(item, wording),
        can_accept=item.status in WAITING and item.proposal is not None,
    )


def evidence_items(proposal: Proposal, wording: Wording) -> tuple[EvidenceItem, ...]:
    """The heaviest first; what weighs nothing is left out."""
    signs = sorted((e for e in proposal.evidence if e.weight), key=lambda e: -abs(e.weight))[:MOST_EVIDENCE]
    most = max((abs(e.weight) for e in signs), default=1.0)
    return tuple(
        EvidenceItem(
            wording.evidence(sign),
            sign.weight / most,
            wording.text(_weight_key(sign.weight / most)),
        )
        for sign in signs
    )


def _weight_key(share: float) -> str:
    if share < 0:
        return "review.weight.against"
    if share == 1:
        return "review.weight.most"
    return "review.weight.some" if share >= SOME else "review.weight.little"


def _no_alternatives(item: QueueItem, wording: Wording) -> str:
    if item.status not in WAITING:
        return wording.text("review.alternatives.decided")
    if item.proposal is None:
        return wording.text("review.alternatives.nothing")
    if item.proposal.combinations > 1:
        return wording.text("review.alternatives.ambiguous")
    return wording.text("review.no_alternatives")
