"""The company, and its own accounts at the demo bank."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from kontali_desktop.demo_bank.world import names, numbers


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    postcode: str
    town: str
    country: str = "NO"


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account at the demo bank; `opening` is its balance in øre before the first entry."""

    number: str
    name: str
    product: str
    cash_type: str
    opening: int


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    organisation_number: str
    address: Address
    trade: tuple[str, ...]
    daily: OwnAccount
    savings: OwnAccount
    taxes: OwnAccount

    @property
    def accounts(self) -> tuple[OwnAccount, ...]:
        return (self.daily, self.savings, self.taxes)


def make_address(rng: Random, country: str = "NO") -> Address:
    postcode, town = rng.choice(names.TOWNS)
    return Address(f"{rng.choice(names.STREETS)} {rng.randrange(1, 90)}", postcode, town, country)


def make_company(rng: Random) -> Company:
    trade, lines = rng.choice(names.TRADES)
    name = f"{rng.choice(names.PLACES)} {trade} AS"
    own = [numbers.account_number(rng, "1503") for _ in range(3)]
    return Company(
        name,
        numbers.organisation_number(rng),
        make_address(rng),
        lines,
        OwnAccount(own[0], "Driftskonto", "Bedriftskonto", "CACC", rng.randrange(420_000, 760_000) * 100),
        OwnAccount(own[1], "Sparekonto", "Bedrift sparekonto", "SVGS", rng.randrange(200_000, 500_000) * 100),
        OwnAccount(own[2], "Skatt og mva", "Bedriftskonto", "CACC", rng.randrange(320_000, 420_000) * 100),
    )
