"""Amounts: an integer of minor units together with a currency (ISO 4217)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kontali_desktop.domain.errors import AmountNotUnderstood

_NO_DECIMALS = frozenset(
    code
    for row in (
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF"),
        ("XOF", "XPF"),
    )
    for code in row
)
_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_PLAIN = re.compile(r"([+-]?)(\d{1,17})(?:\.(\d{1,9}))?", re.ASCII)
NOK = "NOK"
MOST_MINOR = 10**18  # what a database column holds, with room for sums


def decimals_of(currency: str) -> int:
    """Decimals of a currency's minor unit by ISO 4217; two where the list has nothing else."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`minor` counts the currency's smallest unit: 12 500,00 kroner is `Money(1_250_000, "NOK")`."""

    minor: int
    currency: str = NOK

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return plain_amount(self.minor, self.currency)


def plain_amount(minor: int, currency: str = NOK) -> str:
    """The amount for machines: a dot, the currency's decimals, a hyphen for minus (`"-61.25"`)."""
    decimals = decimals_of(currency)
    sign = "-" if minor < 0 else ""
    if decimals == 0:
        return f"{sign}{abs(minor)}"
    digits = str(abs(minor)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def minor_of_plain(text: str, currency: str = NOK) -> int:
    """Minor units of an amount written for machines.

    Superfluous decimals must be zeros: money is never rounded here.
    """
    found = _PLAIN.fullmatch(text.strip())
    if not found:
        raise AmountNotUnderstood(text=text[:40])
    sign, whole, part = found.group(1), found.group(2), found.group(3) or ""
    decimals = decimals_of(currency)
    if part[decimals:].strip("0"):
        raise AmountNotUnderstood(text=text[:40])
    minor = int(whole + part[:decimals].ljust(decimals, "0"))
    if minor >= MOST_MINOR:
        raise AmountNotUnderstood(text=text[:40])
    return -minor if sign == "-" else minor
