"""The invoices as EHF: complete by the profile, sums that hold, and the parties on the right sides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from kontali_desktop.demo_bank.world import ehf
from kontali_desktop.demo_bank.world.books import Books, World
from kontali_desktop.demo_bank.world.documents import Document, Kind, Side

TODAY = date(2026, 11, 25)
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


@pytest.fixture(scope="module")
def books() -> Books:
    return World(34, TODAY).books(TODAY)


def _texts(document: Document, books: Books, path: str) -> list[str]:
    root = etree.fromstring(ehf.to_xml(document, books.company))
    return [str(node.text) for node in root.findall(path, NS)]


def test_each_document_is_a_file_of_its_own_and_is_written_once(books: Books, tmp_path: Path) -> None:
    ehf.write_folder(books.documents, books.company, tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(written) == len(books.documents)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    ehf.write_folder(World(34, TODAY).books(TODAY).documents, books.company, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == stamps


def test_sums_hold_in_every_document(books: Books) -> None:
    for document in books.documents:
        root = etree.fromstring(ehf.to_xml(document, books.company))

        def amount(path: str, root: etree._Element = root) -> Decimal:
            return sum((Decimal(str(node.text)) for node in root.findall(path, NS)), Decimal(0))

        lines = amount("cac:InvoiceLine/cbc:LineExtensionAmount") + amount("cac:CreditNoteLine/cbc:LineExtensionAmount")
        net = amount("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount")
        vat = amount("cac:TaxTotal/cbc:TaxAmount")
        percent = amount("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent")
        assert lines == net == amount("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount")
        assert vat == net * percent / 100
        assert amount("cac:LegalMonetaryTotal/cbc:PayableAmount") == net + vat
        assert amount("cac:LegalMonetaryTotal/cbc:PayableAmount") * 100 == document.amount


def test_company_is_seller_of_its_own_and_buyer_of_the_others(books: Books) -> None:
    number = "cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
    for document in books.documents[::7]:
        seller = _texts(document, books, f"cac:AccountingSupplierParty/{number}")
        buyer = _texts(document, books, f"cac:AccountingCustomerParty/{number}")
        own = [books.company.organisation_number]
        assert (seller if document.side is Side.CUSTOMER else buyer) == own
        assert (buyer if document.side is Side.CUSTOMER else seller) != own


def test_invoice_says_where_and_under_which_kid_to_pay(books: Books) -> None:
    for document in books.documents:
        kid = _texts(document, books, "cac:PaymentMeans/cbc:PaymentID")
        account = _texts(document, books, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID")
        if document.kind is Kind.CREDIT_NOTE:
            assert not account
            continue
        assert kid == ([document.kid] if document.kid else [])
        ours = document.side is Side.CUSTOMER
        assert account == [books.company.daily.number if ours else document.party.account]


def test_credit_note_is_its_own_root_and_names_the_invoice(books: Books) -> None:
    note = next(d for d in books.documents if d.kind is Kind.CREDIT_NOTE)
    root = etree.fromstring(ehf.to_xml(note, books.company))
    assert etree.QName(root).localname == "CreditNote"
    assert root.findtext("cbc:CreditNoteTypeCode", namespaces=NS) == "381"
    reference = root.findtext("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", namespaces=NS)
    assert reference in {d.number for d in books.documents if d.party == note.party}


def test_what_the_profile_requires_is_there(books: Books) -> None:
    required = ("CustomizationID", "ProfileID", "ID", "IssueDate", "DocumentCurrencyCode", "BuyerReference")
    for document in books.documents[::11]:
        for name in required:
            assert _texts(document, books, f"cbc:{name}"), name
        for party in ("AccountingSupplierParty", "AccountingCustomerParty"):
            assert _texts(document, books, f"cac:{party}/cac:Party/cbc:EndpointID")
            assert _texts(
                document, books, f"cac:{party}/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode"
            )
