"""Tables of any accounting system or bank, and which of their columns mean what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class TableKind(StrEnum):
    """What the rows of a table are."""

    BANK = "bank"
    OPEN_ITEMS = "open_items"
    SETTLEMENT = "settlement"


# What a column can mean. A bank table needs booking_date and either amount or one of amount_in and amount_out;
# a list of open items number, counterparty and amount, and `side` where the mapping does not say one for all rows;
# a settlement report payout or payout_date, and gross or net.
BANK_FIELDS = (
    "booking_date", "value_date", "amount", "amount_in", "amount_out", "currency", "account", "text", "counterparty",
    "counterparty_account", "kid", "entry_reference", "balance_after",
)  # fmt: skip
OPEN_ITEM_FIELDS = (
    "side", "kind", "number", "counterparty", "counterparty_orgnr", "counterparty_account", "counterparty_number",
    "kid", "issue_date", "due_date", "currency", "amount", "remaining", "amount_nok", "account",
)  # fmt: skip
SETTLEMENT_FIELDS = (
    "payout_date", "payout", "order", "kind", "gross", "fee", "net", "payout_sum", "currency", "counterparty", "text",
    "balance_after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table is which field, by (field, heading); `side` is one for all rows where no column tells."""

    kind: TableKind
    columns: tuple[tuple[str, str], ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class TableSample:
    """The headings of a table and its first rows as text, and a mapping to begin with where headings tell it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: ColumnMapping

    @property
    def key(self) -> str:
        return headings_key(self.headings)


def headings_key(headings: Iterable[str]) -> str:
    """How a layout is known again: its headings in order, without regard to case and spaces."""
    return "|".join("".join(heading.casefold().split()) for heading in headings)
