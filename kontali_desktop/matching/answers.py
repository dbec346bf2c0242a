"""Each line's proposals, kept for as long as nothing that bears on them has changed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind
from kontali_desktop.domain.text_words import signature
from kontali_desktop.matching.assignment import MOST_PROPOSALS, Contest, Holding
from kontali_desktop.matching.books import Books, Change
from kontali_desktop.matching.duplicates import chance_of_paid, may_name_paid, paid_again
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.learnt import LearntPosting
from kontali_desktop.matching.lines import Line
from kontali_desktop.matching.opened_sums import proposals_of_sum
from kontali_desktop.matching.postings import direct_posting
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.matching.scale import Weighed
from kontali_desktop.matching.too_many import confidence_of

_SURE_ENOUGH = 0.95
_CONFIDENCE_STEPS, _TINY = 10_000, 1e-6
_MOST_CONFIDENCE = 0.9999


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a line wanted and got; not `is_sure` where what was paid before has a say in it."""

    hypotheses: Sequence[Hypothesis]
    chosen: Weighed | None
    one_of_many: Hypothesis | None
    is_sure: bool


class Answers:
    """What was last answered of each line, with what it wanted and who had taken from that."""

    def __init__(self) -> None:
        self._lots: dict[TransactionId, _Lot] = {}
        self._wanting: dict[int, set[TransactionId]] = defaultdict(set)
        self._holdings: dict[int, Holding] = {}
        self._postings: dict[str, LearntPosting] = {}
        self._signatures: dict[TransactionId, str] = {}
        self._of: dict[TransactionId, TransactionProposals] = {}

    def follow(
        self, books: Books, contest: Contest, change: Change, request: MatchRequest
    ) -> tuple[TransactionProposals, ...]:
        """For all transactions, in the order of their ids; the very same object where it says the same."""
        for tid in (*change.gone, *change.not_asked):
            self._forget(tid)
        for tid in change.not_asked:
            self._of.pop(tid, None)
        stirred, contest.stirred = contest.stirred, set()
        again = self._touched(contest) | self._paid_otherwise(books) | self._taught_otherwise(books, request)
        again.update(change.came_into_play, change.rejected)
        again.update(t for t in stirred if self._is_otherwise(t, contest))
        sums = set(change.sums)
        for tid in again:
            line = books.in_play.get(tid)
            if line is not None and line.sum_line is not None:
                self._keep(tid, contest, is_sure=True)
                sums.add(line.sum_line)
            elif line is not None:
                self._say(tid, self._answer(line, books, contest, request))
        for tid in sums:
            ranked = proposals_of_sum(books.sums[tid], contest)
            self._say(tid, tuple(p for p in ranked if (tid, p.key) not in request.rejected))
        for tid, proposal in books.transfers.items():
            self._forget(tid)
            self._say(tid, (proposal,))
        return tuple(map(self._of.__getitem__, sorted(books.asked)))

    def _say(self, tid: TransactionId, proposals: tuple[Proposal, ...]) -> None:
        before, proposals = self._of.get(tid), proposals[:MOST_PROPOSALS]
        if before is None or before.proposals != proposals:
            self._of[tid] = TransactionProposals(tid, proposals)

    def _is_otherwise(self, tid: TransactionId, contest: Contest) -> bool:
        lot = self._lots.get(tid)
        if lot is None or lot.hypotheses is not contest.hypotheses_of(tid):
            return True
        return lot.chosen != contest.chosen.get(tid) or lot.one_of_many != contest.too_many.get(tid)

    def _touched(self, contest: Contest) -> set[TransactionId]:
        """Those who want a document from which another has taken, or more or less surely, or takes no more."""
        places, contest.stirred_places = contest.stirred_places, set()
        found: set[TransactionId] = set()
        for place in places:
            now = contest.holding_of(place)
            if self._holdings.get(place) != now:
                self._holdings[place] = now
                found |= self._wanting.get(place, set())
        return found

    def _paid_otherwise(self, books: Books) -> set[TransactionId]:
        """Those whose payment may have been made before, or may no longer."""
        paid = books.paid
        may_be = books.lines.of_amounts(paid.amounts) if paid.amounts else set()
        return {t for t in paid.changed | may_be if t not in self._lots or not self._lots[t].is_sure}

    def _taught_otherwise(self, books: Books, request: MatchRequest) -> set[TransactionId]:
        before, self._postings = self._postings, dict(request.learnt.postings)
        texts = {t for t in before.keys() | self._postings.keys() if before.get(t) != self._postings.get(t)}
        return {t for t in books.in_play if self._signature(t, books) in texts} if texts else set()

    def _signature(self, tid: TransactionId, books: Books) -> str:
        if tid not in self._signatures:
            self._signatures[tid] = signature(books.in_play[tid].transaction.reported)
        return self._signatures[tid]

    def _forget(self, tid: TransactionId) -> None:
        self._signatures.pop(tid, None)
        self._want(tid, ())
        self._lots.pop(tid, None)

    def _keep(self, tid: TransactionId, contest: Contest, *, is_sure: bool) -> None:
        hypotheses = contest.hypotheses_of(tid)
        self._want(tid, hypotheses)
        self._lots[tid] = _Lot(hypotheses, contest.chosen.get(tid), contest.too_many.get(tid), is_sure)

    def _want(self, tid: TransactionId, hypotheses: Sequence[Hypothesis]) -> None:
        lot = self._lots.get(tid)
        if lot is not None and lot.hypotheses is hypotheses:
            return
        for hypothesis in lot.hypotheses if lot else ():
            for place, _ in hypothesis.parts:
                self._wanting[place].discard(tid)
        for hypothesis in hypotheses:
            for place, _ in hypothesis.parts:
                self._wanting[place].add(tid)

    def _answer(self, line: Line, books: Books, contest: Contest, request: MatchRequest) -> tuple[Proposal, ...]:
        proposals = [_proposal(w, contest.index) for w in contest.ranked(line.id)]
        chosen = contest.chosen.get(line.id)
        is_untold = chosen is not None and chosen.hypothesis.party >= 0 and chosen.hypothesis.is_exact
        if chosen is not None and is_untold:  # what is paid already, of the same amount, may be meant as well
            again = chance_of_paid(chosen.hypothesis, line.reading, books.paid, contest.index)
            proposals[0] = replace(proposals[0], confidence=_in_steps(proposals[0].confidence * (1 - again)))
        may_name_another = bool(proposals) and may_name_paid(proposals[0])
        if may_name_another:
            proposals[0] = books.paid.held_back(line.transaction, proposals[0])
        surest = max((p.confidence for p in proposals), default=0.0)
        others = [paid_again(line.reading, contest.paid_again(line.id), contest.index)]
        if surest < _SURE_ENOUGH and books.paid.may_be(line.transaction):
            others.append(books.paid.again(line.transaction))
        taught = self._postings.get(self._signature(line.id, books)) if self._postings else None
        for proposal in (*others, direct_posting(line.reading, taught)):
            if proposal and (line.id, proposal.key) not in request.rejected:
                proposals = _insert([p for p in proposals if p.key != proposal.key], proposal)
        one = contest.too_many.get(line.id)
        if one and not proposals:
            shown = _proposal(Weighed(one, confidence_of(one), one.combinations), contest.index)
            proposals = [] if (line.id, shown.key) in request.rejected else [shown]
        self._keep(line.id, contest, is_sure=surest >= _SURE_ENOUGH and not (may_name_another or is_untold))
        return tuple(proposals)


def _proposal(weighed: Weighed, index: Index) -> Proposal:
    hypothesis = weighed.hypothesis
    alike = (Evidence("one_of_equals", 0.0, {"alike": str(weighed.equals)}),) if weighed.equals > 1 else ()
    return Proposal(
        kind=ProposalKind.DOCUMENTS,
        confidence=_in_steps(min(weighed.confidence, _MOST_CONFIDENCE)),
        combinations=weighed.combinations,
        lines=lines_of(hypothesis.parts, index),
        difference=hypothesis.difference,
        difference_reason=hypothesis.reason,
        evidence=(*hypothesis.evidence, *alike),
    )


def _in_steps(confidence: float) -> float:
    return math.floor(confidence * _CONFIDENCE_STEPS + _TINY) / _CONFIDENCE_STEPS


def _insert(proposals: Iterable[Proposal], twice: Proposal) -> list[Proposal]:
    ranked = list(proposals)
    place = next((n for n, p in enumerate(ranked) if p.confidence < twice.confidence), len(ranked))
    return [*ranked[:place], twice, *ranked[place:]]
