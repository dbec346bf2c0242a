"""The verb that tests the matching on the client's own books."""

from __future__ import annotations

import argparse
from typing import Any

from kontali_desktop.cli.door import DONE, Door
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport, WrongAnswer
from kontali_desktop.services.shares import Share

_PLACES = 4


def evaluate(door: Door, given: argparse.Namespace) -> int:
    """Writes nothing to the books."""
    owner = door.services.clients.find(given.client)
    report = door.services.own_data_test.run(owner.id, given.decisions)
    door.answer(evaluate_json(owner, report), list(door.wording.own_data_report(report)))
    return DONE


def evaluate_json(client: Client, report: OwnDataReport) -> dict[str, Any]:
    """Shares as numbers with four decimals, null where there is nothing to share."""
    return {
        "client": {"orgnr": client.orgnr, "name": client.name},
        "decisions": report.decisions,
        "transactions": report.transactions,
        "with_document": report.with_document,
        "proposed": report.proposed,
        "first_right": _share(report.first),
        "within_three": _share(report.first_few),
        "automatic": _share(report.automatic),
        "coverage": _share(report.coverage),
        "calibration": [_bin(b) for b in report.bins],
        "calibration_error": _rounded(report.calibration_error),
        "seconds": report.seconds,
        "wrong": [_wrong(w) for w in report.wrong],
    }


def _wrong(of: WrongAnswer) -> dict[str, Any]:
    """A line where something else stood first than what the person chose; `proposed` null: nothing did."""
    line = of.transaction.reported
    return {
        "id": str(of.transaction.id),
        "booking_date": line.booking_date.isoformat() if line.booking_date else None,
        "amount": plain_amount(line.amount, line.currency),
        "currency": line.currency,
        "chosen": _said(of.chosen),
        "proposed": _said(of.answer) if of.answer is not None else None,
        "confidence": of.answer.confidence if of.answer is not None else None,
        "automatic": of.is_automatic,
    }


def _said(proposal: Proposal) -> dict[str, Any]:
    posting = proposal.posting
    return {
        "kind": proposal.kind.value,
        "documents": [line.number for line in proposal.lines],
        "posting": {"account": posting.account, "vat_code": posting.vat_code} if posting else None,
    }


def _bin(of: CalibrationBin) -> dict[str, Any]:
    return {"from": of.low, "to": of.high, "confidence": _rounded(of.confidence), **_share(of.share)}


def _share(share: Share) -> dict[str, Any]:
    low, high = share.bounds
    return {
        "n": share.n,
        "right": share.right,
        "share": _rounded(share.value),
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
