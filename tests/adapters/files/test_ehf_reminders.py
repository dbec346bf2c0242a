"""Reminders go in as their own fee and interest, never as the invoice over again; credit notes name their invoice."""

from __future__ import annotations

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.writers import Ehf


def _reference(number: str = "1001") -> str:
    return (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{number}</cbc:ID></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
    )


def _item(text: str, amount: str, vat: str = "") -> str:
    percent = f"<cac:ClassifiedTaxCategory><cbc:Percent>{vat}</cbc:Percent></cac:ClassifiedTaxCategory>" if vat else ""
    return (
        f'<cac:InvoiceLine><cbc:LineExtensionAmount currencyID="NOK">{amount}</cbc:LineExtensionAmount>'
        f"<cac:Item><cbc:Name>{text}</cbc:Name>{percent}</cac:Item></cac:InvoiceLine>"
    )


def _due(text: str, amount: str, reference: str = "", name: str = "DebitLineAmount") -> str:
    note = f"<cbc:Note>{text}</cbc:Note>" if text else ""
    return f'<cac:ReminderLine>{note}<cbc:{name} currencyID="NOK">{amount}</cbc:{name}>{reference}</cac:ReminderLine>'


def _charge(text: str, amount: str) -> str:
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>{text}"
        f'</cbc:AllowanceChargeReason><cbc:Amount currencyID="NOK">{amount}</cbc:Amount></cac:AllowanceCharge>'
    )


def _reminder(*parts: str, payable: str = "1296.20", number: str = "P1") -> bytes:
    return Ehf(root="Reminder", number=number, payable=payable, extra="".join(parts)).data()


def _invoice(*parts: str, payable: str, number: str = "P1") -> bytes:
    return Ehf(number=number, payable=payable, extra="".join(parts)).data()


def _only(content: FileContent) -> ReportedDocument:
    (document,) = content.documents
    return document


def test_a_reminder_is_its_fee_and_interest_alone(take: Take) -> None:
    content = take(
        _reminder(
            _due("Faktura 1001", "1250.00", _reference()),
            _due("Forsinkelsesrente på faktura 1001", "11.20", _reference()),
            _due("Purregebyr", "35.00"),
        )
    )
    document = _only(content)
    assert content.format == "ehf"
    assert content.refused == ()
    assert (document.side, document.kind, document.number) == (Side.CUSTOMER, DocumentKind.INVOICE, "P1")
    assert (document.amount, document.remaining, document.refers_to) == (4_620, 4_620, "1001")
    assert document.kid == "12345678"


def test_a_fee_that_stands_as_a_charge_of_the_whole_reminder(take: Take) -> None:
    document = _only(take(_reminder(_due("", "1250.00", _reference()), _charge("Gebyr", "70.00"), payable="1320.00")))
    assert (document.amount, document.refers_to) == (7_000, "1001")


def test_what_the_invoice_itself_called_a_fee_is_not_charged_again(take: Take) -> None:
    lines = _due("Faktura 1001, leie og fakturagebyr", "1250.00", _reference()) + _due("Purregebyr", "35.00")
    assert _only(take(_reminder(lines, payable="1285.00"))).amount == 3_500


def test_a_fee_taken_back_is_subtracted(take: Take) -> None:
    lines = _due("Purregebyr", "70.00") + _due("Purregebyr", "35.00", name="CreditLineAmount")
    assert _only(take(_reminder(lines, payable="1285.00"))).amount == 3_500


def test_a_line_that_tells_nothing_is_left_out_and_said(take: Take) -> None:
    content = take(_reminder(_due("Konsulenttimer", "1250.00"), _due("Purregebyr", "35.00"), payable="1285.00"))
    assert _only(content).amount == 3_500
    (row,) = content.refused
    assert (row.why, row.facts["amount"]) == (Reason.REMINDER_REST_LEFT_OUT, "1250.00 NOK")


def test_a_reminder_that_charges_nothing_brings_no_document(refuse: Refuse) -> None:
    written = _reminder(_due("Faktura 1001", "1250.00", _reference()), payable="1250.00")
    assert refuse(written) is Reason.REMINDER_WITHOUT_CHARGE


def test_a_reminder_under_the_invoices_own_number_is_another_document(take: Take) -> None:
    lines = _due("Faktura", "1250.00", _reference("1001")) + _due("Purregebyr", "35.00")
    assert _only(take(_reminder(lines, number="1001"))).number == "1001-20260102"


@pytest.mark.parametrize(
    "fee",
    [
        "Purregebyr",
        "Purring 1",
        "Inkassovarsel",
        "Forsinkelsesrenter",
        "Morarente",
        "Reminder fee",
        "Late payment interest",
        "Overdue interest",
        "Dunning charge",
    ],
)
def test_an_invoice_that_charges_for_reminding_of_another(take: Take, fee: str) -> None:
    lines = _item("Faktura 1001", "1250.00") + _item(fee, "35.00")
    content = take(_invoice(_reference(), lines, payable="1285.00"))
    document = _only(content)
    assert (document.number, document.amount, document.remaining) == ("P1", 3_500, 3_500)
    assert document.refers_to == "1001"
    assert content.refused == ()


def test_an_invoice_of_fees_alone_is_all_a_reminder(take: Take) -> None:
    lines = _item("Purregebyr", "35.00") + _item("Morarente", "11.20")
    document = _only(take(_invoice(_reference(), lines, payable="46.00")))  # rounded to whole kroner
    assert (document.amount, document.refers_to) == (4_600, "1001")


def test_a_fee_with_vat(take: Take) -> None:
    lines = _item("Faktura 1001", "1000.00", "25") + _item("Purregebyr", "35.10", "25")
    assert _only(take(_invoice(_reference(), lines, payable="1293.88"))).amount == 4_388


@pytest.mark.parametrize("rate", ["1E+999999", "NaN", "-25", "sNaN", "mye"])
def test_a_rate_that_is_none_counts_as_none(take: Take, rate: str) -> None:
    lines = _item("Faktura 1001", "1000.00") + _item("Purregebyr", "35.00", rate)
    assert _only(take(_invoice(_reference(), lines, payable="1035.00"))).amount == 3_500


def test_goods_beside_a_reminder_fee_are_left_out_and_said(take: Take) -> None:
    lines = _item("Konsulenttimer", "1250.00") + _item("Purregebyr", "35.00")
    content = take(_invoice(_reference(), lines, payable="1285.00"))
    assert _only(content).amount == 3_500
    (row,) = content.refused
    assert row.facts == {"amount": "1250.00 NOK", "invoice": "1001"}


@pytest.mark.parametrize("parts", [("", "Purregebyr"), ("ref", "Fakturagebyr"), ("ref", "Konsulenttimer")])
def test_other_invoices_are_taken_whole(take: Take, parts: tuple[str, str]) -> None:
    reference, text = parts
    lines = _item("Varer", "1215.00") + _item(text, "35.00")
    document = _only(take(_invoice(_reference() if reference else "", lines, payable="1250.00")))
    assert (document.amount, document.refers_to) == (125_000, "")


def test_a_credit_note_names_its_invoice(take: Take) -> None:
    document = _only(take(Ehf(root="CreditNote", number="K1", extra=_reference("1001")).data()))
    assert (document.kind, document.number, document.refers_to) == (DocumentKind.CREDIT_NOTE, "K1", "1001")


def test_a_negative_invoice_names_the_one_it_takes_back(take: Take) -> None:
    document = _only(take(Ehf(payable="-1250.00", extra=_reference("1000")).data()))
    assert (document.kind, document.refers_to) == (DocumentKind.CREDIT_NOTE, "1000")
