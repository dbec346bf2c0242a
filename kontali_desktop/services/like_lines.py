"""Past decisions by what their lines say, so that a rule is held only against those that it may fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.rules import Conditions, TextTest
from kontali_desktop.domain.text_words import words_in
from kontali_desktop.matching.learnt import Example


class LikeLines:
    """Thousands of decisions, asked for by hundreds of rules."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._all = tuple(examples)
        self._by_word: dict[str, list[Example]] = defaultdict(list)
        self._by_counterparty: dict[str, list[Example]] = defaultdict(list)
        for example in self._all:
            self._by_counterparty[folded_name(example.line.counterparty)].append(example)
            for word in set(words_in(example.line.text)):
                self._by_word[word].append(example)

    def near(self, conditions: Conditions) -> Iterator[Example]:
        """All on whose lines the conditions hold, and some more."""
        words = words_in(conditions.text) if conditions.text_test is TextTest.WORDS else ()
        if words:
            yield from self._rarest(words)
        elif conditions.counterparty:
            name = folded_name(conditions.counterparty)
            for counterparty, examples in self._by_counterparty.items():
                if name in counterparty:
                    yield from examples
        else:
            yield from self._all

    def _rarest(self, words: Iterable[str]) -> Sequence[Example]:
        return min((self._by_word.get(word, []) for word in words), key=len)
