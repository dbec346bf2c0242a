"""What a client's decisions teach, measured: `python -m tests.benchmarks.matching.learning [--seeds N] [--size N]`.

The lines after a made company's first months are matched four times. What is open is the same each time; only how many
of a person's decisions on the months before are known differs.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem, ReportedDocument
from kontali_desktop.domain.ids import DecisionId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.learnt import Example, Learnt, learn
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import HEADINGS, Tally, row, score, table
from tests.benchmarks.matching.truth import Made, Truth

DECISIONS = (0, 50, 100, 200)
_FIRST_SEED = 9_500  # neither the calibration nor the ordinary measure has seen them
_THRESHOLD = 0.97
PAID_BY_ANOTHER = 15  # one customer in so many: what only a person can teach; 0 for none


@dataclass(frozen=True, slots=True)
class Later:
    """The months to be matched, and the decisions on those before, oldest first."""

    made: Made
    examples: tuple[Example, ...]

    def knowing(self, decisions: int) -> Made:
        """With the last so many decisions learnt from."""
        learnt = learn(self.examples[-decisions:]) if decisions else Learnt()
        request = replace(self.made.request, learnt=learnt, known_accounts=learnt.known_accounts)
        return replace(self.made, request=request)


def later_of(made: Made, decisions: int) -> Later:
    """Cut where so many lines have been decided; what those settled is no longer open."""
    request, truth = made.request, made.truth
    items = {i.id: i for i in (*request.open_items, *request.settled)}
    lines = sorted(request.transactions, key=lambda t: t.id)
    examples = tuple(_examples(lines, truth, items))[:decisions]
    last = examples[-1].transaction.id if examples else 0
    paid: Counter[DocumentId] = Counter()
    for line in lines:
        if line.id <= last:
            paid.update({d: abs(amount) for d, amount in truth[line.id].amounts.items()})
    books = [replace(i, open_amount=max(0, i.open_amount - paid[i.id])) for i in items.values()]
    later = replace(
        request,
        transactions=tuple(t for t in lines if t.id > last),
        open_items=tuple(i for i in books if i.open_amount),
        settled=tuple(i for i in books if not i.open_amount),
    )
    return Later(Made(made.regime, later, {t: what for t, what in truth.items() if t > last}), examples)


def _examples(
    lines: Sequence[BankTransaction], truth: dict[TransactionId, Truth], items: dict[DocumentId, OpenItem]
) -> Iterator[Example]:
    for line in lines:
        what = truth[line.id]
        documents = tuple((reported_of(items[d]), amount) for d, amount in what.amounts.items())
        posting = Posting(what.account) if what.account and not documents else None
        if documents or posting:
            yield Example(DecisionId(line.id), line, documents, posting=posting)


def reported_of(item: OpenItem) -> ReportedDocument:
    return ReportedDocument(
        item.side,
        item.kind,
        item.number,
        item.counterparty,
        item.amount,
        item.open_amount,
        item.currency,
        counterparty_orgnr=item.counterparty_orgnr,
        counterparty_account=item.counterparty_account,
        kid=item.kid,
        issue_date=item.issue_date,
        due_date=item.due_date,
    )


def measure(regime: str, seeds: range, size: int, paid_by_another: int = PAID_BY_ANOTHER) -> dict[int, Tally]:
    tallies = {n: Tally() for n in DECISIONS}
    for seed in seeds:
        later = later_of(make(regime, seed, size, paid_by_another), max(DECISIONS))
        for n, tally in tallies.items():
            made = later.knowing(n)
            tally.add(score(made, propose(made.request), _THRESHOLD))
    return tallies


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--first", type=int, default=_FIRST_SEED)
    asked.add_argument("--size", type=int, default=600)
    asked.add_argument("--paid-by-another", type=int, default=PAID_BY_ANOTHER, metavar="N", help="every Nth customer")
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    everything = {n: Tally() for n in DECISIONS}
    rows = []
    for regime in REGIMES:
        for n, tally in measure(regime, seeds, given.size, given.paid_by_another).items():
            everything[n].add(tally)
            rows.append(row(f"{regime} {n}", tally)[:-1])
    rows += [row(f"all {n}", tally)[:-1] for n, tally in everything.items()]
    print(table(rows, ("regime, decisions", *HEADINGS[1:-1])))


if __name__ == "__main__":
    main()
