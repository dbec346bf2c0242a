"""Reminders: what they charge themselves, apart from the invoice whose amount they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from kontali_desktop.adapters.files.ehf_names import path_of, text_at
from kontali_desktop.adapters.files.values import amount_of

REMINDER = "Reminder"
_INVOICE_REFERENCES = (
    path_of("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
    path_of("cac:BillingReference/cac:SelfBilledInvoiceDocumentReference/cbc:ID"),
)
_REMINDER_LINE = path_of("cac:ReminderLine")
_INVOICE_LINE = path_of("cac:InvoiceLine")
_ALLOWANCE_OR_CHARGE = path_of("cac:AllowanceCharge")
_NOTE = path_of("cbc:Note")
_DEBIT, _CREDIT = path_of("cbc:DebitLineAmount"), path_of("cbc:CreditLineAmount")
_LINE_AMOUNT = path_of("cbc:LineExtensionAmount")
_ITEM_TEXTS = (path_of("cac:Item/cbc:Name"), path_of("cac:Item/cbc:Description"))
_ITEM_VAT = path_of("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent")
_CHARGE_INDICATOR = path_of("cbc:ChargeIndicator")
_CHARGE_REASON = path_of("cbc:AllowanceChargeReason")
_CHARGE_AMOUNT = path_of("cbc:Amount")
_CHARGE_VAT = path_of("cac:TaxCategory/cbc:Percent")

# What a line of a reminder charges for; its other lines are the invoices over again.
_INTEREST = re.compile(r"\b(?:forsinkelses|mora)?rente[rn]?\b|\binterest\b", re.IGNORECASE)
_FEE = re.compile(
    r"gebyr|salær|omkostning|kompensasjon|\bfees?\b|\bpenalty\b|\blate (?:payment )?charges?\b", re.IGNORECASE
)
# What only a reminder charges for, on an invoice that may be about anything.
_REMINDER_CHARGE = re.compile(
    r"purregebyr|purresalær|varselgebyr|inkasso(?:gebyr|salær|varsel)|betalingsoppfordring|betalingspåminnelse"
    r"|forsinkelses(?:rente|gebyr|kompensasjon)|morarente|\breminder (?:fee|charge)|\bdunning\b|\bcollection fee"
    r"|\b(?:late|overdue)(?: payment)? (?:fee|charge|interest)|\b(?:default|penalty) interest"
    r"|\binterest on (?:late|over)",
    re.IGNORECASE,
)
_REMINDER_WORD = re.compile(r"\bpurring(?:en)?\b|\breminder\b", re.IGNORECASE)
_OVER_AGAIN = re.compile(
    r"faktura|invoice|utestående|outstanding|hovedstol|principal|forfalt|overdue|saldo|balance|opprinnelig|original",
    re.IGNORECASE,
)

_RATE = re.compile(r"\d{1,2}(?:\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Charge:
    """Minor units: what a reminder charges, and what was left out though nothing says that it is the invoice again.

    `is_all` says that the document has nothing else.
    """

    amount: int
    left_out: int = 0
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    amount: int
    names_invoice: bool = False


def invoice_referred_to(root: etree._Element) -> str:
    """The number of the invoice that a credit note or reminder is about, the first where it names several."""
    lines = root.iterfind(_REMINDER_LINE)
    for element in (root, *lines):
        for path in _INVOICE_REFERENCES:
            number = text_at(element, path)
            if number:
                return number
    return ""


def charge_of_reminder(root: etree._Element, currency: str) -> Charge:
    """Fees and interest of a UBL Reminder; what is brought forward from invoices is in the books already.

    Raises FileNotUnderstood where an amount cannot be read.
    """
    charged = left_out = 0
    for line in _reminder_lines(root, currency):
        if _is_charge(line):
            charged += line.amount
        elif not line.names_invoice and not _OVER_AGAIN.search(line.text):
            left_out += line.amount
    return Charge(charged + sum(line.amount for line in _charges(root, currency)), left_out)


def charge_of_invoice(root: etree._Element, currency: str, invoice: str) -> Charge | None:
    """What an invoice charges for reminding of another, with VAT where there is any; None where it is no reminder."""
    lines = list(_invoice_lines(root, currency))
    charges = list(_charges(root, currency))
    reminding = [line for line in (*lines, *charges) if _reminds(line.text, invoice)]
    if not reminding:
        return None
    rest = [line for line in lines if not _reminds(line.text, invoice)]
    unclear = [line for line in rest if invoice not in line.text and not _OVER_AGAIN.search(line.text)]
    return Charge(sum(line.amount for line in reminding), sum(line.amount for line in unclear), is_all=not rest)


def _is_charge(line: _Line) -> bool:
    """A fee named beside the invoice may be the invoice's own, which is in the books already."""
    if _REMINDER_CHARGE.search(line.text) or _INTEREST.search(line.text):
        return True
    return bool(_FEE.search(line.text)) and not (line.names_invoice and _OVER_AGAIN.search(line.text))


def _reminds(text: str, invoice: str) -> bool:
    return bool(_REMINDER_CHARGE.search(text)) or (bool(_REMINDER_WORD.search(text)) and invoice not in text)


def _reminder_lines(root: etree._Element, currency: str) -> Iterator[_Line]:
    for line in root.iterfind(_REMINDER_LINE):
        debit, credit = _amount(line, _DEBIT, currency), _amount(line, _CREDIT, currency)
        is_named = any(text_at(line, path) for path in _INVOICE_REFERENCES)
        yield _Line(_texts(line, (_NOTE,)), debit - credit, is_named)


def _invoice_lines(root: etree._Element, currency: str) -> Iterator[_Line]:
    for line in root.iterfind(_INVOICE_LINE):
        net = _amount(line, _LINE_AMOUNT, currency)
        yield _Line(_texts(line, _ITEM_TEXTS), _with_vat(net, text_at(line, _ITEM_VAT)))


def _charges(root: etree._Element, currency: str) -> Iterator[_Line]:
    for charge in root.iterfind(_ALLOWANCE_OR_CHARGE):
        net = _amount(charge, _CHARGE_AMOUNT, currency)
        is_charge = text_at(charge, _CHARGE_INDICATOR).lower() in ("true", "1")
        amount = _with_vat(net, text_at(charge, _CHARGE_VAT))
        yield _Line(text_at(charge, _CHARGE_REASON), amount if is_charge else -amount)


def _texts(element: etree._Element, paths: tuple[str, ...]) -> str:
    return " ".join(found.text or "" for path in paths for found in element.iterfind(path))


def _amount(element: etree._Element, path: str, currency: str) -> int:
    text = text_at(element, path)
    return amount_of(text, currency, path.rsplit("}", 1)[1]) if text else 0


def _with_vat(net: int, percent: str) -> int:
    """The amount with its VAT to the nearest minor unit; what is no rate of VAT counts as none."""
    if not _RATE.fullmatch(percent):
        return net
    return int((net * (100 + Decimal(percent)) / 100).quantize(Decimal(1), ROUND_HALF_UP))
