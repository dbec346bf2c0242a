"""A sum at the bank and the file that tells its parts meet, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.payment_batches import attach_batches, take_batches
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, payment

PARTS = (PaymentPart(600_00, kid="1234567"), PaymentPart(400_00, kid="7654321"))


def batch(account: BankAccount, **more: object) -> PaymentBatch:
    facts: dict[str, object] = {"account_number": account.number, "booking_date": DAY}
    return PaymentBatch(1000_00, PARTS, **(facts | more))  # type: ignore[arg-type]  # the fields' own types, by name


def tell(office: Office, client: Client, *batches: PaymentBatch, source: str = "ocr") -> tuple[int, int]:
    with office.storage.writing() as work:
        import_id = work.imports.begin(client.id, office.clock.now(), "person")
        counts = take_batches(work, client.id, batches, source, import_id)
        attach_batches(work, client.id)
        work.commit()
        return counts


def propose_sum(office: Office) -> tuple[Client, BankAccount]:
    """A line named "sum" whose two parts are told, each with its invoice, and the proposal for it."""
    client = office.client()
    account = office.account(client)
    office.hold(client, invoice("55201", 600_00, kid="1234567"), invoice("55202", 400_00, kid="7654321"))
    office.receive(account, payment(1000_00, "sum"))
    tell(office, client, batch(account))
    office.propose.run()
    return client, account


def parts_of(office: Office, text: str) -> tuple[PaymentPart, ...]:
    with office.storage.reading() as work:
        return work.batches.parts_of(office.item(text).id)


def attach(office: Office, client: Client) -> None:
    with office.storage.writing() as work:
        attach_batches(work, client.id)
        work.commit()


@pytest.mark.parametrize("is_line_first", [True, False])
def test_the_line_gets_its_parts_whichever_came_first(office: Office, *, is_line_first: bool) -> None:
    client = office.client()
    account = office.account(client)
    if is_line_first:
        office.receive(account, payment(1000_00, "OCR sum"))
    assert tell(office, client, batch(account)) == (1, 0)
    if not is_line_first:
        office.receive(account, payment(1000_00, "OCR sum"))
        attach(office, client)
    assert parts_of(office, "OCR sum") == PARTS
    assert tell(office, client, batch(account)) == (0, 1)


def test_other_accounts_sums_and_days_get_none(office: Office) -> None:
    client = office.client()
    account, other = office.account(client), office.account(client, 2, "1921")
    office.receive(account, payment(999_00, "annen sum"), payment(1000_00, "for sent", day=DAY + timedelta(days=30)))
    office.receive(other, payment(1000_00, "annen konto"))
    tell(office, client, batch(account))
    assert [parts_of(office, text) for text in ("annen sum", "for sent", "annen konto")] == [(), (), ()]


def test_equal_sums_go_to_their_own_days(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    tomorrow = DAY + timedelta(days=1)
    later = (PaymentPart(1000_00, kid="99"),)
    tell(office, client, replace(batch(account), parts=later, booking_date=tomorrow), batch(account))
    office.receive(account, payment(1000_00, "i dag"), payment(1000_00, "i morgen", day=tomorrow))
    attach(office, client)
    assert parts_of(office, "i dag") == PARTS
    assert parts_of(office, "i morgen") == later


def test_of_two_sources_the_fuller_one_stands(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(1000_00, "sum"))
    named = tuple(replace(part, counterparty="Bryggen AS") for part in PARTS)
    tell(office, client, batch(account))
    assert tell(office, client, replace(batch(account), parts=named), source="camt.054") == (0, 1)
    assert parts_of(office, "sum") == named
    tell(office, client, batch(account))
    assert parts_of(office, "sum") == named


def test_a_settlement_that_names_no_account_needs_its_provider_or_no_rival(office: Office) -> None:
    client = office.client()
    account, other = office.account(client), office.account(client, 2, "1921")
    settlement = PaymentBatch(
        980_00,
        (PaymentPart(1000_00, text="ordre 77"), PaymentPart(-20_00, PartKind.FEE)),
        booking_date=DAY,
        reference="S-1",
        provider="vipps",
    )
    office.receive(account, payment(980_00, "ukjent"))
    office.receive(other, payment(980_00, "enda en"))
    tell(office, client, settlement)
    assert (parts_of(office, "ukjent"), parts_of(office, "enda en")) == ((), ())
    office.receive(other, payment(980_00, "Vipps utbetaling", "Vipps MobilePay AS"))
    attach(office, client)
    assert parts_of(office, "Vipps utbetaling") == settlement.parts


def test_a_decided_line_keeps_its_parts(office: Office) -> None:
    client, account = propose_sum(office)
    office.review.accept(office.item("sum").id)
    assert (office.open_amount("55201"), office.open_amount("55202")) == (0, 0)
    office.receive(account, payment(1000_00, "sum"), payment(1000_00, "nærmere", reference="R-1"))
    tell(office, client, replace(batch(account), reference="R-1", parts=(PaymentPart(1000_00, kid="5"),)))
    assert parts_of(office, "sum") == PARTS


def test_account_numbers_of_other_clients_are_never_met(office: Office) -> None:
    mine, theirs = office.client(1), office.client(2)
    account = office.account(theirs)
    office.receive(account, payment(1000_00, "deres"))
    tell(office, mine, batch(replace(account, number=account_number(1))))
    assert parts_of(office, "deres") == ()


@pytest.mark.parametrize(("provider", "reference"), [("settlement", ""), ("settlement", "5"), ("", "2026")])
def test_a_word_or_number_that_many_lines_have_ties_no_sum_to_one_of_two(
    office: Office, provider: str, reference: str
) -> None:
    """A report whose provider nobody knows, and a reference that is only part of another number."""
    client = office.client()
    account, other = office.account(client), office.account(client, 2, "1921")
    parts = (PaymentPart(1000_00, text="ordre 77"), PaymentPart(-20_00, PartKind.FEE))
    settlement = PaymentBatch(980_00, parts, booking_date=DAY, reference=reference, provider=provider)
    office.receive(account, payment(980_00, "Settlement 120265 A"))
    office.receive(other, payment(980_00, "noe annet"))
    tell(office, client, settlement)
    assert (parts_of(office, "Settlement 120265 A"), parts_of(office, "noe annet")) == ((), ())
    office.receive(other, payment(980_00, f"utbetaling {reference}."))
    attach(office, client)
    assert (parts_of(office, f"utbetaling {reference}.") == parts) is bool(reference)
