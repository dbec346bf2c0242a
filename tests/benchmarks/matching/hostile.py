"""Books that are hard on purpose: `python -m tests.benchmarks.matching.hostile [--size N]`.

Each case is measured at half the size and the whole: what grows with the square shows as a factor of four.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching.score import is_automatic, table

_START = date(2026, 1, 5)
_AMOUNT = 49_900
_THRESHOLD = 0.97
_SIZE = 10_000


def _item(n: int, **given: object) -> OpenItem:
    fields: dict[str, object] = {
        "id": DocumentId(n),
        "side": Side.CUSTOMER,
        "kind": DocumentKind.INVOICE,
        "number": str(100_000 + n),
        "counterparty": f"Kunde {n} Handel AS",
        "amount": _AMOUNT,
        "open_amount": _AMOUNT,
        "issue_date": _START,
        "due_date": _START + timedelta(days=14),
    }
    return OpenItem(**(fields | given))  # type: ignore[arg-type]  # the fields are OpenItem's own


def _line(n: int, amount: int = _AMOUNT, account: int = 1, **given: str) -> BankTransaction:
    day = _START + timedelta(days=14)
    reported = ReportedTransaction(BookingStatus.BOOKED, day, day, amount, **given)  # type: ignore[arg-type]  # texts
    return BankTransaction(TransactionId(n), AccountId(account), 0, reported)


def nameless(size: int) -> MatchRequest:
    """Equal amounts, no names, no numbers."""
    return MatchRequest(tuple(map(_line, range(1, size + 1))), tuple(map(_item, range(1, size + 1))))


def one_customer(size: int) -> MatchRequest:
    """Equal amounts of one customer, who is named."""
    lines = tuple(_line(n, counterparty="Kunde Handel AS") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n, counterparty="Kunde Handel AS") for n in range(1, size + 1)))


def one_kid(size: int) -> MatchRequest:
    """One KID on everything."""
    lines = tuple(_line(n, kid="1234567897") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n, kid="1234567897") for n in range(1, size + 1)))


def one_number(size: int) -> MatchRequest:
    """All documents have the same number, and every text names it."""
    lines = tuple(_line(n, text="Faktura 100001") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n, number="100001") for n in range(1, size + 1)))


def sums_of_equals(size: int) -> MatchRequest:
    """Every payment is a sum of three of a customer's sixty equal invoices."""
    items = tuple(_item(n, counterparty=f"Kunde {n // 60} Handel AS") for n in range(1, size + 1))
    lines = tuple(_line(n, 3 * _AMOUNT, counterparty=f"Kunde {n // 60} Handel AS") for n in range(1, size + 1))
    return MatchRequest(lines, items)


def sums_of_steps(size: int) -> MatchRequest:
    """The same, with amounts a krone apart, so that nearly any sum can be made in hundreds of ways."""
    request = sums_of_equals(size)
    items = tuple(
        replace(i, amount=_AMOUNT + i.id % 60 * 100, open_amount=_AMOUNT + i.id % 60 * 100) for i in request.open_items
    )
    lines = tuple(_line(n, 5 * _AMOUNT + 15_000, counterparty=f"Kunde {n // 60} Handel AS") for n in range(1, size + 1))
    return replace(request, open_items=items, transactions=lines)


def sums_apart(size: int) -> MatchRequest:
    """The same, and no two payments are equal."""
    request = sums_of_steps(size)
    lines = tuple(
        replace(t, reported=replace(t.reported, amount=t.reported.amount + 100 * (t.id % 4_999)))
        for t in request.transactions
    )
    return replace(request, transactions=lines)


def payouts(size: int) -> MatchRequest:
    """Payouts of a provider over equal invoices of the same day."""
    lines = tuple(_line(n, 3 * _AMOUNT - 2_000, text="VIPPS UTBETALING") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n, issue_date=_START + timedelta(days=12)) for n in range(1, size + 1)))


def remittances(size: int) -> MatchRequest:
    """Sums out without a name over equal supplier invoices."""
    items = tuple(_item(n, side=Side.SUPPLIER) for n in range(1, size + 1))
    return MatchRequest(tuple(_line(n, -5 * _AMOUNT, text="OPPDRAG SUM") for n in range(1, size + 1)), items)


def remittances_apart(size: int) -> MatchRequest:
    """Sums out, no two equal, over supplier invoices a krone apart."""
    request = remittances(size)
    items = tuple(
        replace(i, amount=_AMOUNT + i.id % 60 * 100, open_amount=_AMOUNT + i.id % 60 * 100) for i in request.open_items
    )
    lines = tuple(_line(n, -5 * _AMOUNT - 100 * (n % 4_999), text="OPPDRAG SUM") for n in range(1, size + 1))
    return replace(request, open_items=items, transactions=lines)


