"""A way of paying: how many documents it takes, from whom, and what the bank then books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kontali_desktop.demo_bank.world.desk import Desk
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry


class Who(Enum):
    BUSINESS = auto()
    SUBSCRIBER = auto()
    PERSON = auto()
    ANYONE = auto()
    FOREIGN_CUSTOMER = auto()
    SUPPLIER = auto()
    FOREIGN_SUPPLIER = auto()


@dataclass(frozen=True, slots=True)
class Way:
    """`documents` of one party (or, when `mixed`, each of its own), issued together on one day when `together`."""

    pay: Callable[[Desk, Sequence[Document]], list[Entry]]
    who: Who
    times: int = 1
    documents: int = 1
    mixed: bool = False
    together: bool = False
    credit: bool = False

    @property
    def name(self) -> str:
        return self.pay.__name__
