"""A client whose bank lines are sums with known parts, and whose invoices have files inside."""

from __future__ import annotations

from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.payment_batches import attach_batches, take_batches
from kontali_desktop.services.ports import Attachment
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment

PDF = Attachment("faktura.pdf", "application/pdf", b"%PDF-1.7")
PICTURE = Attachment("bilde.png", "image/png", b"\x89PNG")
NAMES = ("Kari Hansen", "Nordlys Bygg AS", "Ålesund Fisk AS", "Per-Erik Lunde", "Sletta Mekaniske AS", "Østre Kiosk")


def tell(office: Office, account: BankAccount, *batches: PaymentBatch) -> None:
    with office.storage.writing() as work:
        import_id = work.imports.begin(account.client_id, office.clock.now(), "person")
        take_batches(work, account.client_id, batches, "ocr", import_id)
        attach_batches(work, account.client_id)
        work.commit()


def attach(office: Office, number: str, *attachments: Attachment) -> None:
    with office.storage.writing() as work:
        document = next(d.id for d in work.documents.load_of_client(None) if d.reported.number == number)
        work.attachments.add(document, attachments)
        work.commit()


def parts_with_fee(payments: int) -> tuple[PaymentPart, ...]:
    """Payments by KID, each of its own amount, and what the provider kept."""
    paid = (
        PaymentPart(150_00 + 12_37 * n, counterparty=NAMES[n % len(NAMES)], kid=f"{7_100_000 + n}", reference=f"A{n}")
        for n in range(payments)
    )
    return (*paid, PaymentPart(-61_25, PartKind.FEE))


def fill_with_sum(office: Office, payments: int = 30, without: int = 3, *, is_proposed: bool = True) -> None:
    """The newest line is a sum; the last `without` of its payments have no invoice. Then a plain line with a PDF."""
    client = office.client()
    account = office.account(client)
    parts = parts_with_fee(payments)
    total = sum(part.amount for part in parts)
    office.receive(
        account,
        payment(total, "OCR-innbetalinger", "Nets Branch Norway"),
        payment(4_999_00, "Faktura 3087", "Kari Hansen"),
        payment(-49_00, "EASYPARK"),
    )
    office.hold(
        client,
        *(
            invoice(f"{10_200 + n}", part.amount, part.counterparty, kid=part.kid)
            for n, part in enumerate(parts[: payments - without])
        ),
        invoice("3087", 4_999_00, "Kari Hansen"),
    )
    attach(office, "3087", PDF)
    attach(office, "10200", PDF, PICTURE)
    batch = PaymentBatch(total, parts, account_number=account.number, booking_date=DAY)
    tell(office, account, batch)
    if is_proposed:
        office.propose.run()
