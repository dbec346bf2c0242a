"""The accounts as the bank knows them on a given day: booked with running balance, and pending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.company import Company, make_company
from kontali_desktop.demo_bank.world.documents import Document
from kontali_desktop.demo_bank.world.entries import Entry
from kontali_desktop.demo_bank.world.month import make_month
from kontali_desktop.demo_bank.world.parties import make_parties
from kontali_desktop.demo_bank.world.people import Person, make_person

HISTORY = timedelta(days=125)  # what the bank shows before the day it was founded on
_UNSEEN = timedelta(days=20)  # documents that were paid before the first entry shown
_AHEAD = timedelta(days=7)  # far enough to see what is reserved today
_FIRST_NUMBER = 10_001


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry with the account's balance in øre after it."""

    entry: Entry
    balance: int


@dataclass(frozen=True, slots=True)
class Books:
    """All that has happened until `today`, oldest first. A later day adds to it and changes nothing."""

    company: Company
    today: date
    first_day: date
    documents: tuple[Document, ...]
    booked: dict[str, tuple[Booked, ...]]
    pending: dict[str, tuple[Entry, ...]]

    def balance_on(self, account: str, day: date) -> int:
        """The booked balance at the end of that day."""
        before = [b.balance for b in self.booked[account] if b.entry.booking_date <= day]
        return before[-1] if before else self.opening(account)

    def opening(self, account: str) -> int:
        return next(own.opening for own in self.company.accounts if own.number == account)


@dataclass(frozen=True, slots=True)
class World:
    """One seed's company, seen from the day the demo bank was founded on."""

    seed: int
    founded: date

    @property
    def person(self) -> Person:
        return make_person(Random(f"{self.seed}/person"))

    @property
    def company(self) -> Company:
        return make_company(Random(f"{self.seed}/company"))

    def books(self, today: date) -> Books:
        company = self.company
        parties = make_parties(Random(f"{self.seed}/parties"))
        first_day = self.founded - HISTORY
        documents: list[Document] = []
        entries: list[Entry] = []
        number = _FIRST_NUMBER
        for month in dates.months(first_day - timedelta(days=40), today + _AHEAD):
            made = make_month(self.seed, month, company, parties, number)
            number = made.next_number
            documents += [d for d in made.documents if first_day - _UNSEEN <= d.issue_date <= today]
            entries += [e for e in made.entries if e.booking_date >= first_day]
        entries.sort(key=lambda e: (e.booking_date, e.reference()))
        booked = {own.number: _running(own.number, own.opening, entries, today) for own in company.accounts}
        pending = {own.number: _reserved(own.number, entries, today) for own in company.accounts}
        return Books(company, today, first_day, tuple(documents), booked, pending)


def _running(account: str, opening: int, entries: Sequence[Entry], today: date) -> tuple[Booked, ...]:
    rows: list[Booked] = []
    balance = opening
    for entry in entries:
        if entry.account == account and entry.booking_date <= today:
            balance += entry.amount
            rows.append(Booked(entry, balance))
    return tuple(rows)


def _reserved(account: str, entries: Sequence[Entry], today: date) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in entries
        if entry.account == account
        and entry.reserved_on is not None
        and entry.reserved_on <= today < entry.booking_date
    )
