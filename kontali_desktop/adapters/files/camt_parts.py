"""The payments of an entry as the parts of its sum, with what the bank took for itself."""

from __future__ import annotations

from collections.abc import Iterator

from kontali_desktop.adapters.files.camt_entry import Entry
from kontali_desktop.adapters.files.camt_payment import Payment
from kontali_desktop.adapters.files.camt_values import SIGNS, Fields, group_in, groups_in, text_in, unsigned_in
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart

# From version 04 on a payment has an amount of its own; in 02 it is one of its details.
_AMOUNTS = ((), ("AmtDtls", "TxAmt"), ("AmtDtls", "CntrValAmt"), ("AmtDtls", "InstdAmt"))
_DEBITED = -1  # a charge that does not tell its direction


def batch_of(entry: Entry, account_number: str, *, of_one_too: bool) -> PaymentBatch | None:
    """The entry as a sum; None where not every payment has an amount in the account's currency.

    `of_one_too`: also an entry of a single payment. Raises FileNotUnderstood where the parts do not add up to it.
    """
    line = entry.transaction
    parts = _parts(entry, of_one_too=of_one_too)
    if not parts:
        return None
    return PaymentBatch(
        amount=line.amount,
        parts=parts,
        currency=line.currency,
        account_number=account_number,
        booking_date=line.booking_date or line.value_date,
        reference=line.entry_reference,
    )


def _parts(entry: Entry, *, of_one_too: bool) -> tuple[PaymentPart, ...]:
    """A single payment is the whole sum, whatever else is said of it, for so much came of it."""
    total, currency = entry.transaction.amount, entry.transaction.currency
    is_single = len(entry.payments) == 1
    whole = (_part(entry.payments[0], total),) if is_single and of_one_too else ()
    if is_single and "Chrgs" not in entry.fields and "Chrgs" not in entry.details[0]:
        return whole
    amounts = [_amount(detail, currency) for detail in entry.details]
    signed = [p.sign * a for p, a in zip(entry.payments, amounts, strict=True) if a is not None]
    if not signed or len(signed) < len(amounts):
        return whole
    for fees in _possible_fees(entry, currency):
        if sum(signed) + sum(fees) == total:
            if is_single and not fees:
                return whole
            payments = tuple(map(_part, entry.payments, signed))
            return (*payments, *(PaymentPart(fee, PartKind.FEE) for fee in fees))
    if is_single:
        return whole
    facts = {"sum": plain_amount(sum(signed), currency), "amount": plain_amount(total, currency)}
    raise not_understood("NtryDtls", Reason.PARTS_DIFFER, **facts)


def _part(payment: Payment, amount: int) -> PaymentPart:
    return PaymentPart(
        amount=amount,
        counterparty=payment.counterparty,
        counterparty_account=payment.account,
        kid=payment.kid,
        text=payment.text,
        reference=payment.bank_reference or payment.end_to_end_id or payment.transaction_id,
    )


def _amount(details: Fields, currency: str) -> int | None:
    """The payment's first amount in the account's currency; one in another is what the payer gave, not what came."""
    for path in _AMOUNTS:
        found: Fields | None = details
        for name in path:
            found = group_in(found, name) if found else None
        if found and "Amt" in found:
            amount, own = unsigned_in(found, "Amt")
            if own == currency:
                return amount
    return None


def _possible_fees(entry: Entry, currency: str) -> Iterator[list[int]]:
    """Charges may be inside the payments' amounts already, or taken from them, told by payment or for the entry."""
    of_payments = [fee for detail in entry.details for fee in _fees(detail, currency)]
    of_entry = _fees(entry.fields, currency)
    yield []
    yield from filter(None, (of_payments, of_entry))
    if of_payments and of_entry:
        yield of_payments + of_entry


def _fees(fields: Fields, currency: str) -> list[int]:
    """Signed charges in the account's currency; from version 04 on each is a record, else their total counts."""
    fees = []
    for charges in groups_in(fields, "Chrgs"):
        for charge in groups_in(charges, "Rcrd") or [charges]:
            name = "Amt" if "Amt" in charge else "TtlChrgsAndTaxAmt"
            if name in charge:
                amount, own = unsigned_in(charge, name)
                sign = SIGNS.get(text_in(charge, "CdtDbtInd"), _DEBITED)
                fees += [sign * amount] if own == currency and amount else []
    return fees
