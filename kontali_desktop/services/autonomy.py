"""What the program may accept by itself, and for every proposal why not.

Autonomy is earned and lost for a counterparty and a kind of evidence. Nothing of it is stored: it is read from the
decisions each time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kontali_desktop.domain.autonomy import (
    EvidenceKind,
    Mode,
    Veto,
    counterparty_of,
    kind_of_evidence,
    signals_of,
)
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.ids import ClientId, DecisionId, DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind
from kontali_desktop.domain.money import NOK
from kontali_desktop.matching.learnt import NOTHING_FORGOTTEN, FactKind, Forgotten
from kontali_desktop.services.actors import PROGRAM
from kontali_desktop.services.apply_rules import ActingRules
from kontali_desktop.services.learning import period_let_stand
from kontali_desktop.services.learning_storage import Ruling, Trust, forgotten_of
from kontali_desktop.services.storage import Storage, UnitOfWork

# A KID, a document number or the amount in the other currency, or a rate that others of those days had.
_EXPLAINS_CURRENCY = frozenset(
    {"stated_amount", "stated_rate", "rate_of_the_day", "kid", "kid_in_text", "number", "number_part"}
)
_AS_SURE_AS_A_KID = frozenset({EvidenceKind.KID, EvidenceKind.TRANSFER, EvidenceKind.RULE})
_ANYWAY = frozenset({Veto.OFF, Veto.SHADOW})


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions so far say: `taken_back` with the correction that did it, `confirmed` counterparties."""

    taken_back: Mapping[Trust, DecisionId] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    undone: frozenset[TransactionId] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Empty `vetoes`: accepted by itself. `would` says that but for the client's mode it would be."""

    vetoes: tuple[Veto, ...]
    kind: EvidenceKind
    counterparty: str
    correction: DecisionId | None = None  # which one took the autonomy back

    @property
    def is_automatic(self) -> bool:
        return not self.vetoes

    @property
    def would(self) -> bool:
        return all(veto in _ANYWAY for veto in self.vetoes)

    @property
    def why_not(self) -> Veto | None:
        """The most telling one."""
        return self.vetoes[0] if self.vetoes else None


@dataclass(frozen=True, slots=True)
class Autonomy:
    """One client's: decides, with the reason. `documents` are the client's own."""

    settings: ClientSettings
    standing: Standing = field(default_factory=Standing)
    documents: Container[DocumentId] | None = None  # None: not asked
    rules: ActingRules = field(default_factory=ActingRules)

    def verdict(self, transaction: BankTransaction, proposal: Proposal) -> Verdict:
        kind, counterparty = kind_of_evidence(proposal), counterparty_of(transaction.reported, proposal)
        standing, line = self.standing, transaction
        is_weaker = kind not in _AS_SURE_AS_A_KID
        found = {
            **self._by_settings(line, proposal, kind),
            Veto.OTHER_CLIENT: self.documents is not None
            and any(x.document_id not in self.documents for x in proposal.lines),
            Veto.DIRECTION: _is_against_the_money(line, proposal),
            Veto.RULE: self.rules.holds_back(line, proposal),
            Veto.NEEDS_PERSON: not _may_be_automatic(proposal, kind),
            Veto.UNDONE: line.id in standing.undone,
            Veto.AMBIGUOUS: proposal.combinations != 1,
            Veto.CURRENCY: _is_currency_unexplained(proposal),
            Veto.TAKEN_BACK: (counterparty, kind) in standing.taken_back,
            Veto.NOT_CONFIRMED: self.settings.mode is Mode.CAREFUL
            and is_weaker
            and counterparty not in standing.confirmed,
        }
        correction = standing.taken_back.get((counterparty, kind))
        return Verdict(tuple(veto for veto in Veto if found[veto]), kind, counterparty, correction)

    def _by_settings(self, line: BankTransaction, proposal: Proposal, kind: EvidenceKind) -> dict[Veto, bool]:
        """A rule of the user's own needs no threshold: its test has spoken for it."""
        settings = self.settings
        return {
            Veto.CLOSED_PERIOD: settings.is_closed(line.reported.booking_date),
            Veto.OFF: settings.mode is Mode.OFF,
            Veto.SHADOW: settings.mode is Mode.SHADOW,
            Veto.BELOW_THRESHOLD: proposal.confidence < settings.threshold and kind is not EvidenceKind.RULE,
            Veto.ABOVE_CAP: settings.cap is not None and not _is_within(settings.cap, line, proposal),
        }


