"""camt.053, the bank's statement by ISO 20022, versions 02 to 10, read as a stream."""

from __future__ import annotations

from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.camt_entry import entry_of
from kontali_desktop.adapters.files.camt_parts import batch_of
from kontali_desktop.adapters.files.camt_report import Heading, Refusals, report_elements
from kontali_desktop.adapters.files.camt_values import amount_in, code_in, day_in, fields_of, group_in
from kontali_desktop.adapters.files.detect import CAMT053_BODY, Format
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.bank import Balance, BookingStatus
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.packed import BatchPacker, LinePacker
from kontali_desktop.services.ports import FileContent, Statement

_REPORT = "Stmt"


def read_statements(file: IO[bytes]) -> FileContent:
    """Every statement with its entries and balances, and what was not taken, by its place (`Stmt[1]/Ntry[12]/Amt`).

    Amounts are signed minor units of the account's currency. An entry of several payments is one transaction, and a
    batch of them where they have amounts. Raises FileNotUnderstood where the XML is not whole, or no statement can be
    taken.
    """
    reading = _Reading()
    for name, element in report_elements(file, _REPORT):
        if name == _REPORT:
            reading.close_statement()
        else:
            reading.take(name, element)
    return reading.content()


class _Reading:
    """What was read so far, and the statement that is being read."""

    def __init__(self) -> None:
        self._statements: list[Statement] = []
        self._batches = BatchPacker()
        self._refused = Refusals(CAMT053_BODY)
        self._begin(1)

    def _begin(self, place: int) -> None:
        self._heading = Heading(_REPORT, place)
        self._lines = LinePacker()
        self._balances: list[Balance] = []

    def take(self, name: str, element: etree._Element) -> None:
        heading = self._heading
        place = heading.next_place(name)
        try:
            if name == "Acct":
                heading.read_account(element)
            elif name == "Bal":
                self._balances.append(_balance(element, heading))
            else:
                self._take_entry(element)
        except FileNotUnderstood as error:
            self._refused.add(error, place, heading, element)

    def _take_entry(self, element: etree._Element) -> None:
        """The line is kept also where its parts are refused."""
        heading = self._heading
        entry = entry_of(element, heading.own, heading.currency)
        line = entry.transaction
        heading.currency = heading.currency or line.currency
        self._lines.add(line)
        if line.status is BookingStatus.BOOKED and entry.details and heading.number:
            batch = batch_of(entry, heading.number, of_one_too=False)
            if batch is not None:
                self._batches.add(batch)

    def close_statement(self) -> None:
        heading = self._heading
        if heading.number:
            self._statements.append(
                Statement(
                    account_number=heading.number,
                    currency=heading.currency,
                    owner_name=heading.owner_name,
                    transactions=self._lines.packed(),
                    balances=tuple(self._balances),
                    owner_orgnr=heading.owner_orgnr,
                )
            )
        else:
            self._refused.rows.append(heading.no_account())
        self._begin(heading.place + 1)

    def content(self) -> FileContent:
        if not self._statements:
            raise self._refused.nothing_taken()
        return FileContent(
            Format.CAMT053,
            statements=tuple(self._statements),
            refused=tuple(self._refused.rows),
            batches=self._batches.packed(),
            refused_head=self._refused.head,
            refused_tail=self._refused.tail,
        )


def _balance(element: etree._Element, heading: Heading) -> Balance:
    balance = fields_of(element)
    amount, currency = amount_in(balance, heading.currency)
    heading.currency = heading.currency or currency
    kind = code_in(group_in(balance, "Tp") or {}, "CdOrPrtry")
    if not kind:
        raise not_understood("Tp", Reason.FIELD_MISSING, field="Tp/CdOrPrtry")
    return Balance(kind, amount, currency, day_in(balance, "Dt"))
