"""The vouchers of a SAF-T file (`Transaction`), taken apart into postings on banks and items of parties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from kontali_desktop.adapters.files.saf_t.items import Item
from kontali_desktop.adapters.files.saf_t.lines import Line
from kontali_desktop.adapters.files.saf_t.masters import Masters
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.domain.money import MOST_MINOR

# NS 4102 by first digits. Fees and rounding (77) go with payments, so they make no document of one.
_SALES = ("3",)
_PURCHASES = ("4", "5", "6", "7", "10", "11", "12", "13", "14")
_WITH_PAYMENTS = "77"
_CREDITED = {Side.CUSTOMER: _SALES, Side.SUPPLIER: _PURCHASES}


@dataclass(frozen=True, slots=True)
class Voucher:
    """`number` is unique within its journal."""

    journal: str
    number: str
    day: date
    text: str
    lines: list[Line]

    @property
    def id(self) -> str:
        return f"{self.journal}/{self.number}" if self.journal else self.number


@dataclass(slots=True)
class Ledger:
    """What was taken of all vouchers so far; `loose` are lines on a control account that name no party."""

    masters: Masters
    postings: list[LedgerPosting] = field(default_factory=list)
    items: dict[tuple[Side, str], list[Item]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[tuple[Side, str], list[Item]] = field(default_factory=lambda: defaultdict(list))

    def take(self, voucher: Voucher) -> None:
        for line in voucher.lines:
            if self.masters.is_bank(line.account):
                self.postings.append(_posting(line, voucher))
        named = {side: _named(voucher.lines, side) for side in Side}
        kind: _Kind | None = None
        documents: dict[tuple[Side, str, str, bool], Item] = {}
        for line in voucher.lines:
            side = self._side(line)
            if side is None or not line.amount:
                continue
            kind = kind or _Kind.of(voucher.lines, self.masters)
            item = _item(line, voucher, side, kind)
            party = line.party_of(side) or (next(iter(named[side])) if len(named[side]) == 1 else "")
            if item.is_document and party:
                key = side, party, item.number, item.amount > 0
                if _joined(documents.setdefault(key, item), item):
                    continue
            if party:
                self.items[side, party].append(item)
            else:
                self.loose[side, line.account].append(item)

    def _side(self, line: Line) -> Side | None:
        """Customer ids stand on other lines of a sale too in some systems: the account decides."""
        for side in Side:
            if (line.party_of(side) or not (line.customer or line.supplier)) and self.masters.is_control(
                line.account, side
            ):
                return side
        return None


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the other lines of a voucher tell of it."""

    is_payment: bool
    codes: frozenset[str]

    @classmethod
    def of(cls, lines: list[Line], masters: Masters) -> _Kind:
        return cls(
            any(masters.is_money(line.account) for line in lines),
            frozenset(masters.code_of(line.account) for line in lines),
        )

    def has(self, prefixes: tuple[str, ...]) -> bool:
        return any(code.startswith(prefixes) and not code.startswith(_WITH_PAYMENTS) for code in self.codes)

    def is_document(self, side: Side, amount: int) -> bool:
        """An invoice, unless money alone moved; a credit note only where income or cost is taken back."""
        if amount > 0:
            return not self.is_payment or self.has(_SALES) or self.has(_PURCHASES)
        return not self.is_payment and self.has(_CREDITED[side])


def _named(lines: list[Line], side: Side) -> set[str]:
    return {party for line in lines if (party := line.party_of(side))}


def _item(line: Line, voucher: Voucher, side: Side, kind: _Kind) -> Item:
    sign = 1 if side is Side.CUSTOMER else -1
    amount = sign * line.amount
    return Item(
        day=voucher.day,
        journal=voucher.journal,
        voucher=voucher.number,
        record=line.record,
        amount=amount,
        is_document=kind.is_document(side, amount),
        reference=line.reference,
        source=line.source,
        kid=line.kid,
        cross=line.cross,
        currency=line.currency,
        own_amount=sign * line.own_amount,
        due_day=line.due_day,
    )


def _joined(first: Item, item: Item) -> bool:
    """Whether the item is one more line of the same document, which then has its amount too."""
    if first is item or first.currency != item.currency or abs(first.amount + item.amount) >= MOST_MINOR:
        return False
    first.amount += item.amount
    first.own_amount += item.own_amount
    first.rest, first.own_rest = first.amount, first.own_amount
    first.record = min(first.record, item.record)
    first.kid, first.cross = first.kid or item.kid, first.cross or item.cross
    first.due_day = first.due_day or item.due_day
    return True


def _posting(line: Line, voucher: Voucher) -> LedgerPosting:
    return LedgerPosting(
        ledger_account=line.account,
        posting_date=voucher.day,
        amount=line.amount,
        voucher=voucher.id,
        line=line.record,
        text=line.text or voucher.text,
        reference=line.reference or line.source,
    )
