"""Zettle's account statement and SumUp's transactions: each payout is its payments less its fees, or it is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.adapters.files.settlements.payout import Settlement
from kontali_desktop.adapters.files.settlements.reports import reader_for
from kontali_desktop.adapters.files.tables.csv_grid import csv_grid
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.settlement_writers import (
    SUMUP,
    ZETTLE,
    ZETTLE_PAYOUT,
    Moving,
    Row,
    sold,
    sumup,
    table,
    zettle,
    zettle_rows,
)
from tests.adapters.files.tables.workbooks import Xlsx

FEE = PartKind.FEE
PAID = (*sold("9071", 15_000, 413), *sold("9072", 50_000, 1_375), Moving(ZETTLE_PAYOUT, -63_212))


def _read(data: bytes, separator: str = ";") -> Settlement:
    read = reader_for(csv_grid(data.decode(), separator))
    assert read is not None
    return read()


def _sums(batch: PaymentBatch) -> tuple[int, int]:
    payments = sum(part.amount for part in batch.parts if part.kind is not FEE)
    return payments, sum(part.amount for part in batch.parts if part.kind is FEE)


def test_zettle(take: Take) -> None:
    content = take(zettle(PAID))
    assert (content.format, content.refused) == ("settlement", ())
    assert content.batches == (
        PaymentBatch(
            amount=63_212,
            parts=(
                PaymentPart(15_000, reference="9071"),
                PaymentPart(50_000, reference="9072"),
                PaymentPart(-1_788, FEE),
            ),
            booking_date=date(2026, 1, 13),
            provider="zettle",
        ),
    )


def test_zettles_own_workbook(take: Take) -> None:
    (batch,) = take(Xlsx((zettle_rows(PAID),)).data()).batches
    assert (batch.amount, batch.booking_date) == (63_212, date(2026, 1, 13))


def test_zettle_oldest_first(take: Take) -> None:
    headings, *rows = zettle_rows(PAID)
    assert take(table(headings, *reversed(rows))).batches == take(zettle(PAID)).batches


@pytest.mark.parametrize("is_turned", [False, True])
def test_the_balances_tell_which_end_of_a_day_at_zettle_is_the_newest(take: Take, *, is_turned: bool) -> None:
    headings, *rows = zettle_rows((*PAID, *sold("9073", 10_000, 275)))
    content = take(table(headings, *(reversed(rows) if is_turned else rows)))
    assert [batch.amount for batch in content.batches] == [63_212]
    assert [row.why for row in content.refused] == [Reason.NOT_PAID_OUT] * 2


def test_a_payout_of_zettle_may_gather_several_days(take: Take) -> None:
    week = (*sold("1", 10_000, 175, "2026-01-12"), *sold("2", 20_000, 350), Moving(ZETTLE_PAYOUT, -29_475))
    next_week = (*sold("3", 5_000, 88, "2026-01-19"), Moving(ZETTLE_PAYOUT, -4_912, day="2026-01-20"))
    first, second = take(zettle((*week, *next_week))).batches
    assert (first.amount, _sums(first)) == (29_475, (30_000, -525))
    assert (second.amount, second.booking_date) == (4_912, date(2026, 1, 20))


def test_other_movements_of_zettle_are_named_and_a_bonus_gives_fees_back(take: Take) -> None:
    moves = (Moving("Tilbagebetaling", -2_000, "9071"), Moving("Bonus fra betalingsgebyr", 900))
    (batch,) = take(zettle((*sold("9071", 15_000, 413), *moves, Moving(ZETTLE_PAYOUT, -13_487)))).batches
    assert batch.parts[1] == PaymentPart(-2_000, text="Tilbagebetaling", reference="9071")
    assert _sums(batch) == (13_000, 487)


def test_what_zettle_has_not_paid_out_yet_is_told_row_by_row(take: Take) -> None:
    content = take(zettle((*PAID, *sold("9073", 10_000, 275, "2026-01-14"))))
    assert [batch.amount for batch in content.batches] == [63_212]
    assert {(row.why, row.where) for row in content.refused} == {
        (Reason.NOT_PAID_OUT, "line 2, Afregningsdato"),
        (Reason.NOT_PAID_OUT, "line 3, Afregningsdato"),
    }


def test_a_statement_of_zettle_with_a_row_missing_is_refused_for_that_payout_alone(take: Take) -> None:
    before = (*sold("1", 10_000, 175, "2026-01-12"), Moving(ZETTLE_PAYOUT, -9_825, day="2026-01-12"))
    rows = zettle_rows((*before, *PAID))
    del rows[3]  # the payment of 9072
    content = take(table(*rows))
    assert [batch.amount for batch in content.batches] == [9_825]
    (row,) = content.refused
    assert (row.why, row.facts["payout"], row.facts["reference"]) == ("payout_differs", "632.12 NOK", "13.01.2026")


def test_a_row_of_zettle_that_cannot_be_read_spoils_its_payout(take: Take) -> None:
    rows = zettle_rows(PAID)
    rows[3] = (*rows[3][:4], "mange", rows[3][5])
    content = take(table(*rows))
    assert content.batches == ()
    assert [(row.why, row.where) for row in content.refused] == [(Reason.AMOUNT_NOT_UNDERSTOOD, "line 4, Netto")]


@pytest.mark.parametrize("heading", ZETTLE)
def test_a_statement_that_lacks_a_heading_of_zettles_is_asked_about(refuse: Refuse, heading: str) -> None:
    place = ZETTLE.index(heading)
    rows = [tuple(cell for at, cell in enumerate(row) if at != place) for row in zettle_rows(PAID)]
    assert refuse(table(*rows)) is Reason.MAPPING_NEEDED


def test_sumup(take: Take) -> None:
    coffee, cake = Row(text="2 x Kaffe"), Row("TAAA2", total="100.0", fee="1.75", payout="98.25")
    content = take(sumup(coffee.sale, Row("T0", "Sale", "Cancelled", payout_id=""), coffee, cake.sale, cake))
    assert content.refused == ()
    assert content.batches == (
        PaymentBatch(
            amount=58_950,
            parts=(
                PaymentPart(50_000, text="2 x Kaffe", reference="TAAA1"),
                PaymentPart(10_000, reference="TAAA2"),
                PaymentPart(-1_050, FEE),
            ),
            booking_date=date(2026, 1, 14),
            reference="9001",
            provider="sumup",
        ),
    )


def test_a_sale_that_sumup_has_not_paid_out_is_told(take: Take) -> None:
    content = take(sumup(Row(), Row("TAAA2").sale))
    assert len(content.batches) == 1
    assert [(row.why, row.where) for row in content.refused] == [(Reason.NOT_PAID_OUT, "line 3, Payout ID")]


@pytest.mark.parametrize(
    ("row", "reason", "where"),
    [
        (Row("TAAA2", payout="490.0"), Reason.PAYMENT_DIFFERS, "line 3"),
        (Row("TAAA2", total="mye"), Reason.AMOUNT_NOT_UNDERSTOOD, "line 3, Total"),
        (Row("TAAA2", payout=""), Reason.FIELD_MISSING, "line 3, Payout"),
        (Row("TAAA2", day=""), Reason.FIELD_MISSING, "line 3, Payout date"),
        (Row("TAAA2", "Chargeback"), Reason.VALUE_NOT_KNOWN, "line 3, Transaction type"),
    ],
)
def test_a_row_of_sumup_that_does_not_add_up_spoils_its_payout(
    take: Take, row: Row, reason: Reason, where: str
) -> None:
    content = take(sumup(Row(), row, Row("TAAA3", payout_id="9002")))
    assert [batch.reference for batch in content.batches] == ["9002"]
    assert [(refused.why, refused.where) for refused in content.refused] == [(reason, where)]
    corrected = sumup(Row(), Row("TAAA2")).decode().splitlines()
    assert take("\n".join([content.refused_head.strip(), *corrected[1:]]).encode()).batches[0].amount == 98_250


def test_a_row_of_sumup_with_a_separator_too_many_spoils_its_payout(take: Take) -> None:
    rows = [SUMUP, Row().cells, (*Row("TAAA2").cells, "1"), Row("TAAA3", payout_id="9002").cells]
    content = take(table(*rows, separator=","))
    assert [batch.reference for batch in content.batches] == ["9002"]
    assert [(refused.why, refused.where) for refused in content.refused] == [
        (Reason.WRONG_NUMBER_OF_CELLS, "line 3"),
    ]


@pytest.mark.parametrize("heading", ["Payout ID", "Fee", "Transaction type"])
def test_a_report_that_lacks_a_heading_of_sumups_is_asked_about(refuse: Refuse, heading: str) -> None:
    place = SUMUP.index(heading)
    rows = [tuple(cell for at, cell in enumerate(row) if at != place) for row in (SUMUP, Row().cells)]
    assert refuse(table(*rows, separator=",")) is Reason.MAPPING_NEEDED


_PAYMENTS = st.lists(st.tuples(st.integers(100_001, 10_000_000), st.integers(0, 100_000)), min_size=2, max_size=12)


@given(st.lists(_PAYMENTS, min_size=1, max_size=5), st.booleans())
def test_every_payout_of_zettle_is_its_payments_and_fees(payouts: list[list[tuple[int, int]]], is_turned: bool) -> None:  # noqa: FBT001 - hypothesis gives it by place
    moves: list[Moving] = []
    for day, payments in enumerate(payouts, 1):
        paid = sum(gross - fee for gross, fee in payments)
        moves += [move for at, one in enumerate(payments) for move in sold(f"{day}-{at}", *one, f"2026-01-{day:02}")]
        moves += [Moving(ZETTLE_PAYOUT, -paid, day=f"2026-01-{day:02}")]
    headings, *rows = zettle_rows(moves)
    read = _read(table(headings, *(reversed(rows) if is_turned else rows)))
    assert read.refused == ()
    assert [_sums(batch) for batch in read.batches] == [
        (sum(gross for gross, _ in payments), -sum(fee for _, fee in payments)) for payments in payouts
    ]
    assert [batch.amount for batch in read.batches] == [sum(g - f for g, f in payments) for payments in payouts]


@given(st.lists(_PAYMENTS, min_size=1, max_size=5), st.data())
def test_a_payout_of_zettle_whose_rows_are_changed_is_never_taken(
    payouts: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    moves: list[Moving] = []
    for day, payments in enumerate(payouts, 1):
        moves += [move for at, one in enumerate(payments) for move in sold(f"{day}-{at}", *one, f"2026-01-{day:02}")]
        moves += [Moving(ZETTLE_PAYOUT, -sum(g - f for g, f in payments), day=f"2026-01-{day:02}")]
    headings, *rows = zettle_rows(moves)
    lost = data.draw(st.sampled_from([at for at, row in enumerate(rows) if row[3] != ZETTLE_PAYOUT and row[4] != "0"]))
    kept = [row for at, row in enumerate(rows) if at != lost]
    read = _read(table(headings, *kept))
    assert len(read.batches) == len(payouts) - 1
    assert [row.why for row in read.refused] == [Reason.PAYOUT_DIFFERS]
    assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in read.batches)


@given(st.binary(max_size=300))
def test_whatever_follows_is_read_or_refused(tail: bytes) -> None:
    for report, separator in ((zettle(PAID), ";"), (sumup(Row(), Row().sale), ",")):
        read = reader_for(csv_grid((report + tail).decode(errors="replace"), separator))
        assert read is not None
        assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in read().batches)
