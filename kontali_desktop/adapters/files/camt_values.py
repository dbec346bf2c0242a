"""Single values of ISO 20022 messages, in whichever of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import amount_of, currency_of, date_of

_SIGNS = {"CRDT": 1, "DBIT": -1}


def child_in(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name, in the namespace of whichever version."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def children_in(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Every element at the end of the path of names."""
    for child in element.iterchildren(f"{{*}}{names[0]}"):
        if len(names) == 1:
            yield child
        else:
            yield from children_in(child, *names[1:])


def text_in(element: etree._Element, *names: str) -> str:
    """The text at the end of the path of names, or nothing."""
    found: etree._Element | None = element
    for name in names:
        found = child_in(found, name) if found is not None else None
    return ((found.text if found is not None else "") or "").strip()


def code_in(element: etree._Element, name: str) -> str:
    """A choice between a code of ISO and the bank's own; in version 02 some codes stand without a choice."""
    choice = child_in(element, name)
    if choice is None:
        return ""
    return text_in(choice, "Cd") or text_in(choice, "Prtry", "Id") or text_in(choice, "Prtry") or text_in(choice)


def amount_in(element: etree._Element, currency: str) -> tuple[int, str]:
    """The signed amount in minor units and its currency, which must be `currency` where that is known already."""
    amount = child_in(element, "Amt")
    if amount is None or not (amount.text or "").strip():
        raise not_understood("Amt", Reason.FIELD_MISSING, field="Amt")
    own = currency_of(amount.get("Ccy", ""), "Amt")
    if currency and own != currency:
        raise not_understood("Amt", Reason.CURRENCY_DIFFERS, found=own, expected=currency)
    minor = amount_of(amount.text or "", own, "Amt")
    if minor < 0:
        raise not_understood("Amt", Reason.AMOUNT_NEGATIVE, value=(amount.text or "").strip())
    direction = text_in(element, "CdtDbtInd")
    if direction not in _SIGNS:
        raise _unknown("CdtDbtInd", direction, "CRDT, DBIT")
    return minor * _SIGNS[direction], own


def _unknown(field: str, value: str, allowed: str) -> Exception:
    if not value:
        return not_understood(field, Reason.FIELD_MISSING, field=field)
    return not_understood(field, Reason.VALUE_NOT_KNOWN, value=value, allowed=allowed)


def flag_in(element: etree._Element, name: str) -> bool:
    """A boolean of XML Schema; absent is false."""
    return text_in(element, name) in ("true", "1")


def day_in(element: etree._Element, name: str) -> date | None:
    """The day that a choice of a date and a time gives; None where it is not told."""
    choice = child_in(element, name)
    if choice is None:
        return None
    day = text_in(choice, "Dt") or text_in(choice, "DtTm")
    return date_of(day, name) if day else None
