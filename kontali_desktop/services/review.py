"""The person's decisions: accept, reject, undo. Each is added to the log, none is ever changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from kontali_desktop.domain.bank import BankTransaction, BookingStatus
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.errors import (
    AlreadyMatched,
    DocumentSettled,
    NothingProposed,
    NothingToUndo,
    NotQueued,
    PeriodClosed,
    UnbalancedMatch,
    UnknownTransaction,
)
from kontali_desktop.domain.ids import AccountId, ClientId, DecisionId, DocumentId, MatchId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind, ProposedLine, expected_difference
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Decision, Event, NewDecision, Storage, StoredDocument, UnitOfWork
from kontali_desktop.services.store_documents import reopen_closed

ACCEPTED, AUTO_ACCEPTED, REJECTED, UNDONE = "accepted", "auto_accepted", "rejected", "undone"


def new_batch() -> str:
    """A name for what is decided at once, so that it can be undone at once."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is decided about, and whose it is."""

    transaction: BankTransaction
    client: Client
    is_queued: bool


class Decider:
    """Decisions inside one unit of work; the caller commits."""

    def __init__(self, work: UnitOfWork, now: datetime, actor: str, batch: str) -> None:
        self._work = work
        self._now = now
        self._actor = actor
        self._batch = batch
        self._owners: dict[AccountId, tuple[BankAccount, Client]] = {}
        self._settings: dict[ClientId, ClientSettings] = {}
        self._undecided: dict[TransactionId, BankTransaction] = {}
        self._documents: dict[DocumentId, StoredDocument] = {}

    def expect(self, undecided: Iterable[BankTransaction], documents: Iterable[StoredDocument]) -> None:
        """What this unit of work has read already, so that many decisions need not read it one by one."""
        self._undecided |= {transaction.id: transaction for transaction in undecided}
        self._documents |= {document.id: document for document in documents}

    def accept(
        self, transaction_id: TransactionId, proposal: Proposal, first: Proposal | None = None
    ) -> tuple[TransactionId, ...]:
        """Tie the transaction to what the proposal names; a transfer decides both its transactions.

        `first` is what stood first: where it is another, the decision says so too.
        Raises AlreadyMatched, NotQueued, PeriodClosed, DocumentSettled, UnbalancedMatch.
        """
        subject = self._decidable(transaction_id)
        _refuse_unbalanced(subject.transaction, proposal)
        for line in proposal.lines:  # all of them before any is put: a caller may go on after a refusal
            self._refuse_settled(line)
        counter = proposal.counter_transaction if proposal.kind is ProposalKind.TRANSFER else None
        other = self._decidable(counter) if counter is not None else None
        final = replace(proposal, lines=tuple(self._put(line) for line in proposal.lines))
        state = ACCEPTED if self._actor == PERSON else AUTO_ACCEPTED
        match_id = self._work.matches.add(subject.transaction, state, final)
        self._undecided.pop(transaction_id, None)
        touched: tuple[TransactionId, ...] = (transaction_id,)
        counter_match: MatchId | None = None
        if counter is not None and other is not None:
            mirrored = replace(final, counter_transaction=transaction_id, difference=-final.difference)
            counter_match = self._work.matches.add(other.transaction, state, mirrored)
            self._undecided.pop(counter, None)
            touched = (transaction_id, counter)
        instead_of = first if first is not None and first.key != proposal.key else None
        self._log("accept", (match_id, counter_match), final, subject, instead_of=instead_of)
        return touched

    def reject(self, transaction_id: TransactionId, proposal: Proposal) -> tuple[TransactionId, ...]:
        """Never propose this for the transaction again; the next alternative takes its place.

        Raises AlreadyMatched, NotQueued, PeriodClosed.
        """
        subject = self._decidable(transaction_id)
        match_id = self._reject_one(subject.transaction, proposal)
        touched: tuple[TransactionId, ...] = (transaction_id,)
        counter_match: MatchId | None = None
        other = proposal.counter_transaction
        if other is not None and self._work.matches.active(other) is None:
            mirrored = replace(proposal, counter_transaction=transaction_id)
            counter = self._subject(other)
            self._refuse_closed(counter)
            counter_match = self._reject_one(counter.transaction, mirrored)
            touched = (transaction_id, other)
        self._log("reject", (match_id, counter_match), proposal, subject)
        return touched

    def undo(self, decision: Decision) -> tuple[TransactionId, ...]:
        """Take a decision back, whole; what was proposed is proposed again.

        What has come to lie before the account's start meanwhile can be taken back all the same.
        Raises PeriodClosed, before anything is changed.
        """
        if decision.match_id is None:
            return self._reopen(decision)
        matches = [self._work.matches.get(decision.match_id)]
        if decision.counter_match_id is not None:
            matches.append(self._work.matches.get(decision.counter_match_id))
        subjects = [self._subject(match.transaction_id) for match in matches]
        for subject in subjects:
            self._refuse_closed(subject)
        for match in matches:
            self._work.matches.set_state(match.id, UNDONE)
            if decision.action == "accept":
                for line in match.proposal.lines:
                    self._work.documents.put(line.document_id, -abs(line.amount))
                    self._documents.pop(line.document_id, None)
            else:
                others = self._work.matches.proposals_of(match.transaction_id)
                self._work.matches.set_proposals(match.transaction_id, (match.proposal, *others))
        first = matches[0]
        self._log("undo", (first.id, decision.counter_match_id), first.proposal, subjects[0], undoes=decision.id)
        return tuple(match.transaction_id for match in matches)

    def _reopen(self, decision: Decision) -> tuple[TransactionId, ...]:
        """The closing of what a whole list no longer named: it touched no transaction."""
        reopened = reopen_closed(self._work, decision)
        self._work.matches.add_decision(
            NewDecision(self._now, self._actor, "undo", None, self._batch, undoes=decision.id)
        )
        if reopened:
            facts = {"count": str(len(reopened)), "numbers": ", ".join(d.reported.number for d in reopened[:20])}
            event = Event(self._now, self._actor, "documents.reopened", facts, client_id=reopened[0].client_id)
            self._work.events.add(event)
        return ()

    def _reject_one(self, transaction: BankTransaction, proposal: Proposal) -> MatchId:
        match_id = self._work.matches.add(transaction, REJECTED, proposal)
        others = [p for p in self._work.matches.proposals_of(transaction.id) if p.key != proposal.key]
        self._work.matches.set_proposals(transaction.id, others)
        return match_id

    def _subject(self, transaction_id: TransactionId) -> _Subject:
        transaction = self._undecided.get(transaction_id) or self._work.transactions.find(transaction_id)
        if transaction is None:
            raise UnknownTransaction(id=transaction_id)
        account, client = self._owner(transaction.account_id)
        booking_date, booked_to = transaction.reported.booking_date, account.booked_to
        is_before = booked_to is not None and booking_date is not None and booking_date <= booked_to
        is_queued = transaction.reported.status is BookingStatus.BOOKED and not is_before
        return _Subject(transaction, client, is_queued)

    def _owner(self, account_id: AccountId) -> tuple[BankAccount, Client]:
        """Loaded once: nobody else writes while this unit of work does."""
        if account_id not in self._owners:
            clients = {client.id: client for client in self._work.clients.load_all()}
            self._owners = {a.id: (a, clients[a.client_id]) for a in self._work.accounts.load_all()}
        return self._owners[account_id]

    def _decidable(self, transaction_id: TransactionId) -> _Subject:
        subject = self._subject(transaction_id)
        if not subject.is_queued:
            raise NotQueued(id=transaction_id)
        if transaction_id not in self._undecided and self._work.matches.active(transaction_id) is not None:
            raise AlreadyMatched(id=transaction_id)
        self._refuse_closed(subject)
        return subject

    def _refuse_closed(self, subject: _Subject) -> None:
        refuse_closed(self._settings_of(subject.client.id), subject.client, subject.transaction)

    def _settings_of(self, client_id: ClientId) -> ClientSettings:
        """Loaded once, as the owners are."""
        if client_id not in self._settings:
            self._settings[client_id] = self._work.clients.load_settings(client_id)
        return self._settings[client_id]

    def _document(self, document_id: DocumentId) -> StoredDocument | None:
        return self._documents.get(document_id) or self._work.documents.find([document_id]).get(document_id)

    def _refuse_settled(self, line: ProposedLine) -> None:
        """The document may have changed since it was proposed, or be gone with the import that brought it."""
        document = self._document(line.document_id)
        if document is None or abs(line.amount) > document.open_amount:
            raise DocumentSettled(number=line.number, counterparty=line.counterparty)

    def _put(self, line: ProposedLine) -> ProposedLine:
        """Settle the line's amount on its document."""
        document, amount = self._document(line.document_id), abs(line.amount)
        assert document is not None  # noqa: S101 - refused before
        self._work.documents.put(line.document_id, amount)
        if line.document_id in self._documents:
            self._documents[line.document_id] = replace(document, matched=document.matched + amount)
        return replace(line, remaining_after=document.open_amount - amount)

    def _log(
        self,
        action: str,
        matches: tuple[MatchId, MatchId | None],
        proposal: Proposal,
        subject: _Subject,
        *,
        undoes: DecisionId | None = None,
        instead_of: Proposal | None = None,
    ) -> None:
        match_id, counter_match = matches
        self._work.matches.add_decision(
            NewDecision(self._now, self._actor, action, match_id, self._batch, counter_match, undoes, instead_of)
        )
        reported = subject.transaction.reported
        facts = {
            "transaction": str(subject.transaction.id),
            "counterparty": reported.counterparty or reported.text,
            "amount": str(subject.transaction.money),
            "currency": reported.currency,
            "documents": ", ".join(line.number for line in proposal.lines),
            "kind": proposal.kind.value,
            "confidence": f"{proposal.confidence:.4f}",
        }
        code = {"accept": "match.accepted", "reject": "match.rejected", "undo": "match.undone"}[action]
        self._work.events.add(Event(self._now, self._actor, code, facts, client_id=subject.client.id))


