"""An entry (`Ntry`) of a camt message as one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.camt_payment import Own, Payment, distinct, payment_of
from kontali_desktop.adapters.files.camt_values import (
    Fields,
    amount_in,
    code_in,
    day_in,
    fields_of,
    flag_in,
    group_in,
    groups_in,
    text_in,
)
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction

_STATUSES = {"BOOK": BookingStatus.BOOKED, "PDNG": BookingStatus.PENDING}
_LONGEST_TEXT = 4000  # a sum of thousands of payments: all of them stay in `raw`
_BETWEEN_PARTS = "; "
_NOTHING_TOLD = (Payment(),)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with the payments it is made of; `details` are what the message says of each, in the same order."""

    transaction: ReportedTransaction
    fields: Fields
    details: tuple[Fields, ...]
    payments: tuple[Payment, ...]


def entry_of(element: etree._Element, own: Own, currency: str, *, needs_day: bool = True) -> Entry:
    """The entry, signed and in the account's currency. Raises FileNotUnderstood, `where` being an element of it.

    Where it holds several payments, a field has a value only if all agree on it, and the text names them all.
    """
    fields = fields_of(element)
    status = _status(fields)
    amount, own_currency = amount_in(fields, currency)
    booking_date, value_date = _days(fields, needs_day=needs_day and status is BookingStatus.BOOKED)
    sign = 1 if amount >= 0 else -1
    is_reversal = flag_in(fields, "RvslInd")
    details = tuple(groups_in(fields, "NtryDtls", "TxDtls"))
    payments = tuple(payment_of(detail, own, sign, is_reversal=is_reversal) for detail in details)
    told = payments or _NOTHING_TOLD
    kids = {payment.kids for payment in told}
    transaction = ReportedTransaction(
        status=status,
        booking_date=booking_date,
        value_date=value_date,
        amount=amount,
        currency=own_currency,
        counterparty=_agreed([payment.counterparty for payment in told]),
        counterparty_account=_agreed([payment.account for payment in told]),
        kid=told[0].kid if len(kids) == 1 else "",
        text=_text(fields, told),
        entry_reference=text_in(fields, "AcctSvcrRef") or _agreed([payment.bank_reference for payment in told]),
        bank_transaction_id=_agreed([payment.transaction_id for payment in told]),
        end_to_end_id=_agreed([payment.end_to_end_id for payment in told]),
        bank_transaction_code=_transaction_code(fields),
        raw=canonical(element),
    )
    return Entry(transaction, fields, details, payments)


def canonical(element: etree._Element) -> str:
    """The element by Canonical XML, so that the same one laid out differently is the same text.

    A relative namespace, which Canonical XML 1.0 (section 1.1) does not know, leaves it as it stands.
    """
    try:
        return etree.tostring(element, method="c14n", with_tail=False).decode()
    except etree.C14NError:
        return etree.tostring(element, encoding="unicode", with_tail=False)


def _status(fields: Fields) -> BookingStatus:
    code = code_in(fields, "Sts")
    if not code:
        raise not_understood("Sts", Reason.FIELD_MISSING, field="Sts")
    status = _STATUSES.get(code)
    if status is None:
        raise not_understood("Sts", Reason.STATUS_NOT_TAKEN, status=code)
    return status


def _days(fields: Fields, *, needs_day: bool) -> tuple[date | None, date | None]:
    """Booking and value date; a booked entry may leave the former out, and then the latter stands for it."""
    booking_date, value_date = day_in(fields, "BookgDt"), day_in(fields, "ValDt")
    if needs_day and booking_date is None and value_date is None:
        raise not_understood("BookgDt", Reason.FIELD_MISSING, field="BookgDt")
    return (booking_date or value_date if needs_day else booking_date), value_date


def _text(fields: Fields, payments: tuple[Payment, ...]) -> str:
    """The payer's words; the bank's own only where there are none."""
    if len(payments) == 1:
        text = payments[0].text
    else:
        text = _BETWEEN_PARTS.join(distinct(payment.line for payment in payments))
    return (text or text_in(fields, "AddtlNtryInf"))[:_LONGEST_TEXT]


def _agreed(values: list[str]) -> str:
    return values[0] if len(values) == 1 or len(set(values)) == 1 else ""


def _transaction_code(fields: Fields) -> str:
    """Domain, family and sub-family as the Berlin Group writes them (`PMNT-RCDT-DMCT`), else the bank's own code."""
    code = group_in(fields, "BkTxCd")
    if code is None:
        return ""
    domain = group_in(code, "Domn") or {}
    family = group_in(domain, "Fmly") or {}
    codes = (text_in(domain, "Cd"), text_in(family, "Cd"), text_in(family, "SubFmlyCd"))
    return "-".join(filter(None, codes)) or text_in(code, "Prtry", "Cd")
