"""When two reported lines are the same transaction.

A booked line is known by its account, booking date, amount and currency, and by being the n-th alike that day. Text and
the bank's own ids change (after booking, with each new consent), so they never make a line new: they only help to say
which of several twins is which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kontali_desktop.domain.bank import BankTransaction, ReportedTransaction

Likeness = tuple[date | None, int, str]
MOST_COMPARISONS = 250_000
_RESEMBLANCE = (
    ("entry_reference", 16),
    ("bank_transaction_id", 16),
    ("end_to_end_id", 8),
    ("text", 6),
    ("kid", 4),
    ("counterparty_account", 3),
    ("counterparty", 2),
)
_CONTENT = ("value_date", "counterparty", "counterparty_account", "kid", "text")
_IDS = ("entry_reference", "bank_transaction_id", "end_to_end_id", "bank_transaction_code")


@dataclass(frozen=True, slots=True)
class Pairing:
    """`known` pairs a stored line with what is reported of it now; `new` has each new line with its ordinal."""

    known: tuple[tuple[BankTransaction, ReportedTransaction], ...]
    new: tuple[tuple[ReportedTransaction, int], ...]


def likeness(line: ReportedTransaction) -> Likeness:
    return line.booking_date, line.amount, line.currency


def pair_listing(stored: Sequence[BankTransaction], listing: Sequence[ReportedTransaction]) -> Pairing:
    """Pair one account's listing with what is stored of it; the listing's order decides nothing but twins' ordinals.

    A listing never shows one transaction twice, so each stored line takes at most one reported line.
    """
    stored_alike: dict[Likeness, list[BankTransaction]] = defaultdict(list)
    for transaction in stored:
        stored_alike[likeness(transaction.reported)].append(transaction)
    reported_alike: dict[Likeness, list[ReportedTransaction]] = defaultdict(list)
    for line in listing:
        reported_alike[likeness(line)].append(line)
    known: list[tuple[BankTransaction, ReportedTransaction]] = []
    new: list[tuple[ReportedTransaction, int]] = []
    for key, lines in reported_alike.items():
        before = stored_alike.get(key, [])
        pairs, rest = _pair_twins(before, lines)
        known += pairs
        first = max((t.ordinal for t in before), default=0) + 1
        new += [(line, first + i) for i, line in enumerate(rest)]
    return Pairing(tuple(known), tuple(new))


def _pair_twins(
    before: list[BankTransaction], lines: list[ReportedTransaction]
) -> tuple[list[tuple[BankTransaction, ReportedTransaction]], list[ReportedTransaction]]:
    """The most alike first. Beyond a bound (thousands of equal payments in a day) their order must do."""
    if not before or len(before) == len(lines) == 1:
        return list(zip(before, lines, strict=False)), lines[len(before) :]
    if len(before) * len(lines) > MOST_COMPARISONS:
        return list(zip(before, lines, strict=False)), lines[len(before) :]
    ranked = sorted(
        (-_resemblance(old.reported, line), index, place)
        for index, old in enumerate(before)
        for place, line in enumerate(lines)
    )
    taken_before: set[int] = set()
    taken_lines: set[int] = set()
    pairs: list[tuple[BankTransaction, ReportedTransaction]] = []
    for _, index, place in ranked:
        if index not in taken_before and place not in taken_lines:
            taken_before.add(index)
            taken_lines.add(place)
            pairs.append((before[index], lines[place]))
    return pairs, [line for place, line in enumerate(lines) if place not in taken_lines]


def _resemblance(old: ReportedTransaction, new: ReportedTransaction) -> int:
    """How much speaks for two alike lines being one: the bank's ids first, then KID, counterparty and text."""
    points = 0
    for field, weight in _RESEMBLANCE:
        was, now = getattr(old, field), getattr(new, field)
        if was and was == now:
            points += weight
    if (
        old.text
        and new.text
        and old.text != new.text
        and (new.text.startswith(old.text) or old.text.startswith(new.text))
    ):
        points += 4
    return points


def merge(old: ReportedTransaction, new: ReportedTransaction, *, is_same_source: bool) -> ReportedTransaction:
    """What is stored of a line seen again: its own source may correct it, another only fills what is empty."""
    changes: dict[str, object] = {}
    for field in _CONTENT + _IDS:
        was, now = getattr(old, field), getattr(new, field)
        if now and now != was and (is_same_source or not was):
            changes[field] = now
    if new.balance_after is not None and (old.balance_after is None or is_same_source):
        changes["balance_after"] = new.balance_after
    return replace(old, **changes) if changes else old  # type: ignore[arg-type]  # the fields' own types, by name


def is_changed(old: ReportedTransaction, merged: ReportedTransaction) -> bool:
    """Whether a person would see a change; new ids of the bank's alone are none."""
    return any(getattr(old, field) != getattr(merged, field) for field in _CONTENT)
