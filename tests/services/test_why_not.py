"""For any document, why it was not proposed for a line."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.errors import UnknownTransaction
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.matching.engine import propose
from kontali_desktop.services.review import REJECTED
from kontali_desktop.services.why_not import Against, WhyNot, WhyNotDocument
from kontali_desktop.wording.wording import Wording
from tests.services.conftest import Office
from tests.support import invoice, payment
from tests.ui.program import wording

LINE = "Faktura 10234"


@pytest.fixture
def why_not(office: Office) -> WhyNotDocument:
    client = office.client()
    account = office.account(client)
    office.receive(
        account,
        payment(12_500_00, LINE, "Bryggen Arkitekter AS"),
        payment(7_000_00, "Faktura 10240", "Sletta Mekaniske AS"),
    )
    office.hold(
        client,
        invoice("10234", 12_500_00),
        invoice("10240", 7_000_00, "Sletta Mekaniske AS"),
        invoice("88", 12_500_00, "Nordlys Bygg AS"),
        invoice("99", 4_444_00, "Nordlys Bygg AS"),
        invoice("L-1", 12_500_00, "Strøm AS", side=Side.SUPPLIER),
        invoice("K-1", 12_500_00, kind=DocumentKind.CREDIT_NOTE),
        invoice("E-1", 1_000_00, "Kontor GmbH", currency="EUR"),
        invoice("G-1", 12_500_00, "Nordlys Bygg AS", remaining=0),
    )
    office.propose.run()
    return WhyNotDocument(office.storage, propose)


def document(office: Office, number: str) -> DocumentId:
    with office.storage.reading() as work:
        return next(d.id for d in work.documents.load_of_client(None) if d.reported.number == number)


def explained(office: Office, why_not: WhyNotDocument, number: str) -> WhyNot:
    return why_not.explain(office.item(LINE).id, document(office, number))


@pytest.mark.parametrize(
    ("number", "first"),
    [
        ("10234", Against.PROPOSED),
        ("L-1", Against.DIRECTION),
        ("K-1", Against.DIRECTION),
        ("E-1", Against.CURRENCY),
        ("G-1", Against.SETTLED),
        ("10240", Against.OTHER_LINE),
        ("99", Against.AMOUNT),
    ],
)
def test_the_most_telling_reason_comes_first(
    office: Office, why_not: WhyNotDocument, number: str, first: Against
) -> None:
    assert explained(office, why_not, number).against[0] is first


def test_what_fits_less_well_says_what_it_would_have_got(office: Office, why_not: WhyNotDocument) -> None:
    """Of the same customer and amount, but the line names another invoice."""
    office.hold(office.client(), invoice("10299", 12_500_00))
    office.propose.run()
    why = explained(office, why_not, "10299")
    assert why.against == (Against.WEAKER,)
    assert (why.rank, why.best) == (0, office.item(LINE).proposal)
    assert why.alone is not None
    assert why.best is not None
    assert 0.5 < why.alone.confidence < why.best.confidence


def test_a_rejected_sum_says_nothing_of_each_document_in_it(office: Office, why_not: WhyNotDocument) -> None:
    office.hold(office.client(), invoice("201", 3_000_00, "Vik AS"), invoice("202", 4_100_00, "Vik AS"))
    both = "Faktura 201 og 202"
    with office.storage.reading() as work:
        account = work.accounts.load_all()[0]
    office.receive(account, payment(7_100_00, both, "Vik AS"))
    office.propose.run()
    proposal = office.item(both).proposal
    assert proposal is not None
    assert [line.number for line in proposal.lines] == ["201", "202"]
    office.review.reject(office.item(both).id)
    for number in ("201", "202"):
        why = why_not.explain(office.item(both).id, document(office, number))
        assert Against.REJECTED not in why.against


def test_a_rejected_transfer_says_nothing_of_the_document_with_the_other_line_s_number(
    office: Office, why_not: WhyNotDocument
) -> None:
    other = office.item("Faktura 10240").id
    transfer = Proposal(ProposalKind.TRANSFER, 0.9, 1, counter_transaction=other)
    with office.storage.writing() as work:
        line = work.transactions.find(office.item(LINE).id)
        assert line is not None
        work.matches.add(line, REJECTED, transfer)
        work.commit()
    assert Against.REJECTED not in why_not.explain(line.id, DocumentId(int(other))).against


def test_the_difference_is_the_line_s_less_what_is_open(office: Office, why_not: WhyNotDocument) -> None:
    assert explained(office, why_not, "99").difference == 12_500_00 - 4_444_00


def test_what_was_rejected_is_said(office: Office, why_not: WhyNotDocument) -> None:
    office.review.reject(office.item(LINE).id)
    assert explained(office, why_not, "10234").against[0] is Against.REJECTED


def test_what_another_line_settled_names_it(office: Office, why_not: WhyNotDocument) -> None:
    other = office.item("Faktura 10240")
    office.review.accept(other.id)
    why = explained(office, why_not, "10240")
    assert why.against[0] is Against.SETTLED
    assert why.other_line is not None
    assert why.other_line.id == other.id


def test_a_decided_line_says_so(office: Office, why_not: WhyNotDocument) -> None:
    office.review.accept(office.item(LINE).id)
    assert explained(office, why_not, "88").against[0] is Against.DECIDED


def test_the_nearest_amount_comes_first_and_what_is_settled_last(office: Office, why_not: WhyNotDocument) -> None:
    of = why_not.documents(office.item(LINE).id)
    numbers = [d.reported.number for d in of.documents]
    assert set(numbers[:4]) == {"10234", "88", "L-1", "K-1"}
    assert numbers[4:] == ["10240", "99", "E-1", "G-1"]
    assert of.proposed[document(office, "10234")] == 1


def test_another_client_s_documents_are_not_among_them(office: Office, why_not: WhyNotDocument) -> None:
    other = office.client(2)
    office.receive(office.account(other, 2), payment(12_500_00, "Faktura 1"))
    assert why_not.documents(office.item("Faktura 1").id).documents == ()


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("against", Against)
def test_every_reason_has_words(office: Office, why_not: WhyNotDocument, against: Against, language: str) -> None:
    words: Wording = wording("en" if language == "en" else "nb")
    proposal, line = office.item(LINE).proposal, office.item("Faktura 10240").transaction
    with office.storage.reading() as work:
        (stored, *_) = work.documents.load_of_client(None)
    for why in (
        WhyNot((against,), difference=-1),
        WhyNot((against,), proposal, proposal, 1, line, 100),
        WhyNot((against,), proposal, proposal, 3, line, 100),
    ):
        (said,) = words.why_not_document(why, stored)
        assert said.endswith(".")
        assert "{" not in said
    assert "–" not in words.why_not_document(WhyNot((against,), proposal, proposal, 2, line, 100), stored)[0].split()


def test_an_unknown_line_is_refused(office: Office, why_not: WhyNotDocument) -> None:
    with pytest.raises(UnknownTransaction):
        why_not.documents(TransactionId(999))
