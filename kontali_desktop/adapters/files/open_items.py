"""What every list of open items keeps to, whatever its columns are called."""

from __future__ import annotations

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.numbers import is_rounded
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import ReportedDocument


class Taken:
    """The documents of one list, each once."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], tuple[int, ReportedDocument]] = {}

    @property
    def documents(self) -> tuple[ReportedDocument, ...]:
        return tuple(document for _, document in self._by_key.values())

    def add(self, document: ReportedDocument, line: int, column: str) -> None:
        """A row that says the same again is passed over; raises FileNotUnderstood where it says something else."""
        key = (document.side, document.kind, document.counterparty_key, document.number)
        first, known = self._by_key.setdefault(key, (line, document))
        if known != document:
            raise not_understood(column, Reason.DUPLICATE_IN_FILE, number=document.number, first=f"line {first}")


def whole_number(text: str, where: str) -> str:
    """A number that names something, as it stands; one that a spreadsheet has rounded is refused."""
    if is_rounded(text):
        raise not_understood(where, Reason.NUMBER_ROUNDED, value=text)
    return text


def bank_account(text: str, where: str) -> str:
    """The account number without marks, or other text as it stands."""
    return whole_number(account_number_of(text), where)