def refuse_closed(settings: ClientSettings, client: Client, transaction: BankTransaction) -> None:
    """Raises PeriodClosed where the line is booked in the client's closed period."""
    day = transaction.reported.booking_date
    if settings.closed is not None and day is not None and settings.is_closed(day):
        until = settings.closed.until.isoformat()
        raise PeriodClosed(
            id=transaction.id,
            client=client.name,
            day=day.isoformat(),
            closed_until=until,
            amount=str(transaction.money),
            currency=transaction.reported.currency,
            text=transaction.reported.counterparty or transaction.reported.text,
        )


@contextmanager
def closed_in(what: str) -> Iterator[None]:
    """What was asked for, where a closed period stands in the way of it."""
    try:
        yield
    except PeriodClosed as error:
        raise PeriodClosed(**error.parameters, what=what) from error


def _refuse_unbalanced(transaction: BankTransaction, proposal: Proposal) -> None:
    if proposal.kind is not ProposalKind.DOCUMENTS:
        return
    currencies = {line.currency for line in proposal.lines} | {transaction.reported.currency}
    amount = transaction.reported.amount
    if len(currencies) == 1 and expected_difference(amount, proposal.lines) != proposal.difference:
        raise UnbalancedMatch(id=transaction.id)


class Review:
    """Decisions by transaction id, each its own unit of work. Read the queue again for how things stand after."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def accept(self, transaction_id: TransactionId, alternative: int = 0) -> tuple[TransactionId, ...]:
        """Accept the proposal (0) or one of its alternatives (1 is the first). Returns the transactions decided.

        Raises UnknownTransaction, NothingProposed, and what `Decider.accept` raises.
        """
        with self._storage.writing() as work:
            chosen, first = (_ranked(work, transaction_id, place) for place in (alternative, 0))
            touched = self._decider(work).accept(transaction_id, chosen, first)
            work.commit()
            return touched

    def reject(self, transaction_id: TransactionId) -> tuple[TransactionId, ...]:
        """Reject the proposal. Raises UnknownTransaction, NothingProposed, AlreadyMatched, PeriodClosed."""
        with self._storage.writing() as work:
            touched = self._decider(work).reject(transaction_id, _ranked(work, transaction_id, 0))
            work.commit()
            return touched

    def accept_shown(self, transaction_id: TransactionId, shown: Proposal) -> tuple[TransactionId, ...]:
        """Accept what the person sees, whatever its rank is by now. Returns the transactions decided.

        Raises NothingProposed where it is no longer proposed as shown, and what `accept` raises.
        """
        with self._storage.writing() as work:
            chosen = _as_shown(work, transaction_id, shown)
            touched = self._decider(work).accept(transaction_id, chosen, _ranked(work, transaction_id, 0))
            work.commit()
            return touched

    def reject_shown(self, transaction_id: TransactionId, shown: Proposal) -> tuple[TransactionId, ...]:
        """Reject what the person sees. Raises as `accept_shown`."""
        with self._storage.writing() as work:
            touched = self._decider(work).reject(transaction_id, _as_shown(work, transaction_id, shown))
            work.commit()
            return touched

    def undo(self, count: int = 1) -> tuple[TransactionId, ...]:
        """Take back the last decisions, automatic ones and closings too, newest first; the transactions touched.

        Raises NothingToUndo where there is none, and PeriodClosed; then none of them is taken back.
        """
        touched: list[TransactionId] = []
        with self._storage.writing() as work:
            decider = self._decider(work)
            for done in range(count):
                decision = work.matches.latest_undoable()
                if decision is None:
                    if done == 0:
                        raise NothingToUndo
                    break
                with closed_in("undo"):
                    touched += decider.undo(decision)
            work.commit()
        return tuple(dict.fromkeys(touched))

    def undo_own(self) -> tuple[TransactionId, ...]:
        """Take back the person's own latest decision, never one of the program's; the transactions touched.

        Raises NothingToUndo where there is none, and PeriodClosed.
        """
        with self._storage.writing() as work:
            return self._take_back(work, work.matches.latest_undoable(PERSON))

    def undo_match(self, transaction_id: TransactionId) -> tuple[TransactionId, ...]:
        """Take back what a transaction is matched by, whoever decided it. Raises as `undo_own`."""
        with self._storage.writing() as work:
            match = work.matches.active(transaction_id)
            return self._take_back(work, work.matches.accept_of(match.id) if match else None)

    def _take_back(self, work: UnitOfWork, decision: Decision | None) -> tuple[TransactionId, ...]:
        if decision is None:
            raise NothingToUndo
        with closed_in("undo"):
            touched = self._decider(work).undo(decision)
        work.commit()
        return touched

    def client_of(self, transaction_id: TransactionId) -> ClientId:
        """Raises UnknownTransaction."""
        with self._storage.reading() as work:
            transaction = work.transactions.find(transaction_id)
            if transaction is None:
                raise UnknownTransaction(id=transaction_id)
            return next(a.client_id for a in work.accounts.load_all() if a.id == transaction.account_id)

    def _decider(self, work: UnitOfWork) -> Decider:
        return Decider(work, self._clock.now(), PERSON, new_batch())


def _as_shown(work: UnitOfWork, transaction_id: TransactionId, shown: Proposal) -> Proposal:
    """A matching run may have changed rank and amounts since the person looked."""
    for proposal in _proposals(work, transaction_id):
        if proposal.key == shown.key and _amounts(proposal) == _amounts(shown):
            return proposal
    raise NothingProposed(id=transaction_id)


def _amounts(proposal: Proposal) -> tuple[int, ...]:
    return (proposal.difference, *(line.amount for line in sorted(proposal.lines, key=lambda x: x.document_id)))


def _proposals(work: UnitOfWork, transaction_id: TransactionId) -> tuple[Proposal, ...]:
    if work.transactions.find(transaction_id) is None:
        raise UnknownTransaction(id=transaction_id)
    if work.matches.active(transaction_id) is not None:
        raise AlreadyMatched(id=transaction_id)
    return work.matches.proposals_of(transaction_id)


def _ranked(work: UnitOfWork, transaction_id: TransactionId, place: int) -> Proposal:
    proposals = _proposals(work, transaction_id)
    if not 0 <= place < len(proposals):
        raise NothingProposed(id=transaction_id)
    return proposals[place]
