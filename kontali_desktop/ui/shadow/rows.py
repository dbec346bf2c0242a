"""The lines of the report as a table, and the chosen one in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.services.shadow import ShadowOutcome
from kontali_desktop.services.shadow_view import ShadowRow
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.wording.wording import Wording

DAY, LINE, AMOUNT, PROPOSED, DONE, SURE = range(6)
RANK = {ShadowOutcome.DIFFERED: 0, ShadowOutcome.UNDECIDED: 1, ShadowOutcome.AGREED: 2}


class ShadowModel(RecordModel[ShadowRow]):
    """A row a line of the bank's."""

    COLUMNS: ClassVar[Sequence[tuple[str, int]]] = (
        ("shadow.column.day", 116),
        ("shadow.column.line", 200),
        ("shadow.column.amount", 110),
        ("shadow.column.proposed", 208),
        ("shadow.column.done", 208),
        ("shadow.column.sure", 116),
    )
    FIGURES: ClassVar = (AMOUNT, SURE)

    def cell(self, record: ShadowRow, column: int) -> str | int:
        reported, wording = record.transaction.reported, self.wording
        if column == DAY:
            return wording.day(reported.booking_date) if reported.booking_date else ""
        if column == LINE:
            return reported.counterparty or reported.text
        if column == AMOUNT:
            return wording.amount(reported.amount, reported.currency)
        if column == PROPOSED:
            return proposal_words(wording, record, record.proposed)
        return done_words(wording, record) if column == DONE else wording.confidence(record.line.confidence)

    def ordered_by(self, record: ShadowRow, column: int) -> str | int:
        reported = record.transaction.reported
        if column == DAY:
            return reported.booking_date.isoformat() if reported.booking_date else ""
        if column == AMOUNT:
            return reported.amount
        if column == PROPOSED:
            return _proposed_key(record.proposed)
        if column == DONE:
            return RANK[record.line.outcome]
        return round(record.line.confidence * 1_000_000) if column == SURE else super().ordered_by(record, column)

    def tip(self, record: ShadowRow, column: int) -> str | None:
        shown = self.cell(record, column)
        return shown if isinstance(shown, str) and column in (LINE, PROPOSED, DONE) else None


def _proposed_key(proposal: Proposal) -> str:
    """By kind and then by the first document or the account: to word each only to sort them takes too long."""
    first = proposal.lines[0] if proposal.lines else None
    about = f"{first.number} {first.counterparty}" if first is not None else ""
    return f"{proposal.kind} {proposal.posting.account if proposal.posting else about}"


def proposal_words(wording: Wording, row: ShadowRow, proposal: Proposal) -> str:
    """10234 Bryggen Arkitekter AS."""
    reported = row.transaction.reported
    is_from = proposal.kind is ProposalKind.TRANSFER and reported.amount > 0
    return wording.proposal(proposal, reported.currency, is_incoming=is_from).title


def done_words(wording: Wording, row: ShadowRow) -> str:
    """What the person did with it."""
    if row.line.outcome is ShadowOutcome.DIFFERED and row.chosen is not None:
        return proposal_words(wording, row, row.chosen)
    is_rejected = row.line.outcome is ShadowOutcome.DIFFERED
    return wording.text("shadow.done.rejected" if is_rejected else f"shadow.done.{row.line.outcome}")
