"""Single values as files write them: dates, amounts, currencies, organisation numbers."""

from __future__ import annotations

import re
from datetime import date

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.check_digits import is_organisation_number
from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.domain.money import minor_of_plain

# XML Schema's date may carry a time zone, and its dateTime a time: the calendar day counts as it is written.
_XML_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII | re.DOTALL)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DECORATED_ORGNR = re.compile(r"(?:0192:)?(?:NO)?(\d{9})(?:MVA)?", re.ASCII)


def date_of(text: str, where: str) -> date:
    """A day as XML Schema writes it."""
    found = _XML_DATE.fullmatch(text.strip())
    try:
        return date.fromisoformat(found.group(1) if found else "")
    except ValueError:
        raise not_understood(where, Reason.DATE_NOT_UNDERSTOOD, value=text.strip()) from None


def currency_of(text: str, where: str) -> str:
    """The code by ISO 4217, three capital letters."""
    code = text.strip()
    if not _CURRENCY.fullmatch(code):
        raise not_understood(where, Reason.CURRENCY_NOT_UNDERSTOOD, value=code)
    return code


def amount_of(text: str, currency: str, where: str) -> int:
    """Minor units, possibly negative, of an amount with a decimal dot."""
    try:
        return minor_of_plain(text, currency)
    except AmountNotUnderstood:
        raise not_understood(where, Reason.AMOUNT_NOT_UNDERSTOOD, value=text.strip()) from None


def bare_orgnr(text: str) -> str:
    """The nine digits without "NO", "MVA" and spaces around and between them; other text is returned without spaces."""
    compact = "".join(text.split()).upper()
    found = _DECORATED_ORGNR.fullmatch(compact)
    return found.group(1) if found else compact


def orgnr_of(text: str) -> str:
    """The nine digits of a Norwegian organisation number, or nothing."""
    bare = bare_orgnr(text)
    return bare if is_organisation_number(bare) else ""
