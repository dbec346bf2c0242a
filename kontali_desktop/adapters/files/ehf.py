"""EHF, which is Peppol BIS Billing 3: UBL 2.1 Invoice and CreditNote, one document a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import parsed
from kontali_desktop.adapters.files.values import amount_of, bare_orgnr, currency_of, date_of, orgnr_of
from kontali_desktop.domain.check_digits import ORGANISATION_NUMBER_LENGTH, account_number_of
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side

_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_NORWEGIAN_REGISTER = "0192"  # ISO 6523 code of Enhetsregisteret


def _path(readable: str) -> str:
    return readable.replace("cac:", _CAC).replace("cbc:", _CBC)


_SUPPLIER = _path("cac:AccountingSupplierParty/cac:Party")
_CUSTOMER = _path("cac:AccountingCustomerParty/cac:Party")
_REGISTRATION_NAME = _path("cac:PartyLegalEntity/cbc:RegistrationName")
_PARTY_NAME = _path("cac:PartyName/cbc:Name")
_COMPANY_ID = _path("cac:PartyLegalEntity/cbc:CompanyID")
_ENDPOINT = _path("cbc:EndpointID")
_VAT_ID = _path("cac:PartyTaxScheme/cbc:CompanyID")
_PARTY_ID = _path("cac:PartyIdentification/cbc:ID")
_PAYMENT_MEANS = _path("cac:PaymentMeans")
_PAYMENT_ID = _path("cbc:PaymentID")
_PAYEE_ACCOUNT = _path("cac:PayeeFinancialAccount/cbc:ID")
_PAYABLE = _path("cac:LegalMonetaryTotal/cbc:PayableAmount")
_DUE_DATES = (_path("cbc:DueDate"), _path("cac:PaymentMeans/cbc:PaymentDueDate"))


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    legal_id: str
    ids: frozenset[str]
    orgnr: str
    number: str

    @property
    def shown_orgnr(self) -> str:
        return self.orgnr or self.legal_id


def read_document(data: bytes, client_orgnr: str) -> ReportedDocument:
    """The document as the client sees it: its own invoice where it is the supplier, else one it received.

    Amount and what remains are `PayableAmount`, from which the prepaid amount is taken already (BR-CO-16 of EN 16931).
    A negative one turns the kind: an invoice over −100.00 is in effect a credit note over 100.00, and the other way.
    Raises FileNotUnderstood, `other_company` where neither party carries the client's organisation number.
    """
    root = parsed(data)
    supplier, customer = _party(root.find(_SUPPLIER)), _party(root.find(_CUSTOMER))
    side = _side(supplier, customer, bare_orgnr(client_orgnr))
    counterparty = customer if side is Side.CUSTOMER else supplier
    payable, currency = _payable(root)
    kid, account = _payment(root)
    name = counterparty.name or counterparty.shown_orgnr
    if not name:
        raise not_understood(_REGISTRATION_NAME.rsplit("}", 1)[1], Reason.FIELD_MISSING, field="RegistrationName")
    return ReportedDocument(
        side=side,
        kind=_kind(root, payable),
        number=_needed(root, "cbc:ID"),
        counterparty=name,
        amount=abs(payable),
        remaining=abs(payable),
        currency=currency,
        counterparty_orgnr=counterparty.orgnr,
        counterparty_account=account if side is Side.SUPPLIER else "",
        counterparty_number=counterparty.number,
        kid=kid,
        issue_date=date_of(_needed(root, "cbc:IssueDate"), "cbc:IssueDate"),
        due_date=_due_date(root),
        payee_account=account,
    )


def _text(element: etree._Element | None, path: str) -> str:
    return (element.findtext(path) or "").strip() if element is not None else ""


def _needed(root: etree._Element, readable: str) -> str:
    text = _text(root, _path(readable))
    if not text:
        raise not_understood(readable, Reason.FIELD_MISSING, field=readable)
    return text


def _party(party: etree._Element | None) -> _Party:
    company, endpoint = _registered(party, _COMPANY_ID), _registered(party, _ENDPOINT)
    vat, number = _text(party, _VAT_ID), _text(party, _PARTY_ID)
    legal_id = bare_orgnr(_text(party, _COMPANY_ID))
    others = (bare_orgnr(_text(party, _ENDPOINT)), bare_orgnr(vat), bare_orgnr(number))
    orgnr = company or endpoint or orgnr_of(vat)
    return _Party(
        name=_text(party, _REGISTRATION_NAME) or _text(party, _PARTY_NAME),
        legal_id=legal_id,
        ids=frozenset((legal_id, *others)) - {""},
        orgnr=orgnr,
        number="" if bare_orgnr(number) == orgnr else number,
    )


def _registered(party: etree._Element | None, path: str) -> str:
    """The organisation number at `path`: of the Norwegian register, or without a scheme and with a right digit."""
    element = party.find(path) if party is not None else None
    if element is None:
        return ""
    scheme, bare = element.get("schemeID"), bare_orgnr(element.text or "")
    if scheme == _NORWEGIAN_REGISTER:
        return bare if len(bare) == ORGANISATION_NUMBER_LENGTH and bare.isdigit() else ""
    return "" if scheme else orgnr_of(bare)


def _side(supplier: _Party, customer: _Party, client: str) -> Side:
    """The legal entity decides first: an endpoint may belong to the one who receives mail for others."""
    if client == supplier.legal_id:
        return Side.CUSTOMER
    if client == customer.legal_id:
        return Side.SUPPLIER
    if client in supplier.ids:
        return Side.CUSTOMER
    if client in customer.ids:
        return Side.SUPPLIER
    raise not_understood(
        "cac:AccountingSupplierParty, cac:AccountingCustomerParty",
        Reason.OTHER_COMPANY,
        supplier=supplier.name,
        supplier_orgnr=supplier.shown_orgnr,
        customer=customer.name,
        customer_orgnr=customer.shown_orgnr,
        client_orgnr=client,
    )


def _payable(root: etree._Element) -> tuple[int, str]:
    where = "cac:LegalMonetaryTotal/cbc:PayableAmount"
    text = _needed(root, where)
    element = root.find(_PAYABLE)
    own = element.get("currencyID", "") if element is not None else ""
    currency = currency_of(_text(root, f"{_CBC}DocumentCurrencyCode") or own, "cbc:DocumentCurrencyCode")
    if own and own != currency:
        raise not_understood(where, Reason.CURRENCY_DIFFERS, found=own, expected=currency)
    return amount_of(text, currency, where), currency


def _kind(root: etree._Element, payable: int) -> DocumentKind:
    is_credit_note = etree.QName(root).localname == "CreditNote"
    return DocumentKind.CREDIT_NOTE if is_credit_note != (payable < 0) else DocumentKind.INVOICE


def _payment(root: etree._Element) -> tuple[str, str]:
    """The first KID and the first account that the ways of paying name."""
    kid = account = ""
    for means in root.iterfind(_PAYMENT_MEANS):
        kid = kid or "".join(_text(means, _PAYMENT_ID).split())
        account = account or account_number_of(_text(means, _PAYEE_ACCOUNT))
    return kid, account


def _due_date(root: etree._Element) -> date | None:
    for path in _DUE_DATES:
        text = _text(root, path)
        if text:
            return date_of(text, "cbc:DueDate")
    return None
