"""Made companies, lines and documents for tests; every number is of the synthetic series."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import account_check_digit, organisation_check_digit
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side

DAY = date(2026, 2, 12)


def orgnr(number: int) -> str:
    """The n-th synthetic organisation number."""
    found = [
        f"{first}{check}"
        for first in range(21000000 + number * 50, 21000000 + number * 50 + 50)
        if (check := organisation_check_digit(str(first)))
    ]
    return found[0]


def account_number(number: int) -> str:
    """The n-th made account number at one bank."""
    firsts = range(1503400000 + number * 50, 1503400000 + number * 50 + 50)
    return next(f"{first}{check}" for first in firsts if (check := account_check_digit(str(first))))


def payment(
    amount: int, text: str = "", counterparty: str = "", *, kid: str = "", day: date = DAY, reference: str = ""
) -> ReportedTransaction:
    return ReportedTransaction(
        BookingStatus.BOOKED,
        day,
        day,
        amount,
        counterparty=counterparty,
        kid=kid,
        text=text,
        entry_reference=reference,
        raw=f'{{"text":"{text}"}}',
    )


def invoice(number: str, amount: int, counterparty: str = "Bryggen Arkitekter AS", **more: object) -> ReportedDocument:
    facts: dict[str, object] = {
        "side": Side.CUSTOMER,
        "kind": DocumentKind.INVOICE,
        "number": number,
        "counterparty": counterparty,
        "amount": amount,
        "remaining": amount,
        "issue_date": DAY - timedelta(days=14),
        "due_date": DAY,
    }
    return ReportedDocument(**(facts | more))  # type: ignore[arg-type] # the fields' own types, by name


class SettableClock:
    """`Clock` that stands still until it is told otherwise."""

    def __init__(self, now: datetime = datetime(2026, 2, 13, 8, 0, tzinfo=UTC)) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()
