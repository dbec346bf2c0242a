"""Amounts in any style: `35.8`, `249,00`, `1.234,56-`, `1 234,56`, `(500,00)`, `−1'234.50`, `kr 500,-`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import amount_of
from kontali_desktop.domain.money import decimals_of
from kontali_desktop.services.errors import FileNotUnderstood

_MINUS = str.maketrans("\u2212\u2013\u2010\u2011", "----")
_MONEY_WORD = r"(?:[kK][rR]\.?|[A-Z]{3}|[€$£])"
_WRAPPED = re.compile(rf"{_MONEY_WORD}?\s*(.*?)\s*{_MONEY_WORD}?", re.DOTALL)
_OF_CURRENCY = re.compile(r"[A-Z]{3}|[€$£]")
_SIGNS_OF_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP"}
_WHOLE_KRONER = re.compile(r"(.*\d)([,.])--?")
_BODY = re.compile(r"[\d .,']*\d[\d .,']*", re.ASCII)
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ ']\d{3})+", re.ASCII)
_GROUP = 3
_LONGEST = 60
_ROUNDED = re.compile(r"[+-]?\d[.,]\d+e\+\d\d", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Written:
    """An amount taken apart. `mark` is the decimal mark, or with `is_unsure` a mark that may as well part thousands."""

    is_negative: bool
    whole: str
    part: str = ""
    mark: str = ""
    group: str = ""
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Which mark is the decimal one in a table: nothing where its amounts do not tell, or speak against each other."""

    decimal_mark: str = ""


def style_of(texts: Iterable[str]) -> NumberStyle:
    """The style that the amounts of a table show; only those count that can be read in one way."""
    found = [written for text in texts if (written := _taken_apart(text)) and not written.is_unsure]
    decimal = {written.mark for written in found if written.mark}
    group = {written.group for written in found if written.group in ".,"} - {""}
    if len(decimal) > 1 or decimal & group:
        return NumberStyle()
    if decimal:
        return NumberStyle(decimal.pop())
    return NumberStyle("," if group == {"."} else "." if group == {","} else "")


def minor_of(text: str, currency: str, style: NumberStyle, where: str) -> int:
    """Signed minor units.

    Raises FileNotUnderstood: `1.250` is refused where the style does not say whether it is a thousand or one and a
    quarter, and so is more decimals than the currency has, and an amount that says it is in another one.
    """
    if is_rounded(text):
        raise not_understood(where, Reason.NUMBER_ROUNDED, value=text)
    for word in _OF_CURRENCY.findall(text[:_LONGEST]):
        told = _SIGNS_OF_CURRENCIES.get(word, word)
        if told != currency and is_amount(text):
            raise not_understood(where, Reason.CURRENCY_DIFFERS, found=told, expected=currency)
    written = _taken_apart(text)
    if written is None:
        raise not_understood(where, Reason.AMOUNT_NOT_UNDERSTOOD, value=text)
    whole, part = written.whole, written.part
    if written.is_unsure and decimals_of(currency) != _GROUP:
        if not style.decimal_mark:
            raise not_understood(where, Reason.AMOUNT_AMBIGUOUS, value=text)
        if written.mark != style.decimal_mark:
            whole, part = whole + part, ""
    try:
        minor = amount_of(f"{whole or '0'}.{part}" if part else whole, currency, where)
    except FileNotUnderstood:
        raise not_understood(where, Reason.AMOUNT_NOT_UNDERSTOOD, value=text) from None
    return -minor if written.is_negative else minor


def is_amount(text: str) -> bool:
    """Whether the text reads as an amount in some style."""
    return _taken_apart(text) is not None


def is_rounded(text: str) -> bool:
    """Whether a long number was cut by a spreadsheet, as 1,23457E+14: its last digits are gone."""
    return bool(_ROUNDED.fullmatch(text.strip()))


def _taken_apart(text: str) -> _Written | None:
    body, is_negative = _without_sign(text)
    if not _BODY.fullmatch(body):
        return None
    marks = [sign for sign in body if sign in ".,"]
    if not marks:
        whole = _ungrouped(body, "")
        return _Written(is_negative, whole) if whole else None
    last = marks[-1]
    if marks.count(last) > 1:
        whole = _ungrouped(body, last) if set(marks) == {last} else ""
        return _Written(is_negative, whole, group=last) if whole else None
    left, part = body.rsplit(last, 1)
    group = marks[0] if len(marks) > 1 else ""
    whole = _ungrouped(left, group) if left else "0"
    if not part.isdigit() or not whole:
        return None
    is_unsure = not group and len(part) == _GROUP and left == whole and len(left) <= _GROUP and left[0] != "0"
    return _Written(is_negative, whole, part, last, group, is_unsure)


def _without_sign(text: str) -> tuple[str, bool]:
    """The digits and marks, and whether a minus before or after them, or brackets around them, make them negative."""
    if len(text) > _LONGEST:
        return "", False
    plain = " ".join(text.translate(_MINUS).replace("\u2019", "'").split())
    bracketed = plain.startswith("(") and plain.endswith(")")
    found = _WRAPPED.fullmatch(plain[1:-1] if bracketed else plain)
    body = found.group(1) if found else ""
    whole = _WHOLE_KRONER.fullmatch(body)
    body = f"{whole.group(1)}{whole.group(2)}00" if whole else body  # 500,-
    before, after = body[:1] in ("-", "+"), body[-1:] == "-"
    is_minus = body[:1] == "-" or after
    body = body[before : len(body) - after].strip()
    inner = _WRAPPED.fullmatch(body)  # -kr 500,00
    if before + after + bracketed > 1:
        return "", False
    return (inner.group(1) if inner else body), is_minus or bracketed


def _ungrouped(whole: str, mark: str) -> str:
    """The digits without what parts their thousands, or nothing where the groups are not of three."""
    if whole.isdigit():
        return whole
    if mark:
        groups = whole.split(mark)
        is_grouped = 1 <= len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])
        return "".join(groups) if is_grouped and all(group.isdigit() for group in groups) else ""
    return whole.replace(" ", "").replace("'", "") if _GROUPED_BY_SPACE.fullmatch(whole) else ""
