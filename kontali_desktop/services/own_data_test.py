"""The matching tested on the client's own books: the last decisions are hidden, matched again, and held against them.

Everything happens in memory: documents are opened again there, nothing is written.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import ClientId, DecisionId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.services.accept_sure import sure_ones
from kontali_desktop.services.apply_rules import ActingRules
from kontali_desktop.services.autonomy import Autonomy, confirmed_by_closing, standing_of
from kontali_desktop.services.learning import load_learnt, period_let_stand
from kontali_desktop.services.learning_storage import HumanDecision, Ruling
from kontali_desktop.services.shadow import chosen_by_person, standing_decisions
from kontali_desktop.services.shares import Share
from kontali_desktop.services.storage import Storage, StoredDocument, UnitOfWork, open_item_of

Engine = Callable[[MatchRequest], tuple[TransactionProposals, ...]]
_BINS = 10
_FIRST_FEW = 3
FEWEST_TELLING = 50  # with fewer, even all right may as well be 93 % (Wilson, 95 %)


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """First proposals with a confidence from `low` up to `high`: how sure they were, how many were right."""

    low: float
    high: float
    confidence: float | None
    share: Share


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A line where the first proposal was not what the person chose.

    `answer` None: nothing was proposed. `place` is where the right one stood (1 is second), None where it did not.
    """

    transaction: BankTransaction
    chosen: Proposal
    answer: Proposal | None
    place: int | None
    is_automatic: bool  # it would have been accepted by itself


@dataclass(frozen=True, slots=True)
class OwnDataReport:
    """What came of the hidden decisions; a transfer's is of two transactions, and shares are of transactions.

    `with_document` of them are tied to documents; `seconds` of matching alone.

    `automatic` counts what would have been accepted by itself; `coverage` the right ones of those with a document.
    """

    decisions: int
    transactions: int
    with_document: int
    proposed: int
    first: Share
    first_few: Share
    automatic: Share
    coverage: Share
    bins: tuple[CalibrationBin, ...]
    seconds: float
    wrong: tuple[WrongAnswer, ...] = ()  # what would have been accepted by itself first, then the surest

    @property
    def fewest(self) -> int:
        """How many transactions it takes for the shares to say something."""
        return FEWEST_TELLING

    @property
    def is_telling(self) -> bool:
        return self.transactions >= self.fewest

    @property
    def calibration_error(self) -> float | None:
        """Mean distance between confidence and share of right ones, weighted by how many there are."""
        told = [(b.share.n, abs(b.confidence - (b.share.value or 0.0))) for b in self.bins if b.confidence is not None]
        return sum(n * off for n, off in told) / sum(n for n, _ in told) if told else None


@dataclass(frozen=True, slots=True)
class PastBooks:
    """The client's books as they stood before the first hidden decision, and what was then decided of each line."""

    request: MatchRequest
    autonomy: Autonomy
    decisions: int
    truth: Mapping[TransactionId, Proposal]


class OwnDataTest:
    """Reads only."""

    def __init__(self, storage: Storage, engine: Engine) -> None:
        self._storage = storage
        self._engine = engine

    def run(self, client_id: ClientId, most: int) -> OwnDataReport:
        """Hide the last `most` decisions of a person; what was learnt, corrected or ruled since is not known either."""
        return self.answer(self.read(client_id, most))

    def count(self, client_id: ClientId) -> int:
        """How many decisions of a person there are to hide."""
        with self._storage.reading() as work:
            return len(_accepts(work.learning.load_rulings(client_id)))

    def read(self, client_id: ClientId, most: int) -> PastBooks:
        """The first half of `run`: all that is read of the database."""
        with self._storage.reading() as work:
            return _past(work, client_id, most)

    def answer(self, past: PastBooks) -> OwnDataReport:
        """The second half: everything in memory."""
        started = time.perf_counter()
        engine = self._engine if past.truth else _nothing
        found = {p.transaction_id: p.proposals for p in engine(past.request) if p.proposals}
        seconds = time.perf_counter() - started
        lines = past.request.transactions
        ranked = past.autonomy.rules.apply(lines, found, past.request.rejected, past.autonomy.settings.threshold)
        automatic = {t: p for t, p, _ in sure_ones(past.autonomy, lines, ranked) if t in past.truth}
        return _report(past, ranked, automatic, seconds)


def _nothing(_request: MatchRequest) -> tuple[TransactionProposals, ...]:
    return ()


def _accepts(rulings: Iterable[Ruling]) -> list[DecisionId]:
    """Those that stand, the oldest first."""
    rulings = tuple(rulings)
    void = {r.undoes for r in rulings}
    return [r.id for r in rulings if r.action == "accept" and r.id not in void]


