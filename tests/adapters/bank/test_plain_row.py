"""Rows in the usual form, decoded in one step: the same as with care, or left to it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.plain_row import find_transaction
from kontali_desktop.adapters.bank.berlin_group.wire import read_transaction
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.services.errors import AnswerNotUnderstood

BOOKED = BookingStatus.BOOKED
PLAIN: dict[str, object] = {
    "transactionId": "T1",
    "entryReference": "E1",
    "endToEndId": "EE",
    "bookingDate": "2026-02-12",
    "valueDate": "2026-02-13",
    "transactionAmount": {"amount": "-61.25", "currency": "NOK"},
    "creditorName": "Selger AS",
    "creditorAccount": {"iban": "NO9386011117947"},
    "debtorName": "Oss AS",
    "remittanceInformationUnstructured": "Faktura 10234",
    "remittanceInformationStructured": "1234567897",
    "additionalInformation": "Nettgiro",
    "proprietaryBankTransactionCode": "Giro",
    "balanceAfterTransaction": {"balanceAmount": {"amount": "0.05", "currency": "NOK"}, "balanceType": "x"},
    "aNewField": {"of": ["any", 1.5]},
}
AMOUNTS = st.sampled_from(
    [
        *("-61.25", "0.05", "100.10", "-0.01", "99999999999999.99", "9999999999999999.00"),
        *("5", "1.5", "1.005", "1_0.00", " 1.00", "+1.00", "-.50", ".50", "--1.00", "1.0٣", "٣.00", "", "1.2.00"),
        *(10.5, -378, 1e300, None, True, ["1.00"]),
    ]
)
MONEY = st.fixed_dictionaries({"amount": AMOUNTS, "currency": st.sampled_from(["NOK", "nok", "EUR", "JPY", "", None])})
WORDS = st.sampled_from(["", " ", "a", "b", "a b", " a\n", "a b a", "Faktura 1", "1234567897", "12345-", "RF18", "😀"])
REFERENCE = WORDS | st.fixed_dictionaries({}, optional={"reference": WORDS | st.none()}) | st.just(1234567897)
ODD: st.SearchStrategy[object] = st.sampled_from([None, 7, 1.5, True, [], {}, ["a"]])
DATES = st.sampled_from(["2026-02-12", "2026-02-13T00:00:00Z", "2026-02-30", "20260212", "", " 2026-02-12 "]) | ODD
PARTY = (
    st.fixed_dictionaries({}, optional={"iban": WORDS | ODD, "bban": st.just("8601 11 17947") | WORDS}) | WORDS | ODD
)
TEXTS = (
    *("transactionId", "entryReference", "endToEndId", "creditorName", "debtorName"),
    *("bankTransactionCode", "proprietaryBankTransactionCode", "dnbTransactionType"),
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "transactionAmount": MONEY | ODD,
        "bookingDate": DATES,
        "valueDate": DATES,
        "remittanceInformationUnstructured": WORDS | ODD,
        "remittanceInformationUnstructuredArray": st.lists(WORDS) | ODD,
        "remittanceInformationStructured": REFERENCE | st.lists(REFERENCE) | ODD,
        "remittanceInformationStructuredArray": st.lists(REFERENCE) | ODD,
        "additionalInformation": WORDS | ODD,
        "creditorAccount": PARTY,
        "debtorAccount": PARTY,
        "balanceAfterTransaction": st.fixed_dictionaries({}, optional={"balanceAmount": MONEY | ODD}) | ODD,
        **dict.fromkeys(TEXTS, WORDS | ODD),
    },
)


def find(row: dict[str, object], status: BookingStatus = BOOKED) -> ReportedTransaction | None:
    text = json.dumps(row)
    return find_transaction(msgspec.Raw(text), status, text)


def with_care(row: dict[str, object], status: BookingStatus = BOOKED) -> ReportedTransaction:
    text = json.dumps(row)
    return read_transaction(Place.whole("The bank", "row", text.encode()), status, text)


def test_a_plain_row_in_all_its_fields() -> None:
    assert find(PLAIN) == ReportedTransaction(
        status=BOOKED,
        booking_date=date(2026, 2, 12),
        value_date=date(2026, 2, 13),
        amount=-6125,
        currency="NOK",
        counterparty="Selger AS",
        counterparty_account="86011117947",
        kid="1234567897",
        text="Faktura 10234 Nettgiro",
        entry_reference="E1",
        bank_transaction_id="T1",
        end_to_end_id="EE",
        bank_transaction_code="Giro",
        balance_after=5,
        raw=json.dumps(PLAIN),
    )


@settings(max_examples=500)
@given(fields=FIELDS, status=st.sampled_from(BookingStatus))
def test_it_is_the_same_as_with_care_or_none(fields: dict[str, object], status: BookingStatus) -> None:
    row = PLAIN | fields
    found = find(row, status)
    if found is not None:
        assert found == with_care(row, status)


@given(words=WORDS, more=WORDS, reference=WORDS)
def test_what_is_said_is_said_once(words: str, more: str, reference: str) -> None:
    said = {"remittanceInformationUnstructured": words, "additionalInformation": more}
    row = PLAIN | said | {"remittanceInformationStructured": reference}
    assert find(row) == with_care(row)


@given(minor=st.integers(min_value=-(10**15), max_value=10**15))
def test_amounts_are_exact(minor: int) -> None:
    written = f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"
    found = find(PLAIN | {"transactionAmount": {"amount": written, "currency": "NOK"}})
    assert found
    assert found.amount == minor


@pytest.mark.parametrize(
    "written", ["5", "1.5", "1.005", "1_0.00", " 1.00", "+1.00", "-.50", ".50", "--1.00", "1.0٣", "٣.00", "", "1.2.00"]
)
def test_amounts_in_another_form_are_left_to_care(written: str) -> None:
    assert find(PLAIN | {"transactionAmount": {"amount": written, "currency": "NOK"}}) is None
    assert find(PLAIN | {"balanceAfterTransaction": {"balanceAmount": {"amount": written, "currency": "NOK"}}}) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"transactionAmount": {"amount": -61.25, "currency": "NOK"}},
        {"transactionAmount": {"amount": "-61.25", "currency": "EUR"}},
        {"bookingDate": "2026-02-12T00:00:00Z"},
        {"bookingDate": None, "valueDate": None},
        {"transactionId": 77},
        {"remittanceInformationStructured": ["1234567897"]},
    ],
)
def test_one_field_in_another_form_is_left_to_care(fields: dict[str, object]) -> None:
    assert find(PLAIN | fields) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"remittanceInformationStructured": {"reference": "1234567897", "referenceType": "SCOR"}},
        {"remittanceInformationStructured": None, "remittanceInformationStructuredArray": [{"reference": "RF18"}]},
        {"remittanceInformationUnstructuredArray": ["Faktura 10234", "Takk"]},
        {"creditorAccount": "86011117947", "entryReference": None, "balanceAfterTransaction": None},
        {"bookingDate": None},
    ],
)
def test_the_usual_forms_need_no_care(fields: dict[str, object]) -> None:
    assert find(PLAIN | fields) == with_care(PLAIN | fields)


def test_what_is_no_object_is_left_to_care() -> None:
    for text in ("3", "[]", "{", '{"transactionAmount": {"amount": "\\ud800"}}', "[" * 100_000):
        assert find_transaction(msgspec.Raw(text), BOOKED, text) is None
    with pytest.raises(AnswerNotUnderstood):
        with_care({})


def test_it_is_as_frozen_as_any() -> None:
    found = find(PLAIN)
    assert type(found) is ReportedTransaction
    assert hash(found) == hash(replace(found))
    with pytest.raises(FrozenInstanceError):
        found.amount = 1  # type: ignore[misc]  # that is what is refused
