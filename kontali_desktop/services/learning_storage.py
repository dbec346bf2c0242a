"""The door to what decisions teach: examples, corrections, what was forgotten, shadow decisions, the user's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kontali_desktop.domain.autonomy import EvidenceKind
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import ClientId, DecisionId, RuleId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.domain.rules import Rule
from kontali_desktop.matching.learnt import Example, FactKind, Forgotten
from kontali_desktop.services.actors import PERSON

Trust = tuple[str, EvidenceKind]  # a counterparty and a kind of evidence


@dataclass(frozen=True, slots=True)
class HumanDecision:
    """One decision of a person, with its match; of an undo, `undoes` names the decision taken back.

    Also an accept of the program (`actor`) that a person let stand when the period was closed.
    """

    id: DecisionId
    at: datetime
    action: str
    transaction: BankTransaction
    proposal: Proposal
    undoes: DecisionId | None = None
    actor: str = PERSON


@dataclass(frozen=True, slots=True)
class Wrong:
    """A proposal that a person rejected, or passed over for another."""

    trust: Trust
    confidence: float
    combinations: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one decision of a person says about the program's autonomy; imports that were undone say nothing.

    `trust` is of the match decided (None on those older than autonomy); of an undo, `undoes` names the decision taken
    back and `undone_actor` whose it was.
    """

    id: DecisionId
    at: datetime
    action: str
    trust: Trust | None
    wrong: Wrong | None = None
    undoes: DecisionId | None = None
    undone_action: str = ""
    undone_actor: str = ""


@dataclass(frozen=True, slots=True)
class ForgottenFact:
    """A fact that a person made the program forget; decisions up to `until` no longer count for it."""

    kind: FactKind
    key: str
    at: datetime
    until: DecisionId


@dataclass(frozen=True, slots=True)
class ShadowDecision:
    """What would have been accepted by itself, the first time it would have been."""

    transaction_id: TransactionId
    at: datetime
    proposal_key: str
    evidence_kind: EvidenceKind
    confidence: float


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule in its place (0 is asked first), with what its last test said; untested it never acts."""

    id: RuleId
    rule: Rule
    place: int
    is_active: bool = False
    tested_at: datetime | None = None
    agreements: int = 0
    conflicts: int = 0


class LearningStore(Protocol):
    def load_examples(
        self,
        client_id: ClientId,
        before: DecisionId | None = None,
        most: int | None = None,
        let_stand: ClosedPeriod | None = None,
    ) -> tuple[Example, ...]:
        """A person's standing accepts, before a decision where one is given; the newest, where bounded.

        With `let_stand` the program's own instead, of what is booked in that period and was decided before it closed.
        """
        ...

    def load_rulings(self, client_id: ClientId) -> tuple[Ruling, ...]:
        """A person's, the oldest first."""
        ...

    def load_decisions(self, client_id: ClientId, since: DecisionId | None = None) -> tuple[HumanDecision, ...]:
        """A person's, the oldest first, from one on where it is given."""
        ...

    def load_let_stand(self, client_id: ClientId, period: ClosedPeriod, most: int) -> tuple[HumanDecision, ...]:
        """The program's accepts that `load_examples` gives for the period, the oldest first."""
        ...

    def counterparties_let_stand(self, client_id: ClientId, period: ClosedPeriod) -> frozenset[str]:
        """Whose matches they are, as autonomy knows them."""
        ...

    def last_decision(self, client_id: ClientId) -> DecisionId:
        """0 where there is none."""
        ...

    def load_forgotten(self, client_id: ClientId) -> tuple[ForgottenFact, ...]: ...
    def forget(self, client_id: ClientId, fact: ForgottenFact) -> None: ...
    def remember(self, client_id: ClientId, kind: FactKind, key: str) -> None:
        """Take the newest forgetting of a fact back."""
        ...

    def add_shadow(self, decisions: Sequence[ShadowDecision]) -> None: ...
    def load_shadow(self, client_id: ClientId) -> tuple[ShadowDecision, ...]: ...


class RuleStore(Protocol):
    def load(self, client_id: ClientId) -> tuple[StoredRule, ...]:
        """In their order."""
        ...

    def add(self, client_id: ClientId, rule: Rule, now: datetime) -> RuleId: ...
    def save(self, rule: StoredRule) -> None: ...
    def remove(self, rule_id: RuleId) -> None: ...


def forgotten_of(facts: Sequence[ForgottenFact]) -> Forgotten:
    """For `learn`: the newest of each fact holds."""
    found: dict[tuple[FactKind, str], DecisionId] = {}
    for fact in facts:
        found[fact.kind, fact.key] = max(fact.until, found.get((fact.kind, fact.key), fact.until))
    return found
