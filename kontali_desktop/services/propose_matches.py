"""Running the engine over what is open, and accepting what a client lets the program accept by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.errors import RuleBroken
from kontali_desktop.domain.ids import ClientId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.domain.money import NOK
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.actors import PROGRAM
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.review import Decider, new_batch
from kontali_desktop.services.storage import Storage, UnitOfWork, open_item_of

Engine = Callable[[MatchRequest], tuple[TransactionProposals, ...]]


@dataclass(frozen=True, slots=True)
class MatchReport:
    """`seconds` of the matching alone."""

    transactions: int = 0
    documents: int = 0
    proposed: int = 0
    auto_accepted: int = 0
    seconds: float = 0.0

    def __add__(self, other: MatchReport) -> MatchReport:
        return MatchReport(
            self.transactions + other.transactions,
            self.documents + other.documents,
            self.proposed + other.proposed,
            self.auto_accepted + other.auto_accepted,
            self.seconds + other.seconds,
        )


class ProposeMatches:
    """May be run again and again; never alters a person's decision."""

    def __init__(self, storage: Storage, engine: Engine, clock: Clock) -> None:
        self._storage = storage
        self._engine = engine
        self._clock = clock

    def run(self, client_id: ClientId | None = None) -> MatchReport:
        """Propose for one client, or for each by itself: nothing of one client is ever seen by another."""
        if client_id is not None:
            return self._run_client(client_id)
        with self._storage.reading() as work:
            clients = work.clients.load_all()
        return sum((self._run_client(client.id) for client in clients), MatchReport())

    def _run_client(self, client_id: ClientId) -> MatchReport:
        with self._storage.reading() as work:
            request = _request(work, client_id)
        started = time.perf_counter()
        found = self._engine(request)
        seconds = time.perf_counter() - started
        proposals = {p.transaction_id: p.proposals for p in found if p.proposals}
        with self._storage.writing() as work:
            proposals = _still_open(work, client_id, proposals)
            work.matches.replace_proposals(client_id, proposals)
            accepted = self._accept_sure(work, client_id, proposals)
            work.commit()
        return MatchReport(
            len(request.transactions), len(request.open_items), len(proposals) - accepted, accepted, round(seconds, 4)
        )

    def _accept_sure(
        self, work: UnitOfWork, client_id: ClientId, proposals: dict[TransactionId, tuple[Proposal, ...]]
    ) -> int:
        settings = work.clients.load_settings(client_id)
        if not settings.is_automatic:
            return 0
        undone = work.matches.undone_ids(client_id)  # a person took it back: it waits for a person from then on
        decider = Decider(work, self._clock.now(), PROGRAM, new_batch())
        decider.expect(work.transactions.load_matchable(client_id), work.documents.load_of_client(client_id))
        return sum(
            _accepts(decider, transaction_id, ranked[0])
            for transaction_id, ranked in sorted(proposals.items())
            if transaction_id not in undone and is_automatic(ranked[0], settings)
        )


def _still_open(
    work: UnitOfWork, client_id: ClientId, proposals: dict[TransactionId, tuple[Proposal, ...]]
) -> dict[TransactionId, tuple[Proposal, ...]]:
    """Without what a person decided or rejected while the engine ran."""
    decided, rejected = work.matches.decided_ids(client_id), work.matches.load_rejected(client_id)
    open_still = {
        transaction_id: tuple(p for p in ranked if (transaction_id, p.key) not in rejected)
        for transaction_id, ranked in proposals.items()
        if transaction_id not in decided
    }
    return {transaction_id: ranked for transaction_id, ranked in open_still.items() if ranked}


def _accepts(decider: Decider, transaction_id: TransactionId, proposal: Proposal) -> bool:
    """What a rule forbids (a document settled by the line before) waits for a person."""
    try:
        decider.accept(transaction_id, proposal)
    except RuleBroken:
        return False
    return True


def is_automatic(proposal: Proposal, settings: ClientSettings) -> bool:
    """Above the client's threshold, the only combination, documents settled, and within the cap.

    The cap is in kroner: with one, documents in another currency wait for a person.
    """
    total = sum(abs(line.amount) for line in proposal.lines)
    is_in_kroner = all(line.currency == NOK for line in proposal.lines)
    is_within_cap = settings.cap is None or (is_in_kroner and total <= settings.cap)
    return (
        settings.is_automatic
        and proposal.kind is ProposalKind.DOCUMENTS
        and proposal.confidence >= settings.threshold
        and proposal.combinations == 1
        and is_within_cap
    )


def _request(work: UnitOfWork, client_id: ClientId) -> MatchRequest:
    documents = [open_item_of(d) for d in work.documents.load_of_client(client_id)]
    return MatchRequest(
        transactions=work.transactions.load_matchable(client_id),
        open_items=tuple(d for d in documents if d.open_amount > 0),
        settled=tuple(d for d in documents if d.open_amount == 0),
        rejected=work.matches.load_rejected(client_id),
        own_accounts={account.id: account.number for account in work.accounts.load_all(client_id)},
    )
