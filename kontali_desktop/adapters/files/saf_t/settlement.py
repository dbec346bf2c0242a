"""Which posting settled which: SAF-T tells no open items, so they are derived party by party.

Postings are set against each other by invoice number, then KID, then cross reference, then amount, and what nothing
explains against the opening balance. Each step moves equal amounts on both sides, so the sum never changes.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from kontali_desktop.adapters.files.saf_t.items import Item
from kontali_desktop.domain.money import NOK

_Keys = Callable[[Item], Iterable[str]]


def settle_by_reference(items: list[Item]) -> tuple[int, int]:
    """Set the items of one party against each other by what they say themselves.

    Returns how many settlements with a number of their own found a document of it, and how many there were.
    """
    items.sort(key=lambda item: item.order)
    numbered = [item for item in items if item.reference and not item.is_document]
    numbers = {item.number for item in items if item.is_document}
    found = sum(1 for item in numbered if item.reference in numbers)
    _by(items, lambda item: (item.number if item.is_document else item.reference,))
    _by(items, lambda item: (item.number if item.is_document else item.source,))
    _by(items, lambda item: (f"{item.journal}/{item.voucher}",))
    _by(items, lambda item: (item.kid,))
    _by(items, _crossed(items))
    return found, len(numbered)


def settle_the_rest(items: list[Item], opening: Item | None, *, are_numbers_invoices: bool) -> None:
    """Set against each other what has the same amount, then what is left of settlements against the opening balance.

    Where settlements carry invoice numbers, one whose invoice is not in the file settled an earlier one.
    """
    settlements = [item for item in items if not item.is_document]
    if opening is not None and are_numbers_invoices:
        numbers = {item.number for item in items if item.is_document}
        _against_opening(opening, (item for item in settlements if item.reference and item.reference not in numbers))
    everything = items if opening is None else [opening, *items]
    _pair_equal([item for item in everything if item.rest])
    _pair_sums(everything)
    if opening is not None:
        _against_opening(opening, settlements)


def _crossed(items: list[Item]) -> _Keys:
    """A cross reference names an invoice, else a voucher, or is a mark that all of one settlement share."""
    marks = {item.cross for item in items if item.cross}
    numbers = {item.number for item in items}

    def keys(item: Item) -> Iterable[str]:
        named = {item.cross, item.number, *({item.voucher} - numbers)}
        return sorted(named & marks)

    return keys


def _by(items: list[Item], keys: _Keys) -> None:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.rest:
            for key in keys(item):
                if key:
                    groups[key].append(item)
    for key in sorted(groups):
        group = groups[key]
        if len(group) > 1:
            _pair_equal(group)
            _pair_in_order(group)
            _reopen(group)


def _measure(item: Item) -> tuple[str, int]:
    return item.currency, abs(item.own_rest if item.currency != NOK else item.rest)


def _pair_equal(group: list[Item]) -> None:
    """The oldest of those with the same amount first."""
    waiting: dict[tuple[str, int], deque[Item]] = defaultdict(deque)
    for item in group:
        if item.rest > 0:
            waiting[_measure(item)].append(item)
    for item in group:
        alike = waiting.get(_measure(item)) if item.rest < 0 else None
        if alike:
            _offset(alike.popleft(), item)


def _pair_in_order(group: list[Item]) -> None:
    positive = deque(item for item in group if item.rest > 0)
    negative = deque(item for item in group if item.rest < 0)
    while positive and negative:
        _offset(positive[0], negative[0])
        if not positive[0].rest:
            positive.popleft()
        if not negative[0].rest:
            negative.popleft()


def _pair_sums(items: list[Item]) -> None:
    """A settlement of exactly all that was open on its day."""
    is_open: dict[bool, list[Item]] = {True: [], False: []}
    sums = {True: 0, False: 0}
    for item in sorted(items, key=lambda item: (item.day, not item.is_document, item.order)):
        if item.is_document and item.rest:
            is_open[item.rest > 0].append(item)
            sums[item.rest > 0] += item.rest
        elif item.rest and sums[item.rest < 0] == -item.rest:
            side = item.rest < 0
            _offset_each(is_open[side], item)
            is_open[side], sums[side] = [], 0


def _offset_each(documents: list[Item], settlement: Item) -> None:
    for document in documents:
        _offset(*((document, settlement) if document.rest > 0 else (settlement, document)))


def _against_opening(opening: Item, settlements: Iterable[Item]) -> None:
    for item in settlements:
        if opening.rest * item.rest < 0:
            _offset_each([opening], item)


def _reopen(group: list[Item]) -> None:
    """A payment taken back, or an exchange difference: the document of that number is open again by so much."""
    settled = deque(item for item in group if item.is_document and item.amount > item.rest and item.amount > 0)
    for back in group:
        while settled and back.rest > 0 and not back.is_document:
            item = settled[0]
            moved = min(back.rest, item.amount - item.rest)
            own = min(back.own_rest, item.own_amount - item.own_rest) if back.currency == item.currency else None
            _move(item, moved, own)
            _move(back, -moved, None if own is None else -own)
            if item.rest == item.amount:
                settled.popleft()


def _offset(positive: Item, negative: Item) -> None:
    """Take from both what they have in common, in kroner and, where both have it, in the foreign currency."""
    common = min(positive.rest, -negative.rest)
    own = None
    if positive.currency == negative.currency and positive.currency != NOK:
        own = max(0, min(positive.own_rest, -negative.own_rest))
    _move(positive, -common, None if own is None else -own)
    _move(negative, common, own)


def _move(item: Item, change: int, own_change: int | None) -> None:
    """Where only kroner are known, the foreign rest follows at the rate of the document itself."""
    item.rest += change
    if item.currency == NOK:
        item.own_rest = item.rest
    elif own_change is not None:
        item.own_rest += own_change
    else:
        scaled = item.own_amount * item.rest * (1 if item.amount > 0 else -1)
        whole = (abs(scaled) + abs(item.amount) // 2) // abs(item.amount)
        item.own_rest = whole if scaled >= 0 else -whole
