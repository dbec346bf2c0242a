"""EHF, which is Peppol BIS Billing 3, and EHF Reminder: UBL 2.1 Invoice, CreditNote and Reminder, one a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.ehf_attachments import Embedded, embedded_in
from kontali_desktop.adapters.files.ehf_names import needed, path_of, text_at
from kontali_desktop.adapters.files.ehf_parties import side_and_counterparty
from kontali_desktop.adapters.files.ehf_reminders import (
    REMINDER,
    charge_of_invoice,
    charge_of_reminder,
    invoice_referred_to,
)
from kontali_desktop.adapters.files.ehf_totals import Totals, payment_of, totals_of
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.safe_xml import parsed
from kontali_desktop.adapters.files.values import date_of
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.ports import Attachment, RefusedRow

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_DOCUMENTS = tuple(f"{{{_UBL}{name}-2}}{name}" for name in ("Invoice", "CreditNote", REMINDER))
_DUE_DATES = (
    path_of("cbc:DueDate"),
    path_of("cac:PaymentMeans/cbc:PaymentDueDate"),
    path_of("cac:PaymentTerms/cbc:PaymentDueDate"),
)


@dataclass(frozen=True, slots=True)
class Ehf:
    """A document, remarks on what was left out of it, and whether it has attachments that are kept."""

    document: ReportedDocument
    remarks: tuple[RefusedRow, ...] = ()
    has_attachments: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the document claims, whatever its totals repeat of another; `remarks` say what that leaves out."""

    kind: DocumentKind
    number: str
    amount: int
    remaining: int
    amount_nok: int | None = None
    refers_to: str = ""
    remarks: tuple[RefusedRow, ...] = ()


def read_ehf(data: bytes, client_orgnr: str) -> Ehf:
    """The document as the client sees it: its own invoice where it is the supplier, else one it received.

    A negative amount turns the kind: an invoice over −100.00 is in effect a credit note over 100.00, and the other way.
    A reminder is its own fee and interest alone; the invoice it reminds of is a document of its own.
    Raises FileNotUnderstood, `other_company` where neither party carries the client's organisation number.
    """
    root = _document(data)
    side, counterparty = side_and_counterparty(root, client_orgnr)
    totals = totals_of(root)
    claim = _claim(root, totals)
    kid, account = payment_of(root)
    document = ReportedDocument(
        side=side,
        kind=claim.kind,
        number=claim.number,
        counterparty=counterparty.name or counterparty.shown_orgnr,
        amount=claim.amount,
        remaining=claim.remaining,
        currency=totals.currency,
        counterparty_orgnr=counterparty.orgnr,
        counterparty_account=account if side is Side.SUPPLIER else "",
        counterparty_number=counterparty.number,
        kid=kid,
        issue_date=_issue_date(root),
        due_date=_due_date(root),
        amount_nok=claim.amount_nok,
        payee_account=account,
        refers_to=claim.refers_to,
    )
    embedded = embedded_in(root)
    return Ehf(document, claim.remarks + embedded.remarks, bool(embedded.kept))


def read_attachments(data: bytes) -> tuple[Attachment, ...]:
    """What is embedded in the document, decoded. Raises FileNotUnderstood."""
    embedded: Embedded = embedded_in(_document(data))
    return embedded.kept


def _document(data: bytes) -> etree._Element:
    """The document, also out of the envelope in which Peppol carries it (Standard Business Document).

    Raises FileNotUnderstood where an envelope holds several: each is a file of its own, with its own attachments.
    """
    root = parsed(data)
    if root.tag in _DOCUMENTS:
        return root
    found = list(root.iter(*_DOCUMENTS))
    if len(found) > 1:
        raise not_understood(f"line {found[1].sourceline}", Reason.SEVERAL_DOCUMENTS, count=len(found))
    return found[0] if found else root


def _claim(root: etree._Element, totals: Totals) -> _Claim:
    name = etree.QName(root).localname
    number = needed(root, "cbc:ID")
    invoice = invoice_referred_to(root)
    if name == REMINDER or (name == "Invoice" and invoice and totals.payable > 0):
        reminder = _reminder(root, totals, number, invoice)
        if reminder is not None:
            return reminder
    is_turned = totals.payable < 0
    kind = DocumentKind.CREDIT_NOTE if (name == "CreditNote") != is_turned else DocumentKind.INVOICE
    return _Claim(
        kind=kind,
        number=number,
        amount=abs(totals.total),
        remaining=abs(totals.payable),
        amount_nok=totals.total_nok,
        refers_to=invoice if kind is DocumentKind.CREDIT_NOTE else "",
    )


def _reminder(root: etree._Element, totals: Totals, number: str, invoice: str) -> _Claim | None:
    """None for an invoice that reminds of nothing. Raises FileNotUnderstood where a reminder charges nothing itself."""
    is_reminder = etree.QName(root).localname == REMINDER
    charge = (
        charge_of_reminder(root, totals.currency) if is_reminder else charge_of_invoice(root, totals.currency, invoice)
    )
    if charge is None:
        return None
    if charge.amount <= 0:
        raise not_understood(f"cac:{REMINDER}Line", Reason.REMINDER_WITHOUT_CHARGE, invoice=invoice or number)
    remarks: tuple[RefusedRow, ...] = ()
    if charge.left_out:
        left_out = f"{plain_amount(charge.left_out, totals.currency)} {totals.currency}"
        error = not_understood("", Reason.REMINDER_REST_LEFT_OUT, amount=left_out, invoice=invoice or number)
        remarks = (refused_row(error, ""),)
    amount = totals.total if charge.is_all else charge.amount
    return _Claim(
        kind=DocumentKind.INVOICE,
        number=_own_number(number, invoice, root),
        amount=amount,
        remaining=max(0, min(amount, totals.payable)),
        refers_to=invoice,
        remarks=remarks,
    )


def _own_number(number: str, invoice: str, root: etree._Element) -> str:
    """The reminder's number; one that repeats the invoice's gets its day, so as not to be taken for the invoice."""
    return f"{number}-{_issue_date(root):%Y%m%d}" if number == invoice else number


def _issue_date(root: etree._Element) -> date:
    return date_of(needed(root, "cbc:IssueDate"), "cbc:IssueDate")


def _due_date(root: etree._Element) -> date | None:
    for path in _DUE_DATES:
        text = text_at(root, path)
        if text:
            return date_of(text, "cbc:DueDate")
    return None