def _past(work: UnitOfWork, client_id: ClientId, most: int) -> PastBooks:
    rulings = work.learning.load_rulings(client_id)
    accepts = _accepts(rulings)[-most:]
    decisions = work.learning.load_decisions(client_id, accepts[0]) if accepts else ()
    hidden = [d for d in standing_decisions(decisions) if d.action == "accept" and d.id in set(accepts)]
    first = hidden[0] if hidden else None
    before = tuple(r for r in rulings if first is None or r.id < first.id)
    truth, _ = chosen_by_person(tuple(hidden))
    settings = work.clients.load_settings(client_id)
    # As they were open then: a period that was closed since holds nothing back.
    settings = replace(settings, closed=period_let_stand(work, client_id, first.id if first else None))
    undone = work.matches.undone_ids(client_id) - {d.transaction.id for d in decisions if d.action == "undo"}
    documents = work.documents.load_of_client(client_id)
    rules = [r for r in work.rules.load(client_id) if first is None or (r.tested_at and r.tested_at < first.at)]
    autonomy = Autonomy(
        settings,
        standing_of(
            before,
            settings.threshold,
            undone,
            let_stand=confirmed_by_closing(work, client_id, settings, first.id if first else None),
        ),
        frozenset(d.id for d in documents),
        ActingRules.of(rules),
    )
    learnt = load_learnt(work, client_id, first.id if first else None)
    items = _opened(documents, hidden)
    lines = {t.id: t for t in work.transactions.load_of_client(client_id) if t.id in truth}
    request = MatchRequest(
        transactions=(*lines.values(), *(t for t in work.transactions.load_matchable(client_id) if t.id not in lines)),
        open_items=tuple(i for i in items if i.open_amount > 0),
        settled=tuple(i for i in items if i.open_amount == 0),
        rejected=work.matches.load_rejected(client_id) - chosen_by_person(decisions)[1],
        own_accounts={account.id: account.number for account in work.accounts.load_all(client_id)},
        known_accounts=learnt.known_accounts,
        parts=work.batches.load_parts(client_id),
        learnt=learnt,
    )
    return PastBooks(request, autonomy, len(hidden), truth)


def _opened(documents: Iterable[StoredDocument], hidden: Iterable[HumanDecision]) -> tuple[OpenItem, ...]:
    """As open as they were: what the hidden decisions put on them is taken off again, whoever booked it since."""
    put: Counter[DocumentId] = Counter()
    for decision in hidden:
        for line in decision.proposal.lines:
            put[line.document_id] += abs(line.amount)
    items = (open_item_of(document) for document in documents)
    return tuple(replace(i, open_amount=min(i.amount, i.open_amount + put[i.id])) if put[i.id] else i for i in items)


def _report(
    past: PastBooks,
    ranked: Mapping[TransactionId, Sequence[Proposal]],
    automatic: Mapping[TransactionId, Proposal],
    seconds: float,
) -> OwnDataReport:
    truth = past.truth
    answered = {line: ranked[line] for line in truth if ranked.get(line)}
    places = {line: _place(proposals, truth[line]) for line, proposals in answered.items()}
    right = {line: place for line, place in places.items() if place is not None}
    documents = {line for line, chosen in truth.items() if chosen.kind is ProposalKind.DOCUMENTS}
    sure_and_right = {line for line, proposal in automatic.items() if proposal.key == truth[line].key}
    return OwnDataReport(
        decisions=past.decisions,
        transactions=len(truth),
        with_document=len(documents),
        proposed=len(answered),
        first=Share(sum(place == 0 for place in right.values()), len(truth)),
        first_few=Share(sum(place < _FIRST_FEW for place in right.values()), len(truth)),
        automatic=Share(len(sure_and_right), len(automatic)),
        coverage=Share(len(sure_and_right & documents), len(documents)),
        bins=_bins([(proposals[0].confidence, right.get(line) == 0) for line, proposals in answered.items()]),
        seconds=round(seconds, 4),
        wrong=_wrong(past, ranked, places, automatic),
    )


def _wrong(
    past: PastBooks,
    ranked: Mapping[TransactionId, Sequence[Proposal]],
    places: Mapping[TransactionId, int | None],
    automatic: Mapping[TransactionId, Proposal],
) -> tuple[WrongAnswer, ...]:
    lines = {line.id: line for line in past.request.transactions}
    found = [
        WrongAnswer(lines[line], chosen, next(iter(ranked.get(line, ())), None), places.get(line), line in automatic)
        for line, chosen in past.truth.items()
        if places.get(line) != 0 and line in lines
    ]

    def by_weight(wrong: WrongAnswer) -> tuple[bool, float, TransactionId]:
        return not wrong.is_automatic, -(wrong.answer.confidence if wrong.answer else 0.0), wrong.transaction.id

    return tuple(sorted(found, key=by_weight))


def _place(proposals: Iterable[Proposal], wanted: Proposal) -> int | None:
    return next((place for place, p in enumerate(proposals) if p.key == wanted.key), None)


def _bins(told: Iterable[tuple[float, bool]]) -> tuple[CalibrationBin, ...]:
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, is_right in told:
        sorted_in[min(_BINS - 1, int(confidence * _BINS))].append((confidence, is_right))
    return tuple(
        CalibrationBin(
            place / _BINS,
            (place + 1) / _BINS,
            sum(c for c, _ in mine) / len(mine) if mine else None,
            Share(sum(r for _, r in mine), len(mine)),
        )
        for place, mine in enumerate(sorted_in)
    )
