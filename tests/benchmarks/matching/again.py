"""Proposing anew after one decision: `python -m tests.benchmarks.matching.again`.

Measured twice: with nothing decided but those, and as a client's books are after a first run, when what the engine
was sure of is accepted. The engine follows from decision to decision, as it does in the program.
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
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import is_automatic, table

SEED = 9_900
_THRESHOLD = 0.97
_LINES = (400, 1_000, 5_000)
_LINES_PER_DOCUMENT = 1.25
_DECISIONS = 15


def documents_for(lines: int) -> int:
    """How many documents make about so many lines."""
    return round(lines / _LINES_PER_DOCUMENT)


def accepted(request: MatchRequest, chosen: dict[TransactionId, Proposal]) -> MatchRequest:
    """The books after these are accepted: the lines decided, what they pay for no longer open."""
    paid: Counter[DocumentId] = Counter()
    for proposal in chosen.values():
        paid.update({x.document_id: abs(x.amount) for x in proposal.lines})
    books = [
        replace(i, open_amount=max(0, i.open_amount - paid[i.id])) if paid[i.id] else i for i in request.open_items
    ]
    return replace(
        request,
        transactions=tuple(t for t in request.transactions if t.id not in chosen),
        open_items=tuple(i for i in books if i.open_amount),
        settled=(*request.settled, *(i for i in books if not i.open_amount)),
    )


def sure_ones(request: MatchRequest) -> dict[TransactionId, Proposal]:
    answers = {a.transaction_id: a.proposals[0] for a in propose(request) if a.proposals}
    return {t: p for t, p in answers.items() if is_automatic(p, _THRESHOLD)}


def milliseconds(request: MatchRequest) -> tuple[float, float, float]:
    """Processor time from nothing, and after each of a few more decisions: the median and the longest."""
    matcher = Matcher()
    from_nothing = _milliseconds(matcher, request)[1]
    times = []
    for _ in range(_DECISIONS):
        answers, _ = _milliseconds(matcher, request)
        offered = [(a.transaction_id, a.proposals[0]) for a in answers if a.proposals]
        documents = [(t, p) for t, p in offered if p.kind is ProposalKind.DOCUMENTS]
        if not documents:
            break
        request = accepted(request, dict([documents[len(documents) // 2]]))
        times.append(_milliseconds(matcher, request)[1])
    return from_nothing, statistics.median(times), max(times)


def _milliseconds(matcher: Matcher, request: MatchRequest) -> tuple[tuple[TransactionProposals, ...], float]:
    began = time.process_time()
    answers = matcher.propose(request)
    return answers, (time.process_time() - began) * 1_000


def _rows(lines: int) -> Iterable[tuple[str, ...]]:
    for regime in REGIMES:
        request = make(regime, SEED, documents_for(lines)).request
        left = accepted(request, sure_ones(request))
        yield (
            f"{lines} {regime}",
            *(str(len(x)) for x in (request.transactions, request.open_items)),
            *(f"{ms:.0f}" for ms in milliseconds(request)),
            *(str(len(x)) for x in (left.transactions, left.open_items)),
            *(f"{ms:.0f}" for ms in milliseconds(left)),
        )


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    headings = (
        "client", "lines", "open", "ms, all", "ms again", "longest",
        "lines left", "open left", "ms, all", "ms again", "longest",
    )  # fmt: skip
    print(table([row for lines in _LINES for row in _rows(lines)], headings))


if __name__ == "__main__":
    main()
