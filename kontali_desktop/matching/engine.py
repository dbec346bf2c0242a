"""The engine's door: transactions and open items of one client in, proposals with evidence out. It changes nothing."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind
from kontali_desktop.matching.assignment import MOST_PROPOSALS, Contest, Holding
from kontali_desktop.matching.books import Books
from kontali_desktop.matching.calibration import FITTED_CALIBRATION, Calibration
from kontali_desktop.matching.candidates import Crowded, single_documents
from kontali_desktop.matching.combinations import named_sets
from kontali_desktop.matching.duplicates import paid_again
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.learnt import LearntPosting
from kontali_desktop.matching.opened_sums import Opened, open_sums, proposals_of_sum
from kontali_desktop.matching.postings import direct_posting, taught_posting
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.matching.rounds import Rounds, allowed
from kontali_desktop.matching.scale import Weighed
from kontali_desktop.matching.transfers import propose_transfers

_SURE_ENOUGH = 0.95
_CONFIDENCE_STEPS, _TINY = 10_000, 1e-6
_MOST_CONFIDENCE = 0.9999


def propose(request: MatchRequest, calibration: Calibration = FITTED_CALIBRATION) -> tuple[TransactionProposals, ...]:
    """Proposals for every transaction, in the order of their ids; the order of the input changes nothing."""
    with _collector_paused():  # until the matcher is gone, whose objects it need not walk through then
        return Matcher(calibration).propose(request)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No cycles are made here; the collector would only walk through a million living objects, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Answered:
    """A line's proposals, with what they came of."""

    hypotheses: Sequence[Hypothesis]
    chosen: Weighed | None
    taught: LearntPosting | None
    is_sure: bool  # nothing that was paid before was looked for
    proposals: tuple[Proposal, ...]


class Matcher:
    """Proposes for one client again and again; what a decision leaves as it was is not worked out anew.

    The answer is always that of `propose`. Not for two threads at once.
    """

    def __init__(self, calibration: Calibration = FITTED_CALIBRATION) -> None:
        self._calibration = calibration
        self._books: Books | None = None
        self._answered: dict[TransactionId, _Answered] = {}
        self._holdings: dict[int, Holding] = {}

    def propose(self, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        with _collector_paused():
            books, self._books = self._books, None  # where something fails in between, all is made anew next time
            if books is None or not books.follow(request):
                books = Books(request)
                self._answered, self._holdings = {}, {}
            answers = self._propose(request, books)
            self._books = books
            return answers

    def _propose(self, request: MatchRequest, books: Books) -> tuple[TransactionProposals, ...]:
        transactions = sorted(request.transactions, key=lambda t: t.id)
        opened = open_sums(transactions, request.parts)
        payments = list(opened.payments)
        books.read([*opened.lines, *payments])
        told = {tid for tid, line in books.lines.items() if line.is_told}
        transfers = propose_transfers(opened.lines, request.own_accounts, request.rejected, told)
        in_play = [books.lines[t.id] for t in (*opened.lines, *payments) if t.id not in transfers]
        contest = Contest(books.index, self._calibration)
        books.weigh(in_play, _Weighing(books.index, request))
        Rounds(in_play, frozenset(t.id for t in payments), contest, request).run(books)
        found: dict[TransactionId, tuple[Proposal, ...]] = {t: (p,) for t, p in transfers.items()}
        found.update(self._of_lines([t for t in opened.lines if t.id not in transfers], books, contest, request))
        found.update(_of_sums(opened, contest, request))
        return tuple(TransactionProposals(t.id, found[t.id][:MOST_PROPOSALS]) for t in transactions)

    def _of_lines(
        self, lines: Sequence[BankTransaction], books: Books, contest: Contest, request: MatchRequest
    ) -> Iterator[tuple[TransactionId, tuple[Proposal, ...]]]:
        """What nothing has touched is as it was."""
        before, self._holdings = self._holdings, contest.holdings()
        touched = {p for p in before.keys() | self._holdings.keys() if before.get(p) != self._holdings.get(p)}
        kept, self._answered = self._answered, {}
        for line in lines:
            hypotheses, chosen = contest.hypotheses_of(line.id), contest.chosen.get(line.id)
            taught = taught_posting(line.reported, request.learnt)
            known = kept.get(line.id)
            if (
                known is None
                or known.hypotheses is not hypotheses
                or not (known.is_sure or not books.paid.may_be(line))
                or (known.proposals and books.paid.may_be_named(known.proposals[0]))
                or known.chosen != chosen
                or known.taught != taught
                or any(p in touched for h in hypotheses for p, _ in h.parts)
            ):
                known = _answer(line, books, contest, request, taught)
            self._answered[line.id] = known
            yield line.id, known.proposals


class _Weighing:
    """Weighs a line's documents, without what a person rejected and what could never be worth showing."""

    def __init__(self, index: Index, request: MatchRequest) -> None:
        self._index = index
        self._request = request

    def __call__(self, reading: Reading, crowded: Crowded) -> list[Hypothesis]:
        found = [*named_sets(reading, self._index), *single_documents(reading, self._index, crowded)]
        return allowed(reading, found, self._index, self._request)


def _answer(
    line: BankTransaction, books: Books, contest: Contest, request: MatchRequest, taught: LearntPosting | None
) -> _Answered:
    reading = books.lines[line.id].reading
    proposals = [_proposal(w, contest.index) for w in contest.ranked(line.id)]
    if proposals and books.paid.may_be_named(proposals[0]):
        proposals[0] = books.paid.held_back(line, proposals[0])
    surest = max((p.confidence for p in proposals), default=0.0)
    others = [paid_again(reading, contest.paid_again(line.id), contest.index)]
    is_sure = surest >= _SURE_ENOUGH
    if not is_sure and books.paid.may_be(line):
        others.append(books.paid.again(line))
    for proposal in (*others, direct_posting(reading, taught)):
        if proposal and (line.id, proposal.key) not in request.rejected:
            proposals = _insert([p for p in proposals if p.key != proposal.key], proposal)
    hypotheses, chosen = contest.hypotheses_of(line.id), contest.chosen.get(line.id)
    return _Answered(hypotheses, chosen, taught, is_sure, tuple(proposals))


def _of_sums(
    opened: Opened, contest: Contest, request: MatchRequest
) -> Iterator[tuple[TransactionId, tuple[Proposal, ...]]]:
    for tid, opened_sum in opened.sums.items():
        ranked = proposals_of_sum(opened_sum, contest)
        yield tid, tuple(p for p in ranked if (tid, p.key) not in request.rejected)


def _proposal(weighed: Weighed, index: Index) -> Proposal:
    hypothesis = weighed.hypothesis
    alike = (Evidence("one_of_equals", 0.0, {"alike": str(weighed.equals)}),) if weighed.equals > 1 else ()
    return Proposal(
        kind=ProposalKind.DOCUMENTS,
        confidence=math.floor(min(weighed.confidence, _MOST_CONFIDENCE) * _CONFIDENCE_STEPS + _TINY)
        / _CONFIDENCE_STEPS,
        combinations=weighed.combinations,
        lines=lines_of(hypothesis.parts, index),
        difference=hypothesis.difference,
        difference_reason=hypothesis.reason,
        evidence=(*hypothesis.evidence, *alike),
    )


def _insert(proposals: list[Proposal], twice: Proposal) -> list[Proposal]:
    place = next((n for n, p in enumerate(proposals) if p.confidence < twice.confidence), len(proposals))
    return [*proposals[:place], twice, *proposals[place:]]
