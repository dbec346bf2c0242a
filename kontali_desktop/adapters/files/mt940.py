"""MT940, the customer statement of SWIFT (Standards MT, category 9), as Norwegian and other banks write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kontali_desktop.adapters.files.mt940_details import Details, details_of
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.text import decoded
from kontali_desktop.adapters.files.values import amount_of
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow, Statement

_TAG = re.compile(r":(\d\d[A-Z]?):", re.ASCII)
_BEGINS = re.compile(r"\s*(?:\{1:.{0,300}?)?:20:", re.DOTALL)
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?(?P<amount>\d{1,15}(?:,\d{0,3})?)"
    r"(?P<kind>[A-Z][A-Z0-9]{3})(?P<own>.*?)(?://(?P<bank>.*))?",
    re.ASCII,
)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15}(?:,\d{0,3})?)", re.ASCII)
# By ISO 20022's codes, so that a balance has one name whichever format brings it.
_BALANCES = {"60F": "OPBD", "60M": "ITBD", "62F": "CLBD", "62M": "ITBD", "64": "CLAV"}
_NO_REFERENCE = frozenset({"NONREF", "NOTPROVIDED"})
_EXPECTED = "E"  # a line that the bank expects, not yet booked
_CENTURY = 2000
_HALF_YEAR_DAYS = 183


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with the lines that follow it, as far as the next one."""

    line: int
    tag: str
    lines: tuple[str, ...]

    @property
    def raw(self) -> str:
        return f":{self.tag}:" + "\n".join(self.lines) + "\n"


@dataclass(slots=True)
class _Message:
    """What is known of the statement that is being read; `head` is what a line of it needs to stand alone."""

    account: str = ""
    currency: str = ""
    head: str = ""
    transactions: list[ReportedTransaction] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)


def is_mt940(text: str) -> bool:
    """Whether a file begins with a statement's reference (`:20:`), inside SWIFT's envelope or without it."""
    return _BEGINS.match(text) is not None and "\n:25:" in text.replace("\r", "\n")


def read_statements(data: bytes) -> tuple[tuple[Statement, ...], tuple[RefusedRow, ...]]:
    """Every statement with its lines and balances, and the lines that were not taken.

    Amounts are signed: a reversed credit (`RC`) takes money out, a reversed debit (`RD`) brings it in. The booking date
    is the entry date, else the value date. Raises FileNotUnderstood where no statement can be taken.
    """
    text = decoded(data)
    if text is None:
        raise not_understood("line 1", Reason.WRONG_ENCODING)
    messages: list[_Message] = []
    refused: list[RefusedRow] = []
    waiting: _Field | None = None
    for found in (*_fields(text), _Field(0, "", ("",))):
        if waiting is not None:
            details = found if found.tag == "86" else None
            _take(messages[-1], waiting, details, refused)
            waiting = None
        if found.tag == "20":
            messages.append(_Message())
        if not messages:
            continue
        if found.tag == "61":
            waiting = found
        elif found.tag:
            _set(messages[-1], found, refused)
    if not messages:
        raise not_understood("line 1", Reason.NO_STATEMENTS)
    return tuple(_statement(message) for message in messages if message.account), tuple(refused)


def _fields(text: str) -> Iterator[_Field]:
    at, tag, lines = 0, "", list[str]()
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        begins = line.find(":20:") if line.startswith("{") else 0  # the envelope may share the first line
        found = _TAG.match(line, begins) if begins >= 0 else None
        if found or line.startswith(("-}", "{")) or line == "-":
            if tag:
                yield _Field(at, tag, tuple(lines))
            at, tag, lines = number, found.group(1) if found else "", [line[found.end() :]] if found else []
        elif tag and line.strip():
            lines.append(line.rstrip())
    if tag:
        yield _Field(at, tag, tuple(lines))


