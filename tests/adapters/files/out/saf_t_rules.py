"""What version 1.30 asks of the elements that are written, said again apart from the program.

Each element with its children in their order: "!" must be there, "*" may be repeated, and a number is the most
characters of a text.
"""

from __future__ import annotations

import re

from lxml import etree

_AMOUNT = "Amount! CurrencyCode:3 CurrencyAmount ExchangeRate"
_PARTY = "RegistrationNumber:35 Name!:256 {}ID!:35 BalanceAccount*"
RULES = {
    "AuditFile": "Header! MasterFiles GeneralLedgerEntries SourceDocuments",
    "Header": (
        "AuditFileVersion!:9 AuditFileCountry!:2 AuditFileDateCreated! SoftwareCompanyName!:70 SoftwareID!:256 "
        "SoftwareVersion!:18 Company! DefaultCurrencyCode!:3 SelectionCriteria! HeaderComment:256 TaxAccountingBasis!"
    ),
    "Company": "RegistrationNumber!:35 Name!:256 Address* Contact!* TaxRegistration* BankAccount*",
    "Contact": "ContactPerson! Telephone!:18 Email:70",
    "ContactPerson": "FirstName!:35 LastName!:70",
    "BankAccount": "BankAccountNumber!:35 BIC:18 CurrencyCode:3 GeneralLedgerAccountID:70",
    "SelectionCriteria": "SelectionStartDate! SelectionEndDate! DocumentType:256",
    "MasterFiles": "GeneralLedgerAccounts Customers Suppliers TaxTable",
    "GeneralLedgerAccounts": "Account!*",
    "Account": "AccountID!:70 AccountDescription!:256 GroupingCategory!:256 GroupingCode!:35 AccountType! "
    "OpeningDebitBalance OpeningCreditBalance ClosingDebitBalance ClosingCreditBalance",
    "Customers": "Customer!*",
    "Suppliers": "Supplier!*",
    "Customer": _PARTY.format("Customer"),
    "Supplier": _PARTY.format("Supplier"),
    "BalanceAccount": "AccountID:70 OpeningDebitBalance OpeningCreditBalance ClosingDebitBalance ClosingCreditBalance",
    "TaxTable": "TaxTableEntry!*",
    "TaxTableEntry": "TaxType! Description! TaxCodeDetails!*",
    "TaxCodeDetails": "TaxCode!:70 TaxPercentage Country!:2 StandardTaxCode!:2 BaseRate!*",
    "GeneralLedgerEntries": "NumberOfEntries! TotalDebit! TotalCredit! Journal*",
    "Journal": "JournalID!:18 Description!:256 Type!:9 Transaction*",
    "Transaction": (
        "TransactionID!:70 Period! PeriodYear! TransactionDate! Description!:256 SystemEntryDate! GLPostingDate! Line!*"
    ),
    "Line": (
        "RecordID!:18 AccountID!:70 SourceDocumentID:35 CustomerID:35 SupplierID:35 Description!:256 DebitAmount "
        "CreditAmount TaxInformation* ReferenceNumber:35 CID:35 CrossReference:35"
    ),
    "TaxInformation": "TaxType TaxCode:70 TaxPercentage Country:2 TaxBase DebitTaxAmount CreditTaxAmount",
    "DebitAmount": _AMOUNT,
    "CreditAmount": _AMOUNT,
    "DebitTaxAmount": _AMOUNT,
    "CreditTaxAmount": _AMOUNT,
}
ONE_OF = {  # exactly one of each pair
    "Account": (("OpeningDebitBalance", "OpeningCreditBalance"), ("ClosingDebitBalance", "ClosingCreditBalance")),
    "BalanceAccount": (
        ("OpeningDebitBalance", "OpeningCreditBalance"),
        ("ClosingDebitBalance", "ClosingCreditBalance"),
    ),
    "Line": (("DebitAmount", "CreditAmount"),),
    "TaxInformation": (("DebitTaxAmount", "CreditTaxAmount"),),
}
_RULE = re.compile(r"(\w+)(!?)(\*?)(?::(\d+))?")
_MONEY = re.compile(r"\d{1,16}(\.\d{1,2})?", re.ASCII)
_MONEY_NAMES = {"Amount", "CurrencyAmount", "TaxBase", "TotalDebit", "TotalCredit"}


def name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def faults_of(root: etree._Element) -> list[str]:
    """Every breach of the rules, by element."""
    return [fault for element in root.iter(tag=etree.Element) if len(element) for fault in _faults(element)]


def _faults(element: etree._Element) -> list[str]:
    parent = name_of(element)
    if parent not in RULES:
        return [f"{parent}: unknown"]
    rules = [_RULE.fullmatch(rule) for rule in RULES[parent].split()]
    order = [rule.group(1) for rule in rules if rule]
    names = [name_of(child) for child in element]
    faults = [f"{parent}/{name}: unknown" for name in names if name not in order]
    if [order.index(n) for n in names if n in order] != sorted(order.index(n) for n in names if n in order):
        faults.append(f"{parent}: order {names}")
    for rule in rules:
        assert rule is not None
        name, must, many, longest = rule.groups()
        if must and name not in names:
            faults.append(f"{parent}/{name}: missing")
        if not many and names.count(name) > 1:
            faults.append(f"{parent}/{name}: repeated")
        texts = [child.text or "" for child in element if name_of(child) == name]
        if longest and any(len(text) > int(longest) for text in texts):
            faults.append(f"{parent}/{name}: too long")
        is_money = name in _MONEY_NAMES or name.endswith("Balance")
        if is_money and not all(_MONEY.fullmatch(text) for text in texts):
            faults.append(f"{parent}/{name}: {texts}")
    faults += [f"{parent}: {pair}" for pair in ONE_OF.get(parent, ()) if sum(names.count(n) for n in pair) != 1]
    return faults
