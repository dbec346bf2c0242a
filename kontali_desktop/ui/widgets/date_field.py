"""A field for a date, typed as people write it; empty is an answer too."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLineEdit, QWidget

from kontali_desktop.ui.widgets.wrong import mark_wrong

_NORWEGIAN = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIGHT = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_CENTURY = 2000


class DateNotUnderstood(Exception):
    """The text is no date."""


def parse_day(text: str) -> date | None:
    """31.12.2025, 31.12.25, 311225 and 2025-12-31; None of nothing. Raises DateNotUnderstood."""
    compact = text.strip()
    if not compact:
        return None
    iso = _ISO.fullmatch(compact)
    found = iso or _NORWEGIAN.fullmatch(compact) or _TIGHT.fullmatch(compact)
    if found is None:
        raise DateNotUnderstood
    year, month, day = found.groups() if iso else reversed(found.groups())
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))  # noqa: PLR2004 - two digits
    except ValueError:
        raise DateNotUnderstood from None


class DateField(QLineEdit):
    """`day` is what it says; what is no date is marked, with the reason as its tooltip.

    With `too_late` a day to come is wrong too, for that reason.
    """

    def __init__(self, name: str, hint: str, wrong: str, too_late: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong = wrong
        self._too_late = too_late
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.textChanged.connect(self._check)

    @property
    def is_valid(self) -> bool:
        return not self.problem

    @property
    def problem(self) -> str:
        """What is wrong, in words; empty where nothing is."""
        try:
            day = parse_day(self.text())
        except DateNotUnderstood:
            return self._wrong
        is_to_come = day is not None and QDate(day.year, day.month, day.day) > QDate.currentDate()
        return self._too_late if is_to_come else ""

    @property
    def day(self) -> date | None:
        """Raises DateNotUnderstood."""
        return parse_day(self.text())

    def set_day(self, day: date | None) -> None:
        self.setText("" if day is None else f"{day:%d.%m.%Y}")

    def _check(self) -> None:
        problem = self.problem
        self.setToolTip(problem)
        mark_wrong(self, problem)
