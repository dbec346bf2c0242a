"""All that is learnt of a client for a person to look at: each fact with the decisions behind it, and forgetting it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import ClientId, DecisionId, TransactionId
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.autonomy import load_autonomy, trust_key
from kontali_desktop.services.learning import (
    MOST_LET_STAND,
    Learning,
    LearntFact,
    facts_of,
    load_learnt,
    period_let_stand,
)
from kontali_desktop.services.learning_storage import HumanDecision, Trust
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.review import Decider, new_batch
from kontali_desktop.services.shadow import standing_decisions
from kontali_desktop.services.storage import Storage, UnitOfWork


@dataclass(frozen=True, slots=True)
class LearntEntry:
    """A fact with the decisions it rests on, the newest first."""

    fact: LearntFact
    sources: tuple[HumanDecision, ...]


class LearntList:
    """What the engine learnt, autonomy that was lost, and proposals that were rejected."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._learning = Learning(storage, clock)

    def load(self, client_id: ClientId) -> tuple[LearntEntry, ...]:
        """Kind by kind."""
        with self._storage.reading() as work:
            decisions = {d.id: d for d in work.learning.load_decisions(client_id)}
            own = tuple(decisions.values())
            period = period_let_stand(work, client_id)
            if period is not None:
                stood = work.learning.load_let_stand(client_id, period, MOST_LET_STAND)
                decisions |= {d.id: d for d in stood}
            facts = [
                *facts_of(load_learnt(work, client_id)),
                *_autonomy(load_autonomy(work, client_id).standing.taken_back, decisions),
                *_rejected(own, work.matches.decided_ids(client_id)),
            ]
        return tuple(LearntEntry(fact, _sources(fact, decisions)) for fact in facts)

    def forget(self, client_id: ClientId, entry: LearntEntry) -> None:
        """Of a rejected proposal: the rejection is taken back, so that it may be proposed again."""
        fact = entry.fact
        if fact.kind is not FactKind.REJECTED:
            self._learning.forget(client_id, fact.kind, fact.key, about_of(fact))
            return
        with self._storage.writing() as work:
            self._decider(work).undo(work.matches.decision(entry.sources[0].id))
            work.commit()

    def remember(self, client_id: ClientId, entry: LearntEntry) -> None:
        """Take the forgetting back. Raises AlreadyMatched where a rejected one was accepted meanwhile."""
        fact = entry.fact
        if fact.kind is not FactKind.REJECTED:
            self._learning.remember(client_id, fact.kind, fact.key, about_of(fact))
            return
        with self._storage.writing() as work:
            rejected = entry.sources[0]
            self._decider(work).reject(rejected.transaction.id, rejected.proposal)
            work.commit()

    def _decider(self, work: UnitOfWork) -> Decider:
        return Decider(work, self._clock.now(), PERSON, new_batch())


def about_of(fact: LearntFact) -> str:
    """Whom or what it is about, for the event log."""
    return fact.facts.get("counterparty") or fact.facts.get("key") or fact.key


def _sources(fact: LearntFact, decisions: Mapping[DecisionId, HumanDecision]) -> tuple[HumanDecision, ...]:
    return tuple(decisions[d] for d in sorted(fact.decisions, reverse=True) if d in decisions)


def _autonomy(
    taken_back: Mapping[Trust, DecisionId], decisions: Mapping[DecisionId, HumanDecision]
) -> Iterator[LearntFact]:
    for trust, decision in sorted(taken_back.items(), key=lambda t: (t[0][0], t[0][1].value)):
        counterparty, kind = trust
        facts = {"counterparty": _name(counterparty, decisions.get(decision)), "evidence": kind.value}
        yield LearntFact(FactKind.AUTONOMY, trust_key(trust), (decision,), facts)


def _name(folded: str, decision: HumanDecision | None) -> str:
    """As it is written in the books or by the bank, where the decision knows it."""
    if decision is None:
        return folded
    written = [line.counterparty for line in decision.proposal.lines]
    written.append(decision.transaction.reported.counterparty)
    return next((name for name in written if folded_name(name) == folded), folded)


def _rejected(decisions: tuple[HumanDecision, ...], decided: frozenset[TransactionId]) -> Iterator[LearntFact]:
    """Those that still keep something from being proposed."""
    for decision in standing_decisions(decisions):
        reported, proposal = decision.transaction.reported, decision.proposal
        if decision.action != "reject" or decision.transaction.id in decided:
            continue
        facts = {
            "counterparty": reported.counterparty or reported.text,
            "amount": str(decision.transaction.money),
            "currency": reported.currency,
            "documents": ", ".join(line.number for line in proposal.lines),
            "proposed": proposal.kind.value,
            "posting": proposal.posting.account if proposal.posting else "",
        }
        yield LearntFact(FactKind.REJECTED, str(decision.id), (decision.id,), facts)
