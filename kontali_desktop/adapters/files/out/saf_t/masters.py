"""`MasterFiles`: the accounts, customers, suppliers and VAT codes that the vouchers name.

Balances are those of these vouchers alone: they open with nothing and close with what was posted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from kontali_desktop.adapters.files.out.parties import Party
from kontali_desktop.adapters.files.out.saf_t.elements import (
    LONG,
    MIDDLE_1,
    MIDDLE_2,
    add,
    add_balance,
    add_reference,
    add_text,
    clean,
)
from kontali_desktop.adapters.files.out.saf_t.grouping import grouping_of
from kontali_desktop.adapters.files.out.saf_t.postings import Posting
from kontali_desktop.domain.documents import Side

_NAMES = {Side.CUSTOMER: "Customer", Side.SUPPLIER: "Supplier"}


@dataclass(slots=True)
class _Holder:
    party: Party
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(slots=True)
class Masters:
    """Filled by the postings in order, so that ids do not depend on anything else."""

    accounts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    holders: dict[tuple[Side, str], _Holder] = field(default_factory=dict)
    rates: dict[str, int] = field(default_factory=dict)
    ids: dict[tuple[Side, str], str] = field(default_factory=dict)
    taken: set[tuple[Side, str]] = field(default_factory=set)

    def take(self, postings: Iterable[Posting]) -> None:
        for posting in postings:
            self.accounts[posting.account] += posting.amount
            if posting.tax is not None:
                self.rates[posting.tax.code] = posting.tax.rate
            if posting.party is not None:
                self._holder(posting.party).balances[posting.account] += posting.amount

    def id_of(self, party: Party) -> str:
        """Its number, else its organisation number, else its name; ids that would be alike get a number behind."""
        key = party.side, party.number or party.orgnr or party.name
        if key not in self.ids:
            self.ids[key] = self._free(party.side, clean(key[1])[:MIDDLE_1] or "-")
        return self.ids[key]

    def _free(self, side: Side, wanted: str) -> str:
        free, place = wanted, 2
        while (side, free) in self.taken:
            ending = f"-{place}"
            free, place = wanted[: MIDDLE_1 - len(ending)] + ending, place + 1
        self.taken.add((side, free))
        return free

    def _holder(self, party: Party) -> _Holder:
        return self.holders.setdefault((party.side, self.id_of(party)), _Holder(party))


def add_masters(root: etree._Element, masters: Masters) -> None:
    parent = add(root, "MasterFiles")
    if masters.accounts:
        _add_accounts(add(parent, "GeneralLedgerAccounts"), masters.accounts)
    for side, name in _NAMES.items():
        holders = {id_: holder for (of, id_), holder in masters.holders.items() if of is side}
        if holders:
            _add_holders(add(parent, f"{name}s"), name, holders)
    if masters.rates:
        _add_vat_codes(add(parent, "TaxTable"), masters.rates)


def percentage(rate: int) -> str:
    """`rate` in hundredths of a percent: "25", "11.11"."""
    whole, part = divmod(rate, 100)
    return f"{whole}.{part:02d}" if part else str(whole)


def _add_accounts(parent: etree._Element, accounts: Mapping[str, int]) -> None:
    for number, balance in sorted(accounts.items()):
        grouping = grouping_of(number)
        account = add(parent, "Account")
        add_text(account, "AccountID", number, MIDDLE_2)
        add(account, "AccountDescription", grouping.name)
        add(account, "GroupingCategory", grouping.category)
        add(account, "GroupingCode", grouping.code)
        add(account, "AccountType", "GL")
        add_balance(account, "Opening", 0)
        add_balance(account, "Closing", balance)


def _add_holders(parent: etree._Element, name: str, holders: Mapping[str, _Holder]) -> None:
    for id_, holder in sorted(holders.items()):
        element = add(parent, name)
        add_reference(element, "RegistrationNumber", holder.party.orgnr)
        add_text(element, "Name", clean(holder.party.name) or id_, LONG)
        add(element, f"{name}ID", id_)
        for account, balance in sorted(holder.balances.items()):
            part = add(element, "BalanceAccount")
            add_text(part, "AccountID", account, MIDDLE_2)
            add_balance(part, "Opening", 0)
            add_balance(part, "Closing", balance)


def _add_vat_codes(parent: etree._Element, rates: Mapping[str, int]) -> None:
    entry = add(parent, "TaxTableEntry")
    add(entry, "TaxType", "MVA")
    add(entry, "Description", "Merverdiavgift")
    for code, rate in sorted(rates.items()):
        details = add(entry, "TaxCodeDetails")
        add(details, "TaxCode", code)
        add(details, "TaxPercentage", percentage(rate))
        add(details, "Country", "NO")
        add(details, "StandardTaxCode", code)
        add(details, "BaseRate", "100")
