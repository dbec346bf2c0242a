import functools
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import kontali_desktop.services.errors  # noqa: F401 – so that the tree of errors is whole
from kontali_desktop.domain.errors import KontaliError

LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"
LANGUAGES = ("nb", "en")


@functools.cache
def _entries(language: str) -> dict[tuple[str | None, str], Message]:
    """By context and key; a plural's key is its singular."""
    with (LOCALE / language / "LC_MESSAGES" / "kontali.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {
        (entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]): entry
        for entry in catalogue
        if entry.id
    }


def _sentences(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def _placeholders(entry: Message) -> set[str]:
    parts = [part for sentence in _sentences(entry) for part in string.Formatter().parse(sentence)]
    return {name for _, name, _, _ in parts if name is not None}


def _errors(root: type[KontaliError] = KontaliError) -> Iterator[type[KontaliError]]:
    yield root
    for child in root.__subclasses__():
        yield from _errors(child)


def test_both_languages_have_the_same_keys() -> None:
    assert _entries("nb").keys() == _entries("en").keys()
    assert len(_entries("nb")) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_finished_sentence(language: str) -> None:
    unfinished = [
        key
        for key, entry in _entries(language).items()
        if entry.fuzzy or not _sentences(entry) or not all(map(str.strip, _sentences(entry)))
    ]
    assert not unfinished


def test_placeholders_are_equal() -> None:
    differing = []
    for key, bokmaal in _entries("nb").items():
        english = _entries("en").get(key)
        if english is not None and _placeholders(bokmaal) != _placeholders(english):
            differing.append(key)
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_sentence(language: str) -> None:
    keys = {key for _, key in _entries(language)}
    wanted = {f"error.{error.code}.{part}" for error in _errors() for part in ("message", "meaning", "action")}
    assert not wanted - keys


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in _errors()]
    assert len(codes) == len(set(codes))
