"""Writes SAF-T files in the manner of each version, apart from the program, with made names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.adapters.files.writers import CLIENT, OTHER

NAMESPACE = "urn:StandardAuditFile-Taxation-Financial:NO"
ACCOUNTS = (("1500", "Kundefordringer"), ("1920", "Bank"), ("2400", "Leverandørgjeld"), ("3000", "Salg"))


def kroner(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def field(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


@dataclass(frozen=True)
class Row:
    """A line of a voucher; `amount` in øre, debit positive."""

    account: str
    amount: int
    customer: str = ""
    supplier: str = ""
    source: str = ""
    text: str = ""
    reference: str = ""
    kid: str = ""
    due: str = ""
    cross: str = ""
    currency: str = ""
    own_amount: str = ""
    record: str = ""
    amount_text: str = ""

    def text_of(self, place: int) -> str:
        side = "Debit" if self.amount >= 0 else "Credit"
        foreign = field("CurrencyCode", self.currency) + field("CurrencyAmount", self.own_amount)
        amount = field("Amount", self.amount_text or kroner(abs(self.amount))) + foreign
        return (
            f"<Line>{field('RecordID', self.record or str(place))}{field('AccountID', self.account)}"
            f"{field('SourceDocumentID', self.source)}{field('CustomerID', self.customer)}"
            f"{field('SupplierID', self.supplier)}{field('Description', self.text or 'Linje')}"
            f"<{side}Amount>{amount}</{side}Amount>{field('ReferenceNumber', self.reference)}"
            f"{field('CID', self.kid)}{field('DueDate', self.due)}{field('CrossReference', self.cross)}</Line>"
        )


@dataclass(frozen=True)
class Entry:
    """A voucher."""

    number: str
    rows: tuple[Row, ...]
    day: str = "2026-01-05"

    def text(self) -> str:
        rows = "".join(row.text_of(place) for place, row in enumerate(self.rows, 1))
        return (
            f"<Transaction>{field('TransactionID', self.number)}<Period>1</Period><PeriodYear>2026</PeriodYear>"
            f"{field('TransactionDate', self.day)}<Description>Bilag</Description>"
            f"<SystemEntryDate>2026-02-01</SystemEntryDate><GLPostingDate>2026-02-01</GLPostingDate>{rows}"
            "</Transaction>"
        )


@dataclass(frozen=True)
class Holder:
    """A customer or supplier with its balances in øre, debit positive."""

    number: str
    name: str = "Kunde AS"
    opening: int | None = 0
    closing: int | None = 0
    account: str = "1500"
    orgnr: str = OTHER
    bank: str = "<BankAccountNumber>15030000009</BankAccountNumber>"
    country: str = ""

    @property
    def is_customer(self) -> bool:
        return self.account.startswith("15")

    def text(self, version: str) -> str:
        role = "Customer" if self.is_customer else "Supplier"
        balances = field("AccountID", self.account) + _balance("Opening", self.opening)
        balances += _balance("Closing", self.closing)
        if version == "1.30":
            balances = f"<BalanceAccount>{balances}</BalanceAccount>"
        return (
            f"<{role}>{field('RegistrationNumber', self.orgnr)}{field('Name', self.name)}"
            f"<Address>{field('Country', self.country)}</Address>"
            f"<BankAccount>{self.bank}</BankAccount>{field(f'{role}ID', self.number)}{balances}</{role}>"
        )


def _balance(name: str, minor: int | None) -> str:
    if minor is None:
        return ""
    return field(f"{name}{'Debit' if minor >= 0 else 'Credit'}Balance", kroner(abs(minor)))


def sale(number: str, day: str, customer: str, amount: int, reference: str = "", **more: str) -> Entry:
    row = Row("1500", amount, customer=customer, reference=reference, **more)
    return Entry(number, (row, Row("3000", -amount)), day)


def payment(number: str, day: str, customer: str, amount: int, reference: str = "", **more: str) -> Entry:
    row = Row("1500", -amount, customer=customer, reference=reference, **more)
    return Entry(number, (Row("1920", amount), row), day)


def purchase(number: str, day: str, supplier: str, amount: int, reference: str = "", **more: str) -> Entry:
    row = Row("2400", -amount, supplier=supplier, reference=reference, **more)
    return Entry(number, (Row("4000", amount), row), day)


def remittance(number: str, day: str, supplier: str, amount: int, reference: str = "", **more: str) -> Entry:
    row = Row("2400", amount, supplier=supplier, reference=reference, **more)
    return Entry(number, (row, Row("1920", -amount)), day)


@dataclass(frozen=True)
class SafT:
    """A whole file. `journals` are lists of vouchers."""

    journals: tuple[tuple[Entry, ...], ...] = ()
    holders: tuple[Holder, ...] = ()
    version: str = "1.30"
    orgnr: str = CLIENT
    vat_number: str = ""
    currency: str = "NOK"
    accounts: tuple[str, ...] = tuple(
        f"<Account><AccountID>{number}</AccountID><AccountDescription>{name}</AccountDescription></Account>"
        for number, name in ACCOUNTS
    )
    company_extra: str = ""
    namespace: str = NAMESPACE

    def text(self) -> str:
        vat = f"<TaxRegistration>{field('TaxRegistrationNumber', self.vat_number)}</TaxRegistration>"
        masters = "".join(self.accounts)
        customers = "".join(h.text(self.version) for h in self.holders if h.is_customer)
        suppliers = "".join(h.text(self.version) for h in self.holders if not h.is_customer)
        journals = "".join(
            f"<Journal><JournalID>J{place}</JournalID><Description>Bilag</Description><Type>GL</Type>"
            f"{''.join(entry.text() for entry in entries)}</Journal>"
            for place, entries in enumerate(self.journals, 1)
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><AuditFile xmlns="{self.namespace}"><Header>'
            f"<AuditFileVersion>{self.version}</AuditFileVersion><AuditFileCountry>NO</AuditFileCountry>"
            f"<Company>{field('RegistrationNumber', self.orgnr)}<Name>Klient AS</Name>{vat}{self.company_extra}"
            f"</Company><DefaultCurrencyCode>{self.currency}</DefaultCurrencyCode><SelectionCriteria>"
            f"<SelectionStartDate>2026-01-01</SelectionStartDate><SelectionEndDate>2026-12-31</SelectionEndDate>"
            f"</SelectionCriteria></Header><MasterFiles><GeneralLedgerAccounts>{masters}</GeneralLedgerAccounts>"
            f"<Customers>{customers}</Customers><Suppliers>{suppliers}</Suppliers></MasterFiles>"
            f"<GeneralLedgerEntries><NumberOfEntries>1</NumberOfEntries>{journals}</GeneralLedgerEntries></AuditFile>"
        )

    def data(self) -> bytes:
        return self.text().encode()
