"""From the wire to the domain: every shape that banks have been seen to send."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.wire import read_account, read_balance, read_transaction
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.errors import AnswerNotUnderstood


def place(text: str) -> Place:
    return Place.whole("The bank", "row", text.encode())


def row(
    amount: str = '"-12.50"', status: BookingStatus = BookingStatus.BOOKED, **fields: object
) -> ReportedTransaction:
    made = {"bookingDate": "2026-02-12", **fields}
    text = f'{{"transactionAmount": {{"amount": {amount}, "currency": "NOK"}}, {json.dumps(made)[1:]}'
    return read_transaction(place(text), status, text)


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ('"3438.75"', 343875),
        ('"-378"', -37800),
        ("-378", -37800),
        ("0.1", 10),
        ("100.10", 10010),
        ("-61.25", -6125),
        ('"12.500"', 1250),
        ("1e2", 10000),
        ("99999999999999.99", 9999999999999999),
    ],
)
def test_amounts_as_text_and_as_numbers(written: str, minor: int) -> None:
    assert row(written).amount == minor


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_no_amount_passes_through_a_float(minor: int) -> None:
    assert row(plain_amount(minor)).amount == minor
    assert row(f'"{plain_amount(minor)}"').amount == minor


@pytest.mark.parametrize(
    "written", ['"1.005"', "1.005", '"1,50"', '""', "null", "true", "[]", "1e400", "1e-400", '"NaN"', "9" * 30, '"1e2"']
)
def test_amounts_that_are_none(written: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as refused:
        row(written)
    assert refused.value.parameters == {"service": "The bank", "where": "row.transactionAmount.amount"}


@pytest.mark.parametrize(
    "body", ["", "<html>", "[]", "NaN", '{"a": Infinity}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}", "\xff"]
)
def test_what_is_no_json_object_is_not_understood(body: str) -> None:
    with pytest.raises(AnswerNotUnderstood):
        Place.whole("The bank", "answer", body.encode("latin-1"))


@pytest.mark.parametrize(
    ("structured", "kid"),
    [
        ("1234567897", "1234567897"),
        ({"reference": "1234567897", "referenceType": "SCOR"}, "1234567897"),
        (["1234567897"], "1234567897"),
        ([{"reference": "RF18539007547034"}, {"reference": "123456785-"}], "123456785-"),
        (1234567897, "1234567897"),
        ("RF18539007547034", ""),
        (None, ""),
        ({}, ""),
    ],
)
def test_the_kid_in_every_shape(structured: object, kid: str) -> None:
    assert row(remittanceInformationStructured=structured).kid == kid
    if isinstance(structured, list):
        assert row(remittanceInformationStructuredArray=structured).kid == kid


def test_the_text_is_all_that_is_said_once() -> None:
    said = row(
        remittanceInformationUnstructured="Faktura 10234",
        remittanceInformationUnstructuredArray=["Faktura 10234", "Takk"],
        remittanceInformationStructured="RF18539007547034",
        additionalInformation="Varekjøp Rema",
    )
    assert said.text == "Faktura 10234 Takk Varekjøp Rema RF18539007547034"
    assert row(remittanceInformationUnstructuredArray="one text", additionalInformation=7).text == "one text 7"


def test_the_counterparty_is_the_other_side() -> None:
    parties: dict[str, Any] = {
        "creditorName": "Selger AS",
        "creditorAccount": {"iban": "NO93 8601 1117 947"},
        "debtorName": "Kjøper AS",
        "debtorAccount": {"bban": "1503.12.34567"},
    }
    out, come = row('"-1.00"', **parties), row('"1.00"', **parties)
    assert (out.counterparty, out.counterparty_account) == ("Selger AS", "86011117947")
    assert (come.counterparty, come.counterparty_account) == ("Kjøper AS", "15031234567")
    assert row(creditorAccount="86011117947").counterparty_account == "86011117947"
    assert row(creditorAccount=None, creditorName=None).counterparty == ""


def test_the_remaining_fields() -> None:
    full = row(
        valueDate="2026-02-13T00:00:00Z",
        entryReference="E1",
        transactionId=77,
        endToEndId="EE",
        proprietaryBankTransactionCode="Giro",
        balanceAfterTransaction={"balanceAmount": {"amount": 10.5, "currency": "NOK"}, "balanceType": "x"},
    )
    assert (full.booking_date, full.value_date) == (date(2026, 2, 12), date(2026, 2, 13))
    assert (full.entry_reference, full.bank_transaction_id, full.end_to_end_id) == ("E1", "77", "EE")
    assert (full.bank_transaction_code, full.balance_after) == ("Giro", 1050)
    assert row(balanceAfterTransaction={"amount": 1}).balance_after is None


def test_dates_that_are_missing() -> None:
    pending = row(bookingDate=None, status=BookingStatus.PENDING)
    assert (pending.booking_date, pending.status) == (None, BookingStatus.PENDING)
    assert row(bookingDate=None, valueDate="2026-02-13").booking_date == date(2026, 2, 13)
    with pytest.raises(AnswerNotUnderstood) as refused:
        row(bookingDate=None)
    assert refused.value.parameters["where"] == "row.bookingDate"
    with pytest.raises(AnswerNotUnderstood):
        row(bookingDate="12.02.2026")


def test_accounts_by_the_standard_and_at_dnb() -> None:
    standard = read_account(
        place(
            '{"resourceId": "r-1", "iban": "NO9386011117947", "currency": "nok",'
            ' "ownerName": "A", "ownerId": "974760673"}'
        )
    )
    assert standard
    assert (standard.resource_id, standard.number, standard.currency) == ("r-1", "86011117947", "NOK")
    assert (standard.owner_name, standard.owner_orgnr) == ("A", "974760673")
    dnb = read_account(place('{"bban": "86011117947", "currency": "NOK", "name": "Drift", "ownerId": "12345678901"}'))
    assert dnb
    assert (dnb.resource_id, dnb.number, dnb.name, dnb.owner_orgnr) == ("86011117947", "86011117947", "Drift", "")
    assert read_account(place('{"maskedPan": "123456xxxxxx1234", "currency": "NOK"}')) is None
    for bad in ('{"bban": "86011117947"}', '{"bban": "86011117947", "currency": "kroner"}'):
        with pytest.raises(AnswerNotUnderstood):
            read_account(place(bad))


def test_balances() -> None:
    balance = read_balance(
        place(
            '{"balanceAmount": {"amount": -378, "currency": "NOK"}, "balanceType": "authorised",'
            ' "referenceDate": "2026-02-12", "lastChangeDateTime": "2026-02-12T13:00:00+01:00"}'
        )
    )
    assert (balance.kind, balance.amount, balance.reference_date) == ("authorised", -37800, date(2026, 2, 12))
    assert balance.as_of == datetime(2026, 2, 12, 12, 0, tzinfo=UTC)
    local = (
        '{"balanceAmount": {"amount": "1", "currency": "JPY"}, "balanceType": "x", "lastChangeDateTime": "2026-02-12"}'
    )
    assert (read_balance(place(local)).amount, read_balance(place(local)).as_of) == (1, None)
