"""What a payment's text says: numbers as whole tokens with what stands before them, and words that tell the purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATOM = re.compile(r"\d+|[^\W\d_]+")
_NOT_NUMBERS = re.compile(
    r"""(?P<date>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b|\b[0-3]?\d\.[01]?\d\.(?:(?:19|20)?\d\d\b)?|\b[0-3]\d\.[01]\d\b)
    |(?P<time>\bkl\.?\s*\d{1,2}[.:]\d\d\b)
    |(?P<other>\b(?:ark\.?\s*ref|ordre|ordrenr|order|bestilling|tlf|telefon|mob|mobil|kunde|kundenr|org|orgnr|medlem|avtale
        |kort|kurs|antall|konto|kontonr|terminal|butikk|sak|prosjekt)\b\.?\s*(?:nr|no)?[.:\#\s]*\d+(?:\s*,\s*\d{3,})*)
    |(?P<card>\*+\s*\d+|\b\d{4}\s?\*+)
    |(?P<amount>\b\d{1,3}(?:[\s.]\d{3})*,\d\d\b|\b\d+[.,]\d\d\b)
    |(?P<account>\b\d{4}\.\d\d\.\d{5}\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELS = re.compile(
    r"f|fnr|fak|fakt|faktura|fakturanr|fakturanummer|fakturaer|inv|invoice|invoices|kn|kreditnota|kreditnotanr|nota|regning"
)
_KEEPS_LABEL = re.compile(r"og|and|samt|nr|no|nummer|pluss|til|from|to")
_RANGE = re.compile(r"\b(\d{3,})\s?[-–]\s?(\d{3,})\b")
_INSTALMENT = re.compile(
    r"\b(?:delbetaling|delbet|avdrag|a[\s-]?konto|akonto|rate|restbetaling|rest|deposit|part payment)\b"
    r"|\b\d\s?(?:/|av)\s?\d\b",
    re.IGNORECASE,
)
_STATED = re.compile(r"\b([A-Z]{3})\s?(\d+(?:[.,]\d{2})?)\b|\b(\d+(?:[.,]\d{2}))\s?([A-Z]{3})\b")
_OTHER_PURPOSE = re.compile(
    r"\b(?:l[øo]nn|skattetrekk|forskuddstrekk|arbeidsgiveravgift|mva|merverdiavgift|terminoppgave|gebyr|renter|husleie"
    r"|privatuttak|utbytte|nav|avdrag og renter|l[åa]n)\b",
    re.IGNORECASE,
)
_LONGEST_RANGE = 30
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of digits (leading zeros dropped) or letters. `is_other`: part of a date, an order, a card or an amount."""

    text: str
    start: int
    end: int
    is_digits: bool
    is_labelled: bool
    is_other: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text read once: atoms in order, the numbers of ranges it spells out, stated amounts, and its purpose."""

    atoms: tuple[Atom, ...]
    ranges: tuple[str, ...] = ()
    stated: frozenset[tuple[str, str]] = frozenset()
    is_instalment: bool = False
    has_other_purpose: bool = False


def bare(digits: str) -> str:
    """Digits without leading zeros, for comparison."""
    return digits.lstrip("0") or "0"


def number_atoms(number: str) -> tuple[str, ...]:
    """A document's number cut into runs of letters and digits, as `read_text` cuts texts."""
    return tuple(bare(a) if a.isdigit() else a.lower() for a in _ATOM.findall(number))


def read_text(text: str) -> Text:
    others = [m.span() for m in _NOT_NUMBERS.finditer(text)]
    atoms: list[Atom] = []
    labelled = False
    for found in _ATOM.finditer(text):
        word, start = found.group(), found.start()
        if word.isdigit():
            is_other = any(a <= start < b for a, b in others)
            atoms.append(Atom(bare(word), start, found.end(), True, labelled and not is_other, is_other))
        else:
            lower = word.lower()
            labelled = bool(_LABELS.fullmatch(lower)) or (labelled and bool(_KEEPS_LABEL.fullmatch(lower)))
            atoms.append(Atom(lower, start, found.end(), False, False, False))
    return Text(
        tuple(atoms),
        _ranges(text),
        _stated(text),
        bool(_INSTALMENT.search(text)),
        bool(_OTHER_PURPOSE.search(text)),
    )


def _ranges(text: str) -> tuple[str, ...]:
    numbers: list[str] = []
    for found in _RANGE.finditer(text):
        first, last = int(found.group(1)), int(found.group(2))
        if len(found.group(1)) == len(found.group(2)) and 0 < last - first <= _LONGEST_RANGE:
            numbers += [str(n) for n in range(first, last + 1)]
    return tuple(numbers)


def _stated(text: str) -> frozenset[tuple[str, str]]:
    """Amounts written with a currency code, as (currency, plain amount with two decimals)."""
    found: set[tuple[str, str]] = set()
    for before, amount, amount_first, after in _STATED.findall(text):
        plain = (amount or amount_first).replace(",", ".")
        found.add((before or after, plain if "." in plain else f"{plain}.00"))
    return frozenset(found)


def named_numbers(text: Text) -> list[Atom]:
    """Numbers called an invoice's number by the word before them."""
    return [a for a in text.atoms if a.is_labelled and len(a.text) >= _SHORTEST_NUMBER]
