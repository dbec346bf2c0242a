"""OCR giro, the payments with KID that Mastercard Payment Services (before: Nets, BBS) tells a payee of.

The positions are those of "OCR giro, systemspesifikasjon". The library netsgiro is not used: it has stood still since
2022, takes no KID that ends in "-", leaves signs to its caller and checks no control record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kontali_desktop.adapters.files.detect import Format
from kontali_desktop.adapters.files.ocr_record import (
    AMOUNT_1,
    AMOUNT_2,
    AMOUNT_3,
    ASSIGNMENT_END,
    ASSIGNMENT_START,
    TRANSMISSION_END,
    TRANSMISSION_START,
    Record,
    records_in,
)
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.text import decoded
from kontali_desktop.domain.money import NOK, plain_amount
from kontali_desktop.domain.payment_parts import PaymentBatch, PaymentPart
from kontali_desktop.services.packed import BatchPacker
from kontali_desktop.services.ports import FileContent

_OCR_GIRO = "09"
_SERVICES = {"21": "AvtaleGiro", "04": "Direkteremittering"}  # those of which companies get files of the same kind
_REVERSALS = frozenset({"18", "20"})  # with KID, with text: always money back, whatever the sign's place says
_MOST_NUMBERS = 100_000  # the serial number has five digits


@dataclass(frozen=True, slots=True)
class _Payment:
    """`settlement` names the sum on the bank statement: payments of one day with the same one are booked together."""

    day: date
    settlement: str
    part: PaymentPart


@dataclass(slots=True)
class _Control:
    """What an end record says, or what came before it. Amounts count without their sign, reversals too."""

    payments: int = 0
    records: int = 0
    amount: int = 0

    def add(self, other: _Control) -> None:
        self.payments += other.payments
        self.records += other.records
        self.amount += other.amount


def read_ocr(data: bytes) -> FileContent:
    """A batch for each sum that the bank books: payee's account, settlement date, payments in signed øre.

    Every KID is kept as it stands, whatever its check digit. Raises FileNotUnderstood where a record is missing,
    broken or not what its control records tell, or where all of it is another service's; then nothing is taken.
    """
    text = decoded(data)
    if text is None:
        raise not_understood("line 1", Reason.WRONG_ENCODING)
    reading = _Reading(records_in(text))
    reading.read()
    if reading.others and not reading.has_payments:
        raise not_understood("line 2", Reason.NO_OCR_PAYMENTS, service=", ".join(reading.others))
    return FileContent(Format.OCR, batches=reading.batches.packed())


class _Reading:
    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self._last_line = 1
        self.batches = BatchPacker()
        self.has_payments = False
        self.others: list[str] = []

    def read(self) -> None:
        """One transmission after the other."""
        for record in self._records:
            _expect(record, TRANSMISSION_START)
            self._read_transmission()

    def _next(self) -> Record:
        record = next(self._records, None)
        if record is None:
            raise not_understood(f"line {self._last_line}", Reason.OCR_TRUNCATED)
        self._last_line = record.number
        return record

    def _read_transmission(self) -> None:
        found = _Control(records=2)
        while (record := self._next()).kind != TRANSMISSION_END:
            _expect(record, ASSIGNMENT_START)
            is_ours = record.service == _OCR_GIRO
            self.has_payments = self.has_payments or is_ours
            found.add(self._read_assignment(record) if is_ours else self._pass_over(record.service))
        _compare(record, found)

    def _pass_over(self, service: str) -> _Control:
        """Another service's assignment (AvtaleGiro): it only counts, by its own end record."""
        name = _SERVICES.get(service, service)
        self.others += [] if name in self.others else [name]
        records = 1
        while True:
            record = self._next()
            records += 1
            if record.kind in (ASSIGNMENT_START, TRANSMISSION_START, TRANSMISSION_END):
                raise not_understood(record.where, Reason.OCR_TRUNCATED)
            if record.kind == ASSIGNMENT_END:
                return _Control(record.integer(9, 16), records, int(record.number_or_nothing(25, 41) or 0))

    def _read_assignment(self, start: Record) -> _Control:
        found = _Control(records=2)
        payments: list[_Payment] = []
        record = self._next()
        while record.kind != ASSIGNMENT_END:
            _expect(record, AMOUNT_1)
            first, second, text = record, self._next(), ""
            _expect(second, AMOUNT_2, first)
            found.records += 2
            record = self._next()
            if record.kind == AMOUNT_3:
                _expect(record, AMOUNT_3, first)
                text = record.field(16, 55)
                found.records += 1
                record = self._next()
            payments.append(_payment(first, second, text))
            found.payments += 1
            found.amount += first.integer(33, 49)
        _compare(record, found)
        start.integer(25, 35)
        for batch in _batches(payments, start.field(25, 35), start.field(18, 24)):
            self.batches.add(batch)
        return found


def _expect(record: Record, kind: str, first: Record | None = None) -> None:
    """The record that must stand here; an amount's second and third are of the same payment as its first."""
    if record.kind in (ASSIGNMENT_START, TRANSMISSION_START, TRANSMISSION_END) and record.kind != kind:
        raise not_understood(record.where, Reason.OCR_TRUNCATED)
    is_of_first = first is None or record.text[8:15] == first.text[8:15]
    if record.kind != kind or not is_of_first:
        raise not_understood(record.where, Reason.RECORD_NOT_UNDERSTOOD, value=record.text)


def _compare(end: Record, found: _Control) -> None:
    """What an end record tells must be what came, or the file was cut or changed."""
    told = _Control(end.integer(9, 16), end.integer(17, 24), end.integer(25, 41))
    if (told.payments, told.records) != (found.payments, found.records):
        raise not_understood(
            end.where,
            Reason.CONTROL_COUNT_DIFFERS,
            told=f"{told.payments}/{told.records}",
            found=f"{found.payments}/{found.records}",
        )
    if told.amount != found.amount:
        facts = {"told": plain_amount(told.amount, NOK), "found": plain_amount(found.amount, NOK)}
        raise not_understood(end.where, Reason.CONTROL_SUM_DIFFERS, **facts)


def _payment(first: Record, second: Record, text: str) -> _Payment:
    is_back = first.transaction_type in _REVERSALS or first.field(32, 32) == "-"
    amount = first.integer(33, 49)
    serial = first.field(27, 31)
    is_running = serial == f"{first.integer(9, 15) % _MOST_NUMBERS:05}"  # counts payments, so it names no sum
    return _Payment(
        first.day(16),
        "" if is_running or not serial.strip("0") else first.text[21:31],
        PaymentPart(
            amount=-amount if is_back else amount,
            counterparty_account=second.number_or_nothing(48, 58),
            kid=first.number_or_nothing(50, 74),
            text=text,
            reference=second.number_or_nothing(26, 34),
        ),
    )


def _batches(payments: list[_Payment], account: str, assignment: str) -> Iterator[PaymentBatch]:
    together: dict[tuple[date, str], list[PaymentPart]] = {}
    for payment in payments:
        together.setdefault((payment.day, payment.settlement), []).append(payment.part)
    for (day, settlement), parts in together.items():
        yield PaymentBatch(
            amount=sum(part.amount for part in parts),
            parts=tuple(parts),
            currency=NOK,
            account_number=account,
            booking_date=day,
            reference=settlement[-5:] or assignment,
        )
