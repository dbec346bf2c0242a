"""camt.053, the bank's statement by ISO 20022, versions 02 to 10, read as a stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.camt_entry import EntryReader
from kontali_desktop.adapters.files.camt_values import amount_in, children_in, code_in, day_in, text_in
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.safe_xml import streamed
from kontali_desktop.adapters.files.values import currency_of, orgnr_of
from kontali_desktop.domain.bank import Balance, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow, Statement

_TAGS = ("{*}Acct", "{*}Bal", "{*}Ntry", "{*}Stmt")


def read_statements(file: IO[bytes]) -> tuple[tuple[Statement, ...], tuple[RefusedRow, ...]]:
    """Every statement with its entries and balances, and what was not taken, by its place (`Stmt[1]/Ntry[12]/Amt`).

    Amounts are signed minor units of the account's currency. An entry of several payments is one transaction.
    Raises FileNotUnderstood where the XML is not whole, or no statement can be taken.
    """
    statements: list[Statement] = []
    refused: list[RefusedRow] = []
    entries = EntryReader()
    parts = _Parts(1)
    for element in streamed(file, _TAGS):
        parent = element.getparent()
        if etree.QName(element).localname == "Stmt":
            statement = _statement(parts, refused)
            statements.extend((statement,) if statement else ())
            parts = _Parts(parts.place + 1)
        elif parent is not None and etree.QName(parent).localname == "Stmt":
            _add(element, parts, entries, refused)
        else:
            continue  # an element of the same name deeper inside, which its own entry reads
        _forget(element)
    if not statements:
        raise _nothing_taken(refused)
    return tuple(statements), tuple(refused)


@dataclass(slots=True)
class _Parts:
    """What is known of the statement that is being read."""

    place: int
    number: str = ""
    currency: str = ""
    owner_name: str = ""
    owner_orgnr: str = ""
    entries_seen: int = 0
    balances_seen: int = 0
    transactions: list[ReportedTransaction] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)


def _add(element: etree._Element, parts: _Parts, entries: EntryReader, refused: list[RefusedRow]) -> None:
    name = etree.QName(element).localname
    place = f"Stmt[{parts.place}]/{name}"
    try:
        if name == "Acct":
            _read_account(element, parts)
        elif name == "Bal":
            parts.balances_seen += 1
            place = f"{place}[{parts.balances_seen}]"
            parts.balances.append(_balance(element, parts))
        else:
            parts.entries_seen += 1
            place = f"{place}[{parts.entries_seen}]"
            transaction = entries.transaction(element, parts.number, parts.currency, parts.owner_name)
            parts.currency = parts.currency or transaction.currency
            parts.transactions.append(transaction)
    except FileNotUnderstood as error:
        refused.append(refused_row(error, f"{place}/{error.parameters['where']}"))


def _read_account(account: etree._Element, parts: _Parts) -> None:
    number = text_in(account, "Id", "IBAN") or text_in(account, "Id", "Othr", "Id")
    parts.number = account_number_of(number)
    currency = text_in(account, "Ccy")
    parts.currency = currency_of(currency, "Ccy") if currency else ""
    parts.owner_name = text_in(account, "Ownr", "Nm") or text_in(account, "Ownr", "Pty", "Nm")
    for identification in children_in(account, "Ownr", "Id", "OrgId", "Othr", "Id"):
        parts.owner_orgnr = parts.owner_orgnr or orgnr_of(identification.text or "")


def _balance(balance: etree._Element, parts: _Parts) -> Balance:
    amount, currency = amount_in(balance, parts.currency)
    parts.currency = parts.currency or currency
    kind = next((code_in(kind, "CdOrPrtry") for kind in children_in(balance, "Tp")), "")
    if not kind:
        raise not_understood("Tp", Reason.FIELD_MISSING, field="Tp/CdOrPrtry")
    return Balance(kind, amount, currency, day_in(balance, "Dt"))


def _statement(parts: _Parts, refused: list[RefusedRow]) -> Statement | None:
    if not parts.number:
        error = not_understood("", Reason.FIELD_MISSING, field="Acct/Id")
        refused.append(refused_row(error, f"Stmt[{parts.place}]/Acct/Id"))
        return None
    return Statement(
        account_number=parts.number,
        currency=parts.currency,
        owner_name=parts.owner_name,
        transactions=tuple(parts.transactions),
        balances=tuple(parts.balances),
        owner_orgnr=parts.owner_orgnr,
    )


def _forget(element: etree._Element) -> None:
    """Empty an element that was read, and cut off those before it, so that the tree never grows."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _nothing_taken(refused: list[RefusedRow]) -> FileNotUnderstood:
    for row in refused:
        return FileNotUnderstood(where=row.where, why=row.why, **row.facts)
    return not_understood("BkToCstmrStmt", Reason.NO_STATEMENTS)
