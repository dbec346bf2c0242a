"""What a bank's "no" means: by the standard's codes where it gives them, by status where it does not."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.services.errors import (
    AccessTokenRefused,
    AnswerNotUnderstood,
    ConsentExpired,
    OutsideError,
    RateLimited,
    ServiceRefused,
)

# NextGenPSD2 1.3, "message codes": the consent is gone, whatever the reason.
_CONSENT_GONE = frozenset({"CONSENT_EXPIRED", "CONSENT_INVALID", "CONSENT_UNKNOWN"})
_TOKEN_GONE = frozenset({"TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_UNKNOWN", "invalid_token"})
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)
_STANDARD_CODE = re.compile(r"\b(?:CONSENT|TOKEN|ACCESS|CERTIFICATE|SERVICE|RESOURCE|PERIOD|FORMAT)(?:_[A-Z]+)+\b")


def refusal(service: str, response: httpx.Response, now: datetime, consent_id: str = "") -> OutsideError:
    """The error that an answer of 300 or above means. `retry_after` is in seconds, 0 where the bank does not tell."""
    reason = reason_of(response.content)
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS or reason == "ACCESS_EXCEEDED":
        return RateLimited(service=service, status=status, retry_after=retry_after(response.headers, now))
    if reason in _CONSENT_GONE:
        return ConsentExpired(service=service, consent=consent_id)
    if reason in _TOKEN_GONE:
        return AccessTokenRefused(service=service, status=status, reason=reason)
    return ServiceRefused(service=service, status=status, reason=reason)


def retry_after(headers: httpx.Headers, now: datetime) -> int:
    """`Retry-After` as seconds or as a date (RFC 9110 section 10.2.3)."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return int(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return 0
    return max(0, round((until - now).total_seconds())) if until.tzinfo else 0


def reason_of(body: bytes) -> str:
    """A code, never free text: `tppMessages` by the standard, numbers at DNB, `error` by OAuth, `code` by RFC 7807."""
    try:
        answer = Place.whole("", "error", body)
        messages = answer.items("tppMessages") or (answer,)
    except AnswerNotUnderstood:
        return ""
    first = messages[0]
    # Where the code is a number, the standard's own may stand in the text beside it.
    spoken = _STANDARD_CODE.search(first.text("text", "title", "detail", "message"))
    code = first.text("code", "error", "errorCode")
    if spoken and not code.isupper():
        return spoken.group()
    return code if _CODE.fullmatch(code) else ""
