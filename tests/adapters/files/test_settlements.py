"""Settlement reports are opened into payments and fees whose sum is always what was paid out."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.adapters.files.settlements.payout import Settlement
from kontali_desktop.adapters.files.settlements.reports import reader_for
from kontali_desktop.adapters.files.tables.csv_grid import csv_grid
from kontali_desktop.adapters.files.tables.grid import Grid, Row, semicolon_line
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.settlement_writers import (
    ACCOUNT,
    STRIPE,
    VIPPS,
    Moved,
    Paid,
    klarna,
    sections,
    stripe,
    table,
    vipps,
)

FEE = PartKind.FEE


def _read(data: bytes, separator: str = ";") -> Settlement:
    read = reader_for(csv_grid(data.decode(errors="replace"), separator))
    assert read is not None
    return read()


def _batch(content: FileContent) -> PaymentBatch:
    assert content.format == "settlement"
    assert content.refused == ()
    (batch,) = content.batches
    assert sum(part.amount for part in batch.parts) == batch.amount
    return batch


def test_vipps(take: Take) -> None:
    ola = Paid(payout_sum="391,25", first="Ola", last="Nordmann", message="Faktura 1001")
    refund = Paid("1002", "-100,00", "0,00", "-100,00", "Refundering", payout_sum="391,25")
    batch = _batch(take(vipps(ola, refund)))
    assert batch == PaymentBatch(
        amount=39_125,
        parts=(
            PaymentPart(50_000, counterparty="Ola Nordmann", text="Faktura 1001", reference="1001"),
            PaymentPart(-10_000, reference="1002"),
            PaymentPart(-875, FEE),
        ),
        account_number=ACCOUNT,
        booking_date=date(2026, 1, 13),
        reference="2000001",
        provider="vipps",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_encoding_and_separator(take: Take, encoding: str, separator: str) -> None:
    batch = _batch(take(vipps(Paid(message="Blåbær"), separator=separator, encoding=encoding)))
    assert batch.amount == 49_125
    assert batch.parts[0].text == "Blåbær"


def test_vipps_in_excel_with_its_own_numbers_and_days() -> None:
    paid = Paid(gross="500", fee="8.75", net="491.25", day="2026-01-13 00:00:00", payout_sum="491.25").cells
    rows = [Row(line, cells, semicolon_line(cells)) for line, cells in enumerate((("Oppgjør",), VIPPS, paid), 1)]
    read = reader_for(Grid(tuple(rows), is_excel=True))
    assert read is not None
    (batch,) = read().batches
    assert (batch.amount, batch.booking_date, len(batch.parts)) == (49_125, date(2026, 1, 13), 2)


@pytest.mark.parametrize(
    ("gross", "fee", "net"),
    [
        ("500.00", "8.75", "491.25"),
        ("1 500,00", "-8,75", "1 491,25"),
        ("1.500,00", "8,75", "1.491,25"),
        ("−500,00", "8,75", "−508,75"),
        ("500,00-", "8,75", "508,75-"),
    ],
)
def test_any_style_of_amounts_and_either_sign_of_fees(take: Take, gross: str, fee: str, net: str) -> None:
    batch = _batch(take(vipps(Paid(gross=gross, fee=fee, net=net, payout_sum=net))))
    assert [part.kind for part in batch.parts] == [PartKind.PAYMENT, FEE]
    assert batch.parts[1].amount == -875


def test_gross_settlement_has_no_fee_inside(take: Take) -> None:
    batch = _batch(take(vipps(Paid(payout_sum="500,00"))))
    assert [(part.kind, part.amount) for part in batch.parts] == [(PartKind.PAYMENT, 50_000)]


def test_several_payouts_each_with_its_own(take: Take) -> None:
    content = take(vipps(Paid(), Paid("1002", payout="2000002", day="14.01.2026"), Paid("1003", payout="2000003")))
    assert [batch.reference for batch in content.batches] == ["2000001", "2000002", "2000003"]
    assert content.batches[1].booking_date == date(2026, 1, 14)


def test_a_payout_whose_parts_differ_is_refused_with_both_figures_and_can_be_dropped_again(take: Take) -> None:
    content = take(vipps(Paid(), Paid("1002", payout="2000002", payout_sum="500,25")))
    assert [batch.reference for batch in content.batches] == ["2000001"]
    (row,) = content.refused
    assert (row.why, row.where) == (Reason.PAYOUT_DIFFERS, "line 3")
    assert row.facts == {"reference": "2000002", "parts": "491.25 NOK", "payout": "500.25 NOK"}
    corrected = (content.refused_head + row.raw).replace("500,25", "491,25")
    assert _batch(take(corrected.encode())).reference == "2000002"


def test_rows_that_tell_two_sums_of_one_payout_are_refused(take: Take) -> None:
    content = take(vipps(Paid(payout_sum="982,50"), Paid("1002", payout_sum="983,00")))
    assert content.batches == ()
    assert [row.why for row in content.refused] == [Reason.PAYOUT_DIFFERS]


@pytest.mark.parametrize(
    ("paid", "reason"),
    [
        (Paid("1002", gross="mange"), Reason.AMOUNT_NOT_UNDERSTOOD),
        (Paid("1002", gross=""), Reason.FIELD_MISSING),
        (Paid("1002", day="31.02.2026"), Reason.DATE_NOT_UNDERSTOOD),
        (Paid("1002", day=""), Reason.FIELD_MISSING),
        (Paid("1002", net="490,00"), Reason.PAYMENT_DIFFERS),
    ],
)
def test_a_row_that_cannot_be_read_spoils_its_payout_and_no_other(take: Take, paid: Paid, reason: Reason) -> None:
    whole = Paid("1003", payout="2000002")
    content = take(vipps(Paid(), paid, whole))
    assert [batch.reference for batch in content.batches] == ["2000002"]
    (row,) = content.refused
    assert (row.why, row.where.split(",")[0]) == (reason, "line 3")
    assert row.raw.count("2000001") == 2  # both rows of the payout, to be dropped again together


def test_a_row_without_a_payout_is_refused_alone(take: Take) -> None:
    content = take(vipps(Paid(), Paid("1002", payout="")))
    assert len(content.batches) == 1
    assert [row.why for row in content.refused] == [Reason.FIELD_MISSING]


def test_vipps_in_sections(take: Take) -> None:
    data = sections(
        ["13.01.2026,2000001,15030000009,700.00,NOK,-10.50,-200.00,489.50,3"],
        [
            "5001,2000001,1001,13.01.2026,500.00,NOK,-8.75,0.00,491.25",
            "5002,2000001,1002,13.01.2026,200.00,NOK,-1.75,0.00,198.25",
            "5003,2000001,,13.01.2026,0.00,NOK,0.00,-200.00,-200.00",
        ],
    )
    batch = _batch(take(data))
    assert (batch.amount, batch.reference, batch.account_number) == (48_950, "2000001", ACCOUNT)
    assert [(part.amount, part.reference) for part in batch.parts] == [
        (50_000, "1001"),
        (20_000, "1002"),
        (-20_000, "5003"),
        (-1_050, ""),
    ]
    twice = data + b"\n" + b"\n".join(data.splitlines()[2:])
    assert _batch(take(twice)) == batch


def test_vipps_in_sections_with_a_payment_missing(take: Take) -> None:
    payout = ["13.01.2026,2000001,15030000009,700.00,NOK,-10.50,0.00,689.50,2"]
    content = take(sections(payout, ["5001,2000001,1001,13.01.2026,500.00,NOK,-8.75,0.00,491.25"]))
    assert content.batches == ()
    (row,) = content.refused
    assert (row.facts["parts"], row.facts["payout"]) == ("491.25 NOK", "689.50 NOK")
    stray = take(sections([], ["5001,2000009,1001,13.01.2026,500.00,NOK,-8.75,0.00,491.25"]))
    assert [row.why for row in stray.refused] == [Reason.NOT_PAID_OUT]


def test_stripe(take: Take) -> None:
    batch = _batch(
        take(
            stripe(
                Moved(text="Faktura 1001", name="Ola Nordmann", number="1001", order="A-7"),
                Moved("-100.00", "0.00", "-100.00", category="refund", source="re_1"),
                Moved("-25.00", "0.00", "-25.00", category="fee", source="fee_1", text="Radar"),
            )
        )
    )
    assert (batch.amount, batch.currency, batch.reference) == (36_600, "NOK", "po_1")
    assert (batch.booking_date, batch.provider, batch.account_number) == (date(2026, 1, 15), "stripe", "")
    assert batch.parts == (
        PaymentPart(50_000, counterparty="Ola Nordmann", text="Faktura 1001 1001 A-7", reference="1001"),
        PaymentPart(-10_000, reference="re_1"),
        PaymentPart(-2_500, FEE, text="Radar", reference="fee_1"),
        PaymentPart(-900, FEE),
    )


def test_stripes_columns_may_be_chosen(take: Take) -> None:
    names = ["net", "gross", "fee", "currency", "automatic_payout_id", "automatic_payout_effective_at_utc"]
    batch = _batch(
        take(table(names, ["491.00", "500.00", "9.00", "eur", "po_1", "2026-01-15 00:00:00"], separator=","))
    )
    assert (batch.amount, batch.currency) == (49_100, "EUR")


def test_stripes_payments_that_are_not_paid_out_yet(take: Take) -> None:
    content = take(stripe(Moved(), Moved(payout="", source="ch_2")))
    assert len(content.batches) == 1
    (row,) = content.refused
    assert (row.why, row.where.split(",")[0]) == (Reason.NOT_PAID_OUT, "line 3")


def test_a_row_of_stripe_whose_currency_cannot_be_read_spoils_its_payout(take: Take) -> None:
    content = take(stripe(Moved(), Moved(currency="kr?", source="ch_2"), Moved(payout="po_2", source="ch_3")))
    assert [batch.reference for batch in content.batches] == ["po_2"]
    assert [row.why for row in content.refused] == [Reason.CURRENCY_NOT_UNDERSTOOD]


def test_stripes_own_line_of_the_payout_is_held_against_its_parts(take: Take) -> None:
    sent = Moved("-491.00", "0.00", "-491.00", category="payout", source="po_1")
    assert _batch(take(stripe(Moved(), sent))).amount == 49_100
    content = take(stripe(Moved(), Moved("-480.00", "0.00", "-480.00", category="payout", source="po_1")))
    assert content.batches == ()
    assert content.refused[0].facts["payout"] == "480.00 NOK"


def test_klarna(take: Take) -> None:
    head = ["600.00", "12.00", "3.00", "100.00", "485.00", "XISA93DJ", "2026-01-16T00:00:00Z", "NOK"]
    batch = _batch(
        take(
            klarna(
                head,
                ["SALE", "o-1", "K1", "1001", "Ola Nordmann", "2026-01-10", "600.00"],
                ["FEE", "o-1", "K1", "1001", "", "2026-01-10", "12.00"],
                ["RETURN", "o-2", "K2", "", "", "2026-01-11", "-100.00"],
            )
        )
    )
    assert (batch.amount, batch.reference, batch.booking_date) == (48_500, "XISA93DJ", date(2026, 1, 16))
    assert batch.parts == (
        PaymentPart(60_000, text="Ola Nordmann K1", reference="1001"),
        PaymentPart(-10_000, text="K2", reference="o-2"),
        PaymentPart(-1_200, FEE),
        PaymentPart(-300, FEE, text="total_tax_amount"),
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["SALE", "o-1", "K1", "", "", "", "601.00"], Reason.PAYOUT_DIFFERS),
        (["GIFT", "o-1", "K1", "", "", "", "600.00"], Reason.VALUE_NOT_KNOWN),
        (["SALE", "o-1", "K1", "", "", "", ""], Reason.FIELD_MISSING),
    ],
)
def test_klarna_that_does_not_add_up(take: Take, row: list[str], reason: Reason) -> None:
    head = ["600.00", "0.00", "0.00", "0.00", "600.00", "XISA93DJ", "2026-01-16", "NOK"]
    content = take(klarna(head, row))
    assert content.batches == ()
    assert [refused.why for refused in content.refused] == [reason]


@pytest.mark.parametrize("missing", ["Oppgjørssum", "Oppgjørs-ID", "Netto"])
def test_a_table_that_lacks_a_column_is_no_report_of_vipps(refuse: Refuse, missing: str) -> None:
    place = VIPPS.index(missing)
    rows = [[cell for at, cell in enumerate(row) if at != place] for row in (VIPPS, Paid().cells)]
    assert refuse(table(*rows)) is Reason.MAPPING_NEEDED


def test_a_long_report_is_known_where_its_head_cuts_a_letter_in_two(take: Take) -> None:
    payments = [Paid(str(place), payout=str(place), message="æøå" * 20) for place in range(2_000)]
    for extra in ("", "x"):  # one of them cuts a letter
        payments[0] = Paid("0", payout="0", message=f"æøå{extra}")
        assert len(take(vipps(*payments)).batches) == 2_000


_CENTS = st.integers(1, 10_000_000)


@given(st.lists(st.tuples(_CENTS, st.integers(0, 500), st.booleans()), min_size=1, max_size=20))
def test_what_was_written_is_read_and_adds_up(rows: list[tuple[int, int, bool]]) -> None:
    signed = [(-gross if is_refund else gross, fee) for gross, fee, is_refund in rows]
    told = plain_amount(sum(gross - fee for gross, fee in signed))
    data = vipps(
        *(
            Paid(f"O{place}", plain_amount(gross), plain_amount(fee), plain_amount(gross - fee), payout_sum=told)
            for place, (gross, fee) in enumerate(signed)
        )
    )
    (batch,) = _read(data).batches
    payments = [(part.reference, part.amount) for part in batch.parts if part.kind is PartKind.PAYMENT]
    assert payments == [(f"O{place}", gross) for place, (gross, _) in enumerate(signed)]
    assert sum(part.amount for part in batch.parts if part.kind is FEE) == -sum(fee for _, fee in signed)
    assert plain_amount(batch.amount) == told


_REPORTS = {vipps(Paid()): ";", stripe(Moved()): ",", sections([], []): ",", table(STRIPE, separator=","): ","}


@given(st.binary(max_size=400), st.sampled_from(sorted(_REPORTS)))
def test_whatever_follows_is_read_or_refused(tail: bytes, report: bytes) -> None:
    for batch in _read(report + tail, _REPORTS[report]).batches:
        assert sum(part.amount for part in batch.parts) == batch.amount


def test_sections_without_end_are_read_in_their_own_time(take: Take) -> None:
    """Each heading looked through all that follows it; found by damaging files."""
    payout = "12.01.2026,2000001,15030000009,500.00,NOK,8.75,0.00,491.25,1"
    report = sections([payout], ["T1,2000001,1001,13.01.2026,500.00,NOK,8.75,0.00,491.25"]).decode().splitlines()
    started = time.process_time()
    content = take("\n".join([*report[:2], *report[2:4] * 2_000, *report[4:]]).encode())
    assert time.process_time() - started < 2
    assert [batch.amount for batch in content.batches] == [491_25]
