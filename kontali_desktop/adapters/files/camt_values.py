"""Single values of ISO 20022 messages, in whichever of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import amount_of, currency_of, date_of

Fields = dict[str, list["Fields | str"]]
"""An element's children by their local names. One with a text is that text, an amount has text and currency."""

SIGNS = {"CRDT": 1, "DBIT": -1}
_TEXT, _CURRENCY = "", "Ccy"
_MOST_NAMES = 1024  # of elements; ISO 20022's account reports have some three hundred


@lru_cache(maxsize=_MOST_NAMES)
def local_name(tag: str) -> str:
    """Without the namespace, which tells the version."""
    return tag[tag.rfind("}") + 1 :]


def fields_of(element: etree._Element) -> Fields:
    """All below an element at once: asking libxml2 for each value would take three times as long."""
    fields: Fields = {}
    for child in element:
        name = local_name(child.tag)
        text = (child.text or "").strip()
        value: Fields | str
        if not text:
            value = fields_of(child)
        elif name.endswith("Amt"):
            value = {_TEXT: [text], _CURRENCY: [child.get(_CURRENCY, "").strip()]}
        else:
            value = text
        if name in fields:
            fields[name].append(value)
        else:
            fields[name] = [value]
    return fields


def _found_in(fields: Fields, names: tuple[str, ...]) -> Iterator[Fields | str]:
    for child in fields.get(names[0], ()):
        if len(names) == 1:
            yield child
        elif not isinstance(child, str):
            yield from _found_in(child, names[1:])


def groups_in(fields: Fields, *names: str) -> list[Fields]:
    """Every element with children at the end of the path of names, or without anything."""
    if names[0] not in fields:
        return []
    return [found for found in _found_in(fields, names) if not isinstance(found, str)]


def texts_in(fields: Fields, *names: str) -> list[str]:
    """Every text at the end of the path of names."""
    if names[0] not in fields:
        return []
    return [found for found in _found_in(fields, names) if isinstance(found, str)]


def group_in(fields: Fields, name: str) -> Fields | None:
    """The first child of that name, where it has children itself."""
    found = fields.get(name)
    return found[0] if found and not isinstance(found[0], str) else None


def text_in(fields: Fields, name: str, *deeper: str) -> str:
    """The text at the end of the path of names, or nothing."""
    found = fields.get(name)
    if not found:
        return ""
    first = found[0]
    if isinstance(first, str):
        return "" if deeper else first
    return text_in(first, *deeper) if deeper else ""


def code_in(fields: Fields, name: str) -> str:
    """A choice between a code of ISO and the bank's own; in version 02 some codes stand without a choice."""
    choice = group_in(fields, name)
    if choice is None:
        return text_in(fields, name)
    return text_in(choice, "Cd") or text_in(choice, "Prtry", "Id") or text_in(choice, "Prtry")


def amount_in(fields: Fields, currency: str) -> tuple[int, str]:
    """The signed amount in minor units and its currency, which must be `currency` where that is known already."""
    minor, own = unsigned_in(fields, "Amt")
    if currency and own != currency:
        raise not_understood("Amt", Reason.CURRENCY_DIFFERS, found=own, expected=currency)
    direction = text_in(fields, "CdtDbtInd")
    if direction not in SIGNS:
        raise _unknown("CdtDbtInd", direction, "CRDT, DBIT")
    return minor * SIGNS[direction], own


def unsigned_in(fields: Fields, name: str) -> tuple[int, str]:
    """An amount without direction, in minor units, and its currency."""
    amount = group_in(fields, name)
    text = text_in(amount, _TEXT) if amount is not None else ""
    if amount is None or not text:
        raise not_understood("Amt", Reason.FIELD_MISSING, field=name)
    currency = currency_of(text_in(amount, _CURRENCY), "Amt")
    minor = amount_of(text, currency, "Amt")
    if minor < 0:
        raise not_understood("Amt", Reason.AMOUNT_NEGATIVE, value=text)
    return minor, currency


def _unknown(field: str, value: str, allowed: str) -> Exception:
    if not value:
        return not_understood(field, Reason.FIELD_MISSING, field=field)
    return not_understood(field, Reason.VALUE_NOT_KNOWN, value=value, allowed=allowed)


def flag_in(fields: Fields, name: str) -> bool:
    """A boolean of XML Schema; absent is false."""
    return text_in(fields, name) in ("true", "1")


def day_in(fields: Fields, name: str) -> date | None:
    """The day that a choice of a date and a time gives; None where it is not told."""
    choice = group_in(fields, name)
    if choice is None:
        return None
    day = text_in(choice, "Dt") or text_in(choice, "DtTm")
    return date_of(day, name) if day else None
