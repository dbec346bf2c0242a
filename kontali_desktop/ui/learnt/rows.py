"""Facts and the decisions behind one, as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.services.actors import PROGRAM
from kontali_desktop.services.learning_storage import HumanDecision
from kontali_desktop.services.learnt_list import LearntEntry
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.wording.wording import Wording

WHAT, COUNT, LAST = range(3)
AT, DAY, LINE, AMOUNT, DONE = range(5)


@dataclass(frozen=True, slots=True)
class LearntRow:
    """A fact in words; `hay` is what a search looks through."""

    entry: LearntEntry
    sentence: str
    hay: str


class LearntModel(RecordModel[LearntRow]):
    """A row a fact."""

    COLUMNS = (("learnt.column.what", 560), ("learnt.column.decisions", 128), ("learnt.column.last", 120))
    FIGURES: ClassVar = (COUNT,)

    def cell(self, record: LearntRow, column: int) -> str | int:
        if column == WHAT:
            return record.sentence
        if column == COUNT:
            return len(record.entry.fact.decisions)
        last = next(iter(record.entry.sources), None)
        return "" if last is None else self.wording.day(last.at.astimezone().date())

    def ordered_by(self, record: LearntRow, column: int) -> str | int:
        if column == LAST:
            return record.entry.sources[0].at.isoformat() if record.entry.sources else ""
        return super().ordered_by(record, column)

    def tip(self, record: LearntRow, column: int) -> str | None:
        return record.sentence if column == WHAT else None


class SourceModel(RecordModel[HumanDecision]):
    """A row a decision, the newest first."""

    COLUMNS = (
        ("learnt.source.at", 168),
        ("learnt.source.day", 118),
        ("learnt.source.line", 220),
        ("learnt.source.amount", 112),
        ("learnt.source.done", 274),
    )
    FIGURES: ClassVar = (AMOUNT,)

    def cell(self, record: HumanDecision, column: int) -> str | int:
        reported = record.transaction.reported
        if column == AT:
            return self.wording.instant(record.at)
        if column == DAY:
            return self.wording.day(reported.booking_date) if reported.booking_date else ""
        if column == LINE:
            return line_words(record)
        if column == AMOUNT:
            return self.wording.amount(reported.amount, reported.currency)
        return decision_words(self.wording, record)

    def ordered_by(self, record: HumanDecision, column: int) -> str | int:
        reported = record.transaction.reported
        if column == AT:
            return record.at.isoformat()
        if column == DAY:
            return reported.booking_date.isoformat() if reported.booking_date else ""
        return reported.amount if column == AMOUNT else super().ordered_by(record, column)

    def tip(self, record: HumanDecision, column: int) -> str | None:
        if column == AT:
            return self.wording.exact(record.at)
        shown = self.cell(record, column)
        return shown if isinstance(shown, str) and column in (LINE, DONE) else None


def line_words(decision: HumanDecision) -> str:
    """Who paid and what the line says."""
    reported = decision.transaction.reported
    return " · ".join(part for part in (reported.counterparty, reported.text) if part)


def decision_words(wording: Wording, decision: HumanDecision) -> str:
    """Godkjent: 10234 Bryggen Arkitekter AS."""
    is_known = decision.action in ("accept", "reject", "undo")
    done = wording.text(f"learnt.done.{decision.action}") if is_known else decision.action
    if decision.actor == PROGRAM:
        done = wording.text("learnt.done.let_stand")
    reported = decision.transaction.reported
    proposed = wording.proposal(
        decision.proposal,
        reported.currency,
        is_incoming=reported.amount > 0 and decision.proposal.kind is ProposalKind.TRANSFER,
    )
    return f"{done}: {proposed.title}"


def made(wording: Wording, entries: Iterable[LearntEntry]) -> tuple[LearntRow, ...]:
    """With what a search looks through: the fact itself, and the lines and decisions behind it."""
    told: dict[DecisionId, str] = {}  # one decision stands behind several facts

    def tell(decision: HumanDecision) -> str:
        if decision.id not in told:
            reported = decision.transaction.reported
            amount = wording.amount(reported.amount, reported.currency)
            parts = [line_words(decision), decision_words(wording, decision), amount]
            told[decision.id] = _plain(" ".join([*parts, reported.counterparty_account, reported.kid]))
        return told[decision.id]

    rows = []
    for entry in entries:
        sentence = wording.learnt_sentence(entry.fact)
        hay = " ".join([_plain(f"{sentence} {entry.fact.key}"), *map(tell, entry.sources)])
        rows.append(LearntRow(entry, sentence, hay))
    return tuple(rows)


def found(rows: Iterable[LearntRow], needle: str) -> list[LearntRow]:
    """Those in which every word stands."""
    words = _plain(needle).split()
    return [row for row in rows if all(word in row.hay for word in words)]


def _plain(text: str) -> str:
    """Blanks and the kind of minus do not matter."""
    return text.replace("\u00a0", " ").replace("\u2212", "-").casefold()
