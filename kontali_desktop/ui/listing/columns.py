"""A column of a table as data: its heading, what it shows of a row, what it sorts by."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from kontali_desktop.ui.theme import IconName, Tone

R = TypeVar("R")
_NOTHING = ""


class Row(Protocol):
    """What a table asks of its rows: who each one is, its group, and what the search looks in."""

    @property
    def key(self) -> Hashable: ...
    @property
    def group(self) -> str: ...
    @property
    def hay(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """`sort` gives what compares; `tip` is for hovering; `is_amount` stands to the right in the stronger weight.

    `more` stands quiet behind the text; `icon` at the cell's end, with what a screen reader says of it.
    `width` is wanted; in a narrow window the column gives way down to `least`, or not at all where that is 0. Amounts
    are as wide as the longest of them. `may_go`: where even that is too much, the column is left out, the last of these
    first; where that does not help either, a column is cut down to its `floor`.
    """

    key: str
    heading: str
    width: int
    shown: Callable[[R], str]
    sort: Callable[[R], Any]
    tone: Callable[[R], Tone] = lambda _row: Tone.TEXT
    tip: Callable[[R], str] = lambda _row: _NOTHING
    more: Callable[[R], str] = lambda _row: _NOTHING
    icon: Callable[[R], tuple[IconName, str] | None] = lambda _row: None
    is_amount: bool = False
    is_strong: bool = False
    least: int = 0
    may_go: bool = False
    floor: int | None = None


def sort_text(text: str) -> str:
    """Orders names as the Norwegian alphabet does: æ, ø and å after z."""
    folded_text = text.casefold()
    if folded_text.isascii():
        return folded_text
    # The three signs that follow z, in the alphabet's own order; `translate` takes ten times as long.
    return folded_text.replace("æ", "{").replace("ø", "|").replace("å", "}")


def folded(text: str) -> str:
    """Without blanks of any kind and with one kind of minus, so that 12 500,00 is found however it is written."""
    return "".join(text.casefold().replace("−", "-").split())


def haystack(*words: str) -> str:
    """What the search looks in; a search never reaches from one word into the next."""
    return "|".join(folded(word) for word in words if word)
