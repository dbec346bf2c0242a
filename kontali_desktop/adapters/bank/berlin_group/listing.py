"""A listing of transactions, cut into its rows without reading them: each is kept as the bank sent it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from kontali_desktop.adapters.bank.berlin_group.payload import JsonObject, Place, parse_json
from kontali_desktop.domain.bank import BookingStatus

_Rows = list[msgspec.Raw] | None | msgspec.UnsetType
# Texts that were cut to a length may end in half a character, which neither JSON (RFC 8259 section 8.2) nor the
# database has a place for. A backslash that is written itself, and a pair of halves, are passed over.
_HALF_CHARACTER = re.compile(
    rb"(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_UNKNOWN_CHARACTER = rb"\ufffd"


class _Links(msgspec.Struct, gc=False):
    standard: msgspec.Raw | msgspec.UnsetType = msgspec.field(name="_links", default=msgspec.UNSET)
    dnb: msgspec.Raw | msgspec.UnsetType = msgspec.field(name="links", default=msgspec.UNSET)

    def fields(self) -> JsonObject:
        found = {"_links": self.standard, "links": self.dnb}
        return {name: _parse(raw) for name, raw in found.items() if isinstance(raw, msgspec.Raw)}


class _Report(_Links, gc=False):
    booked: _Rows = msgspec.UNSET
    pending: _Rows = msgspec.UNSET


class _Answer(_Links, gc=False):
    transactions: _Report | msgspec.UnsetType = msgspec.UNSET
    balances: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_decoder = msgspec.json.Decoder(_Answer)


@dataclass(frozen=True, slots=True)
class Listing:
    """`answer` and `report`, the object `transactions` in it, hold all that is read of them besides the rows."""

    answer: Place
    report: Place
    rows: tuple[tuple[BookingStatus, Sequence[msgspec.Raw]], ...]

    @classmethod
    def split(cls, service: str, where: str, body: bytes) -> Listing:
        """Quick however long the answer is (some 2 GB/s), for the next page's address is read with it."""
        try:
            found, answer = _decode(body), Place(service, where, {})
            report = found.transactions
            if not isinstance(report, _Report):
                raise answer.misunderstood("transactions")
            answer.fields = found.fields()
            if isinstance(found.balances, msgspec.Raw):
                answer.fields["balances"] = _parse(found.balances)
            place = Place(service, "transactions", report.fields(), answer)
        except (ValueError, RecursionError) as error:
            raise _fault(service, where, body) from error
        if report.booked is msgspec.UNSET and report.pending is msgspec.UNSET:
            raise place.misunderstood("booked")
        rows = ((BookingStatus.BOOKED, report.booked or ()), (BookingStatus.PENDING, report.pending or ()))
        return cls(answer, place, rows)

    def row(self, status: BookingStatus, number: int, text: str) -> Place:
        """A single row with its name, for one that has to be looked into with care."""
        place = Place(self.report.service, f"{status.value}[{number}]", {}, self.report)
        try:
            value = parse_json(text)
        except ValueError as error:
            raise place.misunderstood() from error
        if not isinstance(value, dict):
            raise place.misunderstood()
        place.fields = value
        return place


def _parse(raw: msgspec.Raw) -> object:
    """Raises ValueError on anything but JSON in UTF-8."""
    return parse_json(str(raw, "utf-8"))


def _decode(body: bytes) -> _Answer:
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return _decoder.decode(body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return _decoder.decode(_HALF_CHARACTER.sub(lambda found: found[1] or _UNKNOWN_CHARACTER, body))


def _fault(service: str, where: str, body: bytes) -> Exception:
    """The error that names the place in a listing that is none."""
    answer = Place.whole(service, where, body)
    report = answer.needed("transactions")
    for status in (BookingStatus.BOOKED, BookingStatus.PENDING):
        report.items(status.value)
    return answer.misunderstood()
