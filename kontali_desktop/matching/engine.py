"""The engine's door: transactions and open items of one client in, proposals with evidence out. It changes nothing."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind
from kontali_desktop.matching.assignment import MOST_PROPOSALS, Contest
from kontali_desktop.matching.calibration import FITTED_CALIBRATION, Calibration
from kontali_desktop.matching.candidates import crowded_amounts, single_documents
from kontali_desktop.matching.combinations import named_sets, party_sums
from kontali_desktop.matching.duplicates import paid_again, paid_before
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.instalments import instalments
from kontali_desktop.matching.opened_sums import open_sums, proposals_of_sum
from kontali_desktop.matching.postings import direct_posting
from kontali_desktop.matching.rates import Rates, by_usual_rate, rates_seen
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.remittances import Payables, could_be_remittance, says_remittance
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.matching.scale import Weighed
from kontali_desktop.matching.settlements import Payouts, says_settlement
from kontali_desktop.matching.transfers import propose_transfers

_SURE = 0.5
_SURE_ENOUGH = 0.95
_CONFIDENCE_STEPS, _TINY = 10_000, 1e-6
_MOST_SEARCHES = 800  # sums that no one named cost a millisecond or two each; beyond this the person searches
_MOST_REMITTANCES = 1_500  # a millisecond or two each
_MOST_CONFIDENCE = 0.9999
_PAYOUT_ROUNDS = (0.97, 0.8, 0.5)


def propose(request: MatchRequest, calibration: Calibration = FITTED_CALIBRATION) -> tuple[TransactionProposals, ...]:
    """Proposals for every transaction, in the order of their ids; the order of the input changes nothing."""
    with _collector_paused():
        return _propose(request, calibration)


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


def _propose(request: MatchRequest, calibration: Calibration) -> tuple[TransactionProposals, ...]:
    transactions = sorted(request.transactions, key=lambda t: t.id)
    opened = open_sums(transactions, request.parts)
    index = Index((i for i in request.open_items if i.open_amount > 0), request.known_accounts, request.learnt)
    settled = Index(request.settled, request.known_accounts)
    readings = {t.id: read_transaction(t, index) for t in opened.lines}
    told = {r.id for r in readings.values() if r.names_its_amount(index)}
    transfers = propose_transfers(opened.lines, request.own_accounts, request.rejected, told)
    readings = {t: r for t, r in readings.items() if t not in transfers}
    payments = {t.id: read_transaction(t, index) for t in opened.payments}
    contest = Contest(index, calibration)
    _hold([*readings.values(), *payments.values()], frozenset(payments), contest, request)
    found = {t: [p] for t, p in transfers.items()}
    for line in opened.lines:
        if line.id in readings:
            found[line.id] = _proposals(line, readings[line.id], contest, settled, request)
    for tid, opened_sum in opened.sums.items():
        ranked = proposals_of_sum(opened_sum, contest)
        found[tid] = [p for p in ranked if (tid, p.key) not in request.rejected]
    return tuple(TransactionProposals(t.id, tuple(found[t.id][:MOST_PROPOSALS])) for t in transactions)


def _proposals(
    line: BankTransaction, reading: Reading, contest: Contest, settled: Index, request: MatchRequest
) -> list[Proposal]:
    proposals = [_proposal(w, contest.index) for w in contest.ranked(reading.id)]
    surest = max((p.confidence for p in proposals), default=0.0)
    twice = [paid_again(reading, contest.paid_again(reading.id), contest.index)]
    if settled.entries and surest < _SURE_ENOUGH:
        twice.append(paid_before(read_transaction(line, settled), settled))
    for proposal in (*twice, direct_posting(reading, line.reported, request.learnt)):
        if proposal and (reading.id, proposal.key) not in request.rejected:
            proposals = _insert([p for p in proposals if p.key != proposal.key], proposal)
    return proposals


def _hold(readings: list[Reading], parts: frozenset[TransactionId], contest: Contest, request: MatchRequest) -> None:
    """First what is told or fits by itself; then, among what is left, sums that no one named."""
    index = contest.index
    crowded = crowded_amounts(readings, index)
    first = {
        r.id: _allowed(r, [*named_sets(r, index), *single_documents(r, index, crowded)], contest, request)
        for r in readings
    }
    single = [r for r in readings if r.id in parts or not (says_settlement(r) or says_remittance(r))]
    contest.run([r for r in single if contest.is_sure(first[r.id], _SURE)], first)
    rest = [r for r in readings if r.id not in contest.chosen]
    _pay_out([r for r in readings if r.id not in parts], first, contest, request)
    rest = [r for r in rest if r.id not in contest.chosen]
    partly = instalments(rest, index, contest.left)
    payables = Payables(index)
    rates = Rates(rates_seen(readings, {t: w.hypothesis for t, w in contest.chosen.items()}, index))
    searches, remittances = _MOST_SEARCHES, _MOST_REMITTANCES
    second: dict[TransactionId, list[Hypothesis]] = {}
    for reading in sorted(rest, key=lambda r: (not says_remittance(r), r.id)):
        sums: list[Hypothesis] = []
        if reading.id not in parts and could_be_remittance(reading) and remittances > 0:
            sums, remittances = payables.sets_for(reading, contest.left), remittances - 1
        elif reading.parties and searches > 0:
            sums, searches = party_sums(reading, index, contest.left), searches - 1
        sums += by_usual_rate(reading, index, rates, contest.left)
        mine = [*first[reading.id], *sums, *partly.get(reading.id, ())]
        second[reading.id] = _allowed(reading, mine, contest, request)
    contest.run(rest, second)
    contest.exchange()


def _pay_out(
    readings: list[Reading], first: dict[TransactionId, list[Hypothesis]], contest: Contest, request: MatchRequest
) -> None:
    """Payouts in rounds, the surest first: what one takes, and where in the row, tells the next ones more."""
    waiting = [r for r in readings if r.id not in contest.chosen and says_settlement(r)]
    payouts = Payouts([r for r in readings if says_settlement(r)], contest.index)
    for least in _PAYOUT_ROUNDS:
        if not waiting:
            return
        chosen = {t: w.hypothesis for t, w in contest.chosen.items()}
        found = payouts.weigh(waiting, chosen, contest.left)
        weighed = {r.id: _allowed(r, [*first[r.id], *found.get(r.id, ())], contest, request) for r in waiting}
        first.update(weighed)
        contest.run([r for r in waiting if contest.is_sure(weighed[r.id], least)], weighed)
        waiting = [r for r in waiting if r.id not in contest.chosen]


def _allowed(
    reading: Reading, hypotheses: list[Hypothesis], contest: Contest, request: MatchRequest
) -> list[Hypothesis]:
    """One for each set of documents, without what a person rejected and what could never be worth showing."""
    best: dict[tuple[int, ...], Hypothesis] = {}
    for hypothesis in hypotheses:
        places = tuple(sorted(hypothesis.places))
        if not contest.is_hopeless(hypothesis) and (places not in best or best[places].score < hypothesis.score):
            best[places] = hypothesis
    hopeful = list(best.values())
    if not request.rejected:
        return hopeful
    return [h for h in hopeful if (reading.id, _key_of(h, contest.index)) not in request.rejected]


def _key_of(hypothesis: Hypothesis, index: Index) -> str:
    lines = lines_of(hypothesis.parts, index)
    return Proposal(kind=ProposalKind.DOCUMENTS, confidence=0.0, combinations=1, lines=lines).key


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
