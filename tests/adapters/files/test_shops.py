"""Settlement reports of web shops' providers: Shopify Payments, Adyen, and what Stripe's dashboard exports."""

from __future__ import annotations

from datetime import date

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.conftest import Take
from tests.adapters.files.settlement_writers import table

PAYMENT, FEE = PartKind.PAYMENT, PartKind.FEE
SHOPIFY = (
    "Transaction Date", "Type", "Order", "Card Brand", "Payout Status", "Payout Date", "Payout ID", "Amount", "Fee",
    "Net", "Currency",
)  # fmt: skip
ADYEN = (
    "Company Account", "Merchant Account", "Psp Reference", "Merchant Reference", "Payment Method", "Creation Date",
    "Type", "Gross Currency", "Gross Debit (GC)", "Gross Credit (GC)", "Net Currency", "Net Debit (NC)",
    "Net Credit (NC)", "Commission (NC)", "Batch Number",
)  # fmt: skip


STRIPE = (
    "id", "Type", "Source", "Amount", "Fee", "Net", "Currency", "Created (UTC)", "Available On (UTC)", "Description",
    "Transfer", "Transfer Date (UTC)", "Transfer Group", "order (metadata)",
)  # fmt: skip


def _sold(order: str, amounts: str, payout: str = "P1", status: str = "paid", kind: str = "charge") -> tuple[str, ...]:
    day = "2026-01-15" if payout == "P1" else "2026-01-16"
    return ("2026-01-12 10:00:00 +0100", kind, order, "visa", status, day, payout, *amounts.split(), "NOK")


def _settled(kind: str, gross: str, net: str, order: str = "", currency: str = "NOK") -> tuple[str, ...]:
    sides = [("", amount) if not amount.startswith("-") else (amount[1:], "") for amount in (gross, net)]
    return (
        "Firma", "Butikk", f"PSP{order}", order, "visa", "2026-01-15 01:02:03", kind, currency, *sides[0], "NOK",
        *sides[1], "", "7",
    )  # fmt: skip


def _parts(batch: PaymentBatch) -> list[tuple[int, PartKind, str]]:
    assert sum(part.amount for part in batch.parts) == batch.amount
    return [(part.amount, part.kind, part.reference) for part in batch.parts]


def _taken(content: FileContent) -> tuple[PaymentBatch, ...]:
    assert (content.format, content.refused) == ("settlement", ())
    return tuple(content.batches)


def test_shopify(take: Take) -> None:
    rows = [_sold("#1", "500.00 9.00 491.00"), _sold("#1", "-100.00 0.00 -100.00", kind="refund")]
    first, second = _taken(take(table(SHOPIFY, *rows, _sold("#2", "50.00 1.00 49.00", "P2"), separator=",")))
    assert (first.amount, first.reference, first.booking_date) == (39_100, "P1", date(2026, 1, 15))
    assert (first.provider, second.amount, second.booking_date) == ("shopify", 4_900, date(2026, 1, 16))
    assert _parts(first) == [(50_000, PAYMENT, "#1"), (-10_000, PAYMENT, "#1"), (-900, FEE, "")]


def test_shopify_before_it_gave_payouts_numbers(take: Take) -> None:
    rows = [(*row[:6], *row[7:]) for row in (SHOPIFY, _sold("#1", "500.00 9.00 491.00"), _sold("#2", "5 0 5", "P2"))]
    batches = _taken(take(table(*rows, separator=",")))
    assert [(batch.amount, batch.booking_date) for batch in batches] == [
        (49_100, date(2026, 1, 15)),
        (500, date(2026, 1, 16)),
    ]


def test_what_shopify_has_not_paid_out_waits(take: Take) -> None:
    content = take(table(SHOPIFY, _sold("#1", "500.00 9.00 491.00", "", "pending"), separator=","))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.NOT_PAID_OUT])


def test_a_row_of_shopify_that_does_not_add_up(take: Take) -> None:
    content = take(table(SHOPIFY, _sold("#1", "500.00 9.00 490.00"), separator=","))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.PAYMENT_DIFFERS])


def test_adyen(take: Take) -> None:
    rows = [
        _settled("Settled", "500.00", "491.00", "1001"),
        _settled("Settled", "50.00", "540.00", "1002", "EUR"),
        _settled("Refunded", "-100.00", "-100.50", "1001"),
        _settled("Fee", "", "-12.00"),
        _settled("MerchantPayout", "", "-918.50"),
    ]
    (batch,) = _taken(take(table(ADYEN, *rows, separator=",")))
    assert (batch.amount, batch.reference, batch.provider) == (91_850, "batch 7", "adyen")
    assert batch.booking_date == date(2026, 1, 15)
    assert _parts(batch) == [
        (50_000, PAYMENT, "1001"), (54_000, PAYMENT, "1002"), (-10_000, PAYMENT, "1001"), (-2_150, FEE, ""),
    ]  # fmt: skip


def test_a_batch_of_adyens_that_differs_or_waits(take: Take) -> None:
    rows = [_settled("Settled", "500.00", "491.00", "1"), _settled("MerchantPayout", "", "-490.00")]
    content = take(table(ADYEN, *rows, separator=","))
    assert [row.why for row in content.refused] == [Reason.PAYOUT_DIFFERS]
    content = take(table(ADYEN, _settled("Settled", "500.00", "491.00", "1"), separator=","))
    assert [row.why for row in content.refused] == [Reason.NOT_PAID_OUT]


def _moved(kind: str, amounts: str, source: str, payout: str = "po_1", order: str = "") -> tuple[str, ...]:
    paid = "2026-01-15 00:00" if payout else ""
    return ("txn", kind, source, *amounts.split(), "nok", "2026-01-12 10:00", "", "Salg", payout, paid, "", order)


def test_what_stripes_dashboard_exports(take: Take) -> None:
    rows = [
        _moved("payout", "-364.00 0.00 -364.00", "po_1"),
        _moved("charge", "500.00 9.00 491.00", "ch_1", order="A-7"),
        _moved("refund", "-100.00 0.00 -100.00", "re_1"),
        _moved("stripe_fee", "-27.00 0.00 -27.00", "fee_1"),
        _moved("transfer", "-20.00 0 -20.00", "po_2", "po_2"),
        _moved("payment", "20.00 0 20.00", "py_1", "po_2"),
    ]
    first, second = _taken(take(table(STRIPE, *rows, separator=",")))
    assert (first.amount, first.reference, first.booking_date) == (36_400, "po_1", date(2026, 1, 15))
    assert _parts(first) == [
        (50_000, PAYMENT, "ch_1"),
        (-10_000, PAYMENT, "re_1"),
        (-2_700, FEE, "fee_1"),
        (-900, FEE, ""),
    ]
    assert (first.parts[0].text, second.amount, second.provider) == ("Salg A-7", 2_000, "stripe")


def test_what_stripe_has_not_paid_out_waits(take: Take) -> None:
    content = take(table(STRIPE, _moved("charge", "500.00 9.00 491.00", "ch_1", ""), separator=","))
    assert (len(content.batches), [row.why for row in content.refused]) == (0, [Reason.NOT_PAID_OUT])
