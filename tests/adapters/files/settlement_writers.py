"""Writes small settlement reports, apart from the program, with made shops and numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

VIPPS = (
    "Salgsdato", "Salgssted", "Vippsnummer", "Produkt", "Transaksjons-ID", "Ordre-ID", "Brutto", "Gebyr", "Netto",
    "Transaksjonstype", "Oppgjørs-ID", "Oppgjørsdato", "Oppgjørssum", "Oppgjørskonto", "Fornavn", "Etternavn",
    "Melding",
)  # fmt: skip
STRIPE = (
    "automatic_payout_id", "automatic_payout_effective_at", "balance_transaction_id", "created", "currency", "gross",
    "fee", "net", "reporting_category", "source_id", "description", "customer_name", "invoice_number",
    "payment_metadata[order]",
)  # fmt: skip
KLARNA_HEAD = (
    "total_sale_amount", "total_fee_amount", "total_tax_amount", "total_return_amount", "total_settlement_amount",
    "payment_reference", "payout_date", "currency_code",
)  # fmt: skip
KLARNA_BODY = (
    "type", "order_id", "short_order_id", "merchant_reference1", "merchant_reference2", "sale_date", "amount",
)  # fmt: skip
ACCOUNT = "15030000009"


@dataclass(frozen=True)
class Paid:
    """A payment in a Vipps report."""

    order: str = "1001"
    gross: str = "500,00"
    fee: str = "8,75"
    net: str = "491,25"
    kind: str = "Salg"
    payout: str = "2000001"
    day: str = "13.01.2026"
    payout_sum: str = "491,25"
    first: str = ""
    last: str = ""
    message: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            "12.01.2026", "Butikken", "513428", "Vipps Netthandel", f"T{self.order}", self.order, self.gross, self.fee,
            self.net, self.kind, self.payout, self.day, self.payout_sum, ACCOUNT, self.first, self.last, self.message,
        )  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """A line of Stripe's report."""

    gross: str = "500.00"
    fee: str = "9.00"
    net: str = "491.00"
    payout: str = "po_1"
    category: str = "charge"
    source: str = "ch_1"
    currency: str = "nok"
    day: str = "2026-01-15 00:00:00"
    text: str = ""
    name: str = ""
    number: str = ""
    order: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            self.payout, self.day, f"txn_{self.source}", "2026-01-12 10:11:12", self.currency, self.gross, self.fee,
            self.net, self.category, self.source, self.text, self.name, self.number, self.order,
        )  # fmt: skip


