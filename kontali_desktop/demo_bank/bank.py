"""The bank itself: one company's world, the clock, the records, and how it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from kontali_desktop.demo_bank.clock import BankClock
from kontali_desktop.demo_bank.state.store import Store
from kontali_desktop.demo_bank.world import ehf
from kontali_desktop.demo_bank.world.books import Books, World


class Dialect(StrEnum):
    STANDARD = "standard"
    DNB = "dnb"


@dataclass(slots=True)
class Manners:
    """How the bank speaks; tests change it while it runs."""

    dialect: Dialect = Dialect.STANDARD
    page_size: int = 50
    token_length: int = 43
    id_salt: str = ""


@dataclass(slots=True)
class Bank:
    """What every page and endpoint is given."""

    world: World
    clock: BankClock
    store: Store
    base_url: str
    invoices: Path
    manners: Manners = field(default_factory=Manners)
    extra_redirects: tuple[str, ...] = ()
    _books: Books | None = None

    def books(self) -> Books:
        """The books of the bank's own today, made once a day."""
        today: date = self.clock.today()
        if self._books is None or self._books.today != today:
            self._books = self.world.books(today)
        return self._books

    def write_invoices(self) -> None:
        books = self.books()
        ehf.write_folder(books.documents, books.company, self.invoices)
