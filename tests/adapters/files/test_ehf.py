"""EHF invoices and credit notes, of both sides."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.writers import ACCOUNT, CLIENT, OTHER, Ehf


def test_the_clients_own_invoice(take: Take) -> None:
    content = take(Ehf().data())
    assert content.format == "ehf"
    assert content.documents == (
        ReportedDocument(
            side=Side.CUSTOMER,
            kind=DocumentKind.INVOICE,
            number="1001",
            counterparty="Kunde AS",
            amount=125_000,
            remaining=125_000,
            counterparty_orgnr=OTHER,
            kid="12345678",
            issue_date=date(2026, 1, 2),
            due_date=date(2026, 1, 16),
            payee_account=ACCOUNT,
        ),
    )


def test_a_received_credit_note(take: Take) -> None:
    written = Ehf(root="CreditNote", supplier=("Leverandør AS", OTHER), customer=("Klient AS", f"NO {CLIENT} MVA"))
    (document,) = take(written.data()).documents
    assert (document.side, document.kind) == (Side.SUPPLIER, DocumentKind.CREDIT_NOTE)
    assert (document.counterparty, document.counterparty_account) == ("Leverandør AS", ACCOUNT)
    assert document.due_date == date(2026, 1, 16)


@pytest.mark.parametrize(("root", "kind"), [("Invoice", "credit_note"), ("CreditNote", "invoice")])
def test_a_negative_amount_turns_the_kind(take: Take, root: str, kind: str) -> None:
    (document,) = take(Ehf(root=root, payable="-12.5").data()).documents
    assert (document.kind, document.amount, document.remaining) == (kind, 1250, 1250)


def test_a_currency_without_decimals(take: Take) -> None:
    (document,) = take(Ehf(currency="JPY", payable="1250.00").data()).documents
    assert (document.amount, document.currency, document.amount_nok) == (1250, "JPY", None)


def test_an_endpoint_tells_who_is_who_where_nothing_else_does(take: Take) -> None:
    endpoint = f'<cac:Party><cbc:EndpointID schemeID="0192">{CLIENT}</cbc:EndpointID>'
    text = Ehf(supplier=("Klient AS", "")).text().replace("<cac:Party>", endpoint, 1)
    (document,) = take(text.encode()).documents
    assert document.side is Side.CUSTOMER


def test_an_attachment_of_twelve_megabytes_is_read(take: Take) -> None:
    text = Ehf(extra=f"<cbc:Note>{'QUJD' * 3_000_000}</cbc:Note>").text()
    assert take(text.encode()).documents[0].number == "1001"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (Ehf(supplier=("En AS", OTHER), customer=("To AS", "")), Reason.OTHER_COMPANY),
        (Ehf(payable="12.345"), Reason.AMOUNT_NOT_UNDERSTOOD),
        (Ehf(payable=""), Reason.FIELD_MISSING),
        (Ehf(number=" "), Reason.FIELD_MISSING),
        (Ehf(customer=("", "")), Reason.FIELD_MISSING),
        (Ehf(issued="2026-02-30"), Reason.DATE_NOT_UNDERSTOOD),
        (Ehf(due="20260130"), Reason.DATE_NOT_UNDERSTOOD),
        (Ehf(currency="kr"), Reason.CURRENCY_NOT_UNDERSTOOD),
    ],
)
def test_what_is_refused(refuse: Refuse, written: Ehf, reason: Reason) -> None:
    assert refuse(written.data()) is reason


def test_two_currencies_are_refused(refuse: Refuse) -> None:
    text = Ehf().text().replace('currencyID="NOK"', 'currencyID="EUR"')
    assert refuse(text.encode()) is Reason.CURRENCY_DIFFERS
