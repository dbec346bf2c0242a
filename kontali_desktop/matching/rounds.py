"""The rounds in which transactions take documents: what is told first, then payouts, then sums that no one named."""

from __future__ import annotations

from collections.abc import Sequence

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.books import Books, Later, Line
from kontali_desktop.matching.combinations import party_sums
from kontali_desktop.matching.evidence import HOPELESS_BY, no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of, order_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.instalments import instalments
from kontali_desktop.matching.rates import Rates, by_usual_rate, rates_seen
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.remittances import Payables, could_be_remittance
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.settlements import KeptRuns, Payouts

_SURE = 0.5
_MOST_SEARCHES = 800  # sums that no one named cost a millisecond or two each; beyond this the person searches
_MOST_REMITTANCES = 1_500  # a millisecond or two each
_PAYOUT_ROUNDS = (0.97, 0.8, 0.5)
_LAST = len(_PAYOUT_ROUNDS) + 1

First = dict[TransactionId, list[Hypothesis]]


class Rounds:
    """One whole contest; `parts` are payments inside a bank line."""

    def __init__(
        self, lines: Sequence[Line], parts: frozenset[TransactionId], contest: Contest, request: MatchRequest
    ) -> None:
        self._lines = lines
        self._line_of = {line.reading.id: line for line in lines}
        self._readings = [line.reading for line in lines]
        self._first: First = {line.reading.id: line.first for line in lines if line.first is not None}
        self._settling = {x.reading.id for x in lines if x.is_payout and x.reading.id not in parts}
        self._parts = parts
        self._contest = contest
        self._index = contest.index
        self._request = request

    def run(self, books: Books) -> None:
        contest = self._contest
        sure = (x.reading for x in self._lines if self._is_single(x) and self._is_sure(x))
        books.groups.run([(reading, self._first[reading.id]) for reading in sure], contest)
        self._pay_out(books.payout_runs)
        rest = [r for r in self._readings if r.id not in contest.chosen]
        contest.run(rest, self._second(rest))
        contest.exchange()

    def _is_single(self, line: Line) -> bool:
        return line.reading.id in self._parts or not (line.is_payout or line.is_remittance)

    def _is_sure(self, line: Line) -> bool:
        """Depends on nothing but its own documents, so it is asked once."""
        if line.sureness is None:
            line.sureness = self._contest.sureness(self._first[line.reading.id])
        return line.sureness >= _SURE

    def _pay_out(self, payout_runs: KeptRuns) -> None:
        """Payouts in rounds, the surest first: what one takes, and where in the row, tells the next ones more."""
        contest, first = self._contest, self._first
        waiting = [r for r in self._readings if r.id in self._settling]
        payouts = Payouts(waiting, self._index, payout_runs)
        for turn, least in enumerate(_PAYOUT_ROUNDS, 1):
            if not waiting:
                return
            chosen = {t: w.hypothesis for t, w in contest.chosen.items()}
            found = payouts.weigh(turn, waiting, chosen, contest.left)
            later = {r.id: self._with(r.id, turn, found.get(r.id, [])) for r in waiting}
            first.update((tid, x.both) for tid, x in later.items())
            contest.run([r for r in waiting if later[r.id].sureness >= least], first)
            waiting = [r for r in waiting if r.id not in contest.chosen]

    def _second(self, rest: Sequence[Reading]) -> First:
        """Among what is left, sums that no one named, and documents in another currency at the rate of those days."""
        contest, index = self._contest, self._index
        partly = instalments(rest, index, contest.left)
        payables = Payables(index)
        rates = Rates(rates_seen(self._readings, {t: w.hypothesis for t, w in contest.chosen.items()}, index))
        searches, remittances = _MOST_SEARCHES, _MOST_REMITTANCES
        second: First = {}
        remitting = {x.reading.id for x in self._lines if x.is_remittance}
        for reading in sorted(rest, key=lambda r: (r.id not in remitting, r.id)):
            line = self._line_of[reading.id]
            found: list[Hypothesis] = list(partly.get(reading.id, ()))
            if reading.id not in self._parts and could_be_remittance(reading) and remittances > 0:
                line.due = payables.due_for(reading, contest.left, line.due)
                found += line.due.sets
                remittances -= 1
            elif reading.parties and searches > 0:
                found += party_sums(reading, index, contest.left)
                searches -= 1
            found += by_usual_rate(reading, index, rates, contest.left)
            second[reading.id] = self._with(reading.id, _LAST, found).both if found else self._first[reading.id]
        return second

    def _with(self, tid: TransactionId, turn: int, found: list[Hypothesis]) -> Later:
        """A line's documents so far and those found now; the very same as last time where nothing is otherwise."""
        line, mine = self._line_of[tid], self._first[tid]
        known = line.later.get(turn)
        if known is None or known.first is not mine or known.found != found:
            both = allowed(line.reading, [*mine, *found], self._index, self._request)
            known = line.later[turn] = Later(mine, found, both, 0.0 if turn == _LAST else self._contest.sureness(both))
        return known


def allowed(reading: Reading, hypotheses: list[Hypothesis], index: Index, request: MatchRequest) -> list[Hypothesis]:
    """One for each set of documents, the best first.

    Without what a person rejected, and what would not be worth showing even with nothing beside it.
    """
    least = no_document_score(index) - HOPELESS_BY
    best: dict[tuple[int, ...], Hypothesis] = {}
    for hypothesis in hypotheses:
        places = tuple(sorted(hypothesis.places))
        if hypothesis.score >= least and (places not in best or best[places].score < hypothesis.score):
            best[places] = hypothesis
    hopeful = sorted(best.values(), key=order_of) if len(best) > 1 else list(best.values())
    if not request.rejected:
        return hopeful
    return [h for h in hopeful if (reading.id, _key_of(h, index)) not in request.rejected]


def _key_of(hypothesis: Hypothesis, index: Index) -> str:
    lines = lines_of(hypothesis.parts, index)
    return Proposal(kind=ProposalKind.DOCUMENTS, confidence=0.0, combinations=1, lines=lines).key
