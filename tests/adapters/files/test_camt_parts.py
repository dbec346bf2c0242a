"""Entries of many payments: the line and its parts, whose sum always holds."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.camt053 import read_statements
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from tests.adapters.files.camt_writer import camt054, charges, paid
from tests.adapters.files.conftest import Read, Take
from tests.adapters.files.writers import ACCOUNT, Camt, Entry, payment

VERSIONS = [f"{number:02}" for number in range(2, 11)]


def _batches(take: Take, *entries: Entry, version: str = "02") -> list[PaymentBatch]:
    content = take(Camt(entries, version=version).data())
    assert content.refused == ()
    assert len(content.statements[0].transactions) == len(entries)
    assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in content.batches)
    return list(content.batches)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sum_has_its_line_and_its_parts(take: Take, version: str) -> None:
    is_new = version > "03"
    parts = (paid("70.00", "1111", is_new=is_new), paid("30.00", "2222", is_new=is_new))
    (batch,) = _batches(take, Entry(payments=parts, is_new=version >= "08"), version=version)
    assert batch == PaymentBatch(
        amount=100_00,
        parts=tuple(
            PaymentPart(amount, counterparty="Kunde AS", counterparty_account="15030000017", kid=kid)
            for amount, kid in ((70_00, "1111"), (30_00, "2222"))
        ),
        account_number=ACCOUNT,
        booking_date=date(2026, 1, 5),
        reference="R1",
    )


def test_money_out_and_a_payment_that_goes_the_other_way(take: Take) -> None:
    out = Entry(direction="DBIT", payments=(paid("130.00"), paid("30.00", direction="CRDT")))
    (batch,) = _batches(take, out)
    assert (batch.amount, [part.amount for part in batch.parts]) == (-100_00, [-130_00, 30_00])
    assert [part.counterparty for part in batch.parts] == ["Leverandør AS", "Kunde AS"]


def test_a_reversal_keeps_its_sign_and_its_parties(take: Take) -> None:
    (batch,) = _batches(take, Entry(direction="DBIT", is_reversal=True, payments=(paid("60.00"), paid("40.00"))))
    assert [(part.amount, part.counterparty) for part in batch.parts] == [(-60_00, "Kunde AS"), (-40_00, "Kunde AS")]


@pytest.mark.parametrize("is_new", [False, True])
def test_charges_are_parts_where_they_were_taken_from_the_sum(take: Take, is_new: bool) -> None:  # noqa: FBT001 - pytest gives it
    inside = Entry(payments=(paid("70.00", charge="5.00", is_new=is_new), paid("30.00", is_new=is_new)))
    taken = Entry(payments=(paid("75.00", charge="5.00", is_new=is_new), paid("30.00", is_new=is_new)))
    one = Entry(payments=(paid("105.00", charge="5.00", is_new=is_new),))
    found = [[(part.amount, part.kind) for part in batch.parts] for batch in _batches(take, inside, taken, one)]
    payment_, fee = PartKind.PAYMENT, PartKind.FEE
    assert found == [
        [(70_00, payment_), (30_00, payment_)],
        [(75_00, payment_), (30_00, payment_), (-5_00, fee)],
        [(105_00, payment_), (-5_00, fee)],
    ]


def test_a_charge_that_is_told_for_the_whole_entry(take: Take) -> None:
    text = Camt((Entry(payments=(paid("75.00"), paid("30.00"))),)).text()
    for total in (charges("5.00"), '<Chrgs><TtlChrgsAndTaxAmt Ccy="NOK">5.00</TtlChrgsAndTaxAmt></Chrgs>'):
        (batch,) = take(text.replace("<NtryDtls>", f"{total}<NtryDtls>").encode()).batches
        assert batch.parts[-1] == PaymentPart(-5_00, PartKind.FEE)


def test_parts_that_do_not_add_up_are_refused_and_the_line_stays(take: Take, read: Read) -> None:
    content = take(Camt((Entry(), Entry(payments=(paid("70.00"), paid("20.00"))))).data())
    (row,) = content.refused
    assert (row.where, row.why) == ("Stmt[1]/Ntry[2]/NtryDtls", Reason.PARTS_DIFFER)
    assert row.facts == {"sum": "90.00", "amount": "100.00"}
    assert (len(content.statements[0].transactions), len(content.batches)) == (2, 0)
    corrected = row.raw.replace(">20.00<", ">30.00<")
    again = read((content.refused_head + corrected + content.refused_tail).encode())
    assert again is not None
    assert (again.refused, len(again.batches)) == ((), 1)
    assert again.statements[0].account_number == ACCOUNT


@pytest.mark.parametrize(
    "parts",
    [
        (payment(kids=("1",)), payment(kids=("2",))),
        (paid("70.00"), payment(kids=("2",))),
        (paid("70.00", currency="EUR"), paid("30.00")),
        (paid("100.00"),),
        (),
    ],
)
def test_without_amounts_in_the_accounts_currency_there_are_no_parts(take: Take, parts: tuple[str, ...]) -> None:
    assert _batches(take, Entry(payments=parts)) == []


def test_what_is_only_reserved_has_no_parts_yet(take: Take) -> None:
    assert _batches(take, Entry(status="PDNG", payments=(paid("70.00"), paid("30.00")))) == []


def test_an_impossible_amount_of_a_part_refuses_the_parts_alone(take: Take) -> None:
    content = take(Camt((Entry(payments=(paid("1.234,56-"), paid("30.00"))),)).data())
    assert [(r.where, r.why) for r in content.refused] == [("Stmt[1]/Ntry[1]/Amt", Reason.AMOUNT_NOT_UNDERSTOOD)]
    assert len(content.statements[0].transactions) == 1


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.booleans()), min_size=2, max_size=6))
def test_any_parts_that_add_up(amounts: list[tuple[int, bool]]) -> None:
    def written(minor: int) -> tuple[str, str]:
        return plain_amount(abs(minor)), "CRDT" if minor >= 0 else "DBIT"

    parts = tuple(
        paid(amount, direction=direction, is_new=is_new)
        for (amount, direction), is_new in ((written(minor), is_new) for minor, is_new in amounts)
    )
    total = sum(minor for minor, _ in amounts)
    entry = Entry(*written(total), payments=parts)
    content = read_statements(BytesIO(Camt((entry,)).data()))
    (batch,) = content.batches
    assert (batch.amount, [part.amount for part in batch.parts]) == (total, [minor for minor, _ in amounts])


@pytest.mark.parametrize("version", VERSIONS)
def test_camt054_tells_of_parts_alone(take: Take, version: str) -> None:
    is_new = version > "03"
    several = Entry(payments=(paid("70.00", "1111", is_new=is_new), paid("30.00", "2222", is_new=is_new)))
    one = Entry(payments=(payment(debtor=("Kunde AS", ""), kids=("3333-",)),), reference="R2")
    content = take(camt054(several, one, version=version))
    assert (content.format, content.statements, content.refused) == ("camt.054", (), ())
    assert [(b.reference, [(p.amount, p.kid) for p in b.parts]) for b in content.batches] == [
        ("R1", [(70_00, "1111"), (30_00, "2222")]),
        ("R2", [(100_00, "3333-")]),
    ]
    assert {(b.account_number, b.booking_date) for b in content.batches} == {(ACCOUNT, date(2026, 1, 5))}


@pytest.mark.parametrize(
    ("entry", "place", "reason"),
    [
        (Entry(status="PDNG", payments=(paid("100.00"),)), "Sts", Reason.STATUS_NOT_TAKEN),
        (Entry(), "NtryDtls", Reason.FIELD_MISSING),
        (Entry(payments=(paid("1.00"), paid("2.00"))), "NtryDtls", Reason.PARTS_DIFFER),
        (Entry(payments=(payment(), payment())), "NtryDtls", Reason.FIELD_MISSING),
        (Entry(amount="1.234,56-", payments=(payment(),)), "Amt", Reason.AMOUNT_NOT_UNDERSTOOD),
        (Entry(booked="2026-02-30", payments=(payment(),)), "BookgDt", Reason.DATE_NOT_UNDERSTOOD),
    ],
)
def test_a_bad_entry_of_camt054_is_refused_and_the_rest_goes_in(
    take: Take, entry: Entry, place: str, reason: Reason
) -> None:
    good = Entry(payments=(payment(),))
    content = take(camt054(good, entry, good))
    assert [(row.where, row.why) for row in content.refused] == [(f"Ntfctn[1]/Ntry[2]/{place}", reason)]
    assert len(content.batches) == 2


def test_camt054_of_several_accounts_and_of_none(take: Take) -> None:
    accounts = ("", "<Othr><Id>1503 00 00017</Id></Othr>")
    content = take(camt054(Entry(payments=(payment(),)), accounts=accounts))
    assert [batch.account_number for batch in content.batches] == ["15030000017"]
    assert [(r.where, r.why) for r in content.refused] == [("Ntfctn[1]/Acct/Id", Reason.FIELD_MISSING)]


def test_camt054_may_leave_its_days_out(take: Take) -> None:
    data = camt054(Entry(booked="", payments=(payment(),)))
    without = data.replace(b"<ValDt>", b"<Avlbty>").replace(b"</ValDt>", b"</Avlbty>")
    days = [batch.booking_date for read in (data, without) for batch in take(read).batches]
    assert days == [date(2026, 1, 6), None]
