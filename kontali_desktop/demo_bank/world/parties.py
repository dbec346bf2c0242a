"""Who the company sells to and buys from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from kontali_desktop.demo_bank.world import names, numbers
from kontali_desktop.demo_bank.world.company import Address, make_address


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or a supplier. `payer` is the other name one pays under: a spouse, or a parent company."""

    name: str
    number: str
    organisation_number: str
    address: Address
    account: str
    payer: str = ""
    currency: str = "NOK"
    kid_length: int = 0
    kid_modulus: int = 10
    number_form: str = "{n}"

    @property
    def is_person(self) -> bool:
        return not self.organisation_number and self.address.country == "NO"


@dataclass(frozen=True, slots=True)
class Parties:
    businesses: tuple[Party, ...]
    subscribers: tuple[Party, ...]
    persons: tuple[Party, ...]
    foreign_customer: Party
    suppliers: tuple[Party, ...]
    foreign_suppliers: tuple[Party, ...]


_NUMBER_FORMS = ("{n}", "F-{n}", "INV{n}", "{year}-{n}", "{n}/1")
_KID_LENGTHS = (8, 11, 15, 20, 25)


def _business(rng: Random, name: str, number: int) -> Party:
    account = numbers.account_number(rng, rng.choice(names.BANKS))
    payer = f"{name.partition(' ')[0]} Holding AS"
    return Party(name, str(number), numbers.organisation_number(rng), make_address(rng), account, payer)


def _person(rng: Random, first: str, last: str, spouse: str, number: int) -> Party:
    account = numbers.account_number(rng, rng.choice(names.BANKS))
    return Party(f"{first} {last}", str(number), "", make_address(rng), account, f"{spouse} {last}")


def _supplier(rng: Random, name: str, number: int) -> Party:
    return Party(
        name,
        str(number),
        numbers.organisation_number(rng),
        make_address(rng),
        numbers.account_number(rng, rng.choice(names.BANKS)),
        kid_length=rng.choice(_KID_LENGTHS),
        kid_modulus=rng.choice((10, 11)),
        number_form=rng.choice(_NUMBER_FORMS),
    )


def _foreign(rng: Random, name: str, country: str, currency: str, number: int) -> Party:
    account = f"{country}{numbers.digits(rng, 20)}"
    address = make_address(rng, country)
    return Party(name, str(number), "", address, account, currency=currency, number_form="RE-{n}")


def make_parties(rng: Random) -> Parties:
    businesses = [_business(rng, name, 1001 + i) for i, name in enumerate(names.BUSINESSES)]
    subscribers = [_business(rng, name, 1101 + i) for i, name in enumerate(names.SUBSCRIBERS)]
    spouses = rng.sample(names.SPOUSES, len(names.PERSONS))
    persons = [
        _person(rng, first, last, spouse, 1201 + i)
        for i, ((first, last), spouse) in enumerate(zip(names.PERSONS, spouses, strict=True))
    ]
    suppliers = [_supplier(rng, name, 2001 + i) for i, name in enumerate(names.SUPPLIERS)]
    abroad = [_foreign(rng, *foreign, 2101 + i) for i, foreign in enumerate(names.FOREIGN_SUPPLIERS)]
    customer = _foreign(rng, *names.FOREIGN_CUSTOMER, 1301)
    return Parties(tuple(businesses), tuple(subscribers), tuple(persons), customer, tuple(suppliers), tuple(abroad))
