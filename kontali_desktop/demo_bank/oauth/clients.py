"""The one client the demo bank knows, and which redirects it may use."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from urllib.parse import unquote_plus, urlsplit

CLIENT_ID = "kontali-demo"
CLIENT_SECRET = "demo-secret"  # noqa: S105 - a demo bank's secret is printed in its guide
REGISTERED = (
    "http://127.0.0.1/callback",
    "http://[::1]/callback",
    "http://localhost/callback",
    "https://kontali.example/callback",
)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ClientRefusedError(Exception):
    """The client is unknown, or its secret is wrong (RFC 6749 section 5.2: invalid_client)."""


def may_redirect_to(uri: str, extra: tuple[str, ...]) -> bool:
    """The very address that was registered, but on loopback with any port (RFC 8252 section 7.3)."""
    return uri in REGISTERED + extra or _without_port(uri) in REGISTERED


def _without_port(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK or port is None:
        return ""
    return uri.replace(f":{port}", "", 1) if f":{port}" in parts.netloc else ""


def authenticated(header: str, form: Mapping[str, str]) -> str:
    """The client id by client_secret_basic or _post; a public client sends its id and no secret."""
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    if header.lower().startswith("basic "):
        client_id, secret = _basic(header[6:])
    if client_id != CLIENT_ID or (secret and not hmac.compare_digest(secret.encode(), CLIENT_SECRET.encode())):
        raise ClientRefusedError
    return client_id


def _basic(encoded: str) -> tuple[str, str]:
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as why:
        raise ClientRefusedError from why
    return unquote_plus(client_id), unquote_plus(secret)
