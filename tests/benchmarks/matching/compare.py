"""Beside another program on the same data in one run: `python -m tests.benchmarks.matching.compare [--seeds N]`.

The other is `bankstatementparser`'s reconciliation, installed for this alone: `pip install bankstatementparser`. It has
no tiers, so all that it matches counts as taken by itself.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import DocumentKind, OpenItem
from kontali_desktop.domain.matches import Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import Tally, row, score, table

Matcher = Callable[[MatchRequest], tuple[TransactionProposals, ...]]

_OTHER = "bankstatementparser"
_FIRST_SEED = 9_800
_THRESHOLD = 0.97
_OTHERS_DEFAULT, _GENEROUS = 7, 60  # days between the due date and the booking


@dataclass(frozen=True, slots=True)
class Other:
    """The other program's reconciliation as a matcher: KID for reference, name and signed amount, due date."""

    reconcile: Callable[..., Any]  # it may not be installed, so its types are not known
    most_days: int

    def __call__(self, request: MatchRequest) -> tuple[TransactionProposals, ...]:
        items = {int(i.id): i for i in request.open_items if i.open_amount > 0}
        report = self.reconcile(
            [_document(i) for i in items.values()],
            [_line(t) for t in request.transactions],
            max_date_gap_days=self.most_days,
        )
        found = {m.statement_record["id"]: items[m.payment_record["id"]] for m in report.matches}
        return tuple(
            TransactionProposals(t.id, (_proposal(found[t.id]),) if t.id in found else ()) for t in request.transactions
        )


def _document(item: OpenItem) -> dict[str, object]:
    return {
        "id": item.id,
        "amount": Decimal(plain_amount(item.bank_sign * item.open_amount, item.currency)),
        "currency": item.currency,
        "reference": item.kid,
        "counterparty": item.counterparty,
        "date": item.due_date,
    }


def _line(transaction: BankTransaction) -> dict[str, object]:
    reported = transaction.reported
    return {
        "id": transaction.id,
        "amount": Decimal(plain_amount(reported.amount, reported.currency)),
        "currency": reported.currency,
        "reference": reported.kid,
        "counterparty": reported.counterparty or reported.text,
        "date": reported.booking_date,
    }


def _proposal(item: OpenItem) -> Proposal:
    sign = 1 if item.kind is DocumentKind.INVOICE else -1
    line = ProposedLine(
        document_id=item.id,
        side=item.side,
        kind=item.kind,
        number=item.number,
        counterparty=item.counterparty,
        amount=sign * item.open_amount,
        remaining_after=0,
        currency=item.currency,
    )
    return Proposal(kind=ProposalKind.DOCUMENTS, confidence=1.0, combinations=1, lines=(line,))


def _others() -> dict[str, Matcher]:
    """None, and the reason on standard error, where the other program is not there."""
    try:
        reconcile = importlib.import_module(f"{_OTHER}.reconciliation").reconcile_payments_and_statements
        version = importlib.metadata.version(_OTHER)
    except ImportError as problem:
        print(f"SKIPPED: nothing to compare with ({problem}); `pip install {_OTHER}` first.", file=sys.stderr)
        return {}
    return {f"{_OTHER} {version}, {days} days": Other(reconcile, days) for days in (_OTHERS_DEFAULT, _GENEROUS)}


def measure(matcher: Matcher, regime: str, seeds: range, size: int) -> Tally:
    tally = Tally()
    for seed in seeds:
        made = make(regime, seed, size)
        # Nobody shall lean on the order in which the made documents were written.
        made = replace(made, request=replace(made.request, open_items=made.request.open_items[::-1]))
        started = time.perf_counter()
        answers = matcher(made.request)
        tally.seconds += time.perf_counter() - started
        tally.add(score(made, answers, _THRESHOLD))
    return tally


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--first", type=int, default=_FIRST_SEED)
    asked.add_argument("--size", type=int, default=400)
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    matchers: dict[str, Matcher] = {"Kontali Desktop": propose, **_others()}
    rows = [
        (name, *row(regime, measure(matcher, regime, seeds, given.size)))
        for regime in REGIMES
        for name, matcher in matchers.items()
    ]
    kept = (0, 1, 2, 3, 4, 5, 6, 7, 8, 15)
    headings = ("program", "regime", "lines", "taken", "wrong", "precision", "Wilson", "coverage", "first", "s")
    print(table([[r[n] for n in kept] for r in rows], headings))


if __name__ == "__main__":
    main()
