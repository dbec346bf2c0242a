"""What the bank books, and (for the tests, never on the wire) what each entry settles."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from kontali_desktop.demo_bank.world.documents import Side


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an entry puts on one document, in the document's currency: negative for a credit note."""

    side: Side
    number: str
    counterparty: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A payment in another currency: `rate` is in ten-thousandths of a krone for one unit."""

    currency: str
    amount: int
    rate: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an account. `key` names it for ever; `reserved_on` is when it first shows as pending."""

    key: str
    account: str
    booking_date: date
    value_date: date
    amount: int
    kind: str
    information: str
    counterparty: str = ""
    counterparty_account: str = ""
    kid: str = ""
    text: str = ""
    reserved_on: date | None = None
    is_batch: bool = False
    exchange: Exchange | None = None
    settles: tuple[Settlement, ...] = ()
    difference_reason: str = ""
    counter_key: str = ""
    scenario: str = ""

    def reference(self, salt: str = "") -> str:
        """Fifteen digits that stay the same for the same entry and salt."""
        digest = hashlib.sha256(f"{salt}|{self.account}|{self.key}".encode()).digest()
        return str(10**14 + int.from_bytes(digest[:8]) % (9 * 10**14))
