"""A row in the form that nearly every bank sends, decoded in one step; `wire` takes care of any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, make_dataclass
from datetime import date
from typing import Literal

import msgspec

from kontali_desktop.adapters.bank.berlin_group.wire import is_kid, kid_and_text
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.money import NOK

_DECIMALS, _LEAST_DIGITS, _MOST_DIGITS = 2, 3, 17
_Text = str | None


class _Money(msgspec.Struct, gc=False):
    """Text and nothing but text: an amount that came as a number must not pass through a float."""

    amount: str
    currency: Literal["NOK"]


class _Party(msgspec.Struct, gc=False):
    iban: _Text = None
    bban: _Text = None


class _Reference(msgspec.Struct, gc=False):
    reference: _Text = None


class _BalanceAfter(msgspec.Struct, gc=False):
    money: _Money = msgspec.field(name="balanceAmount")


class _Row(msgspec.Struct, gc=False, rename="camel"):
    """One type for each field; a row where a single field has another is no plain row."""

    transaction_amount: _Money
    transaction_id: _Text = None
    entry_reference: _Text = None
    end_to_end_id: _Text = None
    booking_date: date | None = None
    value_date: date | None = None
    creditor_name: _Text = None
    creditor_account: _Party | str | None = None
    debtor_name: _Text = None
    debtor_account: _Party | str | None = None
    remittance_information_unstructured: _Text = None
    remittance_information_unstructured_array: list[str] | None = None
    remittance_information_structured: _Reference | str | None = None
    remittance_information_structured_array: list[_Reference | str] | None = None
    additional_information: _Text = None
    bank_transaction_code: _Text = None
    proprietary_bank_transaction_code: _Text = None
    dnb_transaction_type: _Text = None
    balance_after_transaction: _BalanceAfter | None = None


_decode = msgspec.json.Decoder(_Row).decode
# A frozen dataclass gets its fields one by one past its own lock, which takes as long as decoding the row. A draft with
# the same slots is filled at once, and then becomes the transaction.
_Draft = make_dataclass("_Draft", [field.name for field in fields(ReportedTransaction)], slots=True)


def find_transaction(raw: msgspec.Raw, status: BookingStatus, text: str) -> ReportedTransaction | None:
    """The transaction in a row, whose text is kept with it; None where the row has to be read with care."""
    try:
        row = _decode(raw)
        amount = _ore(row.transaction_amount.amount)
        after = row.balance_after_transaction
        balance = _ore(after.money.amount) if after else None
    except (ValueError, RecursionError):
        return None
    booking_date = row.booking_date
    if booking_date is None and status is BookingStatus.BOOKED:
        booking_date = row.value_date
        if booking_date is None:
            return None
    if amount < 0:
        name, party = row.creditor_name, row.creditor_account
    else:
        name, party = row.debtor_name, row.debtor_account
    kid, words = _kid_and_text(row)
    draft = _Draft(
        status,
        booking_date,
        row.value_date,
        amount,
        NOK,
        name.strip() if name else "",
        _account(party) if party else "",
        kid,
        words,
        row.entry_reference.strip() if row.entry_reference else "",
        row.transaction_id.strip() if row.transaction_id else "",
        row.end_to_end_id.strip() if row.end_to_end_id else "",
        _first(row.bank_transaction_code, row.proprietary_bank_transaction_code, row.dnb_transaction_type),
        balance,
        text,
    )
    draft.__class__ = ReportedTransaction
    made: ReportedTransaction = draft
    return made


def _account(party: _Party | str) -> str:
    found = party.strip() if isinstance(party, str) else _first(party.iban, party.bban)
    return account_number_of(found) if found else ""


def _first(*texts: _Text) -> str:
    for text in texts:
        if text and (stripped := text.strip()):
            return stripped
    return ""


def _kid_and_text(row: _Row) -> tuple[str, str]:
    """What `wire.kid_and_text` says, which is only asked where there is more than two texts and a KID."""
    words, more = row.remittance_information_unstructured, row.additional_information
    structured = row.remittance_information_structured
    reference = structured.reference if isinstance(structured, _Reference) else structured
    reference = reference.strip() if reference else ""
    said, others = row.remittance_information_unstructured_array, row.remittance_information_structured_array
    if said or others or (reference and not is_kid(reference)):
        references = (other.reference if isinstance(other, _Reference) else other for other in others or ())
        return kid_and_text(_written((words, *(said or ()), more)), _written((reference, *references)))
    words, more = words.strip() if words else "", more.strip() if more else ""
    return reference, words if more in words else f"{words} {more}" if words else more


def _written(texts: Iterable[_Text]) -> list[str]:
    return [stripped for text in texts if text and (stripped := text.strip())]


def _ore(written: str) -> int:
    """An amount in øre as nearly every bank writes it (`-61.25`); ValueError for any other."""
    whole, _, part = written.rpartition(".")
    digits = whole.removeprefix("-") + part
    is_number = _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS and digits.isascii() and digits.isdigit()
    if len(part) != _DECIMALS or not is_number:
        raise ValueError
    return int(whole + part)
