"""What a payment's text says: numbers as whole tokens with what stands before them, and words that tell the purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kontali_desktop.matching.stated import Rates, Stated, stated_amounts, stated_rates

_DIGIT = re.compile(r"\d")
_ATOM = re.compile(r"\d+|[^\W\d_]+")
_NOT_NUMBERS = re.compile(
    r"""(?P<date>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b|\b[0-3]?\d\.[01]?\d\.(?:(?:19|20)?\d\d\b)?|\b[0-3]\d\.[01]\d\b)
    |(?P<time>\bkl\.?\s*\d{1,2}[.:]\d\d\b)
    |(?P<other>\b(?:ark\.?\s*ref|ordre|ordrenr|order|bestilling|tlf|telefon|mob|mobil|kunde|kundenr|org|orgnr|medlem|avtale
        |kort|kurs|antall|konto|kontonr|terminal|butikk|sak|prosjekt)\b\.?\s*(?:nr|no)?[.:\#\s]*\d+(?:\s*,\s*\d{3,})*)
    |(?P<card>\*+\s*\d+|\b\d{4}\s?\*+)
    |(?P<amount>\b\d{1,3}(?:[\s.]\d{3}){0,4},\d\d\b|\b\d+[.,]\d\d\b)
    |(?P<account>\b\d{4}\.\d\d\.\d{5}\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELS = re.compile(
    r"f|fnr|fak|fakt|faktnr|faktura|fakturanr|fakturanummer|fakturaer|fakturaene|inv|invoice|invoices|bill|facture|kn"
    r"|kreditnota|kreditnotanr|nota|regning|regninger|regn|rekning|rekningar|rechnung\w*|räkning\w*"
)
_LABEL_END = re.compile(r"(?:faktura(?:nr|nummer|er)?|fakt?nr|invoices?|rechnung|räkning|re[gk]ning|nota)$")  # glued on
_VAGUE = re.compile(r"ref|refnr|referanse|reference|bilag|pakke|best|transid|arkivref|trans|melding")
_KEEPS_LABEL = re.compile(r"og|and|samt|nr|no|nummer|pluss|til|from|to")
_RANGE = re.compile(r"\b(\d{3,})\s?[-–]\s?(\d{3,})\b")
_INSTALMENT = re.compile(
    r"\b(?:del(?:inn)?bet\w*|nedbetal\w*|avdrag|a[\s-]?konto|akonto|rate|rest(?:bel[øo]p|betaling|en|sum)?|slutt(?:betaling)?"
    r"|deposit\w*|depositum|forskudd|part(?:ial)? payment|instal+ment\w*|balance)\b"
    r"|\b\d\s?(?:/|av|of)\s?\d\b",
    re.IGNORECASE,
)
_OTHER_PURPOSE = re.compile(
    r"\b(?:l[øo]nn\w*|l[øo]n|payroll|skattetrekk|forsk[uo][dt]+strekk|arbeidsgi?(?:ver|jevar)avgift|aga|mva\w*"
    r"|me(?:r|ir)verdiavgift"
    r"|terminoppgave|terminbel[øo]p|\w*gebyr|omkostninger|kontohold|\w*renter?|hus?leige?|husleie|leie lokale|rent"
    r"|privat\w*"
    r"|utbytte|nav|avdrag og renter|\w*l[åa]n|loan|sykepenger|sjukepengar|forsikring\w*)\b",
    re.IGNORECASE,
)
_LONGEST_RANGE = 30
_SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of digits (leading zeros dropped) or letters.

    `is_other`: part of a date, an order, a card or an amount. `is_vague`: called a reference, which may be anything's.
    """

    text: str
    start: int
    end: int
    is_digits: bool
    is_labelled: bool
    is_other: bool
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text read once: atoms in order, numbers of ranges it spells out, amounts and rates it states, its purpose."""

    atoms: tuple[Atom, ...]
    ranges: tuple[str, ...] = ()
    stated: Stated = frozenset()
    rates: Rates = frozenset()
    is_instalment: bool = False
    has_other_purpose: bool = False


def bare(digits: str) -> str:
    """Digits without leading zeros, for comparison."""
    return digits.lstrip("0") or "0"


def number_atoms(number: str) -> tuple[str, ...]:
    """A document's number cut into runs of letters and digits, as `read_text` cuts texts."""
    return tuple(bare(a) if a.isdigit() else a.lower() for a in _ATOM.findall(number))


@lru_cache(maxsize=32_768)
def read_text(text: str) -> Text:
    has_digits = bool(_DIGIT.search(text))
    others = [m.span() for m in _NOT_NUMBERS.finditer(text)] if has_digits else []
    atoms: list[Atom] = []
    labelled = vague = False
    for found in _ATOM.finditer(text):
        word, start = found.group(), found.start()
        if word.isdigit():
            is_other = any(a <= start < b for a, b in others)
            is_labelled = labelled and not is_other
            atoms.append(Atom(bare(word), start, found.end(), True, is_labelled, is_other, vague and not is_labelled))
        else:
            lower = word.lower()
            was_labelled, was_vague = labelled, vague
            labelled = bool(_LABELS.fullmatch(lower) or _LABEL_END.search(lower)) or (
                labelled and bool(_KEEPS_LABEL.fullmatch(lower))
            )
            vague = bool(_VAGUE.fullmatch(lower)) or (vague and len(lower) == 1)
            atoms.append(Atom(lower, start, found.end(), False, was_labelled, False, was_vague))
    return Text(
        tuple(atoms),
        _ranges(text),
        stated_amounts(text) if has_digits else frozenset(),
        stated_rates(text) if has_digits else frozenset(),
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


def named_numbers(text: Text) -> list[Atom]:
    """Numbers called an invoice's number by the word before them."""
    return [a for a in text.atoms if a.is_digits and a.is_labelled and len(a.text) >= _SHORTEST_NUMBER]
