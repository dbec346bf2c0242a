"""MT940, the customer statement of SWIFT (Standards MT, category 9), as Norwegian and other banks write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kontali_desktop.adapters.files.currencies import CURRENCIES
from kontali_desktop.adapters.files.mt940_details import Details, details_of
from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.text import decoded
from kontali_desktop.adapters.files.values import amount_of
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of, is_account_number
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow, Statement

# Only these begin a field: a line of information may begin with other numbers between colons.
_TAG = re.compile(r":(2[015]|25P|28C?|60[FM]|61|62[FM]|6[45]|86|13D|34F|90[CD]|NS):", re.ASCII)
# Banks print lines of their own above the first statement: names, a message type, a whole foreword. What follows is
# looked for in turn and never back, so that no file makes the search long.
_BEGINS = re.compile(r"(?:^|\{4:)[ \t]*:20:", re.MULTILINE)
_GOES_ON = (re.compile(r"^:25P?:", re.MULTILINE), re.compile(r"^:(?:28|60|61)", re.MULTILINE))
_INTERIM = re.compile(r"^:(?:34F|13D):", re.MULTILINE)
_WITH_BALANCE = re.compile(r"^:60[FM]:", re.MULTILINE)
_FOREWORD = 4096  # characters
# The decimal sign is a comma. Some write a dot, which before three digits would part thousands as well.
_AMOUNT = r"\d{1,20}(?:,\d{0,3}|\.\d{1,2})?"
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4}| {4})?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?"
    rf"(?P<amount>{_AMOUNT}) ?(?P<kind>[A-Z][A-Z0-9 ]{{3}})(?P<own>.*?)(?://(?P<bank>.*))?",
    re.ASCII,
)
_BALANCE = re.compile(rf"([CD])(\d{{6}})([A-Z]{{3}})?({_AMOUNT})(?:-\}})?", re.ASCII)
_BALANCE_CURRENCY = re.compile(r"[CD]\d{6}([A-Z]{3})", re.ASCII)  # told also where its amount is not understood
_ACCOUNT_AND_LETTERS = re.compile(r"(.*\d)([A-Z]{3})", re.ASCII)
_LETTERS = re.compile(r"[A-Z]{3}", re.ASCII)
_CONTROLS = dict.fromkeys((0x01, 0x02, 0x03, 0x1A))  # what marks a message's beginning and end on the line
# By ISO 20022's codes, so that a balance has one name whichever format brings it.
_BALANCES = {"60F": "OPBD", "60M": "ITBD", "62F": "CLBD", "62M": "ITBD", "64": "CLAV"}
_BESIDE_A_LINE = frozenset({"86", "NS"})  # a bank's own field (NS) may stand before the information too
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
    """What is known of the statement that is being read; `head` is what a line of it needs to stand alone.

    `currency` is that of its balances, else what stands behind the account number.
    """

    account: str = ""
    currency: str = ""
    head: str = ""
    transactions: list[ReportedTransaction] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)


def is_mt940(text: str) -> bool:
    """Whether a file begins with a statement (`:20:`, `:25:`), inside SWIFT's envelope, below a foreword or without."""
    plain = _plain(text)
    found = _BEGINS.search(plain, 0, _FOREWORD)
    for following in _GOES_ON:
        found = following.search(plain, found.end()) if found else None
    return found is not None


def is_interim(text: str) -> bool:
    """Whether such a file is an MT942, a report during the day: it has a floor limit, and no opening balance."""
    plain = _plain(text)
    return _INTERIM.search(plain) is not None and _WITH_BALANCE.search(plain) is None


