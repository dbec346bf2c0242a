"""Numbers of the Norwegian series, drawn until one with valid check digits is found."""

from __future__ import annotations

from random import Random

from kontali_desktop.domain import check_digits

_SYNTHETIC_MONTH = 80  # made people have 80 added to the month of birth


def account_number(rng: Random, bank: str) -> str:
    """Eleven digits; `bank` is the first four."""
    while True:
        first = f"{bank}{rng.randrange(10**6):06d}"
        check = check_digits.account_check_digit(first)
        if check is not None:
            return first + check


def organisation_number(rng: Random) -> str:
    """Nine digits of the made series, which begins with 2 or 3."""
    while True:
        first = f"{rng.choice('23')}{rng.randrange(10**7):07d}"
        check = check_digits.organisation_check_digit(first)
        if check is not None:
            return first + check


def national_id(rng: Random) -> str:
    """Eleven digits of a made person born between 1960 and 1999."""
    while True:
        day, month, year = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(60, 100)
        first = f"{day:02d}{month + _SYNTHETIC_MONTH:02d}{year:02d}{rng.randrange(100, 500):03d}"
        check = check_digits.national_id_check_digits(first)
        if check is not None:
            return first + check


def kid(body: str, modulus: int) -> str:
    """`body` with its check character by MOD10 or MOD11."""
    return body + (check_digits.mod10(body) if modulus == 10 else check_digits.mod11(body))  # noqa: PLR2004 - its name


def digits(rng: Random, count: int) -> str:
    """`count` digits, the first of them not zero."""
    return str(rng.randrange(10 ** (count - 1), 10**count))
