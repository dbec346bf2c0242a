"""How the company pays its suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.desk import Desk, settled, total, written_amount
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry, Exchange, Settlement

_RATES = {"EUR": (113_500, 119_900), "SEK": (9_900, 10_600), "USD": (98_000, 108_000)}


def _outgoing(
    desk: Desk,
    amount: int,
    on: date,
    documents: Sequence[Document],
    *,
    kid: str = "",
    text: str = "",
    settles: Sequence[Settlement] | None = None,
    reason: str = "",
) -> Entry:
    party = documents[0].party
    return desk.entry(
        -amount,
        on,
        "Nettgiro",
        f"Nettgiro til: {party.name} Betalt: {on:%d.%m.%y}",
        counterparty=party.name,
        counterparty_account=party.account,
        kid=kid,
        text=text,
        reserved_on=dates.bank_days_before(on, 1),
        settles=[settled(d) for d in documents] if settles is None else settles,
        reason=reason,
    )


def supplier_kid(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    return [_outgoing(desk, document.amount, desk.pay_day(document, -3, 2), documents, kid=document.kid)]


def supplier_number(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    text = f"Faktura {document.number}"
    return [_outgoing(desk, document.amount, desk.pay_day(document, -3, 2), documents, text=text)]


def supplier_name(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    return [_outgoing(desk, document.amount, desk.pay_day(document, -3, 3), documents)]


def supplier_credit_netted(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    invoice, credit = documents
    text = f"{invoice.number} - {credit.number}"
    return [_outgoing(desk, total(documents), desk.pay_day(invoice, 3, 8), documents, text=text)]


def supplier_paid_twice(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    first = desk.pay_day(document, -3, 1)
    again = dates.bank_days_after(first, desk.rng.randrange(3, 9))
    return [
        _outgoing(desk, document.amount, first, documents, kid=document.kid),
        _outgoing(desk, document.amount, again, documents, kid=document.kid, settles=(), reason="duplicate"),
    ]


def supplier_by_card(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    on = desk.pay_day(document, -10, -5)
    card = desk.rng.randrange(1000, 9999)
    shown = document.party.name.upper().removesuffix(" AS")[:22]
    information = f"*{card} {on:%d.%m} NOK {written_amount(document.amount).replace(',', '.')} {shown} Kurs: 1.0000"
    reserved = dates.bank_days_before(on, 2)
    settles = [settled(document)]
    return [desk.entry(-document.amount, on, "Visa Varekjøp", information, reserved_on=reserved, settles=settles)]


def remittance_sum(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Several suppliers in one sum, as the accounting system sent them."""
    on = dates.on_or_after(max(d.issue_date for d in documents) + 10 * dates.ONE_DAY)
    settles = [settled(d) for d in documents]
    text = f"OPPDRAG SUM {len(documents)} TRANSAKSJONER"
    reserved = dates.bank_days_before(on, 1)
    amount = -total(documents)
    return [desk.entry(amount, on, "Remittering", text, is_batch=True, reserved_on=reserved, settles=settles)]


def supplier_abroad(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """An invoice in another currency, paid in kroner by the day's rate."""
    document = documents[0]
    rate = desk.rng.randrange(*_RATES[document.currency])
    on = desk.pay_day(document, -3, 3)
    bought = f"{document.currency.title()} {written_amount(document.amount)}"
    rate_text = f"{rate // 10_000}.{rate % 10_000:04d}"
    return [
        desk.entry(
            -(document.amount * rate // 10_000),
            on,
            "Overføring Utland",
            f"{bought} {document.party.name} Valutakurs: {rate_text}",
            counterparty=document.party.name,
            counterparty_account=document.party.account,
            text=document.number,
            exchange=Exchange(document.currency, -document.amount, rate),
            settles=[settled(document)],
            reason="currency",
        )
    ]


def supplier_unpaid(_desk: Desk, _documents: Sequence[Document]) -> list[Entry]:
    """Left lying in every month that is looked at."""
    return []
