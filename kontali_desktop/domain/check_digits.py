"""Check digits of the Norwegian number series: KID, account, organisation and national identity numbers."""

from __future__ import annotations

_ACCOUNT_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORGANISATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_NATIONAL_ID_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_NATIONAL_ID_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
ACCOUNT_NUMBER_LENGTH = 11
ORGANISATION_NUMBER_LENGTH = 9
NATIONAL_ID_LENGTH = 11
MOD11 = 11


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _mod11(digits: str, weights: tuple[int, ...]) -> int:
    """The value 0–10 that makes the weighted sum divisible by eleven; 10 means that no digit does."""
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=True))
    return (MOD11 - total % MOD11) % MOD11


def mod10(digits: str) -> str:
    """The MOD10 (Luhn) check digit: weights 2, 1, 2, 1 … from the right, digit sums."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str((10 - total % 10) % 10)


def mod11(digits: str) -> str:
    """The MOD11 check character: weights 2 to 7 repeating from the right; a rest of one gives "-"."""
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(digits)))
    check = (MOD11 - total % MOD11) % MOD11
    return "-" if check == 10 else str(check)  # noqa: PLR2004 - ten has no digit of its own


def account_check_digit(first10: str) -> str | None:
    """The last digit of an account number, or None where the first ten can have none."""
    check = _mod11(first10, _ACCOUNT_WEIGHTS)
    return str(check) if check < 10 else None  # noqa: PLR2004 - ten has no digit of its own


def organisation_check_digit(first8: str) -> str | None:
    """The last digit of an organisation number, or None where the first eight can have none."""
    check = _mod11(first8, _ORGANISATION_WEIGHTS)
    return str(check) if check < 10 else None  # noqa: PLR2004 - ten has no digit of its own


def national_id_check_digits(first9: str) -> str | None:
    """The two last digits of a fødselsnummer, or None where the first nine can have none."""
    first = _mod11(first9, _NATIONAL_ID_FIRST)
    if first > 9:  # noqa: PLR2004 - ten has no digit of its own
        return None
    second = _mod11(f"{first9}{first}", _NATIONAL_ID_SECOND)
    return f"{first}{second}" if second < 10 else None  # noqa: PLR2004 - ten has no digit of its own


def is_account_number(text: str) -> bool:
    return len(text) == ACCOUNT_NUMBER_LENGTH and _is_digits(text) and account_check_digit(text[:-1]) == text[-1]


def is_organisation_number(text: str) -> bool:
    """True of real numbers (beginning with 8 or 9) and of the synthetic series (2 or 3)."""
    return (
        len(text) == ORGANISATION_NUMBER_LENGTH and _is_digits(text) and organisation_check_digit(text[:-1]) == text[-1]
    )


def is_national_id(text: str) -> bool:
    """True of real numbers and of the synthetic series, which adds 80 to the month."""
    if len(text) != NATIONAL_ID_LENGTH or not _is_digits(text):
        return False
    day, month = int(text[:2]) % 40, int(text[2:4]) % 40
    plausible = 1 <= day <= 31 and 1 <= month <= 12  # noqa: PLR2004 - the calendar's own numbers
    return plausible and national_id_check_digits(text[:9]) == text[9:]


def iban_of(account_number: str) -> str:
    """The Norwegian IBAN (ISO 13616) of an eleven-digit account number."""
    check = 98 - int(f"{account_number}232400") % 97  # N=23, O=24; ISO 7064 MOD 97-10
    return f"NO{check:02d}{account_number}"


def account_number_of(text: str) -> str:
    """The eleven digits behind a Norwegian IBAN or a written account number; other text is returned without spaces."""
    if len(text) == ACCOUNT_NUMBER_LENGTH and _is_digits(text):
        return text
    compact = "".join(text.split()).replace(".", "").upper()
    if compact.startswith("NO") and len(compact) == ACCOUNT_NUMBER_LENGTH + 4 and _is_digits(compact[2:]):
        return compact[4:]
    return compact


def kid_checks(kid: str) -> bool:
    """Whether the last place of a KID agrees with MOD10 or MOD11. A KID that does not is kept all the same."""
    body, last = kid[:-1], kid[-1:]
    return bool(body) and _is_digits(body) and last in (mod10(body), mod11(body))


def is_kid_wrong(kid: str) -> bool:
    """Whether neither modulus gives the check digit of a KID; a reference of another kind has none to be wrong."""
    body, last = kid[:-1], kid[-1:]
    return bool(body) and _is_digits(body) and (_is_digits(last) or last == "-") and not kid_checks(kid)
