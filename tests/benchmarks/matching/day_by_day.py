"""The engine as books grow: `python -m tests.benchmarks.matching.day_by_day [--seeds N] [--every DAYS]`.

Every few days what has come by then is matched, what is sure is accepted and paid, and never looked at again. Less is
known of a line than when a whole year is matched at once, and what was taken before stands in the way.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import is_automatic, is_same, table, wilson
from tests.benchmarks.matching.truth import Made

_FIRST_SEED = 997_000
_SIZE = 400
_THRESHOLD = 0.97

Taken = dict[TransactionId, Proposal]


def matched_day_by_day(request: MatchRequest, every: int) -> Taken:
    """What was accepted without a person by the end."""
    paid: Counter[DocumentId] = Counter()
    taken: Taken = {}
    for day in _days(request, every):
        for answer in propose(_as_of(request, day, paid, taken)):
            best = answer.proposals[0] if answer.proposals else None
            if best is not None and is_automatic(best, _THRESHOLD):
                taken[answer.transaction_id] = best
                paid.update({x.document_id: abs(x.amount) for x in best.lines})
    return taken


def _days(request: MatchRequest, every: int) -> Iterator[date]:
    booked = sorted(t.reported.booking_date for t in request.transactions if t.reported.booking_date)
    day = booked[0]
    while day < booked[-1]:
        yield day
        day += timedelta(days=every)
    yield booked[-1]


def _as_of(request: MatchRequest, day: date, paid: Counter[DocumentId], taken: Taken) -> MatchRequest:
    written = [i for i in request.open_items if i.issue_date is None or i.issue_date <= day]
    items = [replace(i, open_amount=i.open_amount - paid[i.id]) for i in written]
    settled = [i for i in request.settled if i.issue_date is None or i.issue_date <= day]
    here = [i for i in items if i.open_amount <= 0]
    lines = (t for t in request.transactions if t.reported.booking_date and t.reported.booking_date <= day)
    return replace(
        request,
        transactions=tuple(t for t in lines if t.id not in taken),
        open_items=tuple(i for i in items if i.open_amount > 0),
        settled=(*settled, *here),
        paid_here=frozenset(i.id for i in here),
    )


def _counted(made: Made, taken: Taken) -> Counter[str]:
    items = {i.id: i for i in (*made.request.open_items, *made.request.settled)}
    knowable = [t for t, truth in made.truth.items() if truth.amounts and truth.is_knowable]
    right = {t for t, p in taken.items() if made.truth[t].amounts and is_same(made.truth[t], p, items)}
    return Counter(
        automatic=len(taken), right=len(right), with_document=len(knowable), covered=sum(t in right for t in knowable)
    )


def _row(name: str, n: Counter[str]) -> tuple[str, ...]:
    low, high = wilson(n["right"], n["automatic"])
    share = n["right"] / n["automatic"]
    covered = n["covered"] / n["with_document"]
    wrong = n["automatic"] - n["right"]
    return name, str(n["automatic"]), str(wrong), f"{share:.4f}", f"{low:.4f}–{high:.4f}", f"{covered:.3f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--first", type=int, default=_FIRST_SEED)
    asked.add_argument("--every", type=int, default=3)
    given = asked.parse_args()
    rows, everything = [], Counter[str]()
    for regime in REGIMES:
        counted: Counter[str] = Counter()
        for seed in range(given.first, given.first + given.seeds):
            made = make(regime, seed, _SIZE)
            counted.update(_counted(made, matched_day_by_day(made.request, given.every)))
        rows.append(_row(regime, counted))
        everything.update(counted)
    print(table([*rows, _row("all", everything)], ("regime", "auto n", "wrong", "precision", "Wilson", "coverage")))


if __name__ == "__main__":
    main()
