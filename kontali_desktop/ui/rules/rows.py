"""A rule as a row of the list, and a tested line as a row of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import RuleId
from kontali_desktop.domain.matches import Posting, Proposal
from kontali_desktop.services.learning_storage import StoredRule
from kontali_desktop.services.rule_tests import RuledLine, RuleVerdict
from kontali_desktop.ui.rules.steps import Books
from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.theme import Tone
from kontali_desktop.wording.wording import Wording


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one rule shows: its place, its sentence, and how it stands."""

    id: RuleId
    number: str
    sentence: str
    state: str
    tone: Tone
    is_active: bool

    @property
    def spoken(self) -> str:
        return f"{self.number}. {self.sentence} {self.state}"


def rule_rows(rules: Iterable[StoredRule], books: Books, wording: Wording) -> tuple[RuleRow, ...]:
    """In their order, numbered from one."""
    return tuple(_row(place, rule, books, wording) for place, rule in enumerate(rules, 1))


def _row(place: int, rule: StoredRule, books: Books, wording: Wording) -> RuleRow:
    state, tone = _state(rule, wording)
    sentence = wording.rule(rule.rule, books.numbers)
    return RuleRow(rule.id, wording.integer(place), sentence, state, tone, rule.is_active)


def _state(rule: StoredRule, wording: Wording) -> tuple[str, Tone]:
    text = wording.text
    if rule.tested_at is None:
        return text("rules.state.untested"), Tone.QUIET
    parts = [text("rules.state.on" if rule.is_active else "rules.state.off")]
    if rule.agreements:
        parts.append(wording.plural("rules.state.agreements", rule.agreements))
    if rule.conflicts:
        parts.append(wording.plural("rules.state.conflicts", rule.conflicts))
        if rule.is_active and rule.rule.is_automatic:
            parts.append(text("rules.state.only_proposes"))
    parts.append(text("rules.state.tested", day=wording.day(rule.tested_at.astimezone().date())))
    tone = Tone.QUIET if not rule.is_active else Tone.WARNING if rule.conflicts else Tone.POSITIVE
    return " · ".join(parts), tone


class LineModel(RecordModel[RuledLine]):
    """The lines that a rule fits."""

    COLUMNS = (
        ("rules.column.day", 112),
        ("rules.column.counterparty", 160),
        ("rules.column.text", 180),
        ("rules.column.amount", 104),
        ("rules.column.decided", 200),
        ("rules.column.verdict", 130),
    )
    FIGURES = (3,)
    TEXT = 2

    def cell(self, record: RuledLine, column: int) -> str:
        line = record.transaction.reported
        return (
            self.wording.day(line.booking_date) if line.booking_date else "",
            line.counterparty,
            line.text,
            self.wording.amount(line.amount, line.currency),
            decided_words(record, self.wording),
            self.wording.text(f"rules.verdict.{record.verdict}"),
        )[column]

    def ordered_by(self, record: RuledLine, column: int) -> str | int:
        line = record.transaction.reported
        if column == 0:
            return line.booking_date.isoformat() if line.booking_date else ""
        return line.amount if column in self.FIGURES else self.cell(record, column)

    def tip(self, record: RuledLine, column: int) -> str | None:
        return self.cell(record, column)


def decided_words(line: RuledLine, wording: Wording) -> str:
    """What a person decided on it; a dash where nobody has."""
    if line.chosen is not None:
        return chosen_words(line.chosen, line.transaction, wording)
    is_rejected = line.verdict is RuleVerdict.CONFLICTS
    return wording.text("rules.decided.rejected" if is_rejected else "rules.decided.nothing")


def chosen_words(chosen: Proposal, transaction: BankTransaction, wording: Wording) -> str:
    """Documents by number and name, a direct posting by its account."""
    if chosen.posting is not None:
        return posted_words(chosen.posting, wording)
    return wording.proposal(chosen, transaction.reported.currency).title


def posted_words(posting: Posting | None, wording: Wording) -> str:
    """The account with its VAT code."""
    if posting is None:
        return ""
    account = wording.ledger_account(posting.account)
    vat = posting.vat_code
    return wording.text("rules.decided.posted_vat", account=account, code=vat) if vat else account


def of_verdict(lines: Sequence[RuledLine], verdict: str) -> tuple[RuledLine, ...]:
    """Those of one verdict; all for the empty word."""
    return tuple(line for line in lines if verdict in ("", line.verdict))
