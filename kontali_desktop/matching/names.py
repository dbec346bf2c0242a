"""Names of counterparties as banks mangle them: upper-cased, folded, cut off, surname first, company form dropped."""

from __future__ import annotations

import re
import unicodedata
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

_FOLDED = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "s", "\ufffd": "?"})
_WORD = re.compile(r"[0-9a-z?]+")
_FORM_LIST = """as asa enk enkeltpersonforetak aksjeselskap da ans nuf sa ba ks sf iks kf fkf bbl brl sti stiftelse
    ltd limited inc llc corp gmbh kg ag ab hb aps oy oyj plc bv sarl srl spa sas"""
_FORMS = frozenset(_FORM_LIST.split())
_WRITTEN = re.compile(r"[^\W_]+")
_MAY_BE = "aoeus"  # what unreadable letters fold into
_LINKS = frozenset(["og", "and", "the"])
EXACT, NEAR, TYPO, PART = 1.0, 0.9, 0.75, 0.5
_SHORTEST_CUT = 18  # banks cut names at 22 to 35 characters; trailing words may then be dropped whole
_SHORTEST_TYPO = 8
_SHORTEST_SINGLE = 6
_PREFIX = 3
_MOST_CANDIDATES = 80
_MOST_COMMON = 2_000  # parties with a word that begins alike
_MOST_ALIKE = 80  # parties that a name fits as well: of more than that it tells of none


@dataclass(frozen=True, slots=True)
class Name:
    """A folded name: `words` without company form and initials, `full` with them, as one string.

    `letters` are the words letter by letter, for names in which a "?" stands for one. `in_order` are the words sorted,
    `joined` the same as one string; `with_first` has the first word too where that looks like a form, as Ås does.
    """

    words: tuple[str, ...]
    full: str
    letters: tuple[str, ...] = ()
    with_first: tuple[str, ...] = ()
    in_order: tuple[str, ...] = field(init=False)
    joined: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "in_order", tuple(sorted(self.words)))
        object.__setattr__(self, "joined", " ".join(self.in_order))


