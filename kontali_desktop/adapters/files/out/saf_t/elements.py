"""Elements of a SAF-T file, with texts that XML can carry and the schema takes."""

from __future__ import annotations

import re

from lxml import etree

from kontali_desktop.adapters.files.saf_t.elements import tag
from kontali_desktop.domain.money import plain_amount

CODE, SHORT, MIDDLE_1, MIDDLE_2, LONG = 9, 18, 35, 70, 256  # the schema's text types
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


def add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, tag(name))
    if text:
        element.text = text
    return element


def add_text(parent: etree._Element, name: str, text: str, longest: int) -> None:
    """A text cut to its length."""
    add(parent, name, clean(text)[:longest])


def add_reference(parent: etree._Element, name: str, text: str, longest: int = MIDDLE_1) -> None:
    """Left out where it is empty or too long: a reference that is cut would be another one."""
    reference = clean(text)
    if reference and len(reference) <= longest:
        add(parent, name, reference)


def add_balance(parent: etree._Element, name: str, minor: int) -> None:
    """`OpeningDebitBalance` and its kin, in øre, debit positive."""
    add(parent, f"{name}{'Debit' if minor >= 0 else 'Credit'}Balance", plain_amount(abs(minor)))


def clean(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return _NOT_IN_XML.sub(" ", text).strip()
