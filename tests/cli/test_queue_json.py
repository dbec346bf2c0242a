"""The queue as other programs read it."""

from __future__ import annotations

import pytest

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.cli.queue_json import queue_json
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import AccountId, ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind, ProposedLine, QueueStatus
from kontali_desktop.services.review_models import Level, QueueItem
from kontali_desktop.wording.wording import Wording
from tests.support import account_number, orgnr, payment

CLIENT = Client(ClientId(1), orgnr(1), "Klient AS")
ACCOUNT = BankAccount(AccountId(1), CLIENT.id, account_number(1))


def shown(amount: int, proposal: Proposal | None) -> dict[str, object]:
    transaction = BankTransaction(TransactionId(7), ACCOUNT.id, 1, payment(amount, "Faktura"))
    status = QueueStatus.PROPOSED if proposal else QueueStatus.UNMATCHED
    item = QueueItem(transaction, CLIENT, ACCOUNT, status, proposal, (), Level.LIKELY)
    found: dict[str, object] = queue_json(CLIENT, [item], Wording("en", resource_path("locale")))["items"][0]
    return found


def line(side: Side, amount: int, currency: str, kind: DocumentKind = DocumentKind.INVOICE) -> ProposedLine:
    return ProposedLine(DocumentId(1), side, kind, "10234", "Kunde AS", amount, 0, currency)


@pytest.mark.parametrize(
    ("amount", "side", "currency", "document", "rate"),
    [
        (1_172_30, Side.CUSTOMER, "EUR", 100_00, "11.723000"),
        (-1_172_30, Side.SUPPLIER, "EUR", 100_00, "11.723000"),
        (70_00, Side.CUSTOMER, "JPY", 1_000, "0.070000"),
    ],
)
def test_another_currency_tells_its_rate(amount: int, side: Side, currency: str, document: int, rate: str) -> None:
    lines = (line(side, document, currency),)
    found = shown(amount, Proposal(ProposalKind.DOCUMENTS, 0.9, 1, lines, 0, DifferenceReason.CURRENCY))
    assert found["proposal"]["difference"] == {"amount": "0.00", "reason": "currency", "rate": rate}  # type: ignore[index] # JSON


def test_one_currency_tells_none() -> None:
    lines = (line(Side.CUSTOMER, 3_500_00, "NOK"),)
    found = shown(3_438_75, Proposal(ProposalKind.DOCUMENTS, 0.9, 1, lines, -61_25, DifferenceReason.FEE))
    assert found["proposal"]["difference"] == {"amount": "-61.25", "reason": "fee"}  # type: ignore[index] # JSON


def test_a_line_without_proposal_is_whole() -> None:
    found = shown(1_00, None)
    assert (found["id"], found["status"], found["proposal"], found["alternatives"]) == ("7", "unmatched", None, [])
    assert found["transaction"] == {
        "account": ACCOUNT.number,
        "entry_reference": "",
        "booking_date": "2026-02-12",
        "value_date": "2026-02-12",
        "amount": "1.00",
        "currency": "NOK",
        "counterparty": "",
        "counterparty_account": "",
        "kid": "",
        "text": "Faktura",
        "status": "booked",
    }
