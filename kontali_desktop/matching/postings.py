"""Bank lines that never have an invoice: what the text says they are, and the account of NS 4102 they belong on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kontali_desktop.domain.matches import Evidence, Posting, Proposal, ProposalKind
from kontali_desktop.matching.learnt import LearntPosting
from kontali_desktop.matching.reading import Reading

_OUT, _IN = -1, 1
_SAID, _SAID_BUT_NAMED, _SAID_OF_TWO = 0.93, 0.6, 0.5
_WEIGHT = 5.0
_PRIOR_RIGHT = 0.8
_AUTHORITY = re.compile(r"skatt|tax|kemner|finansdep|\bnav\b|bank|sparebank|dnb|nordea|lønn|payroll", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Purpose:
    """Words, the ways the money goes, and the account with its VAT code (SAF-T: 0 for costs, 7 for income).

    `other` is the account that a part of the sum belongs on, which the bank line does not tell.
    """

    words: re.Pattern[str]
    posting: Posting
    ways: tuple[int, ...] = (_OUT,)
    most: int = 10**12
    other: str = ""


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


# Net pay clears 2930 (the payroll run books 5000); withheld tax 2600, employer's contribution 2770, VAT 2740.
_PURPOSES = (
    _Purpose(_words(r"arbeidsgi?(?:ver|vera|jevar)\w*avgift|arbeidsgiveravgift|aga"), Posting("2770")),
    _Purpose(_words(r"skattetrekk|forskuddstrekk|forskotstrekk|forskudd?strekk"), Posting("2600")),
    _Purpose(_words(r"mva(?:[- ]\w+)?|merverdiavgift|meirverdiavgift|vat|moms"), Posting("2740"), (_OUT, _IN)),
    _Purpose(_words(r"l[øo]nn(?:sutbetaling|skj[øo]ring)?|l[øo]n|netto l[øo]nn|payroll|salary|wages"), Posting("2930")),
    _Purpose(
        _words(r"avdrag og renter.*|.*l[åa]n(?:et)?|terminbel[øo]p.*|loan.*|nedbetaling l[åa]n|billån\w*"),
        Posting("2240"),
        other="8150",
    ),
    _Purpose(_words(r"(?:kredit|debet|innskudds)?rente[r]?|interest|renteinntekt\w*"), Posting("8050", "7"), (_IN,)),
    _Purpose(_words(r"(?:kredit|debet|overtrekks)?rente[r]?|interest|rentekostnad\w*"), Posting("8150", "0")),
    _Purpose(
        _words(
            r"\w*gebyr\w*|omkostning\w*|pris nettbank.*|kontohold|betalingsformidling|bank charges?|bank fees?"
            r"|transaksjonspris\w*|[åa]rspris\w*|priser (?:bank|betaling)\w*"
        ),
        Posting("7770", "0"),
        most=1_000_000,
    ),
)


def direct_posting(reading: Reading, taught: LearntPosting | None) -> Proposal | None:
    """None where the text says no such thing, or it names a document; what a person decided goes before our words."""
    if reading.has_reference:
        return None
    return _taught(taught) if taught else _by_words(reading)


def _taught(taught: LearntPosting) -> Proposal:
    times = len(taught.decisions)
    return Proposal(
        kind=ProposalKind.DIRECT_POSTING,
        confidence=round((times + _PRIOR_RIGHT) / (times + taught.exceptions + 1), 4),
        combinations=1,
        evidence=(Evidence("learnt_posting", _WEIGHT, {"payments": str(times)}),),
        posting=taught.posting,
    )


def _by_words(reading: Reading) -> Proposal | None:
    way = _IN if reading.amount > 0 else _OUT
    for purpose in _PURPOSES:
        found = purpose.words.search(reading.words)
        if found and way in purpose.ways and abs(reading.amount) <= purpose.most:
            return Proposal(
                kind=ProposalKind.DIRECT_POSTING,
                confidence=_confidence(reading, purpose),
                combinations=1,
                evidence=_evidence(purpose, found.group().strip()),
                posting=purpose.posting,
            )
    return None


def _confidence(reading: Reading, purpose: _Purpose) -> float:
    is_named = bool(reading.parties) or bool(reading.name and not _AUTHORITY.search(reading.name))
    return min(_SAID_BUT_NAMED if is_named else _SAID, _SAID_OF_TWO if purpose.other else 1.0)


def _evidence(purpose: _Purpose, written: str) -> tuple[Evidence, ...]:
    said = Evidence("purpose", _WEIGHT, {"written": written})
    if not purpose.other:
        return (said,)
    return said, Evidence("part_elsewhere", 0.0, {"posting": purpose.posting.account, "other": purpose.other})
