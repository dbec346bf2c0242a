"""The engine's door: transactions and open items of one client in, proposals with evidence out. It changes nothing."""

from __future__ import annotations

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.assignment import MOST_PROPOSALS, Contest, Weighed
from kontali_desktop.matching.candidates import crowded_amounts, single_documents
from kontali_desktop.matching.combinations import named_sets, party_sums
from kontali_desktop.matching.duplicates import paid_twice
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.remittances import remittance_sets, says_remittance
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.matching.settlements import provider_of, says_settlement, settlement_sets
from kontali_desktop.matching.transfers import propose_transfers

_SURE = 0.5
_CONFIDENCE_PLACES = 4
_MOST_SEARCHES = 800  # sums that no one named cost a millisecond or two each; beyond this the person searches
_MOST_REMITTANCES = 150  # ten milliseconds each
_MOST_CONFIDENCE = 0.9999


def propose(request: MatchRequest) -> tuple[TransactionProposals, ...]:
    """Proposals for every transaction, in the order of their ids; the order of the input changes nothing."""
    transactions = sorted(request.transactions, key=lambda t: t.id)
    index = Index((i for i in request.open_items if i.open_amount > 0), request.known_accounts)
    settled = Index(request.settled, request.known_accounts)
    transfers = propose_transfers(transactions, request.own_accounts, request.rejected)
    readings = {t.id: read_transaction(t, index) for t in transactions if t.id not in transfers}
    contest = _hold_contest(list(readings.values()), index, request)
    found = []
    for transaction in transactions:
        if transaction.id in transfers:
            proposals = [transfers[transaction.id]]
        else:
            reading = readings[transaction.id]
            proposals = [_proposal(w, index) for w in contest.ranked(transaction.id)]
            again = read_transaction(transaction, settled) if settled.entries else None
            taken = {p for p in reading.references if contest.is_taken_from(transaction.id, p)}
            twice = paid_twice(reading, again, index, settled, taken)
            if twice and (transaction.id, twice.key) not in request.rejected:
                proposals = _insert(proposals, twice)
        found.append(TransactionProposals(transaction.id, tuple(proposals[:MOST_PROPOSALS])))
    return tuple(found)


def _hold_contest(readings: list[Reading], index: Index, request: MatchRequest) -> Contest:
    """First what is told or fits by itself; then, among what is left, sums that no one named."""
    contest = Contest(index)
    crowded = crowded_amounts(readings, index)
    first = {
        r.id: _allowed(r, [*named_sets(r, index), *single_documents(r, index, crowded)], contest, request)
        for r in readings
    }
    contest.run([r for r in readings if contest.is_sure(first[r.id], _SURE)], first)
    rest = [r for r in readings if r.id not in contest.chosen]
    payouts = _settlements(readings, rest, contest)
    searches, remittances = _MOST_SEARCHES, _MOST_REMITTANCES
    second: dict[TransactionId, list[Hypothesis]] = {}
    for reading in rest:
        sums = payouts.get(reading.id, [])
        if says_remittance(reading) and remittances > 0:
            sums, remittances = remittance_sets(reading, index, contest.left), remittances - 1
        elif reading.parties and not sums and searches > 0:
            sums, searches = party_sums(reading, index, contest.left), searches - 1
        second[reading.id] = _allowed(reading, [*first[reading.id], *sums], contest, request)
    contest.run(rest, second)
    return contest


def _settlements(
    readings: list[Reading], rest: list[Reading], contest: Contest
) -> dict[TransactionId, list[Hypothesis]]:
    """Payouts are weighed together: those that name their orders tell the rate of those that do not."""
    payouts = [r for r in readings if says_settlement(r)]
    told: dict[TransactionId, float] = {}
    for reading in payouts:
        chosen = contest.chosen.get(reading.id)
        if chosen and chosen.hypothesis.difference < 0:
            told[reading.id] = -chosen.hypothesis.difference / (reading.amount - chosen.hypothesis.difference)
    names = {r.id: provider_of(r) for r in payouts}
    waiting = {r.id for r in rest}
    return settlement_sets([r for r in payouts if r.id in waiting], told, names, contest.index, contest.left)


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
    return Proposal(
        kind=ProposalKind.DOCUMENTS,
        confidence=round(min(weighed.confidence, _MOST_CONFIDENCE), _CONFIDENCE_PLACES),
        combinations=weighed.combinations,
        lines=lines_of(hypothesis.parts, index),
        difference=hypothesis.difference,
        difference_reason=hypothesis.reason,
        evidence=hypothesis.evidence,
    )


def _insert(proposals: list[Proposal], twice: Proposal) -> list[Proposal]:
    place = next((n for n, p in enumerate(proposals) if p.confidence < twice.confidence), len(proposals))
    return [*proposals[:place], twice, *proposals[place:]]
