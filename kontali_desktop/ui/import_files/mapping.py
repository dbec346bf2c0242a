"""The answers to what a table's columns mean, while they are being given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.tables import (
    BANK_FIELDS,
    OPEN_ITEM_FIELDS,
    SETTLEMENT_FIELDS,
    ColumnMapping,
    TableKind,
    TableSample,
)

UNUSED = ""
FIELDS = {
    TableKind.BANK: BANK_FIELDS,
    TableKind.OPEN_ITEMS: OPEN_ITEM_FIELDS,
    TableKind.SETTLEMENT: SETTLEMENT_FIELDS,
}
SIDES = (Side.CUSTOMER.value, Side.SUPPLIER.value, "")  # "": a column tells it
_SEVERAL = frozenset({"text"})  # the one meaning that several columns may have: they are put together
# Each must be told by one of its columns at least.
_NEEDED = {
    TableKind.BANK: (("booking_date",), ("amount", "amount_in", "amount_out")),
    TableKind.OPEN_ITEMS: (("number",), ("counterparty",), ("amount", "remaining")),
    TableKind.SETTLEMENT: (("payout_date", "payout"), ("gross", "net")),
}


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """`meanings` has a field, or nothing, for each of the sample's headings."""

    sample: TableSample
    kind: TableKind
    meanings: tuple[str, ...]
    side: str = ""

    def with_kind(self, kind: TableKind) -> MappingDraft:
        """What the other kind knows too is kept."""
        kept = tuple(meaning if meaning in FIELDS[kind] else UNUSED for meaning in self.meanings)
        return replace(self, kind=kind, meanings=kept)

    def with_meaning(self, column: int, field: str) -> MappingDraft:
        """A field belongs to one column: it is taken from the one that had it."""
        cleared = [UNUSED if m == field and field not in _SEVERAL else m for m in self.meanings]
        cleared[column] = field
        return replace(self, meanings=tuple(cleared))

    def with_side(self, side: str) -> MappingDraft:
        return replace(self, side=side)

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """What must be chosen yet, each as the fields that would do."""
        needed = list(_NEEDED[self.kind])
        if self.kind is TableKind.OPEN_ITEMS and not self.side:
            needed.append(("side",))
        return tuple(fields for fields in needed if not set(fields) & set(self.meanings))

    @property
    def mapping(self) -> ColumnMapping:
        told = zip(self.meanings, self.sample.headings, strict=True)
        columns = tuple((field, heading) for field, heading in told if field)
        side = self.side if self.kind is TableKind.OPEN_ITEMS else ""
        return ColumnMapping(self.kind, columns, side)


def draft_of(sample: TableSample) -> MappingDraft:
    """The guess, filled in."""
    guess = sample.guess
    fields = {heading: field for field, heading in guess.columns}
    return MappingDraft(sample, guess.kind, tuple(fields.get(h, UNUSED) for h in sample.headings), guess.side)
