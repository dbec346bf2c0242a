"""Who sent a UBL document and who received it, and which of them the client is."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from kontali_desktop.adapters.files.ehf_names import path_of, text_at
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import bare_orgnr, orgnr_of
from kontali_desktop.domain.check_digits import ORGANISATION_NUMBER_LENGTH
from kontali_desktop.domain.documents import Side

_NORWEGIAN_REGISTER = "0192"  # ISO 6523 code of Enhetsregisteret
_SUPPLIER = path_of("cac:AccountingSupplierParty/cac:Party")
_CUSTOMER = path_of("cac:AccountingCustomerParty/cac:Party")
_REGISTRATION_NAME = path_of("cac:PartyLegalEntity/cbc:RegistrationName")
_PARTY_NAME = path_of("cac:PartyName/cbc:Name")
_COMPANY_ID = path_of("cac:PartyLegalEntity/cbc:CompanyID")
_ENDPOINT = path_of("cbc:EndpointID")
_VAT_ID = path_of("cac:PartyTaxScheme/cbc:CompanyID")
_PARTY_ID = path_of("cac:PartyIdentification/cbc:ID")


@dataclass(frozen=True, slots=True)
class Party:
    """`legal_id` is the company's registered number as it stands, `orgnr` only a Norwegian one."""

    name: str
    legal_id: str
    ids: frozenset[str]
    orgnr: str
    number: str

    @property
    def shown_orgnr(self) -> str:
        return self.orgnr or self.legal_id


def side_and_counterparty(root: etree._Element, client_orgnr: str) -> tuple[Side, Party]:
    """The client is the supplier of what it sent, whoever wrote it: with self-billing (type 389) the customer did.

    Raises FileNotUnderstood, `other_company` where neither party carries the client's organisation number.
    """
    supplier, customer = _party(root.find(_SUPPLIER)), _party(root.find(_CUSTOMER))
    side = _side(supplier, customer, bare_orgnr(client_orgnr))
    counterparty = customer if side is Side.CUSTOMER else supplier
    if not counterparty.name and not counterparty.shown_orgnr:
        raise not_understood("RegistrationName", Reason.FIELD_MISSING, field="RegistrationName")
    return side, counterparty


def _party(party: etree._Element | None) -> Party:
    company, endpoint = _registered(party, _COMPANY_ID), _registered(party, _ENDPOINT)
    vat, number = text_at(party, _VAT_ID), text_at(party, _PARTY_ID)
    legal_id = bare_orgnr(text_at(party, _COMPANY_ID))
    others = (bare_orgnr(text_at(party, _ENDPOINT)), bare_orgnr(vat), bare_orgnr(number))
    orgnr = company or endpoint or orgnr_of(vat)
    return Party(
        name=text_at(party, _REGISTRATION_NAME) or text_at(party, _PARTY_NAME),
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


def _side(supplier: Party, customer: Party, client: str) -> Side:
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