def fold_letters(text: str) -> str:
    """Lower case without accents, one letter for each."""
    plain = text.casefold().translate(_FOLDED)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Lower case with every way of writing æ, ø and å made one letter, so that "?" can stand for it."""
    return fold_letters(text).replace("aa", "a").replace("ae", "a").replace("oe", "o").replace("a/s", "as")


@lru_cache(maxsize=65_536)
def parse_name(text: str) -> Name:
    """A first word that the folding made look like a company form, as "Ås", is none."""
    found = _WORD.findall(fold(text))
    letters = _WORD.findall(fold_letters(text))
    first = next(iter(_WRITTEN.findall(text.casefold())), "")
    is_place = first not in _FORMS and fold_letters(first) in _FORMS
    words = tuple(w for n, w in enumerate(found) if _is_telling(w) or (n == 0 and is_place))
    spelt = tuple(w for n, w in enumerate(letters) if _is_telling(w) or (n == 0 and is_place))
    with_first = tuple(sorted((*found[:1], *filter(_is_telling, found[1:]))))
    return Name(words or tuple(found), " ".join(found), spelt, with_first)


@lru_cache(maxsize=65_536)
def prefixes_of(name: Name) -> frozenset[str]:
    """Two names that share none of these are never taken for one another."""
    return frozenset(p for word in (*name.words, *name.letters, *name.with_first) for p in prefixes_of_word(word))


def prefixes_of_word(word: str) -> tuple[str, ...]:
    """How it begins; where a letter is unreadable, with each that it may be."""
    found = [word[:_PREFIX]]
    while "?" in found[0]:
        found = [begin.replace("?", letter, 1) for begin in found for letter in _MAY_BE]
    return tuple(found)


def words_of(text: str) -> frozenset[str]:
    """A name whose first word is none of these does not stand in the text."""
    return frozenset(_WORD.findall(fold(text)))


def _is_telling(word: str) -> bool:
    return word not in _FORMS and word not in _LINKS and (len(word) > 1 or word == "?")


def likeness(ours: Name, theirs: Name) -> float:
    """EXACT, NEAR (cut off or unreadable letters), TYPO, PART (one holds the other), or 0."""
    if not ours.words or not theirs.words:
        return 0.0
    if ours.in_order in (theirs.in_order, theirs.with_first):
        return EXACT
    if _is_cut(ours, theirs) or _fits_unreadable(ours, theirs):
        return NEAR
    lengths = len(ours.joined), len(theirs.joined)
    is_near = min(lengths) >= _SHORTEST_TYPO and abs(lengths[0] - lengths[1]) <= 1
    if is_near and OSA.distance(ours.joined, theirs.joined, score_cutoff=1) <= 1:
        return TYPO
    mine, other = set(ours.words), set(theirs.words)
    shared = mine & other
    is_part = shared in (mine, other) and (len(shared) > 1 or max(map(len, shared)) >= _SHORTEST_SINGLE)
    return PART if is_part else 0.0


def _is_cut(ours: Name, theirs: Name) -> bool:
    length = len(theirs.full)
    if length < _SHORTEST_CUT:
        return False
    if "?" in theirs.full:
        return _fits(ours.full[:length], theirs.full)
    return ours.full.startswith(theirs.full)


def _fits_unreadable(ours: Name, theirs: Name) -> bool:
    if "?" not in theirs.full or len(ours.letters) != len(theirs.letters):
        return False
    left = list(ours.letters)
    for word in theirs.letters:
        hit = next((w for w in left if _fits(w, word)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def _fits(word: str, pattern: str) -> bool:
    return len(word) == len(pattern) and all(p in ("?", c) for c, p in zip(word, pattern, strict=True))


_NOBODY = Name((), "")


class NameBook:
    """Finds which of the known parties a name, or a text, may mean. Remembers each name asked for."""

    def __init__(self, parties: Sequence[str]) -> None:
        self._names = [_NOBODY] * len(parties)
        self._by_prefix: dict[str, set[int]] = defaultdict(set)
        self._by_spelling: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._lengths: dict[str, Counter[int]] = defaultdict(Counter)  # of the names that begin with a word
        self._by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._found: dict[str, dict[int, float]] = {}
        self._in_text: dict[str, dict[int, float]] = {}
        for party, text in enumerate(parties):
            self.rename(party, text)

    def rename(self, party: int, text: str) -> None:
        """Known by this name from now on; by none where it is empty."""
        before, name = self._names[party], parse_name(text) if text else _NOBODY
        if before.words:
            self._by_words[before.in_order].remove(party)
            self._by_spelling[before.words].remove(party)
            self._lengths[before.words[0]].subtract([len(before.words)])
            for prefix in prefixes_of(before):
                self._by_prefix[prefix].discard(party)
        self._names[party] = name
        if name.words:
            insort(self._by_words[name.in_order], party)
            insort(self._by_spelling[name.words], party)
            self._lengths[name.words[0]].update([len(name.words)])
            for prefix in prefixes_of(name):
                self._by_prefix[prefix].add(party)
        self._found.clear()
        self._in_text.clear()

    def find(self, text: str) -> dict[int, float]:
        """Parties by likeness. A party that fits exactly leaves no room for those that fit in part."""
        if text not in self._found:
            self._found[text] = self._search(parse_name(text)) if text else {}
        return self._found[text]

    def alike(self, names: Iterable[str]) -> list[int]:
        """Parties of exactly these names, company forms and order apart."""
        alike = (self._by_words.get(parse_name(n).in_order, ()) for n in names)
        return sorted({p for parties in alike if len(parties) <= _MOST_ALIKE for p in parties})

    def find_in(self, text: str) -> dict[int, float]:
        """Parties whose whole name stands in a longer text, the longest name at each place."""
        if text not in self._in_text:
            self._in_text[text] = self._scan(text) if text else {}
        return self._in_text[text]

    def _search(self, theirs: Name) -> dict[int, float]:
        exact = self._by_words.get(theirs.in_order) or self._by_words.get(theirs.with_first) if theirs.words else None
        if exact:
            return _few(dict.fromkeys(exact, EXACT))
        levels = {p: likeness(self._names[p], theirs) for p in self._candidates(theirs.words)}
        return _few(_strongest({p: level for p, level in levels.items() if level}))

    def _candidates(self, words: Iterable[str]) -> list[int]:
        """By how many words begin alike; words that thousands have only add to what the others tell."""
        hits: dict[int, int] = defaultdict(int)
        alike = [self._beginning(word) for word in words]
        for parties in alike:
            for party in parties if len(parties) <= _MOST_COMMON else ():
                hits[party] += 1
        for parties in alike:
            for party in hits if len(parties) > _MOST_COMMON else ():
                hits[party] += party in parties
        least = max(hits.values(), default=0) - 1
        return sorted((p for p in hits if hits[p] >= least), key=lambda p: (-hits[p], p))[:_MOST_CANDIDATES]

    def _beginning(self, word: str) -> Collection[int]:
        begins = prefixes_of_word(word)
        if len(begins) == 1:
            return self._by_prefix.get(begins[0], ())
        return {p for begin in begins for p in self._by_prefix.get(begin, ())}

    def _scan(self, text: str) -> dict[int, float]:
        words = [w for w in _WORD.findall(fold(text)) if w not in _LINKS]
        found: dict[int, float] = {}
        place = 0
        while place < len(words):
            length = 1
            for count in self._lengths.get(words[place], ()):
                mine = tuple(words[place : place + count])
                parties = self._by_spelling.get(mine, ())
                if parties and self._says_enough(mine):
                    length = max(length, count)
                    level = NEAR if count > 1 else TYPO
                    found.update(_few(dict.fromkeys(parties, level)))
            place += length
        longest = max((len(self._names[p].words) for p in found), default=0)
        return {p: level for p, level in found.items() if len(self._names[p].words) == longest}

    @staticmethod
    def _says_enough(words: tuple[str, ...]) -> bool:
        return len(words) > 1 or (len(words) == 1 and len(words[0]) >= _SHORTEST_SINGLE)


def _few(levels: dict[int, float]) -> dict[int, float]:
    return levels if len(levels) <= _MOST_ALIKE else {}


def _strongest(levels: dict[int, float]) -> dict[int, float]:
    best = max(levels.values(), default=0.0)
    return {p: level for p, level in levels.items() if level == best or best <= PART}
