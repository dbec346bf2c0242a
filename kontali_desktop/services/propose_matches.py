"""Running the engine over what is open, and accepting what a client lets the program accept by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.accept_sure import accept_sure
from kontali_desktop.services.apply_rules import ActingRules
from kontali_desktop.services.learning import load_learnt
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Storage, StoredDocument, UnitOfWork, open_item_of

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
    """May be run again and again; never alters a person's decision.

    `following` makes an engine that remembers what it was last asked: it answers as `engine` does, but sooner where
    little has changed. It is kept for the client that is being worked on.
    """

    def __init__(
        self, storage: Storage, engine: Engine, clock: Clock, following: Callable[[], Engine] | None = None
    ) -> None:
        self._storage = storage
        self._engine = engine
        self._clock = clock
        self._following = following
        self._kept: tuple[ClientId, Engine] | None = None
        self._items = OpenItems()
        self._one_at_a_time = threading.Lock()

    def run(self, client_id: ClientId | None = None) -> MatchReport:
        """Propose for one client, or for each by itself: nothing of one client is ever seen by another."""
        if client_id is not None:
            return self._run_client(client_id)
        with self._storage.reading() as work:
            clients = work.clients.load_all()
        return sum((self._run_client(client.id) for client in clients), MatchReport())

    def propose_anew(self, client_id: ClientId | None = None) -> MatchReport:
        """After a person's decision: proposals alone, so that the last decision, which undo takes back, is theirs."""
        if client_id is not None:
            return self._run_client(client_id, is_accepting=False)
        with self._storage.reading() as work:
            clients = work.clients.load_all()
        return sum((self._run_client(client.id, is_accepting=False) for client in clients), MatchReport())

    def _ask(self, client_id: ClientId, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        if self._following is None:
            return self._engine(request)
        with self._one_at_a_time:
            kept, self._kept = self._kept, None  # what ends half-way is not asked again
            engine = kept[1] if kept is not None and kept[0] == client_id else self._following()
            found = engine(request)
            self._kept = (client_id, engine)
            return found

    def _run_client(self, client_id: ClientId, *, is_accepting: bool = True) -> MatchReport:
        with self._storage.reading() as work:
            request = request_of(work, client_id, self._items)
            rules = ActingRules.of(work.rules.load(client_id))
            threshold = work.clients.load_settings(client_id).threshold
        started = time.perf_counter()
        found = {p.transaction_id: p.proposals for p in self._ask(client_id, request) if p.proposals}
        proposals = rules.apply(request.transactions, found, request.rejected, threshold)
        seconds = time.perf_counter() - started
        with self._storage.writing() as work:
            proposals = _still_open(work, client_id, proposals)
            work.matches.replace_proposals(client_id, proposals)
            accepted = accept_sure(work, client_id, proposals, self._clock.now()) if is_accepting else 0
            work.commit()
        return MatchReport(
            len(request.transactions), len(request.open_items), len(proposals) - accepted, accepted, round(seconds, 4)
        )


def _still_open(
    work: UnitOfWork, client_id: ClientId, proposals: dict[TransactionId, tuple[Proposal, ...]]
) -> dict[TransactionId, tuple[Proposal, ...]]:
    """Without what a person decided or rejected while the engine ran."""
    decided, rejected = work.matches.decided_ids(client_id), work.matches.load_rejected(client_id)
    open_still = {t: ranked for t, ranked in proposals.items() if t not in decided}
    for transaction_id in {t for t, _ in rejected} & open_still.keys():
        ranked = open_still.pop(transaction_id)
        left = tuple(p for p in ranked if (transaction_id, p.key) not in rejected)
        if left:
            open_still[transaction_id] = left if len(left) < len(ranked) else ranked
    return open_still


class OpenItems:
    """What the engine sees of stored documents; the very same for as long as the document is the very same."""

    def __init__(self) -> None:
        self._known: dict[DocumentId, tuple[StoredDocument, OpenItem]] = {}

    def of(self, stored: Iterable[StoredDocument]) -> list[OpenItem]:
        before, now = self._known, {}
        for document in stored:
            known = before.get(document.id)
            is_same = known is not None and known[0] is document
            now[document.id] = known if known is not None and is_same else (document, open_item_of(document))
        self._known = now
        return [item for _, item in now.values()]


def request_of(work: UnitOfWork, client_id: ClientId, items: OpenItems | None = None) -> MatchRequest:
    """What is open for one client, with what its decisions teach."""
    stored = work.documents.load_of_client(client_id)
    documents = (items or OpenItems()).of(stored)
    learnt = load_learnt(work, client_id)
    return MatchRequest(
        transactions=work.transactions.load_matchable(client_id),
        open_items=tuple(d for d in documents if d.open_amount > 0),
        settled=tuple(d for d in documents if d.open_amount == 0),
        paid_here=frozenset(d.id for d in stored if d.open_amount == 0 and d.reported.remaining > 0),
        rejected=work.matches.load_rejected(client_id),
        own_accounts={account.id: account.number for account in work.accounts.load_all(client_id)},
        known_accounts=learnt.known_accounts,
        parts=work.batches.load_parts(client_id),
        learnt=learnt,
    )