def table(*rows: Sequence[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode(encoding)


def vipps(*payments: Paid, separator: str = ";", encoding: str = "utf-8") -> bytes:
    return table(VIPPS, *(paid.cells for paid in payments), separator=separator, encoding=encoding)


def stripe(*lines: Moved) -> bytes:
    return table(STRIPE, *(line.cells for line in lines), separator=",")


def sections(payouts: Sequence[str], payments: Sequence[str]) -> bytes:
    """Vipps' report in sections; each row is given without the name of its section."""
    payout = "SalesUnitName,SaleUnitNumber,SettlementDate,SettlementID,SettlementAccount,Gross,Currency,Fee,Refund,Net"
    payment = "SalesDate,SaleUnitName,SaleUnitNumber,TransactionId,SettlementId,OrderID,SettlementDate,Gross,Currency"
    rows = [
        "OrganizationNumber,MerchantName",
        "310000005,Klient AS",
        f"SettlementInfo,{payout},NumberOfTransactions",
        *(f"SettlementInfo,Butikken,513428,{row}" for row in payouts),
        "FeeInfo,SettlementDate,SaleUnitName,SaleUnitNumber,FeeAccount,Fee,Currency",
        f"TransactionInfo,{payment},Fee,Refund,Net",
        *(f"TransactionInfo,12.01.2026,Butikken,513428,{row}" for row in payments),
    ]
    return "\n".join(rows).encode()


def klarna(head: Sequence[str], *transactions: Sequence[str]) -> bytes:
    return table(KLARNA_HEAD, head, (), KLARNA_BODY, *transactions)


@dataclass(frozen=True)
class Moving:
    """A movement on Zettle's account; without a receipt it is none of a payment."""

    kind: str = "Kortbetaling"
    amount: int = 50_000
    receipt: str = ""
    day: str = "2026-01-13"


ZETTLE = ("Afregningsdato", "Betalingsdato", "Reference", "Type", "Netto", "Saldo")
ZETTLE_PAYOUT, ZETTLE_FEE = "Udbetaling til bankkonto", "Gebyr"


def zettle_rows(movements: Sequence[Moving], opening: int = 0) -> list[tuple[str, ...]]:
    """The movements with the balance after each; the newest first, as Zettle writes them."""
    rows, balance = [], opening
    for move in movements:
        balance += move.amount
        paid = "2026-01-12" if move.receipt else ""
        rows.append((move.day, paid, move.receipt, move.kind, _plain(move.amount), _plain(balance)))
    return [ZETTLE, *reversed(rows)]


def zettle(movements: Sequence[Moving], opening: int = 0) -> bytes:
    return table(*zettle_rows(movements, opening))


def sold(receipt: str, gross: int, fee: int, day: str = "2026-01-13") -> tuple[Moving, Moving]:
    """A card payment with its fee, which is zero or more."""
    return Moving("Kortbetaling", gross, receipt, day), Moving(ZETTLE_FEE, -fee, receipt, day)


SUMUP = (
    "Email", "Date", "Transaction ID", "Transaction type", "Status", "Card type", "Last 4 digits", "Process as",
    "Payment method", "Entry mode", "Auth code", "Description", "Total", "Net sale", "Tax amount", "Tip amount", "Fee",
    "Payout", "Payout date", "Payout ID", "Reference",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row of SumUp's report."""

    order: str = "TAAA1"
    kind: str = "Payout"
    status: str = "Paid"
    total: str = "500.0"
    fee: str = "8.75"
    payout: str = "491.25"
    payout_id: str = "9001"
    day: str = "2026-01-14"
    text: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            "butikk@eksempel.no", "2026-01-13 12:43:22", self.order, self.kind, self.status, "VISA", "**** 1234",
            "Debit", "POS", "Contactless", "012345", self.text, self.total, self.total, "0.0", "0.0", self.fee,
            self.payout, self.day, self.payout_id, "",
        )  # fmt: skip

    @property
    def sale(self) -> Row:
        """The row of the sale itself."""
        return replace(self, kind="Sale", status="Successful", fee="", payout="", payout_id="", day="")


def sumup(*rows: Row) -> bytes:
    return table(SUMUP, *(row.cells for row in rows), separator=",")


def _plain(amount: int) -> str:
    """As Excel holds it: no more decimals than it takes."""
    return f"{Decimal(amount) / 100:f}"


def vipps_transaction(order: str, gross: str, fee: str, net: str) -> str:
    """A payment in Vipps' report as XML."""
    amounts = {"Gross": gross, "Net": net, "Fee": fee}
    told = "".join(f"<Transaction{name}Amount>{text}</Transaction{name}Amount>" for name, text in amounts.items())
    return f"<TransactionInfo>{told}<TransactionID>T{order}</TransactionID><OrderID>{order}</OrderID></TransactionInfo>"


def vipps_report(version: str, kind: str, settled: str, *transactions: str) -> bytes:
    """Vipps' report as XML with one payout."""
    day = "SettlementDate" if version == "3.0" else "SettlementBatchDate"
    net = f"<SettledAmount>{settled}</SettledAmount>" if version == "3.0" else ""
    told = f"<{day}>2026-01-13</{day}><SettlementID>2000001</SettlementID>"
    currency = (
        f"<SettlementCurrencyCode>NOK</SettlementCurrencyCode>{kind and f'<SettlementType>{kind}</SettlementType>'}"
    )
    sums = f"<NetSettlementAmount>{settled}</NetSettlementAmount>{net}"
    info = f"<SettlementInfo>{told}{currency}{''.join(transactions)}{sums}</SettlementInfo>"
    payments = f"<PaymentsInfo><SettlementAccountNum>{ACCOUNT}</SettlementAccountNum>{info}</PaymentsInfo>"
    namespace = f"http://vipps.no/xmlschema/SettlementReport-{version}.xsd"
    details = f"<SettlementDetailsInfo>{payments}</SettlementDetailsInfo>"
    return f'<?xml version="1.0"?><SettlementReport xmlns="{namespace}">{details}</SettlementReport>'.encode()
