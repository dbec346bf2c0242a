"""Amounts in another currency, and exchange rates, as banks write them into a payment's text."""

from __future__ import annotations

import re

_CODES = "EUR|USD|GBP|SEK|DKK|CHF|JPY|PLN|CZK|ISK|CAD|AUD|NZD|CNY|HKD|SGD|THB|TRY|HUF|RON|BGN|INR|ZAR|AED|NOK"
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}
_NUMBER = r"\d{1,3}(?:[.,'\u00a0 ]\d{3}){1,4}(?:[.,]\d{2})?|\d{1,12}(?:[.,]\d{1,2})?"
_UNIT = rf"{_CODES}|{'|'.join(map(re.escape, _SYMBOLS))}"
_ANY_CODE = rf"(?-i:[A-Z]{{3}})|{_UNIT}"
_ENDS = r"(?![\d]|[.,]\d)"
_BEFORE = re.compile(rf"(?<![^\W\d_])({_ANY_CODE})[\s:=]?\s?({_NUMBER}){_ENDS}", re.IGNORECASE)
_AFTER = re.compile(rf"(?<![\d.,])({_NUMBER})\s?({_ANY_CODE})(?![^\W\d_])", re.IGNORECASE)
_DECIMALS = re.compile(r"[.,](\d{1,2})$")
_RATE = re.compile(
    r"(?:\b(?:v?kurs|valutakurs|vekslingskurs|omr?\.?\s?kurs|rate|fx|xr|exch(?:ange)?\.?(?: rate)?|vaxelkurs|växelkurs)"
    r"[\s:.=]{0,3}|[@/]\s?)(\d{1,4}[.,]\d{2,8})\b|(?<![\d.,])(\d{1,4}[.,]\d{3,8})(?![\d.,]\d)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")
_PER = (1.0, 100.0)  # kroner are quoted for a hundred of their neighbours'
Stated = frozenset[tuple[str, str]]
Rates = frozenset[tuple[float, float]]


def stated_amounts(text: str) -> Stated:
    """Amounts written with a currency's code or sign, as (currency, plain amount with two decimals)."""
    found = {(code.upper(), _plain(amount)) for code, amount in _BEFORE.findall(text)}
    found |= {(code.upper(), _plain(amount)) for amount, code in _AFTER.findall(text)}
    return frozenset((_SYMBOLS.get(code, code), plain) for code, plain in found)


def _plain(amount: str) -> str:
    decimals = _DECIMALS.search(amount)
    whole = amount[: decimals.start()] if decimals else amount
    return f"{re.sub(r'[^0-9]', '', whole)}.{decimals.group(1) if decimals else '':0<2}"


def stated_rates(text: str) -> Rates:
    """What may be an exchange rate, each with what its last digit leaves open; also as quoted for a hundred."""
    found: set[tuple[float, float]] = set()
    for labelled, bare in _RATE.findall(text):
        digits = labelled or bare
        if not labelled and _THOUSANDS.fullmatch(digits):
            continue  # as likely an amount
        rate, slack = float(digits.replace(",", ".")), 0.5 * 10.0 ** -len(re.split("[.,]", digits)[1])
        found |= {(rate / per, slack / per) for per in _PER if rate}
    return frozenset(found)
