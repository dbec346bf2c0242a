"""One client's state as the engine last saw it, with what was read and weighed of each line.

After a decision only what it touches is read and weighed again: the lines that name the document or its counterparty,
that have its amount, or that the decision taught something of. The answer is the same as from reading it all anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.candidates import Crowded
from kontali_desktop.matching.crowd import Crowd
from kontali_desktop.matching.duplicates import Paid
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.lines import Line, Lines
from kontali_desktop.matching.opened_sums import OpenedSum, open_line
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.request import MatchRequest
from kontali_desktop.matching.touched import Touched, changed_items, put_items
from kontali_desktop.matching.transfers import Transfers

Weigh = Callable[[Reading, Crowded], list[Hypothesis]]


@dataclass(slots=True)
class Change:
    """What is otherwise than when the engine last answered.

    `gone` and `come` are lines as they were read; one that is read again is among both. `parties` may owe otherwise;
    `sums` are bank lines of several payments.
    """

    gone: dict[TransactionId, Line] = field(default_factory=dict)
    come: dict[TransactionId, Line] = field(default_factory=dict)
    weighed: set[TransactionId] = field(default_factory=set)
    left_play: dict[TransactionId, Line] = field(default_factory=dict)
    came_into_play: dict[TransactionId, Line] = field(default_factory=dict)
    places: set[int] = field(default_factory=set)
    parties: set[int] = field(default_factory=set)
    owed: set[tuple[int, int]] = field(default_factory=set)  # (party, amount)
    sums: set[TransactionId] = field(default_factory=set)
    not_asked: set[TransactionId] = field(default_factory=set)
    rejected: set[TransactionId] = field(default_factory=set)


class _Told:
    """Lines that name a document of their very amount."""

    def __init__(self, lines: Mapping[TransactionId, Line]) -> None:
        self._lines = lines

    def __contains__(self, tid: object) -> bool:
        line = self._lines.get(tid)  # type: ignore[call-overload]  # what a container is asked for may be anything
        return line is not None and line.is_told


class Books:
    """Follows requests one after another; `follow` says where it cannot and must be made anew."""

    def __init__(self, request: MatchRequest) -> None:
        self._request: MatchRequest | None = None
        self._open = _open_of(request)
        self.index = Index(self._open.values(), request.known_accounts, request.learnt)
        self.paid = Paid(request)
        self.lines = Lines()
        self.sums: dict[TransactionId, OpenedSum] = {}
        self.in_play: dict[TransactionId, Line] = {}
        self.transfers: dict[TransactionId, Proposal] = {}
        self.asked: dict[TransactionId, BankTransaction] = {}
        self._pairs = Transfers()
        self._crowd = Crowd(self.index)
        self._unweighed: set[TransactionId] = set()

    def follow(self, request: MatchRequest) -> Change | None:
        """What is otherwise since the last request; None where documents are new or changed, or many more or fewer."""
        before, self._request = self._request, request
        change = Change()
        if before is not None and not self._follow_known(before, request, change):
            return None
        self._follow_lines(before, request, change)
        return change

    def _follow_known(self, before: MatchRequest, request: MatchRequest, change: Change) -> bool:
        touched = Touched()
        if request.open_items is not before.open_items:
            now = _open_of(request)
            changed = changed_items(self._open, now, self.index)
            if changed is None or not put_items(changed, self.index, touched):
                return False
            self._open = now
        if not self.paid.follow(request):
            return False
        if touched.places or request.learnt is not before.learnt or request.known_accounts is not before.known_accounts:
            touched.add_learnt(self.index, request.known_accounts, request.learnt)
        change.rejected = {tid for tid, _ in request.rejected ^ before.rejected}
        change.places, change.owed = touched.places, touched.owed
        for tid in self.lines.read_otherwise(touched):
            self._read_again(tid, change)
        for tid in self.lines.of_amounts(touched.amounts) | change.rejected:
            self._weigh_again(tid)
        entries, by_amount = self.index.entries, self.index.by_amount
        places = touched.places.union(*(by_amount.get(amount, ()) for amount in touched.amounts))
        change.parties = touched.parties.union(entries[p].party for p in places)
        return True

    def _read_again(self, tid: TransactionId, change: Change) -> None:
        line = self._drop(tid, change)
        if line is not None:
            self._read(line.transaction, line.sum_line, change)

    def _weigh_again(self, tid: TransactionId) -> None:
        line = self.lines.by_id.get(tid)
        if line is not None:
            line.first = line.sureness = None
            self._unweighed.add(tid)

    def _follow_lines(self, before: MatchRequest | None, request: MatchRequest, change: Change) -> None:
        now = {t.id: t for t in request.transactions}
        parts, parts_before = request.parts, before.parts if before is not None else {}
        known, self.asked = self.asked, now
        other = [t for t in now.values() if known.get(t.id) is not t and known.get(t.id) != t]
        if parts is not parts_before:
            changed = {i for i in parts.keys() | parts_before.keys() if parts.get(i) != parts_before.get(i)}
            seen = {t.id for t in other}
            other += [now[i] for i in sorted(changed - seen) if i in now]
        change.not_asked = known.keys() - now.keys()
        for tid in (*change.not_asked, *(t.id for t in other)):
            self._take_away(tid, change)
        for transaction in sorted(other, key=lambda t: t.id):
            opened = open_line(transaction, parts.get(transaction.id, ()))
            if isinstance(opened, OpenedSum):
                self.sums[transaction.id] = opened
                change.sums.add(transaction.id)
                for payment in opened.payments:
                    self._read(payment, transaction.id, change)
            else:
                self._read(opened, None, change)
        change.sums |= change.rejected & self.sums.keys()

    def _take_away(self, tid: TransactionId, change: Change) -> None:
        opened = self.sums.pop(tid, None)
        for gone in (p.id for p in opened.payments) if opened else (tid,):
            self._drop(gone, change)

    def _drop(self, tid: TransactionId, change: Change) -> Line | None:
        """What came since the last answer was never part of it."""
        line = self.lines.drop(tid)
        if line is not None and change.come.pop(tid, None) is None:
            change.gone[tid] = line
        self._unweighed.discard(tid)
        return line

    def _read(self, transaction: BankTransaction, sum_line: TransactionId | None, change: Change) -> None:
        reading = read_transaction(transaction, self.index)
        line = Line(transaction, reading, reading.names_its_amount(self.index), sum_line)
        self.lines.put(line)
        self._unweighed.add(line.id)
        change.come[line.id] = line

    def set_in_play(self, request: MatchRequest, change: Change) -> None:
        """Lines that are no transfers compete for documents."""
        lines = self.lines.by_id
        gone = [x.transaction for x in change.gone.values() if not x.is_part]
        come = [x.transaction for x in change.come.values() if not x.is_part]
        self._pairs.follow(gone, come, request.own_accounts)
        before, self.transfers = self.transfers, self._pairs.propose(request.rejected, _Told(lines))
        for tid in (*change.gone, *(self.transfers.keys() - before.keys())):
            if tid in self.in_play:
                change.left_play[tid] = self.in_play.pop(tid)
        for tid in (*change.come, *(before.keys() - self.transfers.keys())):
            if tid in lines and tid not in self.transfers and tid not in self.in_play:
                change.came_into_play[tid] = self.in_play[tid] = lines[tid]
        self.paid.forget(change.gone)

    def weigh(self, weigh: Weigh, change: Change) -> None:
        """Those that are not weighed, and those whose amount anyone is paid more or less often than before."""
        amounts = self._crowd.follow(
            (x.reading for x in change.left_play.values()),
            (x.reading for x in change.came_into_play.values()),
            change.owed,
        )
        if len(change.come) < len(self.lines.by_id):
            for tid in self.lines.of_numbers(amounts):  # a document may fit by its amount alone
                self._weigh_again(tid)
        for tid in self._unweighed & self.in_play.keys():
            line = self.in_play[tid]
            line.first, line.sureness = weigh(line.reading, self._crowd.crowded), None
            change.weighed.add(tid)
        self._unweighed -= change.weighed


def _open_of(request: MatchRequest) -> dict[DocumentId, OpenItem]:
    return {i.id: i for i in request.open_items if i.open_amount > 0}
