"""Numbers for documents by which each is known again, though books give some numbers twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kontali_desktop.adapters.files.saf_t.items import Item
from kontali_desktop.adapters.files.saf_t.masters import Party
from kontali_desktop.domain.documents import Side, folded_name


@dataclass(slots=True)
class Numbers:
    """The numbers given so far to the documents of one counterparty, invoices (True) apart from credit notes."""

    given: set[tuple[bool, str]] = field(default_factory=set)
    again: Counter[tuple[bool, str]] = field(default_factory=Counter)

    def unique(self, item: Item, number: str, apart: str) -> str:
        """The number, and where it was given before, what tells the item apart behind it."""
        is_invoice = item.amount > 0
        for candidate in (number, f"{number} ({apart})", f"{number} ({item.journal}/{apart}/{item.record})"):
            if (is_invoice, candidate) not in self.given:
                break
        else:
            self.again[is_invoice, number] += 1
            candidate = f"{number} ({item.journal}/{apart}/{item.record}/{self.again[is_invoice, number]})"
        self.given.add((is_invoice, candidate))
        return candidate


@dataclass(slots=True)
class Names:
    """Parties with one organisation number or one name are the same counterparty to whoever reads the documents."""

    known: dict[tuple[Side, str], Numbers] = field(default_factory=dict)

    def of(self, side: Side, party: Party) -> Numbers:
        keys = [(side, key) for key in (party.orgnr, folded_name(party.name)) if key]
        numbers = next((self.known[key] for key in keys if key in self.known), None) or Numbers()
        for key in keys:
            self.known.setdefault(key, numbers)
        return numbers
