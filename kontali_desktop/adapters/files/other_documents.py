"""Files of other kinds that bookkeepers have in the same folders, so that each is told for what it is."""

from __future__ import annotations

import re

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ISO20022 = re.compile(r"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.\d{3}\.\d\d", re.ASCII)
_COUNTRY = re.compile(r"[:_/]([A-Z]{2})(?:[:_/][\d._]*)?$", re.ASCII)  # ISO 3166 at the end of a namespace
_SAF_T_ROOTS = {"AuditFile": "", "auditfile": "", "JPK": "PL"}
_SAF_T_COUNTRIES = {
    "urn:OECD:StandardAuditFile-Taxation/2.00": "LU",
    "mfp:anaf:dgti:d406:declaratie:v1": "RO",
    "https://www.vmi.lt/cms/saf-t": "LT",
}
_CASH_REGISTER = "CashRegister"
_ROOTS = {
    "CrossIndustryInvoice": "UN/CEFACT CII",
    "CrossIndustryDocument": "ZUGFeRD 1",
    "Finvoice": "Finvoice",
    "FinvoiceSenderInfo": "Finvoice",
    "FatturaElettronica": "FatturaPA",
    "Sie": "SIE 5",
    "SieEntry": "SIE 5",
    "OFX": "OFX",
    "E2B": "e2b",
    "Interchange": "e2b",
}
_INVOICES = {
    "urn:sfti:documents:BasicInvoice:1:0": "Svefaktura 1",
    "http://rep.oio.dk/ubl/xml/schemas/0p71/pie/": "OIOXML",
    "http://rep.oio.dk/ubl/xml/schemas/0p71/pcm/": "OIOXML",
    "http://www.e2b.no/XMLSchema": "e2b",
}
_BEGINNINGS = (
    (re.compile(r"#FLAGGA\b"), "SIE 4"),
    (re.compile(r"01BGMAX"), "BgMax"),
    (re.compile(r"OFXHEADER"), "OFX"),
    (re.compile(r"!Type:(?:Bank|CCard|Cash)"), "QIF"),
    (re.compile(r"AH[12]\d\d\dTBII"), "Telepay"),
    (re.compile(r"UN[AB][:+].{0,300}?CREMUL", re.DOTALL), "CREMUL"),
    (re.compile(r"UN[AB][:+].{0,300}?DEBMUL", re.DOTALL), "DEBMUL"),
    (re.compile(r"GBAT10;"), "GBAT10"),
)


def kind_of_root(namespace: str, name: str) -> str:
    """What an XML file is, by its root, or nothing where it may be anybody's."""
    if namespace in _INVOICES:
        return _INVOICES[namespace]
    if namespace.startswith(_UBL):
        return f"UBL {name}"
    if name in _SAF_T_ROOTS and namespace:
        return _saf_t(namespace, _SAF_T_ROOTS[name])
    found = _ISO20022.fullmatch(namespace)
    return f"ISO 20022 {found.group(1)}" if found else _ROOTS.get(name, "")


def _saf_t(namespace: str, country: str) -> str:
    told = _COUNTRY.search(namespace)
    country = country or _SAF_T_COUNTRIES.get(namespace, "") or (told.group(1) if told else "")
    name = "SAF-T Cash Register" if _CASH_REGISTER in namespace else "SAF-T"
    return f"{name} ({country})" if country else name


def kind_of_text(begins: str) -> str:
    """What a text file is, by how it begins, or nothing."""
    return next((kind for pattern, kind in _BEGINNINGS if pattern.match(begins)), "")
