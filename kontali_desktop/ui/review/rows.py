"""What a row of the review list shows of a queue item."""

from __future__ import annotations

from collections.abc import Mapping

from kontali_desktop.domain.documents import OpenItem, Side
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import DECIDED, Proposal, ProposalKind, QueueStatus
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import Level, QueueItem
from kontali_desktop.ui.theme import Tone
from kontali_desktop.ui.widgets import two_sided_row
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow
from kontali_desktop.wording.proposals import ProposalText
from kontali_desktop.wording.wording import Wording

LEVELS = {
    Level.SURE: two_sided_row.Level.SURE,
    Level.LIKELY: two_sided_row.Level.LIKELY,
    Level.NONE: two_sided_row.Level.NONE,
}


def settled(proposal: Proposal) -> int:
    """What the documents come to, as the bank counts: money in is positive. Minor units of the documents' currency."""
    return sum(line.amount if line.side is Side.CUSTOMER else -line.amount for line in proposal.lines)


def proposed_amount(item: QueueItem, proposal: Proposal, wording: Wording) -> str:
    """The amount on the proposal's side."""
    reported = item.transaction.reported
    if proposal.kind is ProposalKind.DOCUMENTS and proposal.lines:
        return wording.amount(settled(proposal), proposal.lines[0].currency)
    if proposal.kind is ProposalKind.DUPLICATE_PAYMENT:
        return ""
    return wording.amount(reported.amount, reported.currency)


def title_runs(text: ProposalText) -> tuple[Run, ...]:
    """The proposal's first line in its three weights."""
    runs = [Run(text.strong, strong=True)]
    if text.normal:
        runs.append(Run(f"  {text.normal}"))
    if text.quiet:
        runs.append(Run(f"  {text.quiet}", Tone.QUIET))
    return tuple(runs)


class RowMaker:
    """Makes rows; `counter_account` is asked for the account of a transfer's other half."""

    def __init__(self, wording: Wording, *, with_client: bool) -> None:
        self._wording = wording
        self._with_client = with_client

    def make(self, item: QueueItem, documents: Mapping[DocumentId, OpenItem], counter_account: str) -> TwoSidedRow:
        wording = self._wording
        reported = item.transaction.reported
        amount = wording.amount(reported.amount, reported.currency)
        text = wording.proposal(
            item.proposal,
            reported.currency,
            documents,
            counter_account=counter_account,
            is_incoming=reported.amount > 0,
        )
        day = wording.short_day(reported.booking_date) if reported.booking_date else ""
        counterparty = reported.counterparty or reported.text or wording.text("review.no_counterparty")
        confidence = wording.confidence(item.proposal.confidence) if item.proposal else ""
        is_waiting = item.status in WAITING
        tag = "" if is_waiting else wording.text(f"review.tag.{item.status}")
        client = item.client.name if self._with_client else ""
        spoken = [day, client, counterparty, amount, text.title, confidence, tag, "" if is_waiting else text.detail]
        return TwoSidedRow(
            date=day,
            counterparty=counterparty,
            text=_second_line(item, wording),
            amount=amount,
            client=client,
            confidence=confidence,
            level=LEVELS[item.level],
            title=title_runs(text),
            detail=text.detail,
            proposal_amount=proposed_amount(item, item.proposal, wording) if item.proposal else "",
            can_accept=is_waiting and item.proposal is not None,
            tag=tag,
            spoken=", ".join(part for part in spoken if part),
        )


def is_decided(status: QueueStatus) -> bool:
    return status in DECIDED


def _second_line(item: QueueItem, wording: Wording) -> str:
    reported = item.transaction.reported
    text = reported.text if reported.counterparty else ""
    if text:
        return text
    if reported.kid:
        return wording.text("review.kid", kid=reported.kid)
    return wording.text("review.no_text" if reported.counterparty else "review.no_counterparty")
