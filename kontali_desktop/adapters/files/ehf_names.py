"""The names of UBL 2.1's elements, and what stands in them."""

from __future__ import annotations

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood

_CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def path_of(readable: str) -> str:
    """`cac:Party/cbc:Name` as lxml wants it."""
    return readable.replace("cac:", _CAC).replace("cbc:", _CBC)


def text_at(element: etree._Element | None, path: str) -> str:
    """The text at a path made by `path_of`, or nothing."""
    return (element.findtext(path) or "").strip() if element is not None else ""


def needed(root: etree._Element, readable: str) -> str:
    """Raises FileNotUnderstood where nothing stands there."""
    text = text_at(root, path_of(readable))
    if not text:
        raise not_understood(readable, Reason.FIELD_MISSING, field=readable)
    return text