def _may_be_automatic(proposal: Proposal, kind: EvidenceKind) -> bool:
    """A payment made twice is a person's matter; so is a direct posting that no rule of the user's own asks for."""
    if proposal.kind is ProposalKind.DIRECT_POSTING:
        return kind is EvidenceKind.RULE
    return proposal.kind in (ProposalKind.DOCUMENTS, ProposalKind.TRANSFER)


def _is_against_the_money(transaction: BankTransaction, proposal: Proposal) -> bool:
    settled = sum(x.amount if x.side is Side.CUSTOMER else -x.amount for x in proposal.lines)
    return bool(proposal.lines) and settled * transaction.reported.amount <= 0


def _is_currency_unexplained(proposal: Proposal) -> bool:
    is_converted = proposal.difference_reason is DifferenceReason.CURRENCY
    return is_converted and not signals_of(proposal.evidence) & _EXPLAINS_CURRENCY


def _is_within(cap: int, transaction: BankTransaction, proposal: Proposal) -> bool:
    """The cap is in kroner: with one, another currency waits for a person."""
    currencies = {x.currency for x in proposal.lines} | {transaction.reported.currency}
    total = sum(abs(x.amount) for x in proposal.lines) or abs(transaction.reported.amount)
    return currencies == {NOK} and total <= cap


def standing_of(
    rulings: Sequence[Ruling],
    threshold: float,
    undone: Iterable[TransactionId],
    forgotten: Forgotten = NOTHING_FORGOTTEN,
    let_stand: Iterable[str] = (),
) -> Standing:
    """Replay a person's decisions, the oldest first.

    A correction is an undo of what the program accepted, a reject of what it was sure of, or another choice than that;
    an accept of the same counterparty and kind of evidence gives the autonomy back. What was itself undone counts for
    nothing, nor does a correction that a person made the program forget.

    `let_stand` are the counterparties of the program's own accepts that a person let stand at period close: confirmed,
    but what a correction took is not given back by it.
    """
    void = {r.undoes for r in rulings if r.action == "undo" and r.undone_actor != PROGRAM}
    taken: dict[Trust, DecisionId] = {}
    confirmed: set[str] = set()
    for ruling in rulings:
        if ruling.id in void:
            continue
        corrected = _corrected(ruling, threshold)
        if corrected is not None and ruling.id > forgotten.get((FactKind.AUTONOMY, trust_key(corrected)), 0):
            taken[corrected] = ruling.id
        if ruling.action == "accept" and ruling.trust is not None:
            taken.pop(ruling.trust, None)
            confirmed.add(ruling.trust[0])
    return Standing(taken, frozenset(confirmed) | frozenset(filter(None, let_stand)), frozenset(undone))


def trust_key(trust: Trust) -> str:
    """What autonomy lost is forgotten by."""
    counterparty, kind = trust
    return f"{kind}:{counterparty}"


def _corrected(ruling: Ruling, threshold: float) -> Trust | None:
    """Whose autonomy this decision says was wrong."""
    if ruling.action == "undo":
        is_own = ruling.undone_actor == PROGRAM and ruling.undone_action == "accept"
        return ruling.trust if is_own else None
    wrong = ruling.wrong
    if wrong is None:
        return None
    is_sure = wrong.combinations == 1 and (wrong.confidence >= threshold or wrong.trust[1] is EvidenceKind.RULE)
    return wrong.trust if is_sure else None


def load_autonomy(work: UnitOfWork, client_id: ClientId, documents: Container[DocumentId] | None = None) -> Autonomy:
    """As it stands by the decisions so far."""
    settings = work.clients.load_settings(client_id)
    standing = standing_of(
        work.learning.load_rulings(client_id),
        settings.threshold,
        work.matches.undone_ids(client_id),
        forgotten_of(work.learning.load_forgotten(client_id)),
        confirmed_by_closing(work, client_id, settings),
    )
    return Autonomy(settings, standing, documents, ActingRules.of(work.rules.load(client_id)))


def confirmed_by_closing(
    work: UnitOfWork, client_id: ClientId, settings: ClientSettings, before: DecisionId | None = None
) -> frozenset[str]:
    """Counterparties of what a person let stand at period close; only a careful client asks for them."""
    period = period_let_stand(work, client_id, before) if settings.mode is Mode.CAREFUL else None
    return frozenset() if period is None else work.learning.counterparties_let_stand(client_id, period)


class ReadAutonomy:
    """Why what waits for a person does: for the window, of one client."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(self, client_id: ClientId) -> Autonomy:
        """As it stands now; it judges any of the client's lines."""
        with self._storage.reading() as work:
            documents = frozenset(d.id for d in work.documents.load_of_client(client_id))
            return load_autonomy(work, client_id, documents)
