"""A bank's own table (CSV or Excel) as statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.cells import Cells, cells_of, check_width, is_total
from kontali_desktop.adapters.files.tables.days import is_day
from kontali_desktop.adapters.files.tables.known_banks import (
    EXECUTED,
    FEE,
    FROM_ACCOUNT,
    FROM_NAME,
    STATUS,
    TO_ACCOUNT,
    TO_NAME,
)
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.tables.numbers import is_rounded
from kontali_desktop.adapters.files.tables.refused import refused
from kontali_desktop.adapters.files.values import currency_of
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import ACCOUNT_NUMBER_LENGTH, account_number_of, is_account_number
from kontali_desktop.domain.money import NOK
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow, Statement

_AMOUNTS = ("amount", "amount_in", "amount_out", "balance_after", FEE)
_DAYS = ("booking_date", "value_date")
_BOOKED = frozenset({"", "bokført", "booked", "utført", "gjennomført", "executed", "posted", "completed"})
_PENDING = frozenset({"reservert", "reserved", "pending", "venter", "ventende", "under behandling", "ikke bokført"})
_NEVER_PAID = frozenset({"reverted", "declined", "failed", "avvist", "kansellert"})  # no money ever moved
_PENDING_TEXT = ("reservert", "reserverad", "reserveret")  # DNB says it before the text, Nordea instead of the day
_ACCOUNT = re.compile(r"(?<!\d)(?:NO\d\d ?)?\d{4}[ .]?\d\d[ .]?\d{5}(?!\d)|NO\d\d(?: ?\d{4}){2} ?\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Line:
    """A transaction with the own account that its row tells, if it does."""

    account: str
    transaction: ReportedTransaction


def read_bank_table(
    table: Table, columns: Columns, *, is_known: bool = False
) -> tuple[tuple[Statement, ...], tuple[RefusedRow, ...]]:
    """The statements, one an account and currency, and the rows that were not taken.

    The booking date is the bank's bokføringsdato; money out is negative. Without an own account in the rows or above
    them the account number is empty. Rows of a table that are sums and balances are passed over, and so are payments
    that never came about. `is_known`: it is a bank's own layout, and not one that a person explained.
    """
    lines: list[_Line] = []
    not_taken: list[RefusedRow] = []
    out_sign = _out_sign(table, columns)
    for cells in cells_of(table, columns, _AMOUNTS, _DAYS, is_european=is_known):
        try:
            check_width(cells)
            line = _line(cells, out_sign)
        except FileNotUnderstood as error:
            not_taken.append(refused(error, cells.row))
        else:
            lines += [line] if line else []
    return _statements(lines, _account_above(table)), tuple(not_taken)


def _line(cells: Cells, out_sign: int) -> _Line | None:
    """None where the row is no transaction."""
    day = cells.text("booking_date")
    is_empty = not any(cells.text(field) for field in _AMOUNTS[:3])
    if (is_empty and not is_day(day)) or (is_total(cells) and not is_day(day)) or (is_empty and _is_balance(cells)):
        return None
    if cells.text(STATUS).casefold() in _NEVER_PAID:
        return None
    status = _status(cells)
    currency = currency_of(cells.text("currency").upper() or NOK, cells.heading("currency"))
    amount = _amount(cells, currency, out_sign)
    account, counterparty_account, counterparty = _parties(cells, amount)
    booking_date = cells.day("booking_date") if is_day(day) or status is BookingStatus.BOOKED else None
    if booking_date is None and status is BookingStatus.BOOKED:
        cells.needed("booking_date")
    kid = "".join(cells.text("kid").split())
    if is_rounded(kid):
        raise not_understood(cells.heading("kid"), Reason.NUMBER_ROUNDED, value=kid)
    return _Line(
        account,
        ReportedTransaction(
            status=status,
            booking_date=booking_date,
            value_date=cells.day("value_date"),
            amount=amount,
            currency=currency,
            counterparty=counterparty,
            counterparty_account=counterparty_account,
            kid=kid,
            text=cells.text("text"),
            entry_reference=cells.text("entry_reference"),
            balance_after=cells.amount("balance_after", currency),
            raw=cells.row.raw.rstrip("\r\n"),
        ),
    )


def _is_balance(cells: Cells) -> bool:
    """A row with a day and a balance alone, such as the bank's opening balance."""
    return bool(cells.text("balance_after")) or is_total(cells)


