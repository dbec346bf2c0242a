"""A record of an OCR giro file: a line of 80 characters, its fields by position ("OCR giro, systemspesifikasjon")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kontali_desktop.adapters.files.reasons import Reason, not_understood

LENGTH = 80
TRANSMISSION_START, ASSIGNMENT_START = "10", "20"
AMOUNT_1, AMOUNT_2, AMOUNT_3 = "30", "31", "32"
ASSIGNMENT_END, TRANSMISSION_END = "88", "89"
_BEGINNING = re.compile(r"NY\d{6}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_LINE_END = re.compile(r"\r\n|\n|\r")  # never what Unicode counts as one too, for free text may hold it
_CENTURY = 70  # a year of two digits from here on is of the 1900s


@dataclass(frozen=True, slots=True)
class Record:
    """`number` counts lines from one. Positions count from one and both ends belong to the field, as specified."""

    number: int
    text: str

    @property
    def service(self) -> str:
        return self.text[2:4]

    @property
    def transaction_type(self) -> str:
        return self.text[4:6]

    @property
    def kind(self) -> str:
        return self.text[6:8]

    @property
    def where(self) -> str:
        return f"line {self.number}"

    def field(self, first: int, last: int) -> str:
        return self.text[first - 1 : last].strip()

    def integer(self, first: int, last: int) -> int:
        text = self.text[first - 1 : last]
        if not _DIGITS.fullmatch(text):
            raise not_understood(f"{self.where} ({first}–{last})", Reason.RECORD_NOT_UNDERSTOOD, value=text)
        return int(text)

    def day(self, first: int) -> date:
        """Six digits from `first` on: day, month, year."""
        text = self.text[first - 1 : first + 5]
        try:
            self.integer(first, first + 5)
            year = int(text[4:])
            return date(year + (1900 if year >= _CENTURY else 2000), int(text[2:4]), int(text[:2]))
        except ValueError:
            raise not_understood(
                f"{self.where} ({first}–{first + 5})", Reason.DATE_NOT_UNDERSTOOD, value=text
            ) from None

    def number_or_nothing(self, first: int, last: int) -> str:
        """A number as text; filled with zeros it tells nothing."""
        text = self.field(first, last)
        return text if text.strip("0") else ""


def is_ocr(text: str) -> bool:
    """Whether a file that begins so is one of records."""
    return _BEGINNING.match(text) is not None


def records_in(text: str) -> Iterator[Record]:
    """Every record. Raises FileNotUnderstood at a line that is none; blank lines are none of the file's."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        content = line.rstrip(" \x1a\0")  # also what DOS ended its files with
        if not content:
            continue
        if len(content) != LENGTH or not _BEGINNING.match(content):
            raise not_understood(f"line {number}", Reason.RECORD_NOT_UNDERSTOOD, value=content)
        yield Record(number, content)
