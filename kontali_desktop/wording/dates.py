"""Dates and times as people read them. Every time shown is local: a time zone of None is the computer's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from kontali_desktop.wording.texts import UNKNOWN_FACT, Language, Texts

if TYPE_CHECKING:
    from babel.core import Locale

_MORNING = 6  # before this hour it is "i natt", after it "i dag"
_SAME_NIGHT = timedelta(hours=18)
_MINUTE, _HOUR = 60, 3600


class DateWords:
    """The dates of one language. Names of months and weekdays are Babel's, loaded when first needed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._short_months: dict[int, str] | None = None

    def day(self, day: date) -> str:
        """12.02.2026, in English 12 Feb 2026: nobody shall wonder which of the numbers is the month."""
        if self._texts.language == "nb":
            return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
        return f"{day.day} {self._short_month(day.month)} {day.year}"

    def stored_day(self, day: str) -> str:
        """A day as facts hold it (ISO 8601), a dash for none; what is no day is shown as it stands."""
        try:
            return self.day(date.fromisoformat(day)) if day else UNKNOWN_FACT
        except ValueError:
            return day

    def short_day(self, day: date) -> str:
        """12.02, in English 12 Feb: where the year is clear."""
        if self._texts.language == "nb":
            return f"{day.day:02d}.{day.month:02d}"
        return f"{day.day} {self._short_month(day.month)}"

    def long_day(self, day: date) -> str:
        """Tirsdag 24. november 2026, in small letters as it stands inside a sentence."""
        locale = _locale(self._texts.language)
        weekday = str(locale.days["format"]["wide"][day.weekday()])
        month = str(locale.months["format"]["wide"][day.month])
        return self._texts.text("date.long", weekday=weekday, day=day.day, month=month, year=day.year)

    def weekday(self, day: date) -> str:
        """Mandag 23.11, in small letters."""
        name = str(_locale(self._texts.language).days["format"]["wide"][day.weekday()])
        return f"{name} {self.short_day(day)}"

    def time(self, moment: datetime, zone: tzinfo | None = None) -> str:
        return f"{moment.astimezone(zone):%H:%M}"

    def instant(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """24.11.2026 04:00."""
        return f"{self.day(moment.astimezone(zone).date())} {self.time(moment, zone)}"

    def exact(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """To the second and with its distance from UTC, for hovering."""
        local = moment.astimezone(zone)
        offset = f"{local:%z}"
        return f"{self.day(local.date())} {local:%H:%M:%S} (UTC{offset[:3]}:{offset[3:5]})"

    def relative(self, moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
        """I natt 04:00, i dag 12:31, i går 22:00, i morgen 10:00, else the date; past or to come."""
        local, here = moment.astimezone(zone), now.astimezone(zone)
        days = (local.date() - here.date()).days
        time = self.time(moment, zone)
        if local.hour < _MORNING and days in (0, 1) and abs(moment - now) <= _SAME_NIGHT:
            key = "date.tonight" if moment > now else "date.last_night"
        elif days in (-1, 0, 1):
            key = ("date.yesterday", "date.today", "date.tomorrow")[days + 1]
        else:
            day = self.short_day(local.date()) if local.year == here.year else self.day(local.date())
            return f"{day} {time}"
        return self._texts.text(key, time=time)

    def days_left(self, until: date, today: date) -> str:
        """148 dager igjen, siste dag i dag, utløpt for 7 dager siden."""
        days = (until - today).days
        if days == 0:
            return self._texts.text("date.last_day")
        return self._texts.plural("date.days_left" if days > 0 else "date.expired_ago", abs(days))

    def days_left_short(self, until: date, today: date) -> str:
        """148 dager, utløpt 17.11."""
        days = (until - today).days
        if days < 0:
            return self._texts.text("date.expired_on", day=self.short_day(until))
        return self._texts.plural("date.days", days)

    def duration(self, seconds: float) -> str:
        """3 minutter, 2 timer; never less than a minute is told in seconds."""
        if seconds < _MINUTE:
            return self._texts.plural("date.seconds", round(seconds))
        if seconds < _HOUR:
            return self._texts.plural("date.minutes", round(seconds / _MINUTE))
        return self._texts.plural("date.hours", round(seconds / _HOUR))

    def _short_month(self, month: int) -> str:
        if self._short_months is None:
            names = _locale(self._texts.language).months["format"]["abbreviated"]
            self._short_months = {number: str(names[number]) for number in range(1, 13)}
        return self._short_months[month]


def _locale(language: Language) -> Locale:
    from babel.core import Locale  # noqa: PLC0415 - loads slowly, and most runs name no month

    return Locale.parse("en_GB" if language == "en" else language)
