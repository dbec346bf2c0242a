"""Which format a file has, told by its content and never by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from lxml import etree

from kontali_desktop.adapters.files import mt940, open_items_csv
from kontali_desktop.adapters.files.ocr_record import is_ocr
from kontali_desktop.adapters.files.other_documents import kind_of_root, kind_of_text
from kontali_desktop.adapters.files.out.plain_columns import COLUMNS as VOUCHER_COLUMNS
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.saf_t.elements import NAMESPACE as SAF_T
from kontali_desktop.adapters.files.safe_xml import elements_of, name_of, parsed, refuse_doctype, root_of
from kontali_desktop.adapters.files.settlements import vipps_xml
from kontali_desktop.adapters.files.text import beginning_of

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
UBL_DOCUMENTS = ("Invoice", "CreditNote", "Reminder")
ISO20022 = "urn:iso:std:iso:20022:tech:xsd:"
CAMT053_BODY, CAMT054_BODY = "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"
_INTRADAY = f"{ISO20022}camt.052."
_CAMT_BODIES = {CAMT053_BODY: "camt.053", CAMT054_BODY: "camt.054"}
_CAMT = re.compile(re.escape(ISO20022) + r"(camt\.05[34])\.001\.(\d\d)", re.ASCII)
_CAMT_VERSIONS = frozenset(f"{number:02d}" for number in range(2, 11))


class Format(StrEnum):
    """The formats by the names that `import --json` gives them."""

    EHF = "ehf"
    OPEN_ITEMS_CSV = "open-items-csv"
    OPEN_ITEMS_XLSX = "open-items-xlsx"
    CAMT053 = "camt.053"
    CAMT054 = "camt.054"
    OCR = "ocr"
    MT940 = "mt940"
    BANK_CSV = "bank-csv"
    BANK_XLSX = "bank-xlsx"
    SAF_T = "saf-t"
    SETTLEMENT = "settlement"


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, None where it is none of ours.

    Raises FileNotUnderstood where it is ours but of a namespace or version that is not read, carries a DOCTYPE,
    or is XML that breaks before it has said what it is.
    """
    text = beginning_of(head).lstrip()
    if is_ocr(text):
        return Format.OCR
    if not text.startswith("<"):
        return _format_of_text(text)
    root = root_of(head)
    if root is None:
        _rootless(head, text)
        return None
    found = _format_of_root(root) or _format_of_wrapped(head)
    if found:
        refuse_doctype(root)
        return found
    _refuse_other(kind_of_root(*name_of(root)))
    return None


def _format_of_wrapped(head: bytes) -> Format | None:
    """What lies in an envelope: an invoice as Peppol carries it (SBDH), a statement with its business header."""
    for element in elements_of(head):
        namespace, name = name_of(element)
        if namespace == f"{UBL}{name}-2" and name in UBL_DOCUMENTS:
            return Format.EHF
        if name == "Document" and namespace.startswith(ISO20022):
            return _camt_of(element, namespace)
    return None


def _refuse_other(kind: str) -> None:
    if kind:
        raise not_understood("line 1", Reason.OTHER_DOCUMENT, kind=kind)


def _format_of_text(text: str) -> Format | None:
    if mt940.is_mt940(text):
        if mt940.is_interim(text):
            raise not_understood("line 1", Reason.INTERIM_STATEMENT)
        return Format.MT940
    first = text.splitlines()[0] if text else ""
    refuse_own_vouchers(first.split(";"))
    _refuse_other(kind_of_text(text))
    return Format.OPEN_ITEMS_CSV if open_items_csv.is_header(first) else None


def refuse_own_vouchers(headings: Sequence[str]) -> None:
    """What was exported here belongs in the books; here it is known."""
    if tuple(headings[: len(VOUCHER_COLUMNS)]) == VOUCHER_COLUMNS:
        raise not_understood("line 1", Reason.OWN_VOUCHERS)


def _rootless(head: bytes, text: str) -> None:
    """XML that breaks before its root could be anything of ours, so its fault is told; other text is none of ours."""
    if not text.startswith("<?xml"):
        return
    if "<!DOCTYPE" in text:
        raise not_understood("line 1", Reason.HAS_DOCTYPE)
    parsed(head)


def _format_of_root(root: etree._Element) -> Format | None:
    namespace, name = name_of(root)
    if name in ("Invoice", "CreditNote"):
        _refuse_other(kind_of_root(namespace, name) if not namespace.startswith(UBL) else "")
        expected = f"{UBL}{name}-2"
        if namespace != expected:
            raise not_understood(name, Reason.WRONG_NAMESPACE, found=namespace, expected=expected)
        return Format.EHF
    if name == "Reminder" and namespace == f"{UBL}Reminder-2":
        return Format.EHF
    if name == "AuditFile":
        if namespace != SAF_T:
            _refuse_other(kind_of_root(namespace, name))
            raise not_understood("AuditFile", Reason.WRONG_NAMESPACE, found=namespace, expected=SAF_T)
        return Format.SAF_T
    if name == vipps_xml.ROOT and namespace.startswith(vipps_xml.NAMESPACE):
        return Format.SETTLEMENT
    if name != "Document":
        return None
    return _camt_of(root, namespace)


def _camt_of(document: etree._Element, namespace: str) -> Format | None:
    found = _CAMT.fullmatch(namespace)
    if found:
        message, version = found.groups()
        if version not in _CAMT_VERSIONS:
            raise not_understood("Document", Reason.VERSION_NOT_KNOWN, version=f"{message}.001.{version}")
        return Format(message)
    if namespace.startswith(_INTRADAY):
        raise not_understood("Document", Reason.INTRADAY_REPORT)
    body = _CAMT_BODIES.get(name_of(document[0])[1]) if len(document) else None
    if body:
        raise not_understood("Document", Reason.WRONG_NAMESPACE, found=namespace, expected=f"{ISO20022}{body}.001.02")
    return None
