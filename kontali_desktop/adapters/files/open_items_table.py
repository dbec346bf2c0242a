"""An accounting system's list of open items, by the mapping that a person gave its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from kontali_desktop.adapters.files.open_items import Taken, bank_account, whole_number
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width, is_total
from kontali_desktop.adapters.files.tables.days import is_day
from kontali_desktop.adapters.files.tables.headings import plain
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.adapters.files.values import bare_orgnr, currency_of
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

_AMOUNTS = ("amount", "remaining", "amount_nok")
_DAYS = ("issue_date", "due_date")
_SIDES = {
    Side.CUSTOMER: ("customer", "kunde", "kunder", "k", "debitor", "customers", "utgående"),
    Side.SUPPLIER: ("supplier", "leverandør", "leverandører", "l", "kreditor", "suppliers", "vendor", "inngående"),
}
_KINDS = {
    DocumentKind.INVOICE: (
        "invoice", "faktura", "f", "utgående faktura", "inngående faktura", "kundefaktura", "leverandørfaktura",
        "salgsfaktura", "customer invoice", "supplier invoice", "sales invoice", "purchase invoice", "invoiceout",
    ),
    DocumentKind.CREDIT_NOTE: (
        "credit_note", "credit note", "creditnote", "kreditnota", "kn", "kreditfaktura", "kreditert faktura",
        "credit memo",
        "utgående kreditnota", "inngående kreditnota",
    ),
}  # fmt: skip
_Word = TypeVar("_Word", Side, DocumentKind)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What holds for all rows: their side where no column tells, and whether invoices are written with a minus."""

    side: str
    turned: frozenset[str]


def read_open_items_table(
    table: Table, columns: Columns, side: str
) -> tuple[tuple[ReportedDocument, ...], tuple[RefusedRow, ...]]:
    """The documents, and the rows that were not taken.

    A negative amount is a credit note. A supplier ledger may write what it owes with a minus: where most of a side's
    rows are negative and no column tells the kind, the sign is turned. Without an amount the remaining one is all that
    is known. Sums are passed over. Raises FileNotUnderstood where the mapping leaves out what is needed.
    """
    needed = ["number", "counterparty", *(() if side else ("side",))]
    missing = [field for field in needed if field not in columns]
    missing += [] if {"amount", "remaining"} & columns.keys() else ["amount"]
    if missing:
        raise not_understood(f"line {table.header.line}", Reason.COLUMNS_MISSING, columns=", ".join(missing))
    ledger = _Ledger(side, _turned_sides(table, columns, side))
    taken = Taken()
    not_taken: list[RefusedRow] = []
    for cells in cells_of(table, columns, _AMOUNTS, _DAYS):
        try:
            check_width(cells)
            if not _is_sum(cells):
                taken.add(_document(cells, ledger), cells.row.line, cells.heading("number"))
        except FileNotUnderstood as error:
            not_taken.append(refused(error, cells.row))
    return taken.documents, tuple(not_taken)


def _is_sum(cells: Cells) -> bool:
    """A sum below its rows, or a line of text between them. What has a day is an item, whatever its name."""
    has_amount = any(cells.text(field) for field in _AMOUNTS)
    is_named = is_total(cells) and not any(_may_be_day(cells.text(field)) for field in _DAYS)
    return (not cells.text("number") and (not has_amount or is_named)) or (not has_amount and is_named)


def _may_be_day(text: str) -> bool:
    return is_day(text) or text.isdecimal()  # a spreadsheet's serial number


def _document(cells: Cells, ledger: _Ledger) -> ReportedDocument:
    side = _side(cells, ledger.side)
    currency = currency_of(cells.text("currency").upper() or NOK, cells.heading("currency"))
    sign = -1 if side in ledger.turned else 1
    amount, remaining = _amounts(cells, currency)
    kind = _kind(cells, amount * sign)
    amount, remaining = abs(amount), abs(remaining)
    if remaining > amount:
        told = {"remaining": cells.text("remaining"), "amount": cells.text("amount")}
        raise not_understood(cells.heading("remaining"), Reason.REMAINING_ABOVE_AMOUNT, **told)
    in_nok = cells.amount("amount_nok", NOK)
    return ReportedDocument(
        side=side,
        kind=kind,
        number=whole_number(cells.needed("number"), cells.heading("number")),
        counterparty=cells.needed("counterparty"),
        amount=amount,
        remaining=remaining,
        currency=currency,
        counterparty_orgnr=bare_orgnr(cells.text("counterparty_orgnr")),
        counterparty_account=bank_account(cells.text("counterparty_account"), cells.heading("counterparty_account")),
        counterparty_number=cells.text("counterparty_number"),
        kid=whole_number("".join(cells.text("kid").split()), cells.heading("kid")),
        issue_date=cells.day("issue_date"),
        due_date=cells.day("due_date"),
        amount_nok=None if in_nok is None else abs(in_nok),
        payee_account=bank_account(cells.text("account"), cells.heading("account")),
    )


def _amounts(cells: Cells, currency: str) -> tuple[int, int]:
    """The amount and what remains of it, with the ledger's own signs, which must agree."""
    amount, remaining = cells.amount("amount", currency), cells.amount("remaining", currency)
    if amount is None and remaining is None:
        cells.needed("amount" if "amount" in cells.columns else "remaining")
    whole = (remaining if amount is None else amount) or 0
    left = whole if remaining is None else remaining
    if whole * left < 0:
        raise not_understood(cells.heading("remaining"), Reason.SIGN_UNCLEAR, value=cells.text("remaining"))
    return whole, left


def _kind(cells: Cells, signed: int) -> DocumentKind:
    told = cells.text("kind")
    if not told:
        return DocumentKind.CREDIT_NOTE if signed < 0 else DocumentKind.INVOICE
    kind = _one_of(cells, "kind", _KINDS)
    if kind is DocumentKind.INVOICE and signed < 0:
        raise not_understood(cells.heading("amount"), Reason.SIGN_UNCLEAR, value=cells.text("amount"))
    return kind


def _side(cells: Cells, side: str) -> Side:
    return _one_of(cells, "side", _SIDES) if "side" in cells.columns else Side(side)


def _one_of(cells: Cells, field: str, words: Mapping[_Word, tuple[str, ...]]) -> _Word:
    told = cells.needed(field)
    for value, names in words.items():
        if plain(told) in {plain(name) for name in names}:
            return value
    allowed = ", ".join(names[1] for names in words.values())
    raise not_understood(cells.heading(field), Reason.VALUE_NOT_KNOWN, value=told, allowed=allowed)


def _turned_sides(table: Table, columns: Columns, side: str) -> frozenset[str]:
    """The sides whose invoices are written with a minus: only a supplier ledger does so."""
    signs: Counter[bool] = Counter()
    for cells in cells_of(table, columns, _AMOUNTS, ()):
        try:
            if not cells.row.is_broken and not _is_sum(cells) and _side(cells, side) is Side.SUPPLIER:
                signs[_amounts(cells, NOK)[0] < 0] += 1
        except FileNotUnderstood:
            continue  # told when the row is read
    return frozenset({Side.SUPPLIER}) if signs[True] > signs[False] else frozenset()
