"""One sum for many: settlements net of a fee, and the day's KID payments in one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.desk import Desk, settled, total
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry


@dataclass(frozen=True, slots=True)
class _Acquirer:
    """Who collects for the company; `rate` is the fee in hundredths of a per cent, `each` in øre a payment."""

    name: str
    text: str
    rate: int
    each: int


def _settle(desk: Desk, documents: Sequence[Document], acquirer: _Acquirer) -> list[Entry]:
    gross = total(documents)
    fee = gross * acquirer.rate // 10_000 + acquirer.each * len(documents)
    on = dates.bank_days_after(max(d.issue_date for d in documents) + timedelta(days=desk.rng.randrange(1, 5)), 2)
    payout = desk.rng.randrange(100_000, 999_999)
    return [
        desk.entry(
            gross - fee,
            on,
            "Overføring Innland",
            f"{acquirer.text} {payout}",
            counterparty=acquirer.name,
            text=f"{acquirer.text} {payout}",
            settles=[settled(d) for d in documents],
            reason="fee",
        )
    ]


def vipps(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return _settle(desk, documents, _Acquirer("Vipps MobilePay AS", "VIPPS UTBETALING", 175, 100))


def klarna(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return _settle(desk, documents, _Acquirer("Klarna Bank AB", "KLARNA OPPGJØR", 249, 395))


def stripe(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return _settle(desk, documents, _Acquirer("Stripe Payments Europe", "STRIPE PAYOUT", 240, 200))


def nets(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return _settle(desk, documents, _Acquirer("Nets Branch Norway", "NETS BAX", 90, 25))


def sumup(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return _settle(desk, documents, _Acquirer("SumUp Payments Ltd", "SUMUP PID", 249, 0))


def kid_day_total(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """A samlepost: the parts are in an OCR file that the bank sends elsewhere."""
    on = dates.on_or_after(max(d.issue_date for d in documents) + timedelta(days=desk.rng.randrange(5, 12)))
    text = f"OCR GIRO SUM {len(documents)} INNBETALINGER"
    settles = [settled(d) for d in documents]
    return [desk.entry(total(documents), on, "Innbetaling OCR", text, text=text, is_batch=True, settles=settles)]
