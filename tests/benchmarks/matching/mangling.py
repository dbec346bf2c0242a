"""How banks and people spoil names and texts."""

from __future__ import annotations

import random

from tests.benchmarks.matching import words

_FOLDS = ({"æ": "ae", "ø": "o", "å": "a"}, {"æ": "a", "ø": "oe", "å": "aa"}, {"æ": "?", "ø": "?", "å": "?"})
_CUTS = (22, 25, 30, 35)


class Scribe:
    """Writes what stands on the bank line."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def name(self, name: str) -> str:
        """As the bank shows the payer: perhaps upper-cased, folded, cut off, turned round, without its form."""
        rng = self.rng
        parts = name.split()
        is_person = len(parts) in (2, 3) and parts[0] in words.FIRST
        if is_person:
            if rng.random() < 0.3:
                parts = [parts[-1], *parts[:-1]]
            elif rng.random() < 0.15:
                parts.insert(1, rng.choice("ABEHJKM"))
        elif parts[-1] in words.FORMS and rng.random() < 0.3:
            parts = parts[:-1]
        text = " ".join(parts)
        if rng.random() < 0.18:
            text = self.folded(text)
        if rng.random() < 0.4:
            text = text.upper()
        return text[: rng.choice(_CUTS)].strip() if rng.random() < 0.25 else text

    def folded(self, text: str) -> str:
        fold = self.rng.choice(_FOLDS)
        for letter, plain in fold.items():
            text = text.replace(letter, plain).replace(letter.upper(), plain.upper())
        return text

    def fill(self, pattern: str, **more: str) -> str:
        rng = self.rng
        facts = {
            "big": str(rng.randrange(10**7, 10**10)),
            "small": str(rng.randrange(1, 99)),
            "order": str(rng.randrange(1_000, 99_999)),
            "phone": str(rng.randrange(40_000_000, 99_999_999)),
            "org": str(rng.randrange(200_000_000, 399_999_999)),
            "dd": f"{rng.randrange(1, 29):02}",
            "mm": f"{rng.randrange(1, 13):02}",
            "hh": f"{rng.randrange(7, 23):02}",
            "mi": f"{rng.randrange(0, 60):02}",
            "month": rng.choice(words.MONTHS),
            "card": f"{rng.randrange(4000, 5000)} **** {rng.randrange(1000, 9999)}",
            "card4": str(rng.randrange(1000, 9999)),
            "other": "1",
        }
        return pattern.format_map(facts | more)

    def noisy(self, text: str, other: str) -> str:
        """Often another number stands beside, and now and then one that is an invoice's of somebody else."""
        if self.rng.random() < 0.78:
            return text
        return f"{text} {self.fill(self.rng.choice(words.NOISE), other=other)}".strip()

    def grouped(self, kid: str) -> str:
        """A KID as people write it: whole or in groups."""
        size = self.rng.choice((0, 0, 3, 4, 5))
        return " ".join(kid[n : n + size] for n in range(0, len(kid), size)) if size else kid

    def typo(self, digits: str) -> str:
        """One digit wrong or two neighbours swapped."""
        places = [n for n, c in enumerate(digits) if c.isdigit()]
        place = self.rng.choice(places)
        if self.rng.random() < 0.5:
            other = self.rng.choice([d for d in "0123456789" if d != digits[place]])
            return digits[:place] + other + digits[place + 1 :]
        nexts = [n for n in places if n + 1 in places and digits[n] != digits[n + 1]]
        if not nexts:
            return self.typo(digits) if len(set(digits)) > 1 else digits[:-1] + ("1" if digits[-1] != "1" else "2")
        n = self.rng.choice(nexts)
        return digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]

    def joined(self, numbers: list[str]) -> str:
        return self.rng.choice(words.JOINS).join(numbers)
