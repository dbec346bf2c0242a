"""The sentences of one language by key, with their facts filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from kontali_desktop.wording.catalogue import read_catalogue
from kontali_desktop.wording.numbers import STYLES, NumberStyle, format_integer

Language = Literal["nb", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "en")
UNKNOWN_FACT = "–"


class TextMissing(Exception):
    """No sentence of this key, or a fact of it was not given: a fault of the program, named by key."""


class Texts:
    """One language's catalogue. `folder` holds `<language>/LC_MESSAGES/kontali.po`."""

    def __init__(self, language: Language, folder: Path) -> None:
        self.language: Language = language
        self._catalogue = read_catalogue(folder / language / "LC_MESSAGES" / "kontali.po")

    @property
    def style(self) -> NumberStyle:
        return STYLES[self.language]

    def has(self, key: str) -> bool:
        return key in self._catalogue.texts or key in self._catalogue.plurals

    def text(self, key: str, **facts: object) -> str:
        """Raises TextMissing."""
        sentence = self._catalogue.texts.get(key)
        if sentence is None:
            raise TextMissing(key)
        return _filled(key, sentence, facts)

    def plural(self, key: str, count: int, **facts: object) -> str:
        """The form for this number, which itself fills {count}. Raises TextMissing."""
        forms = self._catalogue.plurals.get(key)
        if forms is None:
            raise TextMissing(key)
        sentence = forms[0] if count == 1 else forms[1]
        return _filled(key, sentence, {"count": format_integer(count, self.style), **facts})

    def told(self, key: str, facts: Mapping[str, object]) -> str:
        """As `text`, of facts that were stored long ago or come from outside: what is not there is shown as a dash.

        Where the sentence has two forms, the fact `count` decides.
        """
        forms = self._catalogue.plurals.get(key)
        sentence = forms[str(facts.get("count", "")) != "1"] if forms else self._catalogue.texts.get(key)
        if sentence is None:
            raise TextMissing(key)
        return sentence.format_map(_Told(facts))

    def first(self, *keys: str) -> str:
        """The first of the keys that has a sentence. Raises TextMissing."""
        for key in keys:
            if self.has(key):
                return key
        raise TextMissing(" / ".join(keys))


class _Told(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return UNKNOWN_FACT


def _filled(key: str, sentence: str, facts: Mapping[str, object]) -> str:
    if "{" not in sentence:
        return sentence
    try:
        return sentence.format_map(facts)
    except KeyError as error:
        raise TextMissing(f"{key}: {error.args[0]}") from error
