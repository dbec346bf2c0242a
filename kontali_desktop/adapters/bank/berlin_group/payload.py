"""JSON from a bank: read without floats, looked into with a name for each place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Never

from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.domain.money import minor_of_plain
from kontali_desktop.services.errors import AnswerNotUnderstood

JsonObject = dict[str, object]
_LARGEST_EXPONENT = 15


def _refuse_constant(name: str) -> Never:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


_decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


def parse_json(text: str) -> object:
    """Raises ValueError on anything but JSON of a sane depth."""
    try:
        return _decoder.decode(text)
    except RecursionError as error:
        msg = "nested too deeply"
        raise ValueError(msg) from error


def text_of(value: object) -> str:
    """Text without the spaces around it, or a whole number as text; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


@dataclass(slots=True)
class Place:
    """A JSON object with the service it came from and where in its answer it stood; no content goes into errors."""

    service: str
    name: str
    fields: JsonObject
    parent: Place | None = None

    @property
    def where(self) -> str:
        return f"{self.parent.where}.{self.name}" if self.parent else self.name

    @classmethod
    def whole(cls, service: str, where: str, body: bytes) -> Place:
        try:
            value = parse_json(body.decode("utf-8-sig"))
        except ValueError as error:
            raise AnswerNotUnderstood(service=service, where=where) from error
        if not isinstance(value, dict):
            raise AnswerNotUnderstood(service=service, where=where)
        return cls(service, where, value)

    def misunderstood(self, name: str = "") -> AnswerNotUnderstood:
        return AnswerNotUnderstood(service=self.service, where=f"{self.where}.{name}" if name else self.where)

    def text(self, *names: str) -> str:
        """The first of the names that holds text or a whole number; empty where none does."""
        for name in names:
            if text := text_of(self.fields.get(name)):
                return text
        return ""

    def needed_text(self, *names: str) -> str:
        found = self.text(*names)
        if not found:
            raise self.misunderstood(names[0])
        return found

    def find(self, name: str) -> Place | None:
        value = self.fields.get(name)
        return Place(self.service, name, value, self) if isinstance(value, dict) else None

    def needed(self, name: str) -> Place:
        found = self.find(name)
        if found is None:
            raise self.misunderstood(name)
        return found

    def items(self, name: str) -> tuple[Place, ...]:
        """The objects of a list; a list that is not there is empty, anything else in its place is not understood."""
        value = self.fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.misunderstood(name)
        places = []
        for number, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.misunderstood(f"{name}[{number}]")
            places.append(Place(self.service, f"{name}[{number}]", item, self))
        return tuple(places)

    def texts(self, names: Iterable[str]) -> list[str]:
        """The texts of lists, of which a single text is one of length one; objects give what stands in them."""
        found: list[str] = []
        for name in names:
            value = self.fields.get(name)
            if value is None:
                continue
            for item in value if isinstance(value, list) else (value,):
                if text := text_of(item.get("reference") if isinstance(item, dict) else item):
                    found.append(text)  # noqa: PERF401 - three loops in one are slower and harder to read
        return found

    def amount(self, currency: str) -> int:
        """Minor units of the field `amount`, whether it came as text or as a number."""
        value = self.fields.get("amount")
        if isinstance(value, str):
            pass
        elif isinstance(value, Decimal):
            # An exponent may ask for more zeros than there is memory.
            value = format(value, "f") if abs(value.adjusted()) <= _LARGEST_EXPONENT else ""
        elif isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10 ** (_LARGEST_EXPONENT + 1) else ""
        if not isinstance(value, str):
            raise self.misunderstood("amount")
        try:
            return minor_of_plain(value, currency)
        except AmountNotUnderstood as error:
            raise self.misunderstood("amount") from error
