"""Whose books a SAF-T file holds, with its ledger accounts, customers and suppliers (`Header` and `MasterFiles`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.saf_t.elements import (
    balance_in,
    bank_accounts_in,
    needed_in,
    orgnr_in,
    tag,
    text_in,
)
from kontali_desktop.adapters.files.values import bare_orgnr, date_of
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood

OWN_SOFTWARE_ID = "Kontali Desktop"
_VERSIONS = frozenset(("", "1.0", "1.00", "1.1", "1.10", "1.2", "1.20", "1.3", "1.30"))
_BANK_CODE = "1920"  # of both code lists: the standard accounts, and RF-1167 with its successor næringsspesifikasjonen
_BANK_ACCOUNTS = ("192", "193", "194")  # NS 4102: 1920–1949
_MONEY = "19"  # NS 4102: cash and bank
_NS4102_LENGTH = 4
_CONTROL = {Side.CUSTOMER: ("150", "151"), Side.SUPPLIER: ("240", "241")}


@dataclass(frozen=True, slots=True)
class Balances:
    """In øre, debit positive; None where the file does not tell it."""

    opening: int | None
    closing: int | None


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """`code` is the number by NS 4102: its own, or that of the standard account it is mapped to."""

    name: str
    code: str
    is_bank: bool
    balances: Balances


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or supplier; `balances` by the ledger account they are part of, which may be unknown ("")."""

    id: str
    name: str
    orgnr: str = ""
    bank_account: str = ""
    balances: tuple[tuple[str, Balances], ...] = ()
    place: str = ""


@dataclass(slots=True)
class Masters:
    """What is known of accounts and parties once the entries begin."""

    has_header: bool = False
    is_own_archive: bool = False
    period_start: date | None = None
    accounts: dict[str, LedgerAccount] = field(default_factory=dict)
    parties: dict[tuple[Side, str], Party] = field(default_factory=dict)
    own_bank_accounts: set[str] = field(default_factory=set)
    registered: dict[Side, set[str]] = field(default_factory=lambda: {side: set() for side in Side})

    def code_of(self, account: str) -> str:
        known = self.accounts.get(account)
        return known.code if known else account

    def is_bank(self, account: str) -> bool:
        known = self.accounts.get(account)
        if account in self.own_bank_accounts or (known is not None and known.is_bank):
            return True
        return account.startswith(_BANK_ACCOUNTS) and account.isdigit()

    def is_money(self, account: str) -> bool:
        return self.code_of(account).startswith(_MONEY) or self.is_bank(account)

    def is_control(self, account: str, side: Side) -> bool:
        """Whether the account sums up the customers or the suppliers."""
        return account in self.registered[side] or self.code_of(account).startswith(_CONTROL[side])


def read_header(header: etree._Element, client_orgnr: str, masters: Masters) -> None:
    """Raises FileNotUnderstood where the books are another company's, of a version not known, or not in kroner."""
    version = text_in(header, "AuditFileVersion")
    if version not in _VERSIONS:
        raise not_understood("Header/AuditFileVersion", Reason.VERSION_NOT_KNOWN, version=f"SAF-T {version}")
    company = header.find(tag("Company"))
    if company is None:
        raise not_understood("Header/Company", Reason.FIELD_MISSING, field="Header/Company")
    _refuse_others(company, bare_orgnr(client_orgnr))
    currency = text_in(header, "DefaultCurrencyCode") or NOK
    if currency != NOK:
        raise not_understood("Header/DefaultCurrencyCode", Reason.CURRENCY_DIFFERS, found=currency, expected=NOK)
    masters.period_start = _period_start(header)
    masters.own_bank_accounts = {ledger for _, ledger in bank_accounts_in(company) if ledger}
    masters.is_own_archive = text_in(header, "SoftwareID") == OWN_SOFTWARE_ID
    masters.has_header = True


def _period_start(header: etree._Element) -> date | None:
    """It only dates the opening balances, so that one which is not understood is done without."""
    try:
        return date_of(text_in(header, "SelectionCriteria", "SelectionStartDate"), "SelectionStartDate")
    except FileNotUnderstood:
        return None


def _refuse_others(company: etree._Element, client: str) -> None:
    registered = bare_orgnr(text_in(company, "RegistrationNumber"))
    numbers = {registered, bare_orgnr(text_in(company, "TaxRegistration", "TaxRegistrationNumber"))} - {""}
    where = "Header/Company/RegistrationNumber"
    if not numbers:
        raise not_understood(where, Reason.FIELD_MISSING, field=where)
    if client not in numbers:
        name, orgnr = text_in(company, "Name"), registered or min(numbers)
        raise not_understood(where, Reason.OTHER_BOOKS, company=name, company_orgnr=orgnr, client_orgnr=client)


def read_account(account: etree._Element, masters: Masters) -> None:
    """Raises FileNotUnderstood, `where` being an element of it."""
    number = needed_in(account, "AccountID")
    mapped = text_in(account, "StandardAccountID") or text_in(account, "GroupingCode")
    is_ns4102 = len(number) == _NS4102_LENGTH and number.isdigit()
    masters.accounts[number] = LedgerAccount(
        name=text_in(account, "AccountDescription"),
        code=number if is_ns4102 or not mapped.isdigit() else mapped,
        is_bank=mapped == _BANK_CODE,
        balances=Balances(balance_in(account, "Opening"), balance_in(account, "Closing")),
    )


def read_party(element: etree._Element, side: Side, place: str, masters: Masters) -> None:
    """Raises FileNotUnderstood, `where` being an element of it; but the party itself is known even then."""
    number = needed_in(element, "CustomerID" if side is Side.CUSTOMER else "SupplierID")
    account = next((number for number, _ in bank_accounts_in(element) if any(map(str.isdigit, number))), "")
    name = text_in(element, "Name") or number
    bare = Party(number, name, orgnr_in(element), account, place=place)
    before = masters.parties.get((side, number))
    masters.parties[side, number] = bare
    # Before 1.30 a party with two control accounts stands there twice.
    balances = tuple({**dict(before.balances if before else ()), **dict(_balances(element))}.items())
    masters.registered[side].update(account for account, _ in balances if account)
    masters.parties[side, number] = Party(number, name, bare.orgnr, account, balances, place)


def _balances(element: etree._Element) -> Iterator[tuple[str, Balances]]:
    """From 1.30 on there may be several, each in an element of its own; before, they stand in the party itself."""
    for holder in (element, *element.iterchildren(tag("BalanceAccount"))):
        opening, closing = balance_in(holder, "Opening"), balance_in(holder, "Closing")
        account = text_in(holder, "AccountID")
        if account or opening is not None or closing is not None:
            yield account, Balances(opening, closing)
