"""Customers who make it hard: no number, another payer, another amount, a slip of the finger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.desk import Desk, settled, total, written_amount
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry, Exchange
from kontali_desktop.demo_bank.world.ways.clear import incoming

_REMINDER_FEES = (3500, 7000)
_BANK_FEES = (2000, 3500, 5000, 7500)
_EURO_RATES = (113_500, 119_900)


def name_only(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    text = desk.rng.choice(("", "Betaling", "Fra nettbank", "Avtalt beløp"))
    return [incoming(desk, documents[0].amount, desk.pay_day(documents[0]), documents, text=text)]


def same_amount_name(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """A subscriber by name only: the amount is everybody's."""
    return [incoming(desk, documents[0].amount, desk.pay_day(documents[0]), documents, text="Serviceavtale")]


def spouse(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    text = desk.rng.choice((f"Faktura {document.number}", f"for {document.party.name}"))
    payer = desk.written(document.party.payer)
    return [incoming(desk, document.amount, desk.pay_day(document), documents, name=payer, account="", text=text)]


def parent_company(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    text = f"Fakt {document.number} vedr. {document.party.name}"
    payer = document.party.payer
    return [incoming(desk, document.amount, desk.pay_day(document), documents, name=payer, account="", text=text)]


def factoring(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    text = f"Oppgjør {document.number} {document.party.name.upper()[:20]}"
    return [incoming(desk, document.amount, desk.pay_day(document), documents, name="FAKTORHUSET FINANS", text=text)]


def sum_without_numbers(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    return [incoming(desk, total(documents), desk.pay_day(documents[-1]), documents, text="Samlet betaling")]


def instalments(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Thirds, with the rest on the last; only the first names the number."""
    document = documents[0]
    third = document.amount // 300 * 100
    parts = (third, third, document.amount - 2 * third)
    texts = (f"1/3 faktura {document.number}", "2/3", "3/3 rest")
    first = desk.pay_day(document, -9, -4)
    return [
        incoming(
            desk,
            part,
            dates.on_or_after(first + timedelta(days=12 * place)),
            documents,
            text=text,
            settles=[settled(document, part)],
        )
        for place, (part, text) in enumerate(zip(parts, texts, strict=True))
    ]


def on_account(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """A round sum "a konto", and the rest later."""
    document = documents[0]
    part = document.amount // 2 // 10_000 * 10_000 or document.amount // 2
    first = desk.pay_day(document, -8, -2)
    rest = dates.on_or_after(first + timedelta(days=14))
    return [
        incoming(desk, part, first, documents, text="a konto", settles=[settled(document, part)]),
        incoming(
            desk,
            document.amount - part,
            rest,
            documents,
            text=f"Rest faktura {document.number}",
            settles=[settled(document, document.amount - part)],
        ),
    ]


def _differs(desk: Desk, document: Document, amount: int, reason: str, text: str) -> list[Entry]:
    return [incoming(desk, amount, desk.pay_day(document), [document], text=text, reason=reason)]


def fee_deducted(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    fee = desk.rng.choice(_BANK_FEES)
    return _differs(desk, document, document.amount - fee, "fee", f"faktura nr {document.number}")


def rounded(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    amount = (document.amount + 50) // 100 * 100
    amount = amount if amount != document.amount else amount - amount % 1000 or amount
    return _differs(desk, document, amount, "rounding", f"Fakt. {document.number}")


def reminder_fee(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Paid late, with the reminder's fee on top, under the invoice's own KID."""
    document = documents[0]
    fee = desk.rng.choice(_REMINDER_FEES)
    on = desk.pay_day(document, 18, 28)
    return [incoming(desk, document.amount + fee, on, [document], kid=document.kid, reason="reminder")]


def late_interest(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Twelve per cent a year for the days it was late."""
    document = documents[0]
    on = desk.pay_day(document, 20, 35)
    interest = document.amount * 12 * (on - document.due_date).days // 36_500
    text = f"Faktura {document.number} + forsinkelsesrente"
    return [incoming(desk, document.amount + interest, on, [document], text=text, reason="interest")]


def paid_twice(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    first = desk.pay_day(document, -5, 1)
    again = dates.bank_days_after(first, desk.rng.randrange(2, 7))
    return [
        incoming(desk, document.amount, first, documents, kid=document.kid),
        incoming(desk, document.amount, again, documents, kid=document.kid, settles=(), reason="duplicate"),
    ]


def kid_digit_wrong(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    place = desk.rng.randrange(2, len(document.kid) - 1)
    wrong = str((int(document.kid[place]) + desk.rng.randrange(1, 10)) % 10)
    kid = document.kid[:place] + wrong + document.kid[place + 1 :]
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=f"KID {kid}")]


def digits_swapped(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Two neighbours of the invoice number change places."""
    document = documents[0]
    number = document.number
    places = [i for i in range(1, len(number) - 1) if number[i] != number[i + 1]]
    place = desk.rng.choice(places) if places else len(number) - 2
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=f"Faktura {swapped}")]


def misleading_number(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Digits in the text that are an order, an archive reference or a date, never the invoice."""
    document = documents[0]
    near = int(document.number) + desk.rng.choice((-9, -7, 6, 8))
    text = desk.rng.choice((f"Ordre {near}", f"Ark.Ref {near}", f"Deres ref {document.party.organisation_number}"))
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=text)]


def paid_in_euro(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """An invoice in euro, booked in kroner, a fee taken on the way."""
    document = documents[0]
    rate = desk.rng.randrange(*_EURO_RATES)
    fee = desk.rng.choice(_BANK_FEES)
    on: date = desk.pay_day(document)
    shown = document.party.name.upper()
    return [
        desk.entry(
            document.amount * rate // 10_000 - fee,
            on,
            "Overføring Utland",
            f"Eur {written_amount(document.amount)} {shown} Valutakurs: {rate // 10_000}.{rate % 10_000:04d}",
            counterparty=shown,
            counterparty_account=document.party.account,
            text=f"INVOICE {document.number}",
            exchange=Exchange("EUR", document.amount, rate),
            settles=[settled(document)],
            reason="currency",
        )
    ]


def unpaid(_desk: Desk, _documents: Sequence[Document]) -> list[Entry]:
    """Never paid in any month that is looked at."""
    return []
