"""Proposals, matches and decisions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Insert,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from kontali_desktop.adapters.storage.payloads import Dumped, dump_proposals, load_proposals
from kontali_desktop.adapters.storage.tables import (
    AccountRow,
    ClosingRow,
    DecisionRow,
    DocumentRow,
    MatchLineRow,
    MatchRow,
    ProposalRow,
    TransactionRow,
)
from kontali_desktop.adapters.storage.transactions import ACTIVE_STATES
from kontali_desktop.domain.autonomy import counterparty_of, kind_of_evidence
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import ClientId, DecisionId, DocumentId, ImportId, MatchId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.services.storage import Decision, NewDecision, StoredMatch

_PPM = 1_000_000
_MATCH = (MatchRow.id, MatchRow.transaction_id, MatchRow.state, MatchRow.payload)
# Core's path: many matches may be accepted in one unit of work.
_ADD_MATCH = insert(MatchRow.__table__)  # type: ignore[arg-type]  # a declared class always has a Table
_REMOVE_PROPOSALS = delete(ProposalRow.__table__).where(ProposalRow.transaction_id == bindparam("line"))  # type: ignore[arg-type]  # as above
_ADD_LINE = insert(MatchLineRow.__table__)  # type: ignore[arg-type]  # as above
_ADD_DECISION = insert(DecisionRow.__table__)  # type: ignore[arg-type]  # as above


def _match(row: Row[int, int, str, str]) -> StoredMatch:
    match_id, transaction_id, state, payload = row
    return StoredMatch(MatchId(match_id), TransactionId(transaction_id), state, load_proposals(payload)[0])


def _of_client(
    query: Select[*tuple[Any, ...]], transaction_id: InstrumentedAttribute[int], client_id: ClientId | None
) -> Select[*tuple[Any, ...]]:
    if client_id is None:
        return query
    return (
        query.join(TransactionRow, TransactionRow.id == transaction_id)
        .join(AccountRow, AccountRow.id == TransactionRow.account_id)
        .where(AccountRow.client_id == client_id)
    )


class SqlMatchStore:
    """MatchStore over a session."""

    def __init__(self, session: Session, dumped: Dumped) -> None:
        self._session = session
        self._dumped = dumped

    def replace_proposals(self, client_id: ClientId, proposals: dict[TransactionId, tuple[Proposal, ...]]) -> None:
        """The proposals of everything undecided of the client; what is decided keeps its own, for an undo.

        Only what is otherwise is written.
        """
        is_decided = exists().where(
            MatchRow.transaction_id == ProposalRow.transaction_id, MatchRow.state.in_(ACTIVE_STATES)
        )
        of_client = (
            select(TransactionRow.id)
            .join(AccountRow, AccountRow.id == TransactionRow.account_id)
            .where(AccountRow.client_id == client_id)
        )
        connection = self._session.connection()
        stored = select(ProposalRow.transaction_id, ProposalRow.payload)
        mine = stored.where(ProposalRow.transaction_id.in_(of_client), ~is_decided)
        known: dict[int, str] = dict(connection.execute(mine).all())
        now = self._dumped.words_of(proposals)
        gone = [{"line": t} for t, words in known.items() if now.get(TransactionId(t)) != words]
        if gone:
            connection.execute(_REMOVE_PROPOSALS, gone)
        rows = [{"transaction_id": t, "payload": words} for t, words in now.items() if known.get(t) != words]
        if rows:
            self._session.execute(insert(ProposalRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def set_proposals(self, transaction_id: TransactionId, proposals: Sequence[Proposal]) -> None:
        self._session.execute(delete(ProposalRow).where(ProposalRow.transaction_id == transaction_id))
        if proposals:
            self._session.execute(
                insert(ProposalRow).values(transaction_id=transaction_id, payload=dump_proposals(tuple(proposals)))
            )

    def load_proposals(self, client_id: ClientId | None) -> dict[TransactionId, tuple[Proposal, ...]]:
        query = _of_client(
            select(ProposalRow.transaction_id, ProposalRow.payload), ProposalRow.transaction_id, client_id
        )
        return {TransactionId(t): load_proposals(payload) for t, payload in self._session.execute(query)}

    def proposals_of(self, transaction_id: TransactionId) -> tuple[Proposal, ...]:
        payload = self._session.scalar(select(ProposalRow.payload).where(ProposalRow.transaction_id == transaction_id))
        return load_proposals(payload) if payload else ()

    def add(self, transaction: BankTransaction, state: str, proposal: Proposal) -> MatchId:
        row = {
            "transaction_id": transaction.id,
            "kind": proposal.kind,
            "state": state,
            "proposal_key": proposal.key,
            "confidence_ppm": round(proposal.confidence * _PPM),
            "difference_minor": proposal.difference,
            "difference_reason": proposal.difference_reason,
            "counter_transaction_id": proposal.counter_transaction,
            "payload": dump_proposals((proposal,)),
            "counterparty": counterparty_of(transaction.reported, proposal),
            "evidence_kind": kind_of_evidence(proposal),
        }
        match_id = self._add(_ADD_MATCH, row)
        lines = [
            {"match_id": match_id, "document_id": x.document_id, "amount_minor": x.amount, "currency": x.currency}
            for x in proposal.lines
        ]
        if lines:
            self._session.execute(_ADD_LINE, lines)
        return MatchId(match_id)

    def _add(self, statement: Insert, row: dict[str, Any]) -> int:
        """The new row's id."""
        result: CursorResult[Any] = self._session.execute(statement, row)  # type: ignore[assignment]  # Core's, of an insert
        return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row always has one

    def set_state(self, match_id: MatchId, state: str) -> None:
        self._session.execute(update(MatchRow).where(MatchRow.id == match_id).values(state=state))

    def get(self, match_id: MatchId) -> StoredMatch:
        return _match(self._session.execute(select(*_MATCH).where(MatchRow.id == match_id)).one())

    def active(self, transaction_id: TransactionId) -> StoredMatch | None:
        query = select(*_MATCH).where(MatchRow.transaction_id == transaction_id, MatchRow.state.in_(ACTIVE_STATES))
        row = self._session.execute(query).first()
        return _match(row) if row else None

    def load_active(self, client_id: ClientId | None) -> dict[TransactionId, StoredMatch]:
        query = select(*_MATCH).where(MatchRow.state.in_(ACTIVE_STATES))
        rows = self._session.execute(_of_client(query, MatchRow.transaction_id, client_id))
        return {match.transaction_id: match for match in map(_match, rows)}

    def decided_ids(self, client_id: ClientId) -> frozenset[TransactionId]:
        query = select(MatchRow.transaction_id).where(MatchRow.state.in_(ACTIVE_STATES))
        rows = self._session.scalars(_of_client(query, MatchRow.transaction_id, client_id))
        return frozenset(TransactionId(t) for t in rows)

    def load_rejected(self, client_id: ClientId) -> frozenset[tuple[TransactionId, str]]:
        query = select(MatchRow.transaction_id, MatchRow.proposal_key).where(MatchRow.state == "rejected")
        rows = self._session.execute(_of_client(query, MatchRow.transaction_id, client_id))
        return frozenset((TransactionId(t), key) for t, key in rows)

    def undone_ids(self, client_id: ClientId) -> frozenset[TransactionId]:
        query = select(MatchRow.transaction_id).where(MatchRow.state == "undone")
        rows = self._session.scalars(_of_client(query, MatchRow.transaction_id, client_id))
        return frozenset(TransactionId(t) for t in rows)

    def add_decision(self, decision: NewDecision) -> DecisionId:
        row = {
            "at": decision.at,
            "actor": decision.actor,
            "action": decision.action,
            "match_id": decision.match_id,
            "counter_match_id": decision.counter_match_id,
            "batch": decision.batch,
            "undoes_id": decision.undoes,
            "instead_of": "" if decision.instead_of is None else dump_proposals((decision.instead_of,)),
        }
        return DecisionId(self._add(_ADD_DECISION, row))

    def add_closings(self, decision_id: DecisionId, closed: Sequence[tuple[DocumentId, int]]) -> None:
        """Each document with what its books had open, in minor units."""
        rows = [{"decision_id": decision_id, "document_id": d, "remaining_minor": left} for d, left in closed]
        if rows:
            self._session.execute(insert(ClosingRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def load_closings(self, decision_id: DecisionId) -> dict[DocumentId, int]:
        query = select(ClosingRow.document_id, ClosingRow.remaining_minor).where(ClosingRow.decision_id == decision_id)
        return {DocumentId(document): left for document, left in self._session.execute(query)}

    def closes_given_back(self, client_id: ClientId) -> tuple[Decision, ...]:
        """Closings that no undo names yet, though each document that they closed is open again or gone."""
        closed = select(ClosingRow).join(DocumentRow).where(ClosingRow.decision_id == DecisionRow.id)
        is_closed = ~DocumentRow.is_withdrawn & (DocumentRow.books_remaining_minor == 0)
        query = select(DecisionRow).where(
            DecisionRow.action == "close",
            _not_undone(),
            closed.where(DocumentRow.client_id == client_id).exists(),
            ~closed.where(is_closed).exists(),
        )
        return tuple(_decision(row) for row in self._session.scalars(query))

    def latest_undoable(self, actor: str | None = None) -> Decision | None:
        """The newest decision, an undo apart, that no undo names yet; of one actor, where one is named."""
        query = select(DecisionRow).where(DecisionRow.action != "undo", _not_undone())
        if actor is not None:
            query = query.where(DecisionRow.actor == actor)
        row = self._session.scalar(query.order_by(DecisionRow.id.desc()).limit(1))
        return None if row is None else _decision(row)

    def accept_of(self, match_id: MatchId) -> Decision | None:
        """The decision that made a match, of either half of a transfer, and that no undo names yet."""
        is_of = or_(DecisionRow.match_id == match_id, DecisionRow.counter_match_id == match_id)
        row = self._session.scalar(select(DecisionRow).where(DecisionRow.action == "accept", is_of, _not_undone()))
        return None if row is None else _decision(row)

    def decision(self, decision_id: DecisionId) -> Decision:
        return _decision(self._session.scalars(select(DecisionRow).where(DecisionRow.id == decision_id)).one())

    def accepts_of_import(self, import_id: ImportId) -> tuple[Decision, ...]:
        """The decisions that stand on a line or a document which this import alone brought."""
        on_line = exists().where(TransactionRow.id == MatchRow.transaction_id, TransactionRow.import_id == import_id)
        on_document = exists().where(
            MatchLineRow.match_id == MatchRow.id,
            DocumentRow.id == MatchLineRow.document_id,
            DocumentRow.import_id == import_id,
        )
        query = (
            select(DecisionRow)
            .join(MatchRow, or_(MatchRow.id == DecisionRow.match_id, MatchRow.id == DecisionRow.counter_match_id))
            .where(DecisionRow.action == "accept", MatchRow.state.in_(ACTIVE_STATES), or_(on_line, on_document))
            .order_by(DecisionRow.id.desc())
            .distinct()
        )
        return tuple(_decision(row) for row in self._session.scalars(query))


def _not_undone() -> ColumnElement[bool]:
    undo = aliased(DecisionRow)
    return ~exists().where(undo.undoes_id == DecisionRow.id)


def _decision(row: DecisionRow) -> Decision:
    counter = MatchId(row.counter_match_id) if row.counter_match_id is not None else None
    match = MatchId(row.match_id) if row.match_id is not None else None
    return Decision(DecisionId(row.id), row.at, row.actor, row.action, match, counter)
