"""Reading the review queue: every transaction with where it stands and what is proposed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kontali_desktop.domain.bank import BankTransaction, BookingStatus
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.errors import UnknownTransaction
from kontali_desktop.domain.ids import AccountId, ClientId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind, QueueStatus
from kontali_desktop.services.review_models import Level, Queue, QueueCounts, QueueItem, level_of
from kontali_desktop.services.storage import Storage, StoredMatch, UnitOfWork

WAITING = frozenset({QueueStatus.UNMATCHED, QueueStatus.PROPOSED})


def status_of(
    transaction: BankTransaction, booked_to: date | None, match: StoredMatch | None, *, has_proposal: bool
) -> QueueStatus:
    """Decided wins over everything; then the account's start; then whether anything is proposed."""
    if match is not None:
        if match.proposal.kind is ProposalKind.DIRECT_POSTING:
            return QueueStatus.DIRECTLY_POSTED
        return QueueStatus(match.state)
    day = transaction.reported.booking_date
    if booked_to is not None and day is not None and day <= booked_to:
        return QueueStatus.BEFORE_START
    return QueueStatus.PROPOSED if has_proposal else QueueStatus.UNMATCHED


class _Builder:
    """What the items of a queue share, loaded once."""

    def __init__(self, work: UnitOfWork, client_id: ClientId | None) -> None:
        clients = work.clients.load_all()
        self._clients: dict[ClientId, Client] = {c.id: c for c in clients}
        wanted = [c for c in clients if client_id in (None, c.id)]
        self._settings: dict[ClientId, ClientSettings] = {c.id: work.clients.load_settings(c.id) for c in wanted}
        self._accounts: dict[AccountId, BankAccount] = {a.id: a for a in work.accounts.load_all(client_id)}
        self._matches = work.matches.load_active(client_id)
        self._proposals = work.matches.load_proposals(client_id)
        self._payments = work.batches.count_payments(client_id)

    def item(self, transaction: BankTransaction) -> QueueItem:
        account = self._accounts[transaction.account_id]
        match = self._matches.get(transaction.id)
        ranked = self._proposals.get(transaction.id, ()) if match is None else ()
        is_pending = transaction.reported.status is BookingStatus.PENDING
        status = status_of(transaction, account.booked_to, match, has_proposal=bool(ranked) and not is_pending)
        proposal: Proposal | None = match.proposal if match else None
        alternatives: tuple[Proposal, ...] = ()
        if status is QueueStatus.PROPOSED:
            proposal, alternatives = ranked[0], ranked[1:10]
        return QueueItem(
            transaction=transaction,
            client=self._clients[account.client_id],
            account=account,
            status=status,
            proposal=proposal,
            alternatives=alternatives,
            level=level_of(proposal, self._settings[account.client_id], transaction.reported.booking_date),
            payments=self._payments.get(transaction.id, 0),
            is_automatic=match is not None and match.state == QueueStatus.AUTO_ACCEPTED,
        )


def counts_of(items: Iterable[QueueItem]) -> QueueCounts:
    """How many of each; what is only reserved at the bank is counted apart and waits for nobody."""
    count: Counter[str] = Counter()
    for item in items:
        if item.transaction.reported.status is BookingStatus.PENDING:
            count["pending"] += 1
        elif item.status in WAITING:
            count[f"level {item.level}"] += 1
        elif item.is_automatic:
            count[QueueStatus.AUTO_ACCEPTED] += 1
        else:
            count[item.status] += 1
    return QueueCounts(
        sure=count[f"level {Level.SURE}"],
        likely=count[f"level {Level.LIKELY}"],
        without=count[f"level {Level.NONE}"],
        parked=count[QueueStatus.PARKED],
        accepted=count[QueueStatus.ACCEPTED],
        auto_accepted=count[QueueStatus.AUTO_ACCEPTED],
        posted=count[QueueStatus.DIRECTLY_POSTED],
        before_start=count[QueueStatus.BEFORE_START],
        pending=count["pending"],
    )


class ReviewQueue:
    """Reads only; decisions are `Review`'s."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(self, client_id: ClientId | None = None, statuses: frozenset[QueueStatus] | None = WAITING) -> Queue:
        """The queue of one client or of all, newest first. `statuses` None gives everything, pending lines too."""
        with self._storage.reading() as work:
            builder = _Builder(work, client_id)
            items = tuple(builder.item(t) for t in work.transactions.load_of_client(client_id))
            client = next((c for c in work.clients.load_all() if c.id == client_id), None)
        shown = items if statuses is None else tuple(i for i in items if _is_shown(i, statuses))
        return Queue(client, shown, counts_of(items))

    def load_items(self, ids: Iterable[TransactionId]) -> tuple[QueueItem, ...]:
        """Some transactions as they stand now, in the order asked. Raises UnknownTransaction."""
        with self._storage.reading() as work:
            builder = _Builder(work, None)
            return tuple(builder.item(_found(work, transaction_id)) for transaction_id in ids)


def _is_shown(item: QueueItem, statuses: frozenset[QueueStatus]) -> bool:
    return item.status in statuses and item.transaction.reported.status is BookingStatus.BOOKED


def _found(work: UnitOfWork, transaction_id: TransactionId) -> BankTransaction:
    transaction = work.transactions.find(transaction_id)
    if transaction is None:
        raise UnknownTransaction(id=transaction_id)
    return transaction
