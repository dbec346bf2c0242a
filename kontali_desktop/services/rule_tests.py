"""A rule held against what persons decided on the lines it fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.bank import BankTransaction, BookingStatus
from kontali_desktop.domain.ids import ClientId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.domain.rules import Effect, Rule
from kontali_desktop.services.apply_rules import posting_of_rule, settles_only
from kontali_desktop.services.review import ACCEPTED
from kontali_desktop.services.storage import UnitOfWork


class RuleVerdict(StrEnum):
    """What a line that the rule fits says of it."""

    AGREES = "agrees"  # a person decided the same
    CONFLICTS = "conflicts"  # a person decided otherwise, or rejected just this
    UNDECIDED = "undecided"  # no person has decided, or the rule would change nothing
    EARLIER = "earlier"  # a rule before it decides


@dataclass(frozen=True, slots=True)
class RuledLine:
    """`chosen` is what a person accepted; None with a conflict: the rule's own posting was rejected."""

    transaction: BankTransaction
    verdict: RuleVerdict
    chosen: Proposal | None = None


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What a rule would have said of the lines since a day, the newest first."""

    since: date
    lines: tuple[RuledLine, ...] = ()

    @property
    def hits(self) -> int:
        """The lines on which it would decide."""
        return len(self.lines) - self.count(RuleVerdict.EARLIER)

    @property
    def agreements(self) -> int:
        return self.count(RuleVerdict.AGREES)

    @property
    def conflicts(self) -> tuple[TransactionId, ...]:
        return tuple(x.transaction.id for x in self.lines if x.verdict is RuleVerdict.CONFLICTS)

    def count(self, verdict: RuleVerdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)


@dataclass(frozen=True, slots=True)
class Past:
    """A client's lines since a day, with what persons decided on them."""

    since: date
    lines: Sequence[BankTransaction]
    accepted: Mapping[TransactionId, Proposal]
    rejected: frozenset[tuple[TransactionId, str]]

    def test(self, rule: Rule, earlier: Sequence[Rule]) -> RuleTest:
        """`earlier` are the acting rules that are asked before it."""
        before = [r for r in earlier if r.effect is rule.effect]
        fitting = (line for line in self.lines if rule.conditions.hold(line))
        return RuleTest(self.since, tuple(self._tested(rule, before, line) for line in fitting))

    def _tested(self, rule: Rule, before: Iterable[Rule], line: BankTransaction) -> RuledLine:
        chosen = self.accepted.get(line.id)
        return RuledLine(line, self._verdict(rule, before, line, chosen), chosen)

    def _verdict(
        self, rule: Rule, before: Iterable[Rule], line: BankTransaction, chosen: Proposal | None
    ) -> RuleVerdict:
        if any(earlier.conditions.hold(line) for earlier in before):
            return RuleVerdict.EARLIER
        if rule.effect is Effect.NEVER_AUTOMATIC:
            return RuleVerdict.UNDECIDED
        if chosen is not None:
            return RuleVerdict.AGREES if _agrees(rule, chosen) else RuleVerdict.CONFLICTS
        if rule.posting is not None and (line.id, posting_of_rule(rule.posting).key) in self.rejected:
            return RuleVerdict.CONFLICTS
        return RuleVerdict.UNDECIDED


def load_past(work: UnitOfWork, client_id: ClientId, since: date) -> Past:
    """What the bank has booked, the newest first, and what persons decided that stands."""
    lines = [t for t in work.transactions.load_of_client(client_id) if _is_meant(t, since)]
    lines.sort(key=lambda t: (t.reported.booking_date or since, t.id), reverse=True)
    decided = work.matches.load_active(client_id)
    accepted = {line: match.proposal for line, match in decided.items() if match.state == ACCEPTED}
    return Past(since, lines, accepted, work.matches.load_rejected(client_id))


def _is_meant(line: BankTransaction, since: date) -> bool:
    day = line.reported.booking_date
    return line.reported.status is BookingStatus.BOOKED and day is not None and day >= since


def _agrees(rule: Rule, chosen: Proposal) -> bool:
    if rule.effect is Effect.POST:
        return chosen.posting == rule.posting
    return settles_only(chosen, rule.preferred)
