"""Numbers and amounts as people read them, from integers alone: money never passes through a float."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.domain.money import NOK, decimals_of

NO_BREAK = "\u00a0"
MINUS = "\u2212"
_MINUSES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_GROUPED = 3
_DIGITS = re.compile(r"\d{1,18}(?:[.,]\d+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The signs of one language, by CLDR; `before_percent` stands between a number and its percent sign."""

    group: str
    decimal: str
    before_percent: str


STYLES = {"nb": NumberStyle(NO_BREAK, ",", NO_BREAK), "en": NumberStyle(",", ".", "")}


def format_integer(number: int, style: NumberStyle) -> str:
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", style.group)


def format_scaled(number: int, decimals: int, style: NumberStyle) -> str:
    """`number` counts units of 10 to the power −`decimals`: 12345 with 2 is 123,45."""
    if decimals == 0:
        return format_integer(number, style)
    sign = MINUS if number < 0 else ""
    whole, part = divmod(abs(number), 10**decimals)
    return f"{sign}{format_integer(whole, style)}{style.decimal}{part:0{decimals}d}"


def format_seconds(seconds: float, style: NumberStyle) -> str:
    """3,8 s."""
    return f"{format_scaled(round(seconds * 10), 1, style)}{NO_BREAK}s"


def format_elapsed(seconds: float, style: NumberStyle) -> str:
    """In milliseconds below a second: 12 ms, 3,8 s."""
    if seconds >= 1:
        return format_seconds(seconds, style)
    return f"{format_integer(round(seconds * 1000), style)}{NO_BREAK}ms"


def format_percent(hundredths: int, style: NumberStyle, decimals: int = 0) -> str:
    """Of hundredths of a percent: 9810 is 98,1 % with one decimal. What is not shown is cut, never rounded up."""
    shown = abs(hundredths) // 10 ** (2 - decimals)
    number = format_scaled(-shown if hundredths < 0 else shown, decimals, style)
    return f"{number}{style.before_percent}%"


def format_amount(minor: int, currency: str, style: NumberStyle) -> str:
    """Without code in NOK, else the code before it ("EUR 62,49")."""
    number = format_scaled(minor, decimals_of(currency), style)
    return number if currency == NOK else f"{currency}{NO_BREAK}{number}"


def parse_amount(text: str, currency: str, style: NumberStyle) -> int:
    """Minor units of an amount as a person writes it: any minus and any spaces, comma or dot, with or without its code.

    A single mark before exactly three digits ("1.234") is the decimal mark only where the language says so, or the
    currency has three decimals. Superfluous decimals must be zeros. Raises AmountNotUnderstood.
    """
    compact = "".join(text.split()).removeprefix(currency).removesuffix(currency)
    is_negative = compact[:1] != "" and compact[0] in _MINUSES
    digits = compact[1:] if is_negative or compact.startswith("+") else compact
    if not _DIGITS.fullmatch(digits):
        raise AmountNotUnderstood(text=text[:40])
    decimals = decimals_of(currency)
    whole, part = _split(digits, decimals, style)
    if not _is_grouped(whole) or part[decimals:].strip("0"):
        raise AmountNotUnderstood(text=text[:40])
    minor = int(re.sub("[.,]", "", whole) + part[:decimals].ljust(decimals, "0"))
    return -minor if is_negative else minor


def _split(digits: str, decimals: int, style: NumberStyle) -> tuple[str, str]:
    """What stands before and after the decimal mark: the last mark, unless it can only be a group's."""
    place = max(digits.rfind("."), digits.rfind(","))
    if place < 0:
        return digits, ""
    mark, part = digits[place], digits[place + 1 :]
    if digits.count(mark) > 1:
        return digits, ""
    is_alone = not any(other in digits[:place] for other in ".,")
    may_be_group = len(part) == _GROUPED and decimals != _GROUPED and mark != style.decimal
    return (digits, "") if is_alone and may_be_group else (digits[:place], part)


def _is_grouped(whole: str) -> bool:
    """Without marks, or with one kind of mark before every three digits."""
    parts = re.split("[.,]", whole)
    is_one_kind = "." not in whole or "," not in whole
    return len(parts) == 1 or (is_one_kind and len(parts[0]) <= _GROUPED and all(len(p) == _GROUPED for p in parts[1:]))
