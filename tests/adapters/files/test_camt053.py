"""Statements: entries, parties, texts, balances, and what is refused of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedTransaction
from tests.adapters.files.camt_writer import camt054
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.writers import ACCOUNT, Camt, Entry, payment


def _only(take: Take, *entries: Entry) -> Sequence[ReportedTransaction]:
    content = take(Camt(entries).data())
    assert content.refused == ()
    return content.statements[0].transactions


def test_an_entry_with_its_account_and_balances(take: Take) -> None:
    paid = payment(debtor=("Kunde AS", "15030000007"), texts=("Faktura 1001",), end_to_end="E1")
    (statement,) = take(Camt((Entry(payments=(paid,), additional="Giro"),)).data()).statements
    assert (statement.account_number, statement.currency, statement.owner_name) == (ACCOUNT, "NOK", "Klient AS")
    assert statement.balances == (
        Balance("OPBD", 25_000, "NOK", date(2026, 1, 31)),
        Balance("CLBD", -5_000, "NOK", date(2026, 1, 31)),
    )
    (transaction,) = statement.transactions
    assert transaction.raw.startswith("<Ntry xmlns=")
    assert transaction == ReportedTransaction(
        status=BookingStatus.BOOKED,
        booking_date=date(2026, 1, 5),
        value_date=date(2026, 1, 6),
        amount=10_000,
        counterparty="Kunde AS",
        counterparty_account="15030000007",
        text="Faktura 1001",
        entry_reference="R1",
        end_to_end_id="E1",
        bank_transaction_code="PMNT-RCDT-DMCT",
        raw=transaction.raw,
    )


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "10"])
@pytest.mark.parametrize("is_new", [False, True])
def test_each_version_names_parties_and_states_its_own_way(take: Take, version: str, is_new: bool) -> None:  # noqa: FBT001 - pytest gives it
    paid = payment(creditor=("Leverandør AS", ""), kids=("00012345-",), is_new=is_new)
    entry = Entry(direction="DBIT", status="PDNG", booked="", is_new=is_new, payments=(paid,))
    (transaction,) = take(Camt((entry,), version=version).data()).statements[0].transactions
    assert (transaction.counterparty, transaction.kid, transaction.amount) == ("Leverandør AS", "00012345-", -10_000)
    assert (transaction.status, transaction.booking_date) == (BookingStatus.PENDING, None)


def test_the_counterparty_is_the_other_one(take: Take) -> None:
    both = payment(debtor=("Den ene", "15030000017"), creditor=("Den andre", "15030000025"))
    wrong_role = payment(debtor=("Klient AS", ACCOUNT), creditor=("Den andre", ""))
    found = _only(
        take,
        Entry(payments=(both,)),
        Entry(direction="DBIT", payments=(both,)),
        Entry(is_reversal=True, payments=(both,)),
        Entry(payments=(wrong_role,)),
        Entry(payments=(payment(debtor=("Klient AS", "15030000017")),)),
    )
    assert [t.counterparty for t in found] == ["Den ene", "Den andre", "Den andre", "Den andre", "Klient AS"]
    assert [t.counterparty_account for t in found] == ["15030000017", "15030000025", "15030000025", "", "15030000017"]


def test_a_sum_is_one_transaction_that_names_its_parts(take: Take) -> None:
    parts = (payment(debtor=("A AS", ""), kids=("1111",)), payment(debtor=("B AS", ""), texts=("Faktura 2",)))
    (transaction,) = _only(take, Entry(payments=parts))
    assert transaction.text == "A AS 1111; B AS Faktura 2"
    assert (transaction.counterparty, transaction.kid) == ("", "")


def test_texts_are_not_said_twice_and_the_banks_own_is_the_last_resort(take: Take) -> None:
    found = _only(
        take,
        Entry(payments=(payment(texts=("linje 1", "linje 2", "linje 1")),), additional="Giro"),
        Entry(additional="Kortkjøp"),
    )
    assert [t.text for t in found] == ["linje 1 linje 2", "Kortkjøp"]


def test_a_date_of_booking_that_is_left_out_is_the_value_date(take: Take) -> None:
    assert _only(take, Entry(booked=""))[0].booking_date == date(2026, 1, 6)


def test_several_statements_in_a_file(take: Take) -> None:
    accounts = (f"<IBAN>NO35{ACCOUNT}</IBAN>", "<Othr><Id>1503 00 00017</Id></Othr>", "")
    content = take(Camt(accounts=accounts).data())
    assert [s.account_number for s in content.statements] == [ACCOUNT, "15030000017"]
    assert [(r.where, r.why) for r in content.refused] == [("Stmt[3]/Acct/Id", Reason.FIELD_MISSING)]


def test_layout_does_not_change_what_came(take: Take) -> None:
    plain, laid_out = (take(Camt((Entry(), Entry()), between=b).data()).statements for b in ("", "\n    <!-- x -->\n"))
    assert plain == laid_out


@pytest.mark.parametrize(
    ("entry", "place", "reason"),
    [
        (Entry(status="INFO"), "Sts", Reason.STATUS_NOT_TAKEN),
        (Entry(status=""), "Sts", Reason.FIELD_MISSING),
        (Entry(amount="ti"), "Amt", Reason.AMOUNT_NOT_UNDERSTOOD),
        (Entry(amount="-1.00"), "Amt", Reason.AMOUNT_NEGATIVE),
        (Entry(amount=""), "Amt", Reason.FIELD_MISSING),
        (Entry(currency="EUR"), "Amt", Reason.CURRENCY_DIFFERS),
        (Entry(direction="INN"), "CdtDbtInd", Reason.VALUE_NOT_KNOWN),
        (Entry(booked="2026-13-01"), "BookgDt", Reason.DATE_NOT_UNDERSTOOD),
    ],
)
def test_a_bad_entry_is_refused_and_the_rest_goes_in(take: Take, entry: Entry, place: str, reason: Reason) -> None:
    content = take(Camt((Entry(), entry, Entry())).data())
    assert [(row.where, row.why) for row in content.refused] == [(f"Stmt[1]/Ntry[2]/{place}", reason)]
    assert content.refused[0].raw.startswith("<Stmt><Acct")
    assert len(content.statements[0].transactions) == 2


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (Camt(accounts=()), Reason.NO_STATEMENTS),
        (Camt(accounts=("",)), Reason.FIELD_MISSING),
        (Camt(version="01"), Reason.VERSION_NOT_KNOWN),
        (Camt(version="11"), Reason.VERSION_NOT_KNOWN),
        (Camt(namespace="urn:noe:annet"), Reason.WRONG_NAMESPACE),
    ],
)
def test_a_file_that_is_refused_whole(refuse: Refuse, written: Camt, reason: Reason) -> None:
    assert refuse(written.data()) is reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (camt054(accounts=()), Reason.NO_STATEMENTS),
        (camt054(accounts=("",)), Reason.FIELD_MISSING),
        (camt054(version="01"), Reason.VERSION_NOT_KNOWN),
        (camt054(version="11"), Reason.VERSION_NOT_KNOWN),
        (camt054().replace(b"urn:iso", b"urn:noe"), Reason.WRONG_NAMESPACE),
    ],
)
def test_a_camt054_that_is_refused_whole(refuse: Refuse, data: bytes, reason: Reason) -> None:
    assert refuse(data) is reason
