"""When two reported lines are the same transaction.

A booked line is known by its account, booking date, amount and currency, and by being the n-th alike that day. Text and
the bank's own ids change (after booking, with each new consent), so they never make a line new: they only help to say
which of several twins is which.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kontali_desktop.domain.bank import BankTransaction, ReportedTransaction

Likeness = tuple[date | None, int, str]
MOST_COMPARISONS = 250_000
# The bank's own interface first, then its files by how much they tell apart: a fixed order, so that it decides nothing
# which came first. It cannot hold where the most trusted source leaves a field empty that two others fill differently:
# there the one that came first stays.
SOURCES_BY_TRUST = ("feed", "camt.053", "mt940", "bank-xlsx", "bank-csv")
_RESEMBLANCE = (
    ("entry_reference", 16),
    ("bank_transaction_id", 16),
    ("end_to_end_id", 8),
    ("balance_after", 7),
    ("text", 6),
    ("kid", 4),
    ("counterparty_account", 3),
    ("counterparty", 2),
    ("value_date", 1),
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
        before = stored_alike.get(key)
        if before is None:
            new += zip(lines, itertools.count(1), strict=False)
            continue
        pairs, rest = _pair_twins(before, lines)
        known += pairs
        first = max(t.ordinal for t in before) + 1
        new += [(line, first + i) for i, line in enumerate(rest)]
    return Pairing(tuple(known), tuple(new))


def _pair_twins(
    before: list[BankTransaction], lines: list[ReportedTransaction]
) -> tuple[list[tuple[BankTransaction, ReportedTransaction]], list[ReportedTransaction]]:
    """The most alike first. Beyond a bound (thousands of equal payments in a day) their order must do."""
    if len(before) == len(lines) == 1:
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


def leads(source: str, over: str) -> bool:
    """Whether what `source` tells of a line stands over what `over` told: the same again, or one trusted more."""
    return source == over or _trust(source) < _trust(over)


def _trust(source: str) -> int:
    return SOURCES_BY_TRUST.index(source) if source in SOURCES_BY_TRUST else len(SOURCES_BY_TRUST)


def merge(old: ReportedTransaction, new: ReportedTransaction, *, is_leading: bool) -> ReportedTransaction:
    """What is stored of a line seen again: a source that leads may correct it, another only fills what is empty."""
    changes: dict[str, object] = {}
    for field in _CONTENT + _IDS:
        was, now = getattr(old, field), getattr(new, field)
        if now and now != was and (is_leading or not was):
            changes[field] = now
    if new.balance_after not in (None, old.balance_after) and (old.balance_after is None or is_leading):
        changes["balance_after"] = new.balance_after
    return replace(old, **changes) if changes else old  # type: ignore[arg-type]  # the fields' own types, by name


def is_changed(old: ReportedTransaction, merged: ReportedTransaction) -> bool:
    """Whether a person would see a change; new ids of the bank's alone are none."""
    return any(getattr(old, field) != getattr(merged, field) for field in _CONTENT)
