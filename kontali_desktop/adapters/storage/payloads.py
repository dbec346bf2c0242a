"""Proposals as JSON and back; the one place that knows how they lie in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Evidence, Posting, Proposal, ProposalKind, ProposedLine


def dump_proposals(proposals: tuple[Proposal, ...]) -> str:
    return json.dumps([_plain(p) for p in proposals], ensure_ascii=False, separators=(",", ":"))


class Dumped:
    """Proposals with their words in the database, for those of the client that was last written."""

    def __init__(self) -> None:
        self._words: dict[TransactionId, tuple[tuple[Proposal, ...], str]] = {}

    def words_of(self, proposals: Mapping[TransactionId, tuple[Proposal, ...]]) -> dict[TransactionId, str]:
        """Of all that say anything; the very same proposals are not put into words twice."""
        before, now = self._words, {}
        for tid, mine in proposals.items():
            known = before.get(tid)
            if mine:
                now[tid] = known if known is not None and known[0] is mine else (mine, dump_proposals(mine))
        self._words = now
        return {tid: words for tid, (_, words) in now.items()}


def load_proposals(payload: str) -> tuple[Proposal, ...]:
    return tuple(_proposal(p) for p in json.loads(payload))


def _plain(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind,
        "confidence": proposal.confidence,
        "combinations": proposal.combinations,
        "lines": [
            [x.document_id, x.side, x.kind, x.number, x.counterparty, x.amount, x.remaining_after, x.currency]
            for x in proposal.lines
        ],
        "difference": proposal.difference,
        "reason": proposal.difference_reason,
        "evidence": [[e.signal, e.weight, e.facts] for e in proposal.evidence],
        "counter": proposal.counter_transaction,
        "posting": [proposal.posting.account, proposal.posting.vat_code] if proposal.posting else None,
    }


def _proposal(plain: dict[str, Any]) -> Proposal:
    counter, posting, reason = plain["counter"], plain["posting"], plain["reason"]
    return Proposal(
        kind=ProposalKind(plain["kind"]),
        confidence=plain["confidence"],
        combinations=plain["combinations"],
        lines=tuple(_line(x) for x in plain["lines"]),
        difference=plain["difference"],
        difference_reason=DifferenceReason(reason) if reason else None,
        evidence=tuple(Evidence(signal, weight, facts) for signal, weight, facts in plain["evidence"]),
        counter_transaction=TransactionId(counter) if counter is not None else None,
        posting=Posting(*posting) if posting else None,
    )


def _line(values: list[Any]) -> ProposedLine:
    document_id, side, kind, *rest = values
    return ProposedLine(DocumentId(document_id), Side(side), DocumentKind(kind), *rest)