def _status(cells: Cells) -> BookingStatus:
    told = cells.text(STATUS).casefold()
    if told in _PENDING:
        return BookingStatus.PENDING
    if told not in _BOOKED:
        raise not_understood(cells.heading(STATUS), Reason.STATUS_NOT_TAKEN, status=cells.text(STATUS))
    begins = (cells.text("booking_date").casefold(), cells.text("text").casefold())
    is_unbooked = not begins[0] and not told and is_day(cells.text(EXECUTED))  # made, but nobody says it is booked
    is_pending = is_unbooked or any(text.startswith(_PENDING_TEXT) for text in begins)
    return BookingStatus.PENDING if is_pending else BookingStatus.BOOKED


def _amount(cells: Cells, currency: str, out_sign: int) -> int:
    """Signed: of two columns one must be empty or zero. A fee beside the amount was taken from the account too."""
    if "amount" in cells.columns:
        cells.needed("amount")
        return (cells.amount("amount", currency) or 0) - (cells.amount(FEE, currency) or 0)
    money_in, money_out = cells.amount("amount_in", currency), cells.amount("amount_out", currency)
    if money_in and money_out:
        facts = {"amount_in": cells.text("amount_in"), "amount_out": cells.text("amount_out")}
        raise not_understood(cells.heading("amount_out"), Reason.AMOUNT_BOTH_WAYS, **facts)
    if money_in is None and money_out is None:
        cells.needed("amount_in" if "amount_in" in cells.columns else "amount_out")
    for field, minor in (("amount_in", money_in or 0), ("amount_out", (money_out or 0) * out_sign)):
        if minor < 0:
            raise not_understood(cells.heading(field), Reason.SIGN_UNCLEAR, value=cells.text(field))
    return (money_in or 0) - (money_out or 0) * out_sign


def _out_sign(table: Table, columns: Columns) -> int:
    """−1 where the column of money out is itself written with a minus."""
    (place,) = columns.get("amount_out", (-1,))[:1]
    texts = (row.cell(place) for row in table.rows if place >= 0)
    signs = Counter(
        text[:1] in ("-", "\u2212", "(") or text.endswith("-")
        for text in texts
        if any(sign in "123456789" for sign in text)
    )
    return -1 if signs[True] > signs[False] else 1


def _parties(cells: Cells, amount: int) -> tuple[str, str, str]:
    """The own account, and the other side's account and name: money out comes from the own account."""
    own = _account_number(cells.text("account"))
    other, name = account_number_of(cells.text("counterparty_account")), cells.text("counterparty")
    if is_rounded(other):
        raise not_understood(cells.heading("counterparty_account"), Reason.NUMBER_ROUNDED, value=other)
    is_out = amount < 0
    mine, theirs = (FROM_ACCOUNT, TO_ACCOUNT) if is_out else (TO_ACCOUNT, FROM_ACCOUNT)
    told = cells.text(theirs)
    number = account_number_of(told)
    is_number = len(number) >= ACCOUNT_NUMBER_LENGTH and any(sign.isdigit() for sign in number)
    return (
        own or _account_number(cells.text(mine)),
        other or (number if is_number else ""),
        name or cells.text(TO_NAME if is_out else FROM_NAME) or ("" if is_number else told),
    )


def _account_number(text: str) -> str:
    """The eleven digits of a Norwegian account number, or nothing where the column holds a name."""
    number = account_number_of(text)
    return number if len(number) == ACCOUNT_NUMBER_LENGTH and number.isdecimal() else ""


def _account_above(table: Table) -> str:
    """The only account number above the headings."""
    texts = (cell for row in table.preamble for cell in row.cells)
    found = {account_number_of(match) for text in texts for match in _ACCOUNT.findall(text)}
    real = {number for number in found if is_account_number(number)}  # other numbers may look like one
    return real.pop() if len(real) == 1 else ""


def _statements(lines: Iterable[_Line], above: str) -> tuple[Statement, ...]:
    """Rows that do not tell their account belong to the only one that others tell."""
    known = list(lines)
    told = {line.account for line in known} - {""} or ({above} if above else set())
    only = next(iter(told)) if len(told) == 1 else ""
    together: dict[tuple[str, str], list[ReportedTransaction]] = {}
    for line in known:
        filled = line if line.account else replace(line, account=only)
        together.setdefault((filled.account, line.transaction.currency), []).append(line.transaction)
    return tuple(
        Statement(account, currency, "", tuple(transactions)) for (account, currency), transactions in together.items()
    )
