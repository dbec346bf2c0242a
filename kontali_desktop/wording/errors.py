"""Errors for people: what happened, what it means for the books, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.evidence import plain_amount_shown
from kontali_desktop.wording.files import refusal
from kontali_desktop.wording.names import bank_name, system_reason
from kontali_desktop.wording.texts import Texts

_VARIANTS = ("reason", "what")  # parameters that may choose another sentence
_DAYS = ("day", "closed_until", "since", "until")  # parameters that are days (ISO 8601)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """`message` says what happened, `meaning` what it means for the books, `action` what to do; `button` may do it."""

    message: str
    meaning: str
    action: str
    button: str = ""

    @property
    def text(self) -> str:
        """What stands below the message."""
        return " ".join(part for part in (self.meaning, self.action) if part)

    @property
    def line(self) -> str:
        """All of it in one line, for a terminal."""
        return " ".join(part for part in (self.message, self.meaning, self.action) if part)


def error_text(texts: Texts, dates: DateWords, error: KontaliError) -> ErrorText:
    """By the error's class; one that is not worded has its parent's words."""
    codes = [kind.code for kind in type(error).__mro__ if issubclass(kind, KontaliError)]
    return _worded(texts, dates, codes, error.parameters)


def stored_error_text(texts: Texts, dates: DateWords, code: str, facts: Mapping[str, str | int]) -> ErrorText:
    """By the code and parameters that were stored of an error."""
    return _worded(texts, dates, [code, KontaliError.code], facts)


def _worded(texts: Texts, dates: DateWords, codes: Sequence[str], parameters: Mapping[str, str | int]) -> ErrorText:
    facts = _facts(texts, dates, parameters)
    variants = [f"error.{codes[0]}.{parameters[name]}" for name in _VARIANTS if name in parameters]
    places = [*variants, *(f"error.{code}" for code in codes)]

    def part(name: str) -> str:
        return texts.told(texts.first(*(f"{place}.{name}" for place in places)), facts)

    button = f"{next(place for place in places if texts.has(f'{place}.message'))}.button"
    return ErrorText(part("message"), part("meaning"), part("action"), texts.text(button) if texts.has(button) else "")


def _facts(texts: Texts, dates: DateWords, parameters: Mapping[str, str | int]) -> dict[str, object]:
    facts: dict[str, object] = dict(parameters)
    if "service" in parameters:
        facts["service"] = bank_name(texts, str(parameters["service"]))
    if "bank" in parameters:
        facts["bank"] = bank_name(texts, str(parameters["bank"]))
    wait = int(parameters.get("retry_after", 0))
    facts["wait"] = (
        texts.text("error.wait", duration=dates.duration(wait)) if wait else texts.text("error.wait_unknown")
    )
    if "seconds" in parameters:
        facts["duration"] = dates.duration(int(parameters["seconds"]))
    facts |= {name: dates.stored_day(str(parameters[name])) for name in _DAYS if name in parameters}
    if "amount" in parameters and "currency" in parameters:
        facts["amount"] = plain_amount_shown(texts, str(parameters["amount"]), str(parameters["currency"]))
    if "detail" in parameters:
        facts["detail"] = system_reason(texts, str(parameters["detail"]))
    if "why" in parameters:
        told = {name: str(value) for name, value in parameters.items() if name not in ("where", "why")}
        facts["why"] = refusal(texts, str(parameters.get("where", "")), str(parameters["why"]), told)
    return facts
