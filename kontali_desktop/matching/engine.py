"""The engine's door: transactions and open items of one client in, proposals with evidence out. It changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kontali_desktop.matching.answers import Answers
from kontali_desktop.matching.books import Books
from kontali_desktop.matching.calibration import FITTED_CALIBRATION, Calibration
from kontali_desktop.matching.candidates import Crowded, single_documents
from kontali_desktop.matching.combinations import named_sets
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from kontali_desktop.matching.rounds import Rounds, allowed


def propose(request: MatchRequest, calibration: Calibration = FITTED_CALIBRATION) -> tuple[TransactionProposals, ...]:
    """Proposals for every transaction, in the order of their ids; the order of the input changes nothing."""
    with _collector_paused():  # until all that was made is gone, for it need not walk through that
        return _follow(_from_nothing(request, calibration), request) or ()


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
class _Known:
    """One client's state, and what was last answered from it."""

    books: Books
    rounds: Rounds
    answers: Answers


class Matcher:
    """Proposes for one client again and again; what a decision leaves as it was is not worked out anew.

    The answer is always that of `propose`. Not for two threads at once.
    """

    def __init__(self, calibration: Calibration = FITTED_CALIBRATION) -> None:
        self._calibration = calibration
        self._known: _Known | None = None

    def propose(self, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        with _collector_paused():
            known, self._known = self._known, None  # where something fails in between, all is made anew next time
            found = _follow(known, request) if known is not None else None
            if known is None or found is None:
                known = _from_nothing(request, self._calibration)
                found = _follow(known, request)
                known.books.lines.lay_out()  # now, so that the first decision need not wait for it
            self._known = known
            return found or ()


def _from_nothing(request: MatchRequest, calibration: Calibration) -> _Known:
    books = Books(request)
    return _Known(books, Rounds(books.index, calibration), Answers())


def _follow(known: _Known, request: MatchRequest) -> tuple[TransactionProposals, ...] | None:
    """None where the books are other ones, or so many more or fewer that every weight changes."""
    books, rounds = known.books, known.rounds
    change = books.follow(request)
    if change is None:
        return None
    books.set_in_play(request, change)
    books.weigh(_Weighing(books.index, request), change)
    rounds.run(books, change, request)
    return known.answers.follow(books, rounds.contest, change, request)


class _Weighing:
    """Weighs a line's documents, without what a person rejected and what could never be worth showing."""

    def __init__(self, index: Index, request: MatchRequest) -> None:
        self._index = index
        self._request = request

    def __call__(self, reading: Reading, crowded: Crowded) -> list[Hypothesis]:
        found = [*named_sets(reading, self._index), *single_documents(reading, self._index, crowded)]
        return allowed(reading, found, self._index, self._request)
