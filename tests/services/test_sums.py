"""Which document of the proposal each part of a sum goes to."""

from __future__ import annotations

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import ProposedLine
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.sums import OpenedSum, Sums, pair
from tests.services.conftest import Office
from tests.services.test_payment_batches import PARTS, batch, propose_sum, tell
from tests.support import DAY, payment


def line(document: int, number: str, amount: int, name: str = "Bryggen AS", **more: object) -> ProposedLine:
    facts: dict[str, object] = {"side": Side.CUSTOMER, "kind": DocumentKind.INVOICE, "remaining_after": 0} | more
    return ProposedLine(DocumentId(document), number=number, counterparty=name, amount=amount, **facts)  # type: ignore[arg-type]  # the fields' own types, by name


def numbers(parts: list[PaymentPart], lines: list[ProposedLine], kids: dict[int, str] | None = None) -> list[str]:
    found = pair(parts, lines, {DocumentId(i): kid for i, kid in (kids or {}).items()})
    assert [one.part for one in found] == parts
    return [one.line.number if one.line else "" for one in found]


def test_kid_comes_before_number_and_number_before_amount() -> None:
    lines = [line(1, "10", 100), line(2, "20", 100), line(3, "30", 100)]
    parts = [PaymentPart(100, text="Faktura 30"), PaymentPart(100), PaymentPart(100, kid="77", text="20")]
    assert numbers(parts, lines, {1: "77"}) == ["30", "20", "10"]


def test_a_number_counts_only_as_a_whole_word() -> None:
    assert numbers([PaymentPart(5, text="ordre 2024/113")], [line(1, "113", 9)]) == ["113"]
    assert numbers([PaymentPart(5, text="ordre 2113")], [line(1, "113", 9)]) == [""]
    assert numbers([PaymentPart(5, reference="inv-9")], [line(1, "INV-9", 9)]) == ["INV-9"]


def test_several_payments_may_name_one_document() -> None:
    lines = [line(1, "10", 300)]
    assert numbers([PaymentPart(100, kid="7"), PaymentPart(200, kid="7")], lines, {1: "7"}) == ["10", "10"]


def test_of_equal_amounts_the_name_tells_and_what_is_unclear_stays_open() -> None:
    lines = [line(1, "10", 100, "Anne Berg"), line(2, "20", 100, "Ola  Dal")]
    named = [PaymentPart(100, counterparty="OLA DAL"), PaymentPart(100), PaymentPart(100, counterparty="Eva")]
    assert numbers(named, lines) == ["20", "", ""]  # two payments, and one document left
    assert numbers(named[:2], lines) == ["20", "10"]


def test_fees_go_to_no_document_and_signs_must_agree() -> None:
    lines = [line(1, "10", -100, kind=DocumentKind.CREDIT_NOTE)]
    assert numbers([PaymentPart(-100, PartKind.FEE, text="10")], lines) == [""]
    assert numbers([PaymentPart(100, text="10")], lines) == [""]
    assert numbers([PaymentPart(-100, text="10")], lines) == ["10"]


def test_counts_leave_fees_out_and_the_total_does_not() -> None:
    parts = (PaymentPart(1000), PaymentPart(500), PaymentPart(-20, PartKind.FEE))
    opened = OpenedSum(pair(parts, [line(1, "10", 500)], {}))
    assert (opened.total, opened.payments, opened.matched) == (1480, 2, 1)


def test_the_queue_knows_how_many_payments_a_sum_has(office: Office) -> None:
    """One part alone only adds what it knows to its line."""
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(1000_00, "sum"), payment(70_00, "alene"), payment(980_00, "oppgjør"))
    alone = PaymentBatch(70_00, (PaymentPart(70_00, kid="5"),), account_number=account.number, booking_date=DAY)
    settled = PaymentBatch(
        980_00,
        (PaymentPart(1000_00), PaymentPart(-20_00, PartKind.FEE)),
        account_number=account.number,
        booking_date=DAY,
    )
    tell(office, client, batch(account), alone, settled)
    assert {text: office.item(text).payments for text in ("sum", "alene", "oppgjør")} == {
        "sum": 2,
        "alene": 0,
        "oppgjør": 1,
    }
    assert office.queue.load_items([office.item("sum").id])[0].payments == 2


def test_a_stored_sum_is_opened_with_its_proposal(office: Office) -> None:
    propose_sum(office)
    item = office.item("sum")
    assert item.proposal is not None
    kids = {line.document_id: kid for line, kid in zip(item.proposal.lines, ("1234567", "7654321"), strict=True)}
    opened = Sums(office.storage).load(item.id, item.proposal.lines, kids)
    assert [(one.part, one.line.number if one.line else "") for one in opened.parts] == list(
        zip(PARTS, ("55201", "55202"), strict=True)
    )
    assert opened.total == 1000_00
