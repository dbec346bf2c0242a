"""Vipps' reports as its portal gives them: Excel with a row for each payout, and XML of both versions."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.settlement_writers import ACCOUNT, VIPPS, Paid, vipps_report, vipps_transaction
from tests.adapters.files.tables.workbooks import Xlsx


def _payment(order: str, gross: str, fee: str, net: str, unit: str = "513428") -> list[str]:
    cells = list(Paid(order, gross, fee, net, payout_sum="").cells)
    cells[2], cells[13] = unit, ""
    return cells


def _paid_out(total: str, unit: str = "") -> list[str]:
    cells = [""] * len(VIPPS)
    cells[0], cells[2], cells[10:14] = "Til utbetaling netto", unit, ["2000001", "13.01.2026", total, ACCOUNT]
    return cells


def _workbook(*rows: list[str]) -> bytes:
    preamble = [["Oppgjørsrapport"], ["Bedriften", "", "Butikken"], ["Fra dato", "", "01.01.2026"], [], []]
    return Xlsx([[*preamble, list(VIPPS), *rows]]).data()


def _amounts(batch: PaymentBatch) -> list[tuple[int, PartKind]]:
    assert sum(part.amount for part in batch.parts) == batch.amount
    return [(part.amount, part.kind) for part in batch.parts]


def test_a_row_below_the_payments_tells_what_was_paid_out(take: Take) -> None:
    rows = [_payment("1", "100", "-2.25", "97.75"), _payment("2", "300", "-4.5", "295.5"), _paid_out("393.25")]
    content = take(_workbook(*rows))
    assert (content.format, content.refused) == ("settlement", ())
    (batch,) = content.batches
    assert (batch.amount, batch.account_number, batch.booking_date) == (39_325, ACCOUNT, date(2026, 1, 13))
    payment, fee = PartKind.PAYMENT, PartKind.FEE
    assert _amounts(batch) == [(10_000, payment), (30_000, payment), (-675, fee)]


def test_sale_units_number_their_payouts_from_the_same_on(take: Take) -> None:
    first = [_payment("1", "100", "0", "100", "11"), _paid_out("100")]
    second = [_payment("2", "200", "0", "200", "22"), _paid_out("200", "22")]
    content = take(_workbook(*first, *second))
    assert content.refused == ()
    assert [batch.amount for batch in content.batches] == [10_000, 20_000]


def test_payments_whose_payout_nobody_tells_are_refused(take: Take) -> None:
    content = take(_workbook(_payment("1", "100", "-2.25", "97.75")))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.FIELD_MISSING])


def test_a_payout_row_that_does_not_add_up_is_refused(take: Take) -> None:
    content = take(_workbook(_payment("1", "100", "-2.25", "97.75"), _paid_out("97.74")))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.PAYOUT_DIFFERS])


@pytest.mark.parametrize("version", ["2.0", "3.0"])
def test_the_report_as_xml(take: Take, version: str) -> None:
    sold, back = vipps_transaction("1", "100.00", "2.25", "97.75"), vipps_transaction("", "-20.00", "0.00", "-20.00")
    content = take(vipps_report(version, "Net" if version == "3.0" else "", "77.75", sold, back))
    assert (content.format, content.refused) == ("settlement", ())
    (batch,) = content.batches
    assert (batch.amount, batch.reference, batch.account_number, batch.provider) == (7_775, "2000001", ACCOUNT, "vipps")
    assert batch.booking_date == date(2026, 1, 13)
    assert _amounts(batch) == [(10_000, PartKind.PAYMENT), (-2_000, PartKind.PAYMENT), (-225, PartKind.FEE)]
    assert [part.reference for part in batch.parts] == ["1", "T", ""]


def test_with_gross_settlement_the_fee_is_invoiced_apart(take: Take) -> None:
    (batch,) = take(vipps_report("3.0", "Gross", "100.00", vipps_transaction("1", "100.00", "2.25", "97.75"))).batches
    assert _amounts(batch) == [(10_000, PartKind.PAYMENT)]


def test_a_report_as_xml_that_does_not_add_up(take: Take, refuse: Refuse) -> None:
    content = take(vipps_report("3.0", "Net", "97.00", vipps_transaction("1", "100.00", "2.25", "97.75")))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.PAYOUT_DIFFERS])
    content = take(vipps_report("3.0", "Net", "97.75", vipps_transaction("1", "x", "2.25", "97.75")))
    assert [row.why for row in content.refused] == [Reason.AMOUNT_NOT_UNDERSTOOD]
    assert (
        refuse(b'<SettlementReport xmlns="http://vipps.no/xmlschema/SettlementReport-3.0.xsd"/>')
        is Reason.FIELD_MISSING
    )
