"""Damage that knows nothing of a format: bytes, encodings, and two files spliced."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.benchmarks.fuzzing.words import AMOUNTS, CODECS, DAYS, EVERYTHING

Damage = Callable[[Random, bytes], bytes]
_MOST_SIZE = 400_000  # damage upon damage may not grow without end
_AMOUNT = re.compile(rb"-?\d[\d .]*[.,]\d\d?\b")
_DAY = re.compile(rb"\b(?:\d{4}[-/]\d\d[-/]\d\d|\d\d\.\d\d\.\d{4}|\d{6})\b")
_VALUE = re.compile(rb"(?<=[>;,\"\t])[^<>;,\"\t\r\n]+(?=[<;,\"\t\r\n])")


def flip_bytes(rng: Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 40))):
        if found:
            place = rng.randrange(len(found))
            found[place] = rng.randrange(256) if rng.random() < 0.5 else found[place] ^ (1 << rng.randrange(8))
    return bytes(found)


def cut(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] if rng.random() < 0.5 else data[:start] + data[end:]


def duplicate(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 20)) + data[end:]


def swap(rng: Random, data: bytes) -> bytes:
    places = sorted(rng.randrange(len(data) + 1) for _ in range(4))
    a, b, c, d = places
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def insert_word(rng: Random, data: bytes) -> bytes:
    place = rng.randrange(len(data) + 1)
    return data[:place] + _encoded(rng, rng.choice(EVERYTHING)) + data[place:]


def replace_amount(rng: Random, data: bytes) -> bytes:
    return _replaced(rng, data, _AMOUNT, AMOUNTS)


def replace_day(rng: Random, data: bytes) -> bytes:
    return _replaced(rng, data, _DAY, DAYS)


def replace_value(rng: Random, data: bytes) -> bytes:
    return _replaced(rng, data, _VALUE, EVERYTHING)


def change_encoding(rng: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(rng.choice(CODECS), errors="replace")


def change_line_ends(rng: Random, data: bytes) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", rng.choice((b"\r", b"\r\n", b"", b"\n\n", b"\r\r\n", b"\x0b", "\u2028".encode())))


def splice(rng: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file with the end of another, or one put into the other."""
    place = rng.randrange(len(data) + 1)
    start, end = _span(rng, other)
    tail = data[place:] if rng.random() < 0.4 else b""
    return data[:place] + other[start:end] + tail


def bounded(data: bytes) -> bytes:
    return data[:_MOST_SIZE]


def _span(rng: Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    length = rng.choice((1, 3, 20, 200, len(data)))
    return start, min(len(data), start + length)


def _encoded(rng: Random, word: str) -> bytes:
    return word.encode("utf-8" if rng.random() < 0.8 else rng.choice(CODECS), errors="replace")


def _replaced(rng: Random, data: bytes, pattern: re.Pattern[bytes], words: tuple[str, ...]) -> bytes:
    found = [match.span() for match in pattern.finditer(data[:_MOST_SIZE])]
    if not found:
        return data
    start, end = rng.choice(found)
    return data[:start] + _encoded(rng, rng.choice(words)) + data[end:]


PLAIN: tuple[Damage, ...] = (
    flip_bytes, cut, duplicate, swap, insert_word, replace_amount, replace_day, replace_value, replace_value,
    change_encoding, change_line_ends,
)  # fmt: skip
