"""The user's own rules laid over what the engine proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kontali_desktop.domain.autonomy import RULE_SIGNAL
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence, Posting, Proposal, ProposalKind
from kontali_desktop.domain.rules import Effect
from kontali_desktop.services.learning_storage import StoredRule

_MOST_PROPOSALS = 10
_RULE_WEIGHT = 5.0
PREFERRED_SIGNAL = "rule_prefers"


@dataclass(frozen=True, slots=True)
class ActingRules:
    """The rules that passed their test, in order; for each effect the first that fits a line decides."""

    rules: tuple[StoredRule, ...] = ()

    @staticmethod
    def of(rules: Iterable[StoredRule]) -> ActingRules:
        return ActingRules(tuple(r for r in rules if r.is_active))

    def holds_back(self, transaction: BankTransaction, proposal: Proposal) -> bool:
        """Whether a rule says that a person decides; of a rule's own posting, also where it is not to act alone."""
        if self._first(transaction, Effect.NEVER_AUTOMATIC) is not None:
            return True
        told = next((e.facts.get("rule") for e in proposal.evidence if e.signal == RULE_SIGNAL), None)
        if told is None:
            return False
        rule = next((r for r in self.rules if str(r.id) == told), None)
        return rule is None or not rule.rule.is_automatic or rule.conflicts > 0

    def apply(
        self,
        transactions: Iterable[BankTransaction],
        found: Mapping[TransactionId, tuple[Proposal, ...]],
        rejected: frozenset[tuple[TransactionId, str]],
        threshold: float,
    ) -> dict[TransactionId, tuple[Proposal, ...]]:
        """Proposals with the rules' own among them; what the engine is sure of stays first."""
        laid = dict(found)
        if not self.rules:
            return laid
        for transaction in transactions:
            ranked = found.get(transaction.id, ())
            told = self._preferred(transaction, ranked)
            told = self._posted(transaction, told, rejected, threshold)
            if told != ranked:
                laid[transaction.id] = told[:_MOST_PROPOSALS]
        return laid

    def _first(self, transaction: BankTransaction, effect: Effect) -> StoredRule | None:
        fitting = (r for r in self.rules if r.rule.effect is effect and r.rule.conditions.hold(transaction))
        return next(fitting, None)

    def _preferred(self, transaction: BankTransaction, ranked: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
        rule = self._first(transaction, Effect.PREFER) if ranked else None
        if rule is None:
            return ranked
        wanted = [_marked(p, rule) if settles_only(p, rule.rule.preferred) else p for p in ranked]
        return tuple(sorted(wanted, key=lambda p: all(e.signal != PREFERRED_SIGNAL for e in p.evidence)))

    def _posted(
        self,
        transaction: BankTransaction,
        ranked: tuple[Proposal, ...],
        rejected: frozenset[tuple[TransactionId, str]],
        threshold: float,
    ) -> tuple[Proposal, ...]:
        rule = self._first(transaction, Effect.POST)
        if rule is None:
            return ranked
        posting = proposal_of_rule(rule)
        if (transaction.id, posting.key) in rejected:
            return ranked
        others = [p for p in ranked if p.key != posting.key]
        is_sure = bool(others) and others[0].confidence >= threshold and others[0].combinations == 1
        place = 1 if is_sure and others[0].kind is ProposalKind.DOCUMENTS else 0
        return (*others[:place], posting, *others[place:])


def settles_only(proposal: Proposal, counterparty: str) -> bool:
    return bool(proposal.lines) and {folded_name(x.counterparty) for x in proposal.lines} == {folded_name(counterparty)}


def _marked(proposal: Proposal, rule: StoredRule) -> Proposal:
    sign = Evidence(PREFERRED_SIGNAL, 0.0, {"rule": str(rule.id), "counterparty": rule.rule.preferred})
    return replace(proposal, evidence=(*proposal.evidence, sign))


def proposal_of_rule(rule: StoredRule) -> Proposal:
    """As sure as its test: of n agreements and m conflicts, (n + 1) / (n + m + 2)."""
    confidence = (rule.agreements + 1) / (rule.agreements + rule.conflicts + 2)
    facts = {"rule": str(rule.id), "text": rule.rule.conditions.text, "hits": str(rule.agreements)}
    return replace(
        posting_of_rule(rule.rule.posting),
        confidence=round(confidence, 4),
        evidence=(Evidence(RULE_SIGNAL, _RULE_WEIGHT, facts),),
    )


def posting_of_rule(posting: Posting | None) -> Proposal:
    """By its key what is proposed for a rule, and what a person rejects of it."""
    return Proposal(ProposalKind.DIRECT_POSTING, 0.0, 1, posting=posting)