def _plain(text: str) -> str:
    """With the same end to every line, and nothing of what only the telex line needed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


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
    told: list[_Field] = []
    fields = (*_fields(text), _Field(0, "", ("",)))
    currencies = _balances_currencies(fields)
    for found in fields:
        if waiting is not None and found.tag in _BESIDE_A_LINE:
            told.append(found)  # some banks repeat the tag for each line of the information
            continue
        if waiting is not None:
            _take(messages[-1], waiting, told, refused)
            waiting, told = None, []
        if found.tag == "20":
            messages.append(_Message(currency=currencies[len(messages)]))
        if not messages:
            continue
        if found.tag == "61":
            waiting = found
        elif found.tag:
            _set(messages[-1], found, refused)
    if not messages:
        raise not_understood("line 1", Reason.NO_STATEMENTS)
    return tuple(_statement(m) for m in messages if m.account or m.transactions), tuple(refused)


def _fields(text: str) -> Iterator[_Field]:
    at, tag, lines = 0, "", list[str]()
    for number, line in enumerate(_plain(text).split("\n"), 1):
        begins = line.find(":20:") if line.startswith("{") else 0  # the envelope may share the first line
        found = _TAG.match(line, begins) if begins >= 0 else None
        if found or line.startswith(("-}", "{")) or line == "-":
            if tag:
                yield _Field(at, tag, tuple(lines))
            at, tag, lines = number, found.group(1) if found else "", [line[found.end() :]] if found else []
        elif tag and line.strip():
            lines.append(line)  # with a blank at its end, which may part two words
    if tag:
        yield _Field(at, tag, tuple(lines))


def _set(message: _Message, found: _Field, refused: list[RefusedRow]) -> None:
    """A field that is about the whole statement."""
    if found.tag in ("20", "25", "25P", "28", "28C", "60F", "60M"):
        message.head += found.raw
    try:
        if found.tag in ("25", "25P"):
            message.account, told = _account(found.lines[0])
            message.currency = message.currency or told
        elif found.tag in _BALANCES:
            message.balances.append(_balance(message, found))
    except FileNotUnderstood as error:
        refused.append(refused_row(error, f"line {found.line}, :{found.tag}:"))


def _balances_currencies(fields: Iterable[_Field]) -> list[str]:
    """Of each statement that of its first balance to tell one: it may stand below the lines."""
    told: list[str] = []
    for found in fields:
        if found.tag == "20":
            told.append("")
        elif found.tag in _BALANCES and told and not told[-1]:
            parts = _BALANCE_CURRENCY.match(found.lines[0].strip())
            told[-1] = parts[1] if parts else ""
    return told


def _account(text: str) -> tuple[str, str]:
    """The number without the bank's BIC before it, and the currency behind it, if there is one.

    Three letters there may be the bank's name as well.
    """
    pieces = [piece.strip() for piece in text.replace('"', "").split("/")]
    behind = pieces.pop() if len(pieces) > 1 and _LETTERS.fullmatch(pieces[-1]) else ""
    number = "".join(pieces[-1].split())
    found = None if behind else _ACCOUNT_AND_LETTERS.fullmatch(number)
    if found and (found[2] in CURRENCIES or is_account_number(account_number_of(found[1]))):
        number, behind = found.groups()
    if not number:
        raise not_understood("", Reason.FIELD_MISSING, field=":25:")
    return account_number_of(number), behind if behind in CURRENCIES else ""


def _balance(message: _Message, found: _Field) -> Balance:
    """One that leaves out the currency is in that of the statement."""
    parts = _BALANCE.fullmatch(found.lines[0].strip())
    if parts is None or not (parts[3] or message.currency):
        raise not_understood("", Reason.MT940_LINE, value=found.lines[0])
    mark, day, told, amount = parts.groups()
    currency = told or message.currency
    minor = _amount(amount, currency)
    return Balance(_BALANCES[found.tag], minor if mark == "C" else -minor, currency, _day(day))


def _take(message: _Message, line: _Field, told: list[_Field], refused: list[RefusedRow]) -> None:
    raw = line.raw + "".join(details.raw for details in told)
    try:
        message.transactions.append(_transaction(message, line, told, raw))
    except FileNotUnderstood as error:
        refused.append(refused_row(error, f"line {line.line}, :61:", f"{message.head}{raw}-\n"))


def _transaction(message: _Message, line: _Field, information: list[_Field], raw: str) -> ReportedTransaction:
    parts = _LINE.fullmatch(line.lines[0].strip())
    if parts is None:
        raise not_understood("", Reason.MT940_LINE, value=line.lines[0])
    currency = message.currency or NOK
    value_date = _day(parts["value"])
    mark = parts["mark"]
    minor = _amount(parts["amount"], currency)
    texts = tuple(text for details in information if details.tag == "86" for text in details.lines)
    told = details_of(texts) if texts else Details()
    own_text = " ".join(" ".join(text.split()) for text in line.lines[1:])
    reference = " ".join((parts["own"] or "").split())
    entry = (parts["entry"] or "").strip()
    return ReportedTransaction(
        status=BookingStatus.PENDING if mark.startswith(_EXPECTED) else BookingStatus.BOOKED,
        booking_date=_entry_day(value_date, entry) if entry else value_date,
        value_date=value_date,
        amount=minor if mark in ("C", "RD", "EC") else -minor,
        currency=currency,
        counterparty=told.counterparty,
        counterparty_account=told.counterparty_account,
        kid=told.kid,
        text=told.text or own_text,
        entry_reference=(parts["bank"] or "").strip(),
        end_to_end_id=told.end_to_end_id or ("" if reference in _NO_REFERENCE else reference),
        bank_transaction_code=parts["kind"].strip(),
        raw=raw.rstrip("\n"),
    )


def _amount(text: str, currency: str) -> int:
    whole, _, part = text.replace(",", ".").partition(".")  # whole numbers are filled up with zeros
    return amount_of(f"{whole.lstrip('0') or '0'}.{part}".rstrip("."), currency, "")


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
