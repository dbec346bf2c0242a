"""Which transactions a call asks for, page by page. A page id carries the whole question, so pages never shift."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta

from starlette.datastructures import QueryParams

from kontali_desktop.demo_bank.ais.errors import AisRefusedError, format_error

_STATUSES = ("booked", "pending", "both")


@dataclass(frozen=True, slots=True)
class Listing:
    """One question: rows booked from `first` to `last` as they stood on `last`, from `offset` on."""

    account: str
    status: str
    first: date
    last: date
    offset: int = 0

    @property
    def is_following_page(self) -> bool:
        return self.offset > 0

    def page_id(self, offset: int) -> str:
        at = replace(self, offset=offset)
        fields = [at.account, at.status, at.first.isoformat(), at.last.isoformat(), at.offset]
        return base64.urlsafe_b64encode(json.dumps(fields).encode()).rstrip(b"=").decode()


def asked(query: QueryParams, account: str, today: date, longest: timedelta, *, needs_start: bool) -> Listing:
    if "pageId" in query:
        return _from_page_id(query["pageId"], account)
    status = query.get("bookingStatus", "")
    if status not in _STATUSES:
        raise format_error("bookingStatus must be booked, pending or both", "bookingStatus")
    if needs_start and status != "pending" and "dateFrom" not in query:
        raise format_error("dateFrom is required", "dateFrom")
    first = _day(query, "dateFrom", today - timedelta(days=90))
    last = min(_day(query, "dateTo", today), today)
    if first > today or first < today - longest or last < first:
        raise AisRefusedError(400, "PERIOD_INVALID", f"The history reaches {longest.days} days back", path="dateFrom")
    return Listing(account, status, first, last)


def _day(query: QueryParams, name: str, default: date) -> date:
    try:
        return date.fromisoformat(query[name]) if name in query else default
    except ValueError:
        raise format_error(f"{name} must be a date, YYYY-MM-DD", name) from None


def _from_page_id(page_id: str, account: str) -> Listing:
    try:
        number, status, first, last, offset = json.loads(base64.urlsafe_b64decode(page_id + "=" * (-len(page_id) % 4)))
        found = Listing(number, status, date.fromisoformat(first), date.fromisoformat(last), int(offset))
    except (binascii.Error, ValueError, TypeError):
        raise format_error("pageId is not one of ours", "pageId") from None
    if found.account != account or found.offset <= 0:
        raise format_error("pageId belongs to another listing", "pageId")
    return found
