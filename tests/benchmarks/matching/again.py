"""Proposing anew after one decision: `python -m tests.benchmarks.matching.again`.

Measured twice: with nothing decided but that one, and as a client's books are after a first run, when what the engine
was sure of is accepted.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import is_automatic, table

_SEED = 9_900
_THRESHOLD = 0.97
_LINES = (400, 5_000)
_LINES_PER_DOCUMENT = 1.25
_RUNS = 5


def accepted(request: MatchRequest, chosen: dict[TransactionId, Proposal]) -> MatchRequest:
    """The books after these are accepted: the lines decided, what they pay for no longer open."""
    paid: Counter[DocumentId] = Counter()
    for proposal in chosen.values():
        paid.update({x.document_id: abs(x.amount) for x in proposal.lines})
    books = [replace(i, open_amount=max(0, i.open_amount - paid[i.id])) for i in request.open_items]
    return replace(
        request,
        transactions=tuple(t for t in request.transactions if t.id not in chosen),
        open_items=tuple(i for i in books if i.open_amount),
        settled=(*request.settled, *(i for i in books if not i.open_amount)),
    )


def sure_ones(request: MatchRequest) -> dict[TransactionId, Proposal]:
    answers = {a.transaction_id: a.proposals[0] for a in propose(request) if a.proposals}
    return {t: p for t, p in answers.items() if is_automatic(p, _THRESHOLD)}


def milliseconds(request: MatchRequest) -> float:
    """After one more decision, on the first line with documents; the median of a few runs."""
    answers = {a.transaction_id: a.proposals[0] for a in propose(request) if a.proposals}
    one = next(((t, p) for t, p in answers.items() if p.kind is ProposalKind.DOCUMENTS), None)
    request = accepted(request, dict([one])) if one else request
    return statistics.median(_seconds(request) for _ in range(_RUNS)) * 1_000


def _seconds(request: MatchRequest) -> float:
    started = time.perf_counter()
    propose(request)
    return time.perf_counter() - started


def _rows(lines: int) -> Iterable[tuple[str, ...]]:
    for regime in REGIMES:
        request = make(regime, _SEED, round(lines / _LINES_PER_DOCUMENT)).request
        left = accepted(request, sure_ones(request))
        yield (
            f"{lines} {regime}",
            *(str(len(x)) for x in (request.transactions, request.open_items)),
            f"{milliseconds(request):.0f}",
            *(str(len(x)) for x in (left.transactions, left.open_items)),
            f"{milliseconds(left):.0f}",
        )


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    headings = ("client", "lines", "open", "ms, none decided", "lines left", "open left", "ms, sure ones decided")
    print(table([row for lines in _LINES for row in _rows(lines)], headings))


if __name__ == "__main__":
    main()
