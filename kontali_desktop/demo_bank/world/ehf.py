"""The documents as EHF, which is Peppol BIS Billing 3.0 over UBL 2.1 with Norway's own rules (NO-R-001, NO-R-002)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from kontali_desktop.demo_bank.world.company import Address, Company
from kontali_desktop.demo_bank.world.documents import Document, Kind, Line, Side

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC = f"{_UBL}CommonAggregateComponents-2"
_CBC = f"{_UBL}CommonBasicComponents-2"
_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_INVOICE, _CREDIT_NOTE = "380", "381"
_CREDIT_TRANSFER = "30"
_ORGANISATION = "0192"  # EAS: Enhetsregisteret

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type


def write_folder(documents: Iterable[Document], company: Company, folder: Path) -> None:
    """One file a document, named by side and number; a file that says the same already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        path = folder / file_name(document)
        content = to_xml(document, company)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def file_name(document: Document) -> str:
    kind = "kreditnota" if document.kind is Kind.CREDIT_NOTE else "faktura"
    if document.side is Side.CUSTOMER:
        return f"{kind}-{document.number}.xml"
    return f"inngaaende-{kind}-{document.party.number}-{document.number.replace('/', '-')}.xml"


def to_xml(document: Document, company: Company) -> bytes:
    is_credit = document.kind is Kind.CREDIT_NOTE
    name = "CreditNote" if is_credit else "Invoice"
    root = etree.Element(f"{{{_UBL}{name}-2}}{name}", nsmap={"ubl": f"{_UBL}{name}-2", "cac": _CAC, "cbc": _CBC})
    _head(root, document)
    own = _Trader(company.name, company.organisation_number, company.address)
    other = _Trader(document.party.name, document.party.organisation_number, document.party.address)
    seller, buyer = (own, other) if document.side is Side.CUSTOMER else (other, own)
    _party(_group(root, "AccountingSupplierParty"), seller)
    _party(_group(root, "AccountingCustomerParty"), buyer, is_seller=False)
    _payment(root, document, company)
    _tax(root, document)
    _total(root, document)
    for place, line in enumerate(document.lines, start=1):
        _line(root, document, line, place)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


class _Trader:
    __slots__ = ("address", "name", "organisation_number")

    def __init__(self, name: str, organisation_number: str, address: Address) -> None:
        self.name = name
        self.organisation_number = organisation_number
        self.address = address

    @property
    def endpoint(self) -> tuple[str, str]:
        """Scheme and address by the Electronic Address Scheme list; who has no number is reached by e-mail."""
        if self.organisation_number:
            return _ORGANISATION, self.organisation_number
        local = "".join(c for c in self.name.lower() if c.isascii() and c.isalnum())
        return "EM", f"{local}@eksempel.no"


def _group(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _value(parent: Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = text


def _money(parent: Element, name: str, amount: int, currency: str) -> None:
    _value(parent, name, f"{amount // 100}.{amount % 100:02d}", currencyID=currency)


def _head(root: Element, document: Document) -> None:
    is_credit = document.kind is Kind.CREDIT_NOTE
    _value(root, "CustomizationID", _CUSTOMIZATION)
    _value(root, "ProfileID", _PROFILE)
    _value(root, "ID", document.number)
    _value(root, "IssueDate", document.issue_date.isoformat())
    if is_credit:
        _value(root, "CreditNoteTypeCode", _CREDIT_NOTE)
    else:
        _value(root, "DueDate", document.due_date.isoformat())
        _value(root, "InvoiceTypeCode", _INVOICE)
    _value(root, "DocumentCurrencyCode", document.currency)
    _value(root, "BuyerReference", document.party.number)
    if document.credited_number:
        reference = _group(_group(root, "BillingReference"), "InvoiceDocumentReference")
        _value(reference, "ID", document.credited_number)


def _party(parent: Element, trader: _Trader, *, is_seller: bool = True) -> None:
    party = _group(parent, "Party")
    scheme, address = trader.endpoint
    _value(party, "EndpointID", address, schemeID=scheme)
    _value(_group(party, "PartyName"), "Name", trader.name)
    postal = _group(party, "PostalAddress")
    _value(postal, "StreetName", trader.address.street)
    _value(postal, "CityName", trader.address.town)
    _value(postal, "PostalZone", trader.address.postcode)
    _value(_group(postal, "Country"), "IdentificationCode", trader.address.country)
    if trader.organisation_number:
        _tax_scheme(party, f"NO{trader.organisation_number}MVA", "VAT")
        if is_seller:
            _tax_scheme(party, "Foretaksregisteret", "TAX")
    legal = _group(party, "PartyLegalEntity")
    _value(legal, "RegistrationName", trader.name)
    if trader.organisation_number:
        _value(legal, "CompanyID", trader.organisation_number, schemeID=_ORGANISATION)


def _tax_scheme(party: Element, company_id: str, scheme: str) -> None:
    element = _group(party, "PartyTaxScheme")
    _value(element, "CompanyID", company_id)
    _value(_group(element, "TaxScheme"), "ID", scheme)


def _payment(root: Element, document: Document, company: Company) -> None:
    """Where to pay, and under which KID; a credit note asks for nothing."""
    if document.kind is Kind.CREDIT_NOTE:
        return
    means = _group(root, "PaymentMeans")
    _value(means, "PaymentMeansCode", _CREDIT_TRANSFER)
    if document.kid:
        _value(means, "PaymentID", document.kid)
    is_ours = document.side is Side.CUSTOMER
    _value(_group(means, "PayeeFinancialAccount"), "ID", company.daily.number if is_ours else document.party.account)


def _tax_category(parent: Element, name: str, document: Document, *, with_reason: bool = False) -> None:
    category = _group(parent, name)
    _value(category, "ID", "S" if document.vat_percent else "E")
    _value(category, "Percent", str(document.vat_percent))
    if with_reason and not document.vat_percent:
        _value(category, "TaxExemptionReason", "Grensekryssende handel")
    _value(_group(category, "TaxScheme"), "ID", "VAT")


def _tax(root: Element, document: Document) -> None:
    total = _group(root, "TaxTotal")
    _money(total, "TaxAmount", document.vat, document.currency)
    part = _group(total, "TaxSubtotal")
    _money(part, "TaxableAmount", document.net, document.currency)
    _money(part, "TaxAmount", document.vat, document.currency)
    _tax_category(part, "TaxCategory", document, with_reason=True)


def _total(root: Element, document: Document) -> None:
    total = _group(root, "LegalMonetaryTotal")
    _money(total, "LineExtensionAmount", document.net, document.currency)
    _money(total, "TaxExclusiveAmount", document.net, document.currency)
    _money(total, "TaxInclusiveAmount", document.amount, document.currency)
    _money(total, "PayableAmount", document.amount, document.currency)


def _line(root: Element, document: Document, line: Line, place: int) -> None:
    is_credit = document.kind is Kind.CREDIT_NOTE
    element = _group(root, "CreditNoteLine" if is_credit else "InvoiceLine")
    _value(element, "ID", str(place))
    _value(element, "CreditedQuantity" if is_credit else "InvoicedQuantity", str(line.quantity), unitCode="EA")
    _money(element, "LineExtensionAmount", line.net, document.currency)
    item = _group(element, "Item")
    _value(item, "Name", line.text)
    _tax_category(item, "ClassifiedTaxCategory", document)
    _money(_group(element, "Price"), "PriceAmount", line.price, document.currency)
