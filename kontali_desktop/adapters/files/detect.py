"""Which format a file has, told by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

from lxml import etree

from kontali_desktop.adapters.files import open_items_csv
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import parsed, refuse_doctype, root_of
from kontali_desktop.adapters.files.text import beginning_of

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAMT053 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
_CAMT_VERSION = re.compile(re.escape(CAMT053) + r"(\d\d)", re.ASCII)
_CAMT_VERSIONS = frozenset(f"{number:02d}" for number in range(2, 11))
_CAMT_BODY = "BkToCstmrStmt"


class Format(StrEnum):
    """The formats by the names that `import --json` gives them."""

    EHF = "ehf"
    OPEN_ITEMS_CSV = "open-items-csv"
    CAMT053 = "camt.053"


def format_of(head: bytes) -> Format | None:
    """The format of a file that begins with `head`, None where it is none of ours.

    Raises FileNotUnderstood where it is ours but of a namespace or version that is not read, carries a DOCTYPE,
    or is XML that breaks before it has said what it is.
    """
    text = beginning_of(head).lstrip()
    if not text.startswith("<"):
        return Format.OPEN_ITEMS_CSV if open_items_csv.is_header(text.splitlines()[0] if text else "") else None
    root = root_of(head)
    if root is None:
        _rootless(head, text)
        return None
    found = _format_of_root(root)
    if found:
        refuse_doctype(root)
    return found


def _rootless(head: bytes, text: str) -> None:
    """XML that breaks before its root could be anything of ours, so its fault is told; other text is none of ours."""
    if not text.startswith("<?xml"):
        return
    if "<!DOCTYPE" in text:
        raise not_understood("line 1", Reason.HAS_DOCTYPE)
    parsed(head)


def _format_of_root(root: etree._Element) -> Format | None:
    name = etree.QName(root)
    namespace = name.namespace or ""
    if name.localname in ("Invoice", "CreditNote"):
        expected = f"{UBL}{name.localname}-2"
        if namespace != expected:
            raise not_understood(name.localname, Reason.WRONG_NAMESPACE, found=namespace, expected=expected)
        return Format.EHF
    if name.localname != "Document":
        return None
    version = _CAMT_VERSION.fullmatch(namespace)
    if version:
        if version.group(1) not in _CAMT_VERSIONS:
            raise not_understood("Document", Reason.VERSION_NOT_KNOWN, version=f"camt.053.001.{version.group(1)}")
        return Format.CAMT053
    if len(root) and etree.QName(root[0]).localname == _CAMT_BODY:
        raise not_understood("Document", Reason.WRONG_NAMESPACE, found=namespace, expected=f"{CAMT053}02")
    return None
