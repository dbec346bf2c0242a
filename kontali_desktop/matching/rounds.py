"""The rounds in which transactions take documents: what is told first, then payouts, then sums that no one named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.books import Books, Change
from kontali_desktop.matching.calibration import Calibration
from kontali_desktop.matching.combinations import party_sums, work_of_sums
from kontali_desktop.matching.duplicates import by_kid_of_paid
from kontali_desktop.matching.evidence import HOPELESS_BY, chance_of_amount, no_document_score
from kontali_desktop.matching.groups import Competitor, Groups, Turn
from kontali_desktop.matching.hypothesis import Hypothesis, lines_of, order_of
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.instalments import MOST_PARTIES_SEARCHED, instalments_of, may_owe
from kontali_desktop.matching.lines import Later, Line, Searched
from kontali_desktop.matching.rates import Rates, by_usual_rate, named_parties, rates_seen
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.remittances import Payables
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.sets import SetSearch
from kontali_desktop.matching.settlements import KeptRuns, Payouts, regular_strangers
from kontali_desktop.matching.too_many import one_of_equals, one_of_sets

_SURE = 0.5
_MOST_WORK = 20_000_000  # sums that no one named: a second or two in all; beyond this the person searches
_PAYOUT_ROUNDS = (0.97, 0.8, 0.5)
_LAST = len(_PAYOUT_ROUNDS) + 1

_Standing = tuple[int, tuple[int, ...]]
_Paid = tuple[_Standing, list[Line], list[tuple[TransactionId, Hypothesis]]]  # what a party pays for in instalments


class Rounds:
    """One whole contest, held again after each change; what the change does not touch stands, or is found at once."""

    def __init__(self, index: Index, calibration: Calibration) -> None:
        self.contest = Contest(index, calibration)
        self._index = index
        self._groups = Groups()
        self._competing: dict[TransactionId, Competitor] = {}
        self._payout_runs = KeptRuns(index)
        self._payables = Payables(index)
        self._instalments: dict[int, _Paid] = {}
        self._changes: Counter[int] = Counter()  # how often what a party owes has changed
        self._standing: dict[int, _Standing] = {}
        self._currencies: dict[int, tuple[int, frozenset[str]]] = {}
        self._turns: dict[int, Turn] = {}
        self._known_turns: dict[int, Turn] = {}  # of last time
        self._stirred: set[int] = set()  # of which something else has been taken than last time
        self._grown: dict[TransactionId, list[Hypothesis]] = {}  # payouts with the runs found for them
        self._search = SetSearch()

    def run(self, books: Books, change: Change, request: MatchRequest) -> None:
        contest = self.contest
        contest.back_to_mark()
        rolled_back, contest.stirred_places = contest.stirred_places, set()
        contest.open_anew(change.places)
        self._changes.update(change.parties)
        gone, come = self._competitors(books, change)
        self._groups.run(gone, come, contest)
        self._stirred = set(contest.stirred_places)
        contest.stirred_places |= rolled_back
        contest.mark()
        self._grown = {}
        self._known_turns, self._turns = self._turns, {}
        self._pay_out(books, request)
        rest = [line for tid, line in books.in_play.items() if tid not in contest.chosen]
        second = self._second(rest, books, request)
        self._hold(_LAST, [(line.reading, second[line.id]) for line in rest])
        contest.exchange()

    def _hold(self, turn: int, competitors: Sequence[Competitor]) -> None:
        """One that was not held last time is held as if for the first."""
        self._turns[turn] = self._known_turns.get(turn) or Turn()
        self._turns[turn].run(competitors, self.contest, self._stirred)

    def _competitors(self, books: Books, change: Change) -> tuple[list[TransactionId], list[Competitor]]:
        """Those who compete no more for what they name, and those who do so now, or otherwise than before."""
        gone: list[TransactionId] = []
        come: list[Competitor] = []
        for tid in change.left_play.keys() | change.came_into_play.keys() | change.weighed:
            line, before = books.in_play.get(tid), self._competing.get(tid)
            now = (line.reading, line.first) if line is not None and line.first is not None else None
            if now is None or line is None or not (line.is_single and self._is_sure(line, now[1])):
                now = None
            if now is not None and before is not None and now[0] is before[0] and now[1] is before[1]:
                continue
            if before is not None:
                gone.append(tid)
                del self._competing[tid]
            if now is not None:
                come.append(now)
                self._competing[tid] = now
        return gone, come

    def _is_sure(self, line: Line, first: list[Hypothesis]) -> bool:
        """Depends on nothing but its own documents, so it is asked once."""
        if line.sureness is None:
            line.sureness = self.contest.sureness(first)
        return line.sureness >= _SURE

    def _first(self, line: Line) -> list[Hypothesis]:
        grown = self._grown.get(line.id, line.first)
        return grown if grown is not None else []

    def _pay_out(self, books: Books, request: MatchRequest) -> None:
        """Payouts in rounds, the surest first: what one takes, and where in the row, tells the next ones more."""
        contest = self.contest
        strangers = regular_strangers([x.reading for x in books.in_play.values() if not x.is_part])
        waiting = [x for x in books.in_play.values() if x.is_settling or x.id in strangers]
        if not waiting:
            return
        readings = [line.reading for line in waiting]
        payouts = Payouts(readings, self._index, self._payout_runs)
        for turn, least in enumerate(_PAYOUT_ROUNDS, 1):
            chosen = {r.id: contest.chosen[r.id].hypothesis for r in readings if r.id in contest.chosen}
            found = payouts.weigh(turn, [x.reading for x in waiting], chosen, contest.left)
            later = {x.id: self._with(x, turn, found.get(x.id, []), request) for x in waiting}
            self._grown.update((tid, x.both) for tid, x in later.items())
            self._hold(turn, [(x.reading, self._grown[x.id]) for x in waiting if later[x.id].sureness >= least])
            waiting = [x for x in waiting if x.id not in contest.chosen]
            if not waiting:
                return

    def _second(
        self, rest: Sequence[Line], books: Books, request: MatchRequest
    ) -> dict[TransactionId, list[Hypothesis]]:
        """Among what is left, sums that no one named, and documents in another currency at the rate of those days."""
        contest, index = self.contest, self._index
        self._standing = {}
        partly = self._partly(rest)
        self._payables.look(contest.left)
        chosen = {
            t: w.hypothesis for t, w in contest.chosen.items() if w.hypothesis.reason is DifferenceReason.CURRENCY
        }
        rates = Rates(rates_seen([books.in_play[t].reading for t in chosen], chosen, index))
        self._search, too_many = SetSearch(), dict[TransactionId, Hypothesis]()
        searched = self._may_search(rest)
        second: dict[TransactionId, list[Hypothesis]] = {}
        for line in sorted(rest, key=lambda x: (not x.is_remittance, x.id)):
            reading = line.reading
            found: list[Hypothesis] = list(partly.get(line.id, ()))
            if line.may_remit:
                line.due = self._payables.due_for(reading, line.due)
                found += line.due.sets if line.due else ()
            elif line.id in searched:
                found += self._sums(line)
            one = one_of_sets(found) or one_of_equals(reading, index)
            if one:
                too_many[line.id] = one
            if reading.parties:
                found += self._by_rate(line, rates)
            found += by_kid_of_paid(reading, index, contest, lambda t: books.in_play[t].reading.booked)
            second[line.id] = self._with(line, _LAST, found, request).both if found else self._first(line)
        contest.show_one_of(too_many)
        return second

    def _may_search(self, rest: Sequence[Line]) -> set[TransactionId]:
        """Those with a known payer, while the work for all is bounded; what is asked twice is searched once."""
        found: set[TransactionId] = set()
        asked: set[object] = set()
        work = _MOST_WORK
        for line in sorted(rest, key=lambda x: x.id):
            reading = line.reading
            if not reading.parties:
                continue
            same = (reading.currency, reading.amount, reading.booked, tuple(sorted(reading.parties)))
            if same not in asked and work > 0:
                asked.add(same)
                work -= work_of_sums(reading, self._index)
            if same in asked:
                found.add(line.id)
        return found

    def _partly(self, rest: Sequence[Line]) -> dict[TransactionId, list[Hypothesis]]:
        """Instalments, party by party."""
        payments: dict[int, list[Line]] = defaultdict(list)
        for line in rest:
            if line.owing is None:
                line.owing = may_owe(line.reading, self._index)
            for party in line.owing:
                payments[party].append(line)
        found: dict[TransactionId, list[Hypothesis]] = defaultdict(list)
        before, self._instalments = self._instalments, {}
        for party in sorted(payments)[:MOST_PARTIES_SEARCHED]:
            theirs = sorted(payments[party], key=lambda x: (str(x.reading.booked), x.id))
            stands, known = self._stands(party), before.get(party)
            if known is None or known[:2] != (stands, theirs):
                readings = [line.reading for line in theirs]
                known = (stands, theirs, instalments_of(party, readings, self._index, self.contest.left))
            self._instalments[party] = known
            for tid, hypothesis in known[2]:
                found[tid].append(hypothesis)
        return found

    def _stands(self, party: int) -> _Standing:
        """Equal for as long as what the party owes, and what of it is free, is as it was."""
        if party not in self._standing:
            left = self.contest.left
            free = tuple([left[p] for p in self._index.by_party[party]])
            self._standing[party] = (self._changes[party], free)
        return self._standing[party]

    def _sums(self, line: Line) -> list[Hypothesis]:
        reading, index = line.reading, self._index
        common = chance_of_amount(index, reading.currency, reading.amount)
        among = (common, [self._stands(p) for p in reading.parties])
        if line.sums is None or line.sums.among != among:
            line.sums = Searched(among, party_sums(reading, index, self.contest.left, self._search))
        return line.sums.found

    def _by_rate(self, line: Line, rates: Rates) -> list[Hypothesis]:
        reading, index = line.reading, self._index
        parties = named_parties(reading, index)
        others = {c for p in parties for c in self._currencies_of(p)} - {reading.currency}
        if not others or reading.booked is None:
            return []
        usual = [rates.usual(reading.currency, c, reading.booked) for c in sorted(others)]
        among = (usual, [self._stands(p) for p in parties])
        if line.by_rate is None or line.by_rate.among != among:
            line.by_rate = Searched(among, by_usual_rate(reading, index, rates, self.contest.left))
        return line.by_rate.found

    def _currencies_of(self, party: int) -> frozenset[str]:
        changes = self._changes[party]
        known = self._currencies.get(party)
        if known is None or known[0] != changes:
            index = self._index
            known = (changes, frozenset(index.entries[p].item.currency for p in index.by_party[party]))
            self._currencies[party] = known
        return known[1]

    def _with(self, line: Line, turn: int, found: list[Hypothesis], request: MatchRequest) -> Later:
        """A line's documents so far and those found now; the very same as last time where nothing is otherwise."""
        mine = self._first(line)
        known = line.later.get(turn)
        if known is None or known.first is not mine or known.found != found:
            both = allowed(line.reading, [*mine, *found], self._index, request)
            known = line.later[turn] = Later(mine, found, both, 0.0 if turn == _LAST else self.contest.sureness(both))
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
