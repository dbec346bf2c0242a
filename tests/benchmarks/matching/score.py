"""How right the engine's answers are about made companies."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.request import TransactionProposals
from tests.benchmarks.matching.truth import Made, Truth

_BUCKETS = (0.99, 0.95)


@dataclass(slots=True)
class Tally:
    """Counts over any number of companies of one regime."""

    n: Counter[str] = field(default_factory=Counter)
    scenarios: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    curve: dict[float, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0, 0.0, 0]))
    seconds: float = 0.0
    wrong: list[tuple[str, int, TransactionId]] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        return self.n[part] / self.n[whole] if self.n[whole] else math.nan

    @property
    def calibration_error(self) -> float:
        shown = sum(b[0] for b in self.curve.values())
        return sum(abs(b[1] - b[2]) for b in self.curve.values()) / shown if shown else math.nan

    def add(self, other: Tally) -> None:
        self.n.update(other.n)
        self.seconds += other.seconds
        self.wrong += other.wrong
        for name, row in other.scenarios.items():
            self.scenarios[name] = [a + b for a, b in zip(self.scenarios[name], row, strict=True)]
        for bucket, values in other.curve.items():
            self.curve[bucket] = [a + b for a, b in zip(self.curve[bucket], values, strict=True)]


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The interval in which the true share lies at 95 % (Wilson 1927)."""
    if not total:
        return (0.0, 1.0)
    share, square = right / total, z * z
    centre = share + square / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return (centre - spread) / (1 + square / total), (centre + spread) / (1 + square / total)


def is_automatic(proposal: Proposal | None, threshold: float) -> bool:
    return (
        proposal is not None
        and proposal.kind is ProposalKind.DOCUMENTS
        and proposal.confidence >= threshold
        and proposal.combinations == 1
    )


def score(made: Made, answers: Iterable[TransactionProposals], threshold: float) -> Tally:
    tally = Tally()
    items = {i.id: i for i in (*made.request.open_items, *made.request.settled)}
    for answer in answers:
        _score_one(tally, made.truth[answer.transaction_id], answer, items, threshold)
    return tally


def _score_one(
    tally: Tally, truth: Truth, answer: TransactionProposals, items: dict[DocumentId, OpenItem], threshold: float
) -> None:
    best = answer.proposals[0] if answer.proposals else None
    automatic = is_automatic(best, threshold)
    has_documents = best is not None and best.kind is ProposalKind.DOCUMENTS
    right = _is_right(truth, best, items, automatic=automatic)
    row = tally.scenarios[truth.scenario]
    row[0] += 1
    row[1] += right
    row[2] += automatic and right and bool(truth.amounts)
    row[3] += automatic and not (right and truth.amounts)
    if best is not None and has_documents:
        bucket = next((b for b in _BUCKETS if best.confidence >= b), int(best.confidence * 10) / 10)
        _count(tally.curve[bucket], best.confidence, right=right and bool(truth.amounts))
    tally.n["all"] += 1
    _count_kinds(tally, truth, best, right=right, automatic=automatic)
    if truth.amounts and truth.is_knowable:
        tally.n["with_document"] += 1
        tally.n["first"] += right
        tally.n["top3"] += any(is_same(truth, p, items) for p in answer.proposals[:3])
        tally.n["covered"] += automatic and right
    if automatic:
        tally.n["automatic"] += 1
        tally.n["automatic_right"] += right and bool(truth.amounts)
        if not (right and truth.amounts):
            tally.wrong.append((truth.scenario, 0, answer.transaction_id))


def _count(values: list[float], confidence: float, *, right: bool) -> None:
    values[0] += 1
    values[1] += confidence
    values[2] += right


def _count_kinds(tally: Tally, truth: Truth, best: Proposal | None, *, right: bool, automatic: bool) -> None:
    if not truth.is_knowable:
        tally.n["unknowable"] += 1
    if truth.pair is not None:
        tally.n["transfers"] += 1
        tally.n["transfers_right"] += right
    elif best is not None and best.kind is ProposalKind.TRANSFER:
        tally.n["false_transfers"] += 1
    if truth.paid_already is not None:
        tally.n["doubles"] += 1
        tally.n["doubles_right"] += right
    if not truth.amounts and truth.pair is None:
        tally.n["without_document"] += 1
        tally.n["false_automatic"] += automatic
        tally.n["false_proposals"] += best is not None and best.kind is ProposalKind.DOCUMENTS
    if truth.account:
        tally.n["postings"] += 1
        posted = best.posting.account if best is not None and best.posting else ""
        tally.n["postings_right"] += posted[:3] == truth.account[:3]


def _is_right(truth: Truth, best: Proposal | None, items: dict[DocumentId, OpenItem], *, automatic: bool) -> bool:
    if truth.pair is not None:
        return best is not None and best.kind is ProposalKind.TRANSFER and best.counter_transaction == truth.pair
    if truth.paid_already is not None:
        is_twice = best is not None and best.kind is ProposalKind.DUPLICATE_PAYMENT
        return is_twice and best is not None and [x.document_id for x in best.lines] == [truth.paid_already]
    if not truth.amounts:
        is_known_party = truth.scenario == "none_known_party"
        return not automatic if is_known_party else best is None or best.kind is not ProposalKind.DOCUMENTS
    return best is not None and is_same(truth, best, items)


def is_same(truth: Truth, proposal: Proposal, items: dict[DocumentId, OpenItem]) -> bool:
    """The true amounts on the true documents; where the line names none, like amounts of like parties will do."""
    if proposal.kind is not ProposalKind.DOCUMENTS:
        return False
    said = {x.document_id: x.amount for x in proposal.lines}
    if said == truth.amounts:
        return True
    return not truth.told and _bag(said, items) == _bag(truth.amounts, items)


def _bag(amounts: dict[DocumentId, int], items: dict[DocumentId, OpenItem]) -> list[tuple[str, str, int]]:
    return sorted((items[i].side.value, items[i].counterparty, a) for i, a in amounts.items())


HEADINGS = (
    "regime", "lines", "auto n", "wrong", "precision", "Wilson", "coverage", "first", "top 3", "transfers", "doubles",
    "false auto", "postings", "ECE", "s",
)  # fmt: skip


def row(name: str, tally: Tally) -> tuple[str, ...]:
    n = tally.n
    low, high = wilson(n["automatic_right"], n["automatic"])
    return (
        name,
        str(n["all"]),
        str(n["automatic"]),
        str(n["automatic"] - n["automatic_right"]),
        f"{tally.share('automatic_right', 'automatic'):.4f}",
        f"{low:.4f}–{high:.4f}",
        f"{tally.share('covered', 'with_document'):.3f}",
        f"{tally.share('first', 'with_document'):.4f}",
        f"{tally.share('top3', 'with_document'):.4f}",
        f"{tally.share('transfers_right', 'transfers'):.4f}",
        f"{tally.share('doubles_right', 'doubles'):.2f}",
        f"{tally.share('false_automatic', 'without_document'):.4f}",
        f"{tally.share('postings_right', 'postings'):.2f}",
        f"{tally.calibration_error:.4f}",
        f"{tally.seconds:.1f}",
    )


def table(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    widths = [max(len(r[n]) for r in (headings, *rows)) for n in range(len(headings))]
    lines = (
        "  ".join(c.ljust(w) if n == 0 else c.rjust(w) for n, (c, w) in enumerate(zip(r, widths, strict=True)))
        for r in (headings, *rows)
    )
    return "\n".join(lines)