def _set(message: _Message, found: _Field, refused: list[RefusedRow]) -> None:
    """A field that is about the whole statement."""
    if found.tag in ("20", "25", "28", "28C", "60F", "60M"):
        message.head += found.raw
    try:
        if found.tag == "25":
            message.account = _account(found.lines[0])
        elif found.tag in _BALANCES:
            message.balances.append(_balance(message, found))
    except FileNotUnderstood as error:
        refused.append(refused_row(error, f"line {found.line}, :{found.tag}:"))


def _account(text: str) -> str:
    """The number without the bank's BIC before it and the currency behind it."""
    number = account_number_of(text.rsplit("/", 1)[-1])
    if not number:
        raise not_understood("", Reason.FIELD_MISSING, field=":25:")
    return number[:-3] if number[-3:].isalpha() and number[:-3].isdigit() else number


def _balance(message: _Message, found: _Field) -> Balance:
    parts = _BALANCE.fullmatch(found.lines[0].strip())
    if parts is None:
        raise not_understood("", Reason.MT940_LINE, value=found.lines[0])
    mark, day, currency, amount = parts.groups()
    message.currency = message.currency or currency
    minor = _amount(amount, currency)
    return Balance(_BALANCES[found.tag], minor if mark == "C" else -minor, currency, _day(day))


def _take(message: _Message, line: _Field, details: _Field | None, refused: list[RefusedRow]) -> None:
    raw = line.raw + (details.raw if details else "")
    try:
        message.transactions.append(_transaction(message, line, details, raw))
    except FileNotUnderstood as error:
        told = refused_row(error, f"line {line.line}, :61:")
        refused.append(RefusedRow(told.where, told.why, told.facts, f"{message.head}{raw}-\n"))


def _transaction(message: _Message, line: _Field, details: _Field | None, raw: str) -> ReportedTransaction:
    parts = _LINE.fullmatch(line.lines[0].strip())
    if parts is None:
        raise not_understood("", Reason.MT940_LINE, value=line.lines[0])
    currency = message.currency or NOK
    value_date = _day(parts["value"])
    mark = parts["mark"]
    minor = _amount(parts["amount"], currency)
    told = details_of(details.lines) if details else Details()
    own_text = " ".join(" ".join(text.split()) for text in line.lines[1:])
    reference = (parts["own"] or "").strip()
    return ReportedTransaction(
        status=BookingStatus.PENDING if mark.startswith(_EXPECTED) else BookingStatus.BOOKED,
        booking_date=_entry_day(value_date, parts["entry"]) if parts["entry"] else value_date,
        value_date=value_date,
        amount=minor if mark in ("C", "RD", "EC") else -minor,
        currency=currency,
        counterparty=told.counterparty,
        counterparty_account=told.counterparty_account,
        kid=told.kid,
        text=told.text or own_text,
        entry_reference=(parts["bank"] or "").strip(),
        end_to_end_id=told.end_to_end_id or ("" if reference in _NO_REFERENCE else reference),
        bank_transaction_code=parts["kind"],
        raw=raw.rstrip("\n"),
    )


def _amount(text: str, currency: str) -> int:
    return amount_of(text.replace(",", ".").rstrip("."), currency, "")


def _day(text: str) -> date:
    try:
        return date(_CENTURY + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        raise not_understood("", Reason.DATE_NOT_UNDERSTOOD, value=text) from None


def _entry_day(value_date: date, text: str) -> date:
    """The entry date has no year: it is the one nearest the value date."""
    for year in (value_date.year, value_date.year - 1, value_date.year + 1):
        try:
            day = date(year, int(text[:2]), int(text[2:]))
        except ValueError:
            continue  # 29 February
        if abs((day - value_date).days) <= _HALF_YEAR_DAYS:
            return day
    raise not_understood("", Reason.DATE_NOT_UNDERSTOOD, value=text)


def _statement(message: _Message) -> Statement:
    return Statement(
        account_number=message.account,
        currency=message.currency or NOK,
        owner_name="",
        transactions=tuple(message.transactions),
        balances=tuple(message.balances),
    )
