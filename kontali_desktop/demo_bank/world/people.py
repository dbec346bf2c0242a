"""The person who signs in with Demo-ID."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from kontali_desktop.demo_bank.world import names, numbers


@dataclass(frozen=True, slots=True)
class Person:
    """A made person, and what Demo-ID asks this person for."""

    name: str
    national_id: str
    code: str
    password: str


def make_person(rng: Random) -> Person:
    first, last = rng.choice(names.PERSONS)
    word = rng.choice([place for place in names.PLACES if place.isascii()]).lower()
    return Person(f"{first} {last}", numbers.national_id(rng), numbers.digits(rng, 6), f"{word}-{rng.randrange(1000)}")
