"""Texts that the bank cut off in the middle of a list of numbers: what the rest of the list may have been."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kontali_desktop.matching.index import Entry, Index

_SHORTEST = 20  # banks cut at 22 signs and more
_TAIL = re.compile(r"(?:[,;+&|]|\d{3}\s?/|\b(?:og|samt|and|und|och|pluss))\s*([^\s,;+&|/]*)$", re.IGNORECASE)
_MOST_FOLLOWING = 4
_LOOKED_AT = 12


def tail_of(words: str, named: Iterable[str]) -> str | None:
    """The last number of a list as far as it goes, perhaps nothing; None where the text ends in no list of such ones.

    `named` are the numbers of the documents that the text refers to.
    """
    found = _TAIL.search(words) if len(words) >= _SHORTEST else None
    if found is None:
        return None
    tail, numbers = found.group(1).casefold(), [n.casefold() for n in named]
    if tail in numbers or not any(n.startswith(tail[:1]) for n in numbers):
        return None
    return tail


def completing(told: Sequence[Entry], missing: int, tail: str, index: Index) -> list[Entry]:
    """Documents of just the missing amount whose number begins as the text ends."""
    named = {e.place for e in told}
    places = index.by_amount.get((told[0].item.currency, missing), ()) if missing else ()
    entries = (index.entries[p] for p in places if p not in named)
    return [e for e in entries if e.item.side is told[0].item.side and _begins(e, tail)]


def following(told: Sequence[Entry], tail: str, index: Index) -> Iterator[tuple[Entry, ...]]:
    """The next few documents by number after the last that is named, one, two and more of them."""
    last = max(told, key=lambda e: (len(e.item.number), e.item.number))
    is_open = (e for e in islice(index.entries, last.place + 1, None) if e.signed)  # what is gone keeps its place
    after = [
        e
        for e in islice(is_open, _LOOKED_AT)
        if e.signed > 0 and e.item.side is last.item.side and e.item.number > last.item.number
    ]
    for first, entry in enumerate(after):
        if _begins(entry, tail):
            for count in range(1, _MOST_FOLLOWING + 1):
                yield tuple(islice(after, first, first + count))


def _begins(entry: Entry, tail: str) -> bool:
    number = entry.item.number.casefold()
    return number != tail and number.startswith(tail)
