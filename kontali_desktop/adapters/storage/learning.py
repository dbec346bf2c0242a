"""What decisions teach, read from the decisions themselves; what was forgotten, and shadow decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, delete, exists, func, insert, literal, select
from sqlalchemy.orm import Session, aliased

from kontali_desktop.adapters.storage.documents import DOCUMENT_COLUMNS, stored_document
from kontali_desktop.adapters.storage.learning_tables import ForgottenRow, ShadowDecisionRow
from kontali_desktop.adapters.storage.payloads import load_proposals
from kontali_desktop.adapters.storage.tables import (
    AccountRow,
    DecisionRow,
    DocumentRow,
    MatchLineRow,
    MatchRow,
    TransactionRow,
)
from kontali_desktop.adapters.storage.transactions import ACTIVE_STATES, TRANSACTION_COLUMNS, transaction_of
from kontali_desktop.domain.autonomy import EvidenceKind, counterparty_named, kind_of_evidence
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.ids import ClientId, DecisionId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.matching.learnt import Example, FactKind
from kontali_desktop.services.actors import PERSON, PROGRAM
from kontali_desktop.services.learning_storage import (
    ForgottenFact,
    HumanDecision,
    Ruling,
    ShadowDecision,
    Trust,
    Wrong,
)

_PPM = 1_000_000
_NONE = literal("", String)
_D, _M = DecisionRow, MatchRow


class SqlLearningStore:
    """LearningStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load_examples(
        self,
        client_id: ClientId,
        before: DecisionId | None = None,
        most: int | None = None,
        let_stand: ClosedPeriod | None = None,
    ) -> tuple[Example, ...]:
        wanted = self._newest(client_id, _accepts(let_stand, before), most)
        documents = self._settled(client_id, wanted)
        posting = case((_M.kind == ProposalKind.DIRECT_POSTING, _M.payload), else_=_NONE)
        query = select(_D.id, _M.difference_reason, posting, *TRANSACTION_COLUMNS).where(*wanted)
        return tuple(
            Example(
                DecisionId(decision),
                transaction_of(columns),
                tuple(documents.get(decision, ())),
                DifferenceReason(reason) if reason else None,
                load_proposals(payload)[0].posting if payload else None,
            )
            for decision, reason, payload, *columns in self._session.execute(
                _on_client(query, client_id).order_by(_D.id)
            )
        )

    def _newest(
        self, client_id: ClientId, wanted: list[ColumnElement[bool]], most: int | None
    ) -> list[ColumnElement[bool]]:
        """The same, and no older than the last of so many."""
        if most is None:
            return wanted
        newest = _on_client(select(_D.id).where(*wanted), client_id).order_by(_D.id.desc()).limit(most)
        oldest = self._session.scalar(select(func.min(newest.subquery().c.id)))
        return [*wanted, _D.id >= (oldest or 0)]

    def _settled(
        self, client_id: ClientId, wanted: Sequence[ColumnElement[bool]]
    ) -> dict[int, list[tuple[ReportedDocument, int]]]:
        """The documents of each decision, each read once, with what was put on it."""
        query: Select[*tuple[Any, ...]] = select(_D.id, MatchLineRow.amount_minor, *DOCUMENT_COLUMNS).where(*wanted)
        query = _on_client(query, client_id).join(MatchLineRow, MatchLineRow.match_id == _M.id)
        documents: dict[int, list[tuple[ReportedDocument, int]]] = defaultdict(list)
        for decision, amount, *columns in self._session.execute(
            query.join(DocumentRow, DocumentRow.id == MatchLineRow.document_id).order_by(_D.id)
        ):
            documents[decision].append((stored_document(columns).reported, amount))
        return documents

    def load_rulings(self, client_id: ClientId) -> tuple[Ruling, ...]:
        undone = aliased(DecisionRow)
        rejected = case((_D.action == "reject", _M.payload), else_=_NONE)
        is_withdrawn = exists().where(
            MatchLineRow.match_id == _M.id, DocumentRow.id == MatchLineRow.document_id, DocumentRow.is_withdrawn
        )
        query: Select[*tuple[Any, ...]] = select(
            _D.id, _D.at, _D.action, _M.counterparty, _M.evidence_kind, _D.undoes_id, undone.action, undone.actor,
            rejected, _D.instead_of, TransactionRow.counterparty, TransactionRow.text,
        )  # fmt: skip
        query = _on_client(query, client_id).join(undone, undone.id == _D.undoes_id, isouter=True)
        query = query.where(_D.actor == PERSON, TransactionRow.status != BookingStatus.WITHDRAWN, ~is_withdrawn)
        return tuple(_ruling(row) for row in self._session.execute(query.order_by(_D.id)))

    def load_decisions(self, client_id: ClientId, since: DecisionId | None = None) -> tuple[HumanDecision, ...]:
        return self._decisions(client_id, [_D.actor == PERSON, _D.id >= (since or 0)])

    def load_let_stand(self, client_id: ClientId, period: ClosedPeriod, most: int) -> tuple[HumanDecision, ...]:
        return self._decisions(client_id, self._newest(client_id, _accepts(period), most))

    def counterparties_let_stand(self, client_id: ClientId, period: ClosedPeriod) -> frozenset[str]:
        query = _on_client(select(_M.counterparty).distinct(), client_id).where(*_accepts(period))
        return frozenset(self._session.scalars(query))

    def _decisions(self, client_id: ClientId, wanted: list[ColumnElement[bool]]) -> tuple[HumanDecision, ...]:
        columns_ = (_D.id, _D.at, _D.action, _D.undoes_id, _D.actor, _M.payload, *TRANSACTION_COLUMNS)
        query: Select[*tuple[Any, ...]] = select(*columns_)
        query = _on_client(query, client_id).where(*wanted).order_by(_D.id)
        return tuple(
            HumanDecision(
                DecisionId(id_),
                at,
                action,
                transaction_of(columns),
                load_proposals(payload)[0],
                DecisionId(undoes) if undoes is not None else None,
                actor,
            )
            for id_, at, action, undoes, actor, payload, *columns in self._session.execute(query)
        )

    def last_decision(self, client_id: ClientId) -> DecisionId:
        return DecisionId(self._session.scalar(_on_client(select(func.max(_D.id)), client_id)) or 0)

    def load_forgotten(self, client_id: ClientId) -> tuple[ForgottenFact, ...]:
        query = select(ForgottenRow).where(ForgottenRow.client_id == client_id).order_by(ForgottenRow.id)
        return tuple(
            ForgottenFact(FactKind(row.kind), row.key, row.at, DecisionId(row.decision_id))
            for row in self._session.scalars(query)
        )

    def forget(self, client_id: ClientId, fact: ForgottenFact) -> None:
        self._session.add(
            ForgottenRow(client_id=client_id, kind=fact.kind, key=fact.key, at=fact.at, decision_id=fact.until)
        )
        self._session.flush()

    def remember(self, client_id: ClientId, kind: FactKind, key: str) -> None:
        of_fact = (ForgottenRow.client_id == client_id, ForgottenRow.kind == kind, ForgottenRow.key == key)
        newest = self._session.scalar(select(func.max(ForgottenRow.id)).where(*of_fact))
        self._session.execute(delete(ForgottenRow).where(ForgottenRow.id == newest))

    def add_shadow(self, decisions: Sequence[ShadowDecision]) -> None:
        rows = [
            {
                "transaction_id": d.transaction_id,
                "at": d.at,
                "proposal_key": d.proposal_key,
                "evidence_kind": d.evidence_kind,
                "confidence_ppm": round(d.confidence * _PPM),
            }
            for d in decisions
        ]
        if rows:
            self._session.execute(insert(ShadowDecisionRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def load_shadow(self, client_id: ClientId) -> tuple[ShadowDecision, ...]:
        query = (
            select(ShadowDecisionRow)
            .join(TransactionRow, TransactionRow.id == ShadowDecisionRow.transaction_id)
            .join(AccountRow, AccountRow.id == TransactionRow.account_id)
            .where(AccountRow.client_id == client_id)
            .order_by(ShadowDecisionRow.at, ShadowDecisionRow.transaction_id)
        )
        return tuple(
            ShadowDecision(
                TransactionId(row.transaction_id),
                row.at,
                row.proposal_key,
                EvidenceKind(row.evidence_kind),
                row.confidence_ppm / _PPM,
            )
            for row in self._session.scalars(query)
        )


def _on_client(query: Select[*tuple[Any, ...]], client_id: ClientId) -> Select[*tuple[Any, ...]]:
    """Of decisions with their match and line; a transfer's other half says nothing more."""
    return (
        query.join_from(_D, _M, _M.id == _D.match_id)
        .join(TransactionRow, TransactionRow.id == _M.transaction_id)
        .join(AccountRow, AccountRow.id == TransactionRow.account_id)
        .where(AccountRow.client_id == client_id)
    )


def _accepts(let_stand: ClosedPeriod | None, before: DecisionId | None = None) -> list[ColumnElement[bool]]:
    """Of those that stand: a person's, or the program's that a person let stand at period close."""
    wanted = [_D.action == "accept", _D.actor == (PERSON if let_stand is None else PROGRAM)]
    wanted.append(_M.state.in_(ACTIVE_STATES))
    if let_stand is not None:
        wanted += [TransactionRow.booking_date <= let_stand.until, _D.id <= let_stand.last_decision]
    return wanted if before is None else [*wanted, _D.id < before]


def _ruling(row: Any) -> Ruling:  # noqa: ANN401 - a row of many columns
    id_, at, action, counterparty, kind, undoes, undone_action, undone_actor, rejected, instead_of, name, text = row
    trust = (counterparty, EvidenceKind(kind)) if kind else None
    wrong = None
    if rejected and trust is not None:
        wrong = _wrong(trust, load_proposals(rejected)[0])
    elif instead_of:
        first = load_proposals(instead_of)[0]
        wrong = _wrong((counterparty_named(name, text, first), kind_of_evidence(first)), first)
    return Ruling(
        DecisionId(id_), at, action, trust, wrong,
        DecisionId(undoes) if undoes is not None else None, undone_action or "", undone_actor or "",
    )  # fmt: skip


def _wrong(trust: Trust, proposal: Proposal) -> Wrong:
    return Wrong(trust, proposal.confidence, proposal.combinations)
