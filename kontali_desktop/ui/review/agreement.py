"""Which characters of two texts agree, so that they can be marked on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kontali_desktop.ui.theme import Tone
from kontali_desktop.ui.widgets.paint import Run

_WORD = re.compile(r"\w+", re.UNICODE)
_LEAST_PREFIX = 4  # a bank cuts names short; fewer letters agree by chance
_LEGAL_FORMS = frozenset({"as", "asa", "ans", "da", "sa", "enk", "nuf", "ab", "ltd", "gmbh", "inc"})
_COUNTED = re.compile(r"\S")
_LEAST_SHARE = 0.5  # one word of a long name is not the name

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Both texts in pieces. `is_whole`: all of one stands uncut in the other, but for its legal form.

    `is_part`: some of it does.
    """

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    is_whole: bool
    is_part: bool


def agree(left: str, right: str) -> Agreement:
    """Marks words that stand in both, and the beginning that a cut word shares with a whole one."""
    mine, theirs = _words(left), _words(right)
    my_marks: set[Span] = set()
    their_marks: set[Span] = set()
    has_cut = False
    for word, start in mine:
        for other, other_start in theirs:
            length = _shared(word, other)
            if length:
                has_cut = has_cut or word != other
                my_marks.add((start, start + length))
                their_marks.add((other_start, other_start + length))
    shares = (_share(mine, my_marks), _share(theirs, their_marks))
    return Agreement(
        left=marked(left, my_marks),
        right=marked(right, their_marks),
        is_whole=max(shares) == 1 and min(shares) >= _LEAST_SHARE and not has_cut,
        is_part=max(shares) > 0,
    )


def find_whole(text: str, number: str) -> tuple[Span, ...]:
    """Where a number stands in a text as a whole token."""
    if not number:
        return ()
    pattern = re.compile(rf"(?<!\w){re.escape(number)}(?!\w)", re.IGNORECASE)
    return tuple(found.span() for found in pattern.finditer(text))


def marked(text: str, spans: Iterable[Span], tone: Tone = Tone.TEXT) -> tuple[Run, ...]:
    """The text in pieces, those in `spans` marked; marks with only blanks between them become one."""
    runs: list[Run] = []
    at = 0
    for start, end in _joined(text, spans):
        if start > at:
            runs.append(Run(text[at:start], tone))
        runs.append(Run(text[start:end], tone, marked=True))
        at = end
    if at < len(text):
        runs.append(Run(text[at:], tone))
    return tuple(runs)


def _words(text: str) -> list[tuple[str, int]]:
    return [(found.group().casefold(), found.start()) for found in _WORD.finditer(text)]


def _shared(word: str, other: str) -> int:
    """How many characters two words agree in: all of them, or the whole of a cut one."""
    if word == other:
        return len(word)
    shorter = min(len(word), len(other))
    is_cut = shorter >= _LEAST_PREFIX and word[:shorter] == other[:shorter]
    return shorter if is_cut and not word.isdigit() and not other.isdigit() else 0


def _share(words: list[tuple[str, int]], spans: set[Span]) -> float:
    meant = [(word, start) for word, start in words if word not in _LEGAL_FORMS] or words
    starts = {start for start, _end in spans}
    total = sum(len(word) for word, _start in meant)
    if total == 0:
        return 0.0
    return sum(len(word) for word, start in meant if start in starts) / total


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not _COUNTED.search(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
