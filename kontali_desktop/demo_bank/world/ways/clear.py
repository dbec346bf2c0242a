"""Customers who name what they pay: by KID, by number, or by a list of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kontali_desktop.demo_bank.world.desk import Desk, settled, total, written_account
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry, Settlement

IN = "Overføring Innland"


def incoming(  # an entry has as many sides as the bank gives it
    desk: Desk,
    amount: int,
    on: date,
    documents: Sequence[Document],
    *,
    kid: str = "",
    text: str = "",
    name: str | None = None,
    account: str | None = None,
    settles: Sequence[Settlement] | None = None,
    reason: str = "",
) -> Entry:
    """A payment from the party of the first document, unless another payer is named."""
    party = documents[0].party
    shown = desk.written(party.name) if name is None else name
    payer = party.account if account is None else account
    return desk.entry(
        amount,
        on,
        IN,
        f"Fra: {shown} Betalt: {on:%d.%m.%y}" if shown else f"Giro {written_account(payer)}",
        counterparty=shown,
        counterparty_account=payer,
        kid=kid,
        text=text,
        settles=[settled(d) for d in documents] if settles is None else settles,
        reason=reason,
    )


def kid(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """The usual one: the KID where it belongs; one in eight without the payer's name."""
    document = documents[0]
    name = "" if desk.rng.randrange(8) == 0 else None
    return [incoming(desk, document.amount, desk.pay_day(document), documents, kid=document.kid, name=name)]


def same_amount_kid(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """A subscriber with the same monthly amount as all the others."""
    return kid(desk, documents)


def number(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    form = desk.rng.choice(("Faktura {}", "faktura nr {}", "Fakt. {}", "vedr. faktura {}", "{}", "Fakturanr: {}"))
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=form.format(document.number))]


def kid_in_text(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    document = documents[0]
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=f"KID: {document.kid}")]


def kid_in_groups(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """The KID in groups of four, with no label."""
    document = documents[0]
    groups = " ".join(document.kid[i : i + 4] for i in range(0, len(document.kid), 4))
    return [incoming(desk, document.amount, desk.pay_day(document), documents, text=groups)]


def several_listed(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    form = desk.rng.choice(("fakt {}", "Betaling faktura {}", "F.nr {}"))
    listed = desk.rng.choice(("/", " og ", ", ")).join(d.number for d in documents)
    return [incoming(desk, total(documents), desk.pay_day(documents[-1]), documents, text=form.format(listed))]


def several_as_range(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """First and last number with a dash between; those in the middle go without saying."""
    text = f"{documents[0].number}-{documents[-1].number}"
    return [incoming(desk, total(documents), desk.pay_day(documents[-1]), documents, text=text)]


def credit_netted(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """An invoice less its credit note."""
    invoice, credit = documents
    text = f"Faktura {invoice.number} minus kreditnota {credit.number}"
    return [incoming(desk, total(documents), desk.pay_day(invoice, 4, 12), documents, text=text)]


def credit_refunded(desk: Desk, documents: Sequence[Document]) -> list[Entry]:
    """Paid in full, credited later, and the money sent back."""
    invoice, credit = documents
    paid = incoming(desk, invoice.amount, desk.pay_day(invoice, -4, 2), [invoice], kid=invoice.kid)
    on = desk.pay_day(invoice, 6, 14)
    party = invoice.party
    back = desk.entry(
        -credit.amount,
        on,
        IN,
        f"Nettgiro til: {party.name} Betalt: {on:%d.%m.%y}",
        counterparty=party.name,
        counterparty_account=party.account,
        text=f"Kreditnota {credit.number}",
        settles=[settled(credit)],
    )
    return [paid, back]
