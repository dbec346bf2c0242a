"""KID in structured fields and in free text, also where it is written in groups."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

_GROUPS = re.compile(r"\d[\d ]*\d-?|\d")
_SHORTEST = 4
_LONGEST = 25
_MOST_GROUPS = 9


def clean_kid(kid: str) -> str:
    """A KID as text: leading zeros and a trailing "-" (MOD11) stay, spaces go."""
    return "".join(kid.split())


def kids_in_text(text: str, known: Container[str]) -> list[str]:
    """Known KIDs that stand in the text as a whole run of digits, or as neighbouring groups that make one."""
    found: list[str] = []
    for run in _GROUPS.finditer(text):
        for kid in _joined(run.group().split()):
            if kid in known and kid not in found:
                found.append(kid)
    return found


def _joined(groups: list[str]) -> Iterator[str]:
    for first in range(len(groups)):
        kid = ""
        for group in groups[first : first + _MOST_GROUPS]:
            kid += group
            if len(kid) > _LONGEST:
                break
            if len(kid) >= _SHORTEST:
                yield kid
                if kid.endswith("-"):
                    yield kid[:-1]


def one_digit_off(kid: str) -> Iterator[str]:
    """Every KID of the same length that differs in one digit, or by two neighbours swapped."""
    for place, digit in enumerate(kid):
        for other in "0123456789":
            if other != digit:
                yield kid[:place] + other + kid[place + 1 :]
    for place in range(len(kid) - 1):
        if kid[place] != kid[place + 1]:
            yield kid[:place] + kid[place + 1] + kid[place] + kid[place + 2 :]
