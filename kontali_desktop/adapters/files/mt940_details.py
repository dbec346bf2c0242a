"""Field 86 of MT940, the information to the account owner: three ways of writing it, and plain text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kontali_desktop.domain.check_digits import account_number_of

# Words between slashes, as SWIFT's and the Nordic banks' guides have them.
_WORDS = (
    "EREF", "PREF", "IREF", "KREF", "MREF", "CRED", "DEBT", "ORDP", "BENM", "CNTP", "NAME", "IBAN", "ACCW",
    "ACCT", "BIC", "ID",
    "ADDR", "REMI", "USTD", "STRD", "CDTRREF", "SCOR", "KID", "OCMT", "CHGS", "EXCH", "RTRN", "NTRX", "TRCD",
    "PURP", "ISDT",
    "CSID", "MARF", "SVCL", "TRTP", "ULTB", "ULTD", "ABWA", "ABWE",
)  # fmt: skip
_BY_WORD = re.compile(rf"/({'|'.join(_WORDS)})(?=/)")
_BY_NUMBER = re.compile(r"(?:\d{3})?(?P<mark>[?<>^~+])\d\d")
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC)\+")  # German banks' words
_KID = re.compile(r"\bKID(?:[ -]?(?:nr|nummer))?[ .:]*(\d{2,24}[\d-])(?!\d)", re.IGNORECASE | re.ASCII)
_BARE_KID = re.compile(r"\d{2,24}[\d-]", re.ASCII)
_REMITTANCE = frozenset((*range(20, 30), *range(60, 64)))  # the sub-fields that hold the message
_BANK_CODE, _ACCOUNT, _NAMES, _POSTING_TEXT = 30, 31, (32, 33), 0


@dataclass(frozen=True, slots=True)
class Details:
    """What a line's information says, as far as it is told apart."""

    text: str = ""
    counterparty: str = ""
    counterparty_account: str = ""
    kid: str = ""
    end_to_end_id: str = ""


def details_of(lines: tuple[str, ...]) -> Details:
    """Sub-fields by number (`?20…?32…`), by words between slashes (`/REMI/…/NAME/…`), or the text as it stands."""
    whole = "".join(lines)
    numbered = _BY_NUMBER.match(whole)
    if numbered:
        return _by_number(whole, numbered["mark"])
    if _BY_WORD.search(whole):
        return _by_word(whole)
    text = _clean(" ".join(lines))
    return Details(text=text, kid=_kid_in(text))


def _by_number(whole: str, mark: str) -> Details:
    parts: dict[int, str] = {}
    for piece in whole.split(mark)[1:]:
        if piece[:2].isdecimal():
            parts[int(piece[:2])] = piece[2:]
    pieces = _SEPA.split("".join(text for number, text in parts.items() if number in _REMITTANCE))
    told = {word: _clean(text) for word, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    message = " ".join(filter(None, (_clean(pieces[0]), told.get("SVWZ", ""))))
    name = _clean("".join(parts.get(number, "") for number in _NAMES))
    return Details(
        text=message or _clean(parts.get(_POSTING_TEXT, "")),
        counterparty=name or told.get("ABWA", ""),
        counterparty_account=account_number_of(parts.get(_ACCOUNT, "") or told.get("IBAN", "")),
        kid=_kid_in(message),
        end_to_end_id=_end_to_end(told.get("EREF", "")),
    )


def _by_word(whole: str) -> Details:
    pieces = _BY_WORD.split(whole)
    parts: dict[str, list[str]] = defaultdict(list)
    for word, text in zip(pieces[1::2], pieces[2::2], strict=True):
        parts[word].append(_clean(text.strip("/")))

    def told(*words: str) -> str:
        return next((text for word in words for text in parts.get(word, ()) if text), "")

    message = _clean(" ".join(parts.get("REMI", []) + parts.get("USTD", [])))
    structured = told("KID", "CDTRREF", "SCOR", "STRD").replace(" ", "")
    kid = structured if _BARE_KID.fullmatch(structured) else _kid_in(message)
    other = told("CNTP").split("/")  # account, BIC, name, town
    return Details(
        text=message or _clean(pieces[0]) or told("TRTP", "TRCD"),
        counterparty=told("NAME", "ORDP", "BENM") or (other[2] if len(other) > len("ab") else ""),
        counterparty_account=account_number_of(told("IBAN", "ACCT", "ACCW") or other[0]),
        kid=kid,
        end_to_end_id=_end_to_end(told("EREF")),
    )


def _end_to_end(told: str) -> str:
    return "" if told == "NOTPROVIDED" else told


def _kid_in(text: str) -> str:
    found = _KID.search(text)
    return found.group(1) if found else ""


def _clean(text: str) -> str:
    return " ".join(text.split())
