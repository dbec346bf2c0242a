"""The address a bank sent the person back to, looked at before anything in it is believed."""

from __future__ import annotations

import hmac
import re
from urllib.parse import parse_qs, urlsplit

from kontali_desktop.services.errors import SignInAborted, SignInFailed, SignInNotOurs
from kontali_desktop.services.ports import SignIn

_ERROR_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)


def parameters_of(service: str, sign_in: SignIn, returned_url: str) -> dict[str, str]:
    """Raises SignInNotOurs for another address, for a state that is not ours, and for parameters given twice."""
    came, expected = urlsplit(returned_url.strip()), urlsplit(sign_in.redirect_uri)
    if (came.scheme, came.netloc, came.path or "/") != (expected.scheme, expected.netloc, expected.path or "/"):
        raise SignInNotOurs(service=service, what="address")
    given = parse_qs(came.query, keep_blank_values=True)
    if any(len(values) > 1 for values in given.values()):
        raise SignInNotOurs(service=service, what="parameters")
    parameters = {name: values[0] for name, values in given.items()}
    if not hmac.compare_digest(parameters.get("state", "").encode(), sign_in.state.encode()):
        raise SignInNotOurs(service=service, what="state")
    return parameters


def check_issuer(service: str, parameters: dict[str, str], issuer: str, *, is_promised: bool) -> None:
    """RFC 9207 section 2.4: refused when wrong, or missing though promised; a bank that never sends one is fine."""
    came = parameters.get("iss")
    if came is None:
        if is_promised:
            raise SignInNotOurs(service=service, what="issuer")
    elif issuer and came != issuer:
        raise SignInNotOurs(service=service, what="issuer")


def check_error(service: str, parameters: dict[str, str]) -> None:
    """RFC 6749 section 4.1.2.1: `access_denied` is the person's own no, anything else a failure with its code."""
    error = parameters.get("error")
    if error == "access_denied":
        raise SignInAborted(service=service)
    if error is not None:
        raise SignInFailed(service=service, reason=error if _ERROR_CODE.fullmatch(error) else "unknown")
