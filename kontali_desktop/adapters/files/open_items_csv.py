"""The list of open items with our own headings, as CSV (`;` between the cells) or Excel, one document a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kontali_desktop.adapters.files.open_items import Taken, bank_account, whole_number
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.csv_grid import csv_grid
from kontali_desktop.adapters.files.tables.grid import Grid, Row
from kontali_desktop.adapters.files.tables.numbers import NumberStyle, minor_of
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.adapters.files.text import decoded
from kontali_desktop.adapters.files.values import bare_orgnr, currency_of, date_of
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.money import NOK, decimals_of
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

REQUIRED = (
    "side", "kind", "number", "counterparty", "counterparty_orgnr", "counterparty_account",
    "kid", "issue_date", "due_date", "currency", "amount",
)  # fmt: skip
OPTIONAL = ("remaining", "counterparty_number", "amount_nok", "account")
_KNOWN = frozenset((*REQUIRED, *OPTIONAL))
_TELLING = 4  # so many of our names in a first row make it ours
_SEPARATORS = {";": ";", ",": ",", "\t": "tab", "|": "|"}
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_NORWEGIAN_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}", re.ASCII)

_Cells = Mapping[str, str]
OpenItems = tuple[tuple[ReportedDocument, ...], tuple[RefusedRow, ...], str]


def is_header(line: str) -> bool:
    """Whether a file's first line names our columns, whatever stands between them."""
    return any(is_own_header(line.split(mark)) for mark in _SEPARATORS)


def is_own_header(cells: Sequence[str]) -> bool:
    """Whether a row names our columns."""
    return len(_KNOWN.intersection(_names(cells))) >= _TELLING


def read_open_items(data: bytes) -> OpenItems:
    """The documents, the rows that were not taken, by line, and the header that goes before those when they are saved.

    Without a `remaining` the whole amount is open; a row with an empty `currency` is in NOK. A row that says the same
    again is passed over, one that says something else of the same document is refused.
    Raises FileNotUnderstood where the whole file cannot be taken.
    """
    text = decoded(data)
    if text is None:
        raise not_understood("line 1", Reason.WRONG_ENCODING)
    first_line = text.lstrip().splitlines()[0]
    for mark, name in _SEPARATORS.items():
        if mark != ";" and ";" not in first_line and is_own_header(first_line.split(mark)):
            raise not_understood("line 1", Reason.WRONG_SEPARATOR, found=name)
    return read_rows(csv_grid(text, ";"), 0)


def read_rows(grid: Grid, at: int) -> OpenItems:
    """The same of a grid whose header is row `at`."""
    if grid.rows[at].is_broken:
        raise not_understood("line 1", Reason.QUOTES_BROKEN)
    header = _header(grid.rows[at])
    taken = Taken()
    not_taken: list[RefusedRow] = []
    for row in grid.rows[at + 1 :]:
        try:
            taken.add(_document(dict(zip(header, _cells(row, header), strict=True))), row.line, "number")
        except FileNotUnderstood as error:
            not_taken.append(refused(error, row))
    return taken.documents, tuple(not_taken), grid.rows[at].raw


def _names(cells: Sequence[str]) -> list[str]:
    return [cell.strip().strip('"').strip().lower() for cell in cells]


def _header(row: Row) -> list[str]:
    header = _names(row.cells)
    where = f"line {row.line}"
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise not_understood(where, Reason.COLUMNS_MISSING, columns=", ".join(missing))
    for name in _KNOWN:
        if header.count(name) > 1:
            raise not_understood(where, Reason.COLUMN_TWICE, column=name)
    return header


def _cells(row: Row, header: list[str]) -> list[str]:
    """The row's cells; empty ones after the last column, as spreadsheets leave them, do not count."""
    if row.is_broken:
        raise not_understood("", Reason.QUOTES_BROKEN)
    cells = list(row.cells)
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        raise not_understood("", Reason.WRONG_NUMBER_OF_CELLS, found=len(cells), expected=len(header))
    return cells


def _document(row: _Cells) -> ReportedDocument:
    currency = currency_of(row["currency"] or NOK, "currency")
    amount = _positive(_needed(row, "amount"), currency, "amount")
    remaining = _positive(row["remaining"], currency, "remaining") if row.get("remaining") else amount
    if remaining > amount:
        raise not_understood(
            "remaining", Reason.REMAINING_ABOVE_AMOUNT, remaining=row["remaining"], amount=row["amount"]
        )
    in_nok = row.get("amount_nok", "")
    return ReportedDocument(
        side=Side(_one_of(row, "side", tuple(Side))),
        kind=DocumentKind(_one_of(row, "kind", tuple(DocumentKind))),
        number=whole_number(_needed(row, "number"), "number"),
        counterparty=_needed(row, "counterparty"),
        amount=amount,
        remaining=remaining,
        currency=currency,
        counterparty_orgnr=bare_orgnr(row["counterparty_orgnr"]),
        counterparty_account=bank_account(row["counterparty_account"], "counterparty_account"),
        counterparty_number=row.get("counterparty_number", ""),
        kid=whole_number("".join(row["kid"].split()), "kid"),
        issue_date=_date(row["issue_date"], "issue_date"),
        due_date=_date(row["due_date"], "due_date"),
        amount_nok=_positive(in_nok, NOK, "amount_nok") if in_nok else None,
        payee_account=bank_account(row.get("account", ""), "account"),
    )


def _needed(row: _Cells, column: str) -> str:
    if not row[column]:
        raise not_understood(column, Reason.FIELD_MISSING, field=column)
    return row[column]


def _one_of(row: _Cells, column: str, allowed: tuple[str, ...]) -> str:
    value = _needed(row, column).lower()
    if value not in allowed:
        raise not_understood(column, Reason.VALUE_NOT_KNOWN, value=row[column], allowed=", ".join(allowed))
    return value


def _positive(text: str, currency: str, column: str) -> int:
    """Minor units, in any style. "1.250" and "1,250" are refused: a thousand may be meant, or one and a quarter."""
    compact = "".join(text.split()).replace("\u2212", "-")
    if _GROUPED.fullmatch(compact.lstrip("+-")) and decimals_of(currency) != 3:  # noqa: PLR2004 - three digits to a group
        raise not_understood(column, Reason.AMOUNT_NOT_UNDERSTOOD, value=text)
    minor = minor_of(text, currency, NumberStyle(), column)
    if minor < 0:
        raise not_understood(column, Reason.AMOUNT_NEGATIVE, value=text)
    return minor


def _date(text: str, column: str) -> date | None:
    """A day as 2026-02-12, or as a Norwegian spreadsheet writes it, 12.02.2026."""
    if not text:
        return None
    if _NORWEGIAN_DATE.fullmatch(text):
        try:
            return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            raise not_understood(column, Reason.DATE_NOT_UNDERSTOOD, value=text) from None
    return date_of(text, column)