def names_alike(size: int) -> MatchRequest:
    """Customers whose names begin alike; every payer's name is a letter off."""
    lines = tuple(_line(n, _AMOUNT + n, counterparty=f"Kunde {n} Handle") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n) for n in range(1, size + 1)))


def names_in_texts(size: int) -> MatchRequest:
    """The same names, in the texts alone."""
    lines = tuple(_line(n, text=f"Betaling kunde {n} handel") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n) for n in range(1, size + 1)))


def names_in_part(size: int) -> MatchRequest:
    """What all customers' names have in common is all of the payer's name."""
    items = tuple(_item(n, counterparty=f"Nordlys Bygg {n}{n} Handel AS") for n in range(1, size + 1))
    return MatchRequest(tuple(_line(n, counterparty="Nordlys Bygg") for n in range(1, size + 1)), items)


def one_name(size: int) -> MatchRequest:
    """As many customers as documents, all of one name."""
    items = tuple(
        _item(n, counterparty="Kari Nordmann", counterparty_orgnr=str(900_000_000 + n)) for n in range(1, size + 1)
    )
    return MatchRequest(tuple(_line(n, counterparty="Kari Nordmann") for n in range(1, size + 1)), items)


def one_account(size: int) -> MatchRequest:
    """All of them are paid by one account, a factoring company's."""
    lines = tuple(_line(n, counterparty_account="15030000001") for n in range(1, size + 1))
    return MatchRequest(lines, tuple(_item(n, counterparty_account="15030000001") for n in range(1, size + 1)))


def two_of_each(size: int) -> MatchRequest:
    """One customer's invoices, no two of one amount, each paid twice."""
    items = tuple(
        _item(n, counterparty="Kunde Handel AS", amount=_AMOUNT + n * 7, open_amount=_AMOUNT + n * 7)
        for n in range(1, size + 1)
    )
    lines = tuple(_line(n, _AMOUNT + n // 2 * 7, counterparty="Kunde Handel AS") for n in range(1, size + 1))
    return MatchRequest(lines, items)


def paid_long_ago(size: int) -> MatchRequest:
    """Equal invoices of one customer, all paid a year before the payments."""
    long_ago = _START - timedelta(days=400)
    items = tuple(
        _item(n, counterparty="Kunde Handel AS", open_amount=0, issue_date=long_ago, due_date=long_ago)
        for n in range(1, size + 1)
    )
    return MatchRequest(tuple(_line(n, counterparty="Kunde Handel AS") for n in range(1, size + 1)), (), items)


def long_texts(size: int) -> MatchRequest:
    """Every text names hundreds of documents."""
    lines = tuple(
        _line(n, text=" ".join(str(100_000 + (n * 7 + m) % size) for m in range(280))) for n in range(1, size + 1)
    )
    return MatchRequest(lines, tuple(map(_item, range(1, size + 1))))


def parts_of_one(size: int) -> MatchRequest:
    """One line that is the sum of thousands of equal payments."""
    line = _line(1, size * _AMOUNT, text="OCR")
    parts = {line.id: tuple(PaymentPart(_AMOUNT, counterparty=f"Kunde {n} Handel AS") for n in range(1, size + 1))}
    return MatchRequest((line,), tuple(map(_item, range(1, size + 1))), parts=parts)


def transfers(size: int) -> MatchRequest:
    """Equal amounts out of one own account and into another."""
    half = size // 2
    lines = [_line(n, -_AMOUNT, 1, text="Overføring") for n in range(1, half + 1)]
    lines += [_line(half + n, _AMOUNT, 2, text="Overføring") for n in range(1, half + 1)]
    return MatchRequest(tuple(lines), (), own_accounts={AccountId(1): "15030000000", AccountId(2): "15030000001"})


CASES: tuple[Callable[[int], MatchRequest], ...] = (
    nameless, one_customer, one_kid, one_number, one_name, one_account, names_alike, names_in_texts, names_in_part,
    two_of_each, paid_long_ago, sums_of_equals, sums_of_steps, sums_apart, payouts, remittances, remittances_apart,
    long_texts, parts_of_one, transfers,
)  # fmt: skip


def measure(request: MatchRequest) -> tuple[float, int, int]:
    """Processor seconds, how many lines were taken by themselves, and how many said that there are several."""
    began = time.process_time()
    best = [a.proposals[0] for a in propose(request) if a.proposals]
    taken = sum(is_automatic(p, _THRESHOLD) for p in best)
    return time.process_time() - began, taken, sum(p.combinations > 1 for p in best)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=_SIZE)
    size = asked.parse_args().size
    rows = []
    for case in CASES:
        half, (seconds, taken, several) = measure(case(size // 2))[0], measure(case(size))
        rows.append((case.__name__, str(size), f"{half:.2f}", f"{seconds:.2f}", str(taken), str(several)))
    print(table(rows, ("case", "lines and documents", "s, half", "s", "taken", "several")))


if __name__ == "__main__":
    main()
