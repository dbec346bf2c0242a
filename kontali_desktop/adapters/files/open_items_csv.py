"""The list of open items as CSV: `;` between the cells, a header row, one document a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.text import decoded
from kontali_desktop.adapters.files.values import amount_of, bare_orgnr, currency_of, date_of
from kontali_desktop.domain.check_digits import account_number_of
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

_Row = Mapping[str, str]


def is_header(line: str) -> bool:
    """Whether a file's first line names our columns, whatever stands between them."""
    return any(len(_KNOWN.intersection(_names(line.split(mark)))) >= _TELLING for mark in _SEPARATORS)


def read_open_items(data: bytes) -> tuple[tuple[ReportedDocument, ...], tuple[RefusedRow, ...]]:
    """The documents, and the rows that were not taken, by line.

    Without a `remaining` the whole amount is open; a row with an empty `currency` is in NOK. A row that says the same
    again is passed over, one that says something else of the same document is refused.
    Raises FileNotUnderstood where the whole file cannot be taken.
    """
    text = decoded(data)
    if text is None:
        raise not_understood("line 1", Reason.WRONG_ENCODING)
    taken: dict[tuple[str, ...], tuple[int, ReportedDocument]] = {}
    refused: list[RefusedRow] = []
    header: list[str] = []
    for line, row in _numbered(text):
        try:
            if isinstance(row, FileNotUnderstood):
                raise row
            if not header:
                header = _header(row, text)
                continue
            document = _document(dict(zip(header, _cells(row, header), strict=True)))
            _take(document, line, taken)
        except FileNotUnderstood as error:
            if not header:
                raise
            where = str(error.parameters["where"])
            refused.append(refused_row(error, f"line {line}, {where}" if where else f"line {line}"))
    return tuple(document for _, document in taken.values()), tuple(refused)


def _numbered(text: str) -> Iterator[tuple[int, list[str] | FileNotUnderstood]]:
    """Each row that is not blank with the line it begins on."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    line = 1
    while True:
        row: list[str] | FileNotUnderstood
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            row = not_understood("", Reason.QUOTES_BROKEN)
        if isinstance(row, FileNotUnderstood) or any(cell.strip() for cell in row):
            yield line, row
        line = rows.line_num + 1


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().strip('"').strip().lower() for cell in cells]


def _header(row: list[str], text: str) -> list[str]:
    header = _names(row)
    first_line = text.splitlines()[0] if text else ""
    for mark, name in _SEPARATORS.items():
        if mark != ";" and len(header) == 1 and is_header(first_line) and mark in first_line:
            raise not_understood("line 1", Reason.WRONG_SEPARATOR, found=name)
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise not_understood("line 1", Reason.COLUMNS_MISSING, columns=", ".join(missing))
    for name in _KNOWN:
        if header.count(name) > 1:
            raise not_understood("line 1", Reason.COLUMN_TWICE, column=name)
    return header


def _cells(row: list[str], header: list[str]) -> list[str]:
    """The row's cells; empty ones after the last column, as spreadsheets leave them, do not count."""
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) != len(header):
        raise not_understood("", Reason.WRONG_NUMBER_OF_CELLS, found=len(row), expected=len(header))
    return [cell.strip() for cell in row]


def _document(row: _Row) -> ReportedDocument:
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
        number=_needed(row, "number"),
        counterparty=_needed(row, "counterparty"),
        amount=amount,
        remaining=remaining,
        currency=currency,
        counterparty_orgnr=bare_orgnr(row["counterparty_orgnr"]),
        counterparty_account=account_number_of(row["counterparty_account"]),
        counterparty_number=row.get("counterparty_number", ""),
        kid="".join(row["kid"].split()),
        issue_date=_date(row["issue_date"], "issue_date"),
        due_date=_date(row["due_date"], "due_date"),
        amount_nok=_positive(in_nok, NOK, "amount_nok") if in_nok else None,
        payee_account=account_number_of(row.get("account", "")),
    )


def _take(document: ReportedDocument, line: int, taken: dict[tuple[str, ...], tuple[int, ReportedDocument]]) -> None:
    key = (document.side, document.kind, document.counterparty_key, document.number)
    first, known = taken.setdefault(key, (line, document))
    if known != document:
        raise not_understood("number", Reason.DUPLICATE_IN_FILE, number=document.number, first=f"line {first}")


def _needed(row: _Row, column: str) -> str:
    if not row[column]:
        raise not_understood(column, Reason.FIELD_MISSING, field=column)
    return row[column]


def _one_of(row: _Row, column: str, allowed: tuple[str, ...]) -> str:
    value = _needed(row, column).lower()
    if value not in allowed:
        raise not_understood(column, Reason.VALUE_NOT_KNOWN, value=row[column], allowed=", ".join(allowed))
    return value


def _positive(text: str, currency: str, column: str) -> int:
    """Minor units. "1.250" and "1,250" are refused: a thousand may be meant, or one and a quarter."""
    compact = "".join(text.split()).replace("\u2212", "-")
    if _GROUPED.fullmatch(compact.lstrip("+-")) and decimals_of(currency) != 3:  # noqa: PLR2004 - three digits to a group
        raise not_understood(column, Reason.AMOUNT_NOT_UNDERSTOOD, value=text)
    minor = amount_of(compact.replace(",", "."), currency, column)
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
