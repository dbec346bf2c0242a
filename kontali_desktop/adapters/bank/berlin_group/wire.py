"""From the wire to the domain, tolerant of what banks do and strict about what matters: amounts, currencies, dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from kontali_desktop.adapters.bank.berlin_group.payload import Place, text_of
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedAccount, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of, is_organisation_number
from kontali_desktop.domain.money import NOK

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_WORDS = ("remittanceInformationUnstructured", "remittanceInformationUnstructuredArray", "additionalInformation")
_STRUCTURED = ("remittanceInformationStructured", "remittanceInformationStructuredArray")
_KID = re.compile(r"\d{2,25}|\d{1,24}-", re.ASCII)  # 2 to 25 places, the last may be MOD11's hyphen


def read_account(place: Place) -> ReportedAccount | None:
    """None where the entry has no account number (a card). DNB has no `resourceId`: its number stands in the path."""
    number = account_number_of(place.text("iban", "bban"))
    if not number:
        return None
    owner = place.text("ownerId")
    return ReportedAccount(
        resource_id=place.text("resourceId", "bban") or number,
        number=number,
        currency=_currency(place),
        name=place.text("name", "displayName", "product"),
        owner_name=place.text("ownerName"),
        owner_orgnr=owner if is_organisation_number(owner) else "",
    )


def read_balance(place: Place) -> Balance:
    money = place.needed("balanceAmount")
    currency = _currency(money)
    return Balance(
        kind=place.needed_text("balanceType"),
        amount=money.amount(currency),
        currency=currency,
        reference_date=_find_date(place, "referenceDate"),
        as_of=_find_instant(place, "lastChangeDateTime"),
    )


def read_transaction(place: Place, status: BookingStatus, raw: str) -> ReportedTransaction:
    """`raw` is the row as it came. Rows in the usual form never come here (`plain_row`)."""
    money = place.needed("transactionAmount")
    currency = _currency(money)
    amount = money.amount(currency)
    booking_date, value_date = _find_date(place, "bookingDate"), _find_date(place, "valueDate")
    if status is BookingStatus.BOOKED:
        booking_date = booking_date or value_date
        if booking_date is None:
            raise place.misunderstood("bookingDate")
    party, account = ("creditorName", "creditorAccount") if amount < 0 else ("debtorName", "debtorAccount")
    kid, text = kid_and_text(place.texts(_WORDS), place.texts(_STRUCTURED))
    return ReportedTransaction(
        status,
        booking_date,
        value_date,
        amount,
        currency,
        place.text(party),
        _party_account(place.fields.get(account)),
        kid,
        text,
        place.text("entryReference"),
        place.text("transactionId"),
        place.text("endToEndId"),
        place.text("bankTransactionCode", "proprietaryBankTransactionCode", "dnbTransactionType"),
        _balance_after(place),
        raw,
    )


def _currency(place: Place) -> str:
    found = place.needed_text("currency").upper()
    if found != NOK and not _CURRENCY.fullmatch(found):
        raise place.misunderstood("currency")
    return found


def _find_date(place: Place, name: str) -> date | None:
    """Dates are `YYYY-MM-DD`; some banks send an instant, whose day is meant."""
    found = place.fields.get(name)
    if not found or not (found := text_of(found)):
        return None
    try:
        return date.fromisoformat(found[:10])
    except ValueError as error:
        raise place.misunderstood(name) from error


def _find_instant(place: Place, name: str) -> datetime | None:
    """None for an instant without an offset: which clock it was read from is not known."""
    try:
        found = datetime.fromisoformat(place.text(name))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _party_account(party: object) -> str:
    if isinstance(party, dict):
        party = text_of(party.get("iban")) or text_of(party.get("bban"))
    found = text_of(party)
    return account_number_of(found) if found else ""


def _balance_after(place: Place) -> int | None:
    """The running balance is a help, not a need: one in an unknown shape is as good as none."""
    balance = place.find("balanceAfterTransaction")
    money = balance.find("balanceAmount") if balance else None
    if money is None or "amount" not in money.fields or not money.text("currency"):
        return None
    return money.amount(_currency(money))


def is_kid(reference: str) -> bool:
    return _KID.fullmatch(reference) is not None


def kid_and_text(said: list[str], references: list[str]) -> tuple[str, str]:
    """The KID, and all that is said in words, once each.

    DNB says it in `additionalInformation`; a structured reference is a string by the standard, an object or a list at
    some banks, and one that is no KID is words too.
    """
    if not references:
        return "", said[0] if len(said) == 1 else _once_each(said)
    kid = next(filter(is_kid, references), "")
    return kid, _once_each([*said, *(reference for reference in references if reference != kid)])


def _once_each(said: list[str]) -> str:
    parts: list[str] = []
    together = ""
    for text in said:
        if text not in together:
            parts.append(text)
            together = "\n".join(parts)
    return " ".join(parts)
