"""Reading a GNU gettext catalogue (.po) as it stands: nothing is compiled, so nothing can be out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r'(?:(msgid_plural|msgid|msgstr)(?:\[([01])\])?[ \t]+)?"((?:[^"\\]|\\.)*)"[ \t]*')
_PLAIN = re.compile(r'msgid "([^"\\]+)"\nmsgstr "([^"\\]*)"')  # how all but a few entries stand
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


class CatalogueBroken(Exception):
    """The file is no catalogue that is understood: names the file and the line."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Sentences by key; `plurals` has the form for one, and the form for any other number."""

    texts: dict[str, str]
    plurals: dict[str, tuple[str, str]]


@dataclass(slots=True)
class _Entry:
    key: str = ""
    plural: str | None = None
    forms: tuple[str, str] = ("", "")


def read_catalogue(path: Path) -> Catalogue:
    """Raises CatalogueBroken, OSError. Only what these catalogues use of the format: no contexts, two plural forms."""
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    number = 1
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        plain = _PLAIN.fullmatch(block)
        if plain is not None:
            texts[plain[1]] = plain[2]
        else:
            _read_block(path, block, number, Catalogue(texts, plurals))
        number += block.count("\n") + 2
    return Catalogue(texts, plurals)


def _read_block(path: Path, block: str, number: int, into: Catalogue) -> None:
    """Lines without an empty one between them; `number` is the first one's."""
    for entry in _entries(path, block, number):
        if entry.plural is not None:
            into.plurals[entry.key] = entry.forms
        elif entry.key:  # the entry without a key is the header
            into.texts[entry.key] = entry.forms[0]


def _entries(path: Path, block: str, first: int) -> Iterator[_Entry]:
    entry: _Entry | None = None
    keyword, form = "", 0
    for number, line in enumerate(block.splitlines(), first):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise CatalogueBroken(f"{path}, line {number}")
        said, index, value = found.groups()
        if said:
            keyword, form = said, int(index or 0)
            if said == "msgid":
                if entry is not None:
                    yield entry
                entry = _Entry()
        if entry is None:
            raise CatalogueBroken(f"{path}, line {number}")
        _add(entry, keyword, form, _unescaped(value))
    if entry is not None:
        yield entry


def _add(entry: _Entry, keyword: str, form: int, value: str) -> None:
    """A value may be written over several lines; each adds to the one before."""
    if keyword == "msgid":
        entry.key += value
    elif keyword == "msgid_plural":
        entry.plural = (entry.plural or "") + value
    else:
        one, other = entry.forms
        entry.forms = (one, other + value) if form else (one + value, other)


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found.group(1), found.group(1)), value)
