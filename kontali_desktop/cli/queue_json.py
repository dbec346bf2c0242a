"""The review queue as the contract's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.matches import Evidence, Proposal, rate_of
from kontali_desktop.domain.money import Money, plain_amount
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.wording.wording import Wording


def queue_json(client: Client, items: Sequence[QueueItem], wording: Wording) -> dict[str, Any]:
    """Amounts as strings with a dot, dates as ISO 8601; `detail` of the evidence in the chosen language."""
    return {
        "client": {"orgnr": client.orgnr, "name": client.name},
        "items": [_item(item, wording) for item in items],
    }


def _item(item: QueueItem, wording: Wording) -> dict[str, Any]:
    line = item.transaction.reported
    return {
        "id": str(item.id),
        "transaction": {
            "account": item.account.number,
            "entry_reference": line.entry_reference,
            "booking_date": line.booking_date.isoformat() if line.booking_date else None,
            "value_date": line.value_date.isoformat() if line.value_date else None,
            "amount": plain_amount(line.amount, line.currency),
            "currency": line.currency,
            "counterparty": line.counterparty,
            "counterparty_account": line.counterparty_account,
            "kid": line.kid,
            "text": line.text,
            "status": line.status.value,
        },
        "status": item.status.value,
        "proposal": _proposal(item.proposal, item.transaction.money, wording) if item.proposal else None,
        "alternatives": [_proposal(p, item.transaction.money, wording) for p in item.alternatives],
    }


def _proposal(proposal: Proposal, money: Money, wording: Wording) -> dict[str, Any]:
    posting = proposal.posting
    counter = proposal.counter_transaction
    return {
        "kind": proposal.kind.value,
        "confidence": proposal.confidence,
        "combinations": proposal.combinations,
        "documents": [
            {
                "side": line.side.value,
                "kind": line.kind.value,
                "number": line.number,
                "counterparty": line.counterparty,
                "amount": plain_amount(line.amount, line.currency),
                "currency": line.currency,
                "remaining_after": plain_amount(line.remaining_after, line.currency),
            }
            for line in proposal.lines
        ],
        "difference": _difference(proposal, money),
        "counter_transaction": str(counter) if counter is not None else None,
        "posting": {"account": posting.account, "vat_code": posting.vat_code} if posting else None,
        "evidence": [_evidence(e, wording) for e in proposal.evidence],
    }


def _difference(proposal: Proposal, money: Money) -> dict[str, Any]:
    rate = rate_of(money, proposal.lines)
    return {
        "amount": plain_amount(proposal.difference, money.currency),
        "reason": proposal.difference_reason.value if proposal.difference_reason else None,
    } | ({"rate": f"{rate:.6f}"} if rate is not None else {})


def _evidence(evidence: Evidence, wording: Wording) -> dict[str, Any]:
    return {"signal": evidence.signal, "weight": evidence.weight, "detail": wording.evidence(evidence)}
