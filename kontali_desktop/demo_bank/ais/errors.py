"""Refusals of the account interface, and their two shapes on the wire."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from kontali_desktop.demo_bank.bank import Dialect


class AisRefusedError(Exception):
    """A refusal with its HTTP status and the standard's message code."""

    def __init__(self, status: int, code: str, text: str, *, path: str = "", retry_after: int | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.path = path
        self.retry_after = retry_after


def format_error(text: str, path: str = "") -> AisRefusedError:
    return AisRefusedError(400, "FORMAT_ERROR", text, path=path)


def consent_invalid(text: str) -> AisRefusedError:
    return AisRefusedError(401, "CONSENT_INVALID", text)


def unknown_resource(text: str) -> AisRefusedError:
    return AisRefusedError(404, "RESOURCE_UNKNOWN", text)


def to_response(why: AisRefusedError, dialect: Dialect, request_id: str) -> Response:
    """The standard's code is a word; DNB's is a number, with the word in the text."""
    if dialect is Dialect.DNB:
        message: dict[str, object] = {"category": "ERROR", "code": why.status, "text": f"{why.code}: {why}"}
    else:
        message = {"category": "ERROR", "code": why.code, "text": str(why)}
    if why.path:
        message["path"] = why.path
    headers = {"X-Request-ID": request_id} if request_id else {}
    if why.retry_after is not None:
        headers["Retry-After"] = str(why.retry_after)
    return JSONResponse({"tppMessages": [message]}, status_code=why.status, headers=headers)
